"""The line in which jobs stand while no account is free.

A job that finds none writes down what it wants and sleeps until it is called up (`ushering`): however
many wait and however long, a job costs two visits to its place, not one a second.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from reelwright.engines.database.database import Tx
from reelwright.ground.digests import digest
from reelwright.ground.ids import AccountId, JobId, UserId, WorkspaceId
from reelwright.ground.principals import Principal

TURN = "turn"
"""The topic on which a job in line is called up."""


@dataclass(frozen=True, slots=True)
class Want:
    """An account of a vendor for calls of a model; `among`: only one of these."""

    provider: str
    model: str
    among: tuple[AccountId, ...] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A job's place in the line: who stands there, what would do, and when it was last called up."""

    workflow_id: str
    who: Principal
    wants: tuple[Want, ...]
    since: datetime
    called_at: datetime | None


_STAND = text("""
INSERT INTO account_waits (workflow_id, workspace_id, user_id, job_id, lane, wants)
VALUES (:workflow, :workspace, :user, :job, :lane, CAST(:wants AS jsonb))
ON CONFLICT (workflow_id) DO UPDATE
   SET lane = excluded.lane, wants = excluded.wants, called_at = NULL""")
_LEAVE = text(
    "DELETE FROM account_waits WHERE workspace_id = :workspace AND workflow_id = :workflow"
)
_LEAVE_JOB = text("DELETE FROM account_waits WHERE workspace_id = :workspace AND job_id = :job")
_GONE = text("DELETE FROM account_waits WHERE workflow_id = ANY (CAST(:workflows AS text[]))")
# A run that was taken over may have stood in line once more, while its successor went on.
_CLEAR = text("""
DELETE FROM account_waits AS w USING jobs AS j
 WHERE j.id = w.job_id AND w.called_at < :before AND j.state <> 'waiting'""")
# The first of each lane: many who wait for one vendor must not hide those who wait for another.
_FIRST = text("""
SELECT place.workflow_id, place.workspace_id, place.user_id, place.wants, place.created_at,
       place.called_at
  FROM (SELECT DISTINCT workspace_id, lane FROM account_waits) AS lanes
 CROSS JOIN LATERAL (
       SELECT * FROM account_waits AS w
        WHERE w.workspace_id = lanes.workspace_id AND w.lane = lanes.lane
        ORDER BY w.created_at, w.workflow_id LIMIT :most) AS place""")
_CALL = text("""
UPDATE account_waits SET called_at = :now
 WHERE workflow_id = ANY (CAST(:workflows AS text[])) AND (called_at IS NULL OR called_at < :before)
RETURNING workflow_id""")


async def stand(
    tx: Tx, who: Principal, job: JobId, workflow_id: str, wants: Sequence[Want]
) -> None:
    """Take a place, or say anew what would do: whoever was called up in vain keeps the old place."""
    plain = [asdict(one) for one in wants]
    told = {"workflow": workflow_id, "workspace": who.workspace, "user": who.user, "job": job}
    lane = digest([who.user, plain])
    await tx.execute(_STAND, told | {"lane": lane, "wants": json.dumps(plain)})


async def leave(tx: Tx, who: Principal, workflow_id: str) -> None:
    """It has an account, or needs none any more."""
    await tx.execute(_LEAVE, {"workspace": who.workspace, "workflow": workflow_id})


async def leave_job(tx: Tx, who: Principal, job: JobId) -> None:
    """The job has ended."""
    await tx.execute(_LEAVE_JOB, {"workspace": who.workspace, "job": job})


async def remove(tx: Tx, workflows: Sequence[str]) -> None:
    """Of these runs there is nothing left that could be called up."""
    await tx.execute(_GONE, {"workflows": list(workflows)})


async def clear(tx: Tx, before: datetime) -> None:
    """Forget those that were called up before then, did not come, and wait no more."""
    await tx.execute(_CLEAR, {"before": before})


async def first(tx: Tx, most: int) -> list[Place]:
    """The first in line, of all workspaces: at most so many that want the same."""
    return [_place(row) for row in (await tx.execute(_FIRST, {"most": most})).mappings()]


async def call_up(
    tx: Tx, workflows: Sequence[str], now: datetime, before: datetime
) -> Sequence[str]:
    """Note that they are called up; answers those that nobody else has called since `before`."""
    told = {"workflows": list(workflows), "now": now, "before": before}
    return [row.workflow_id for row in await tx.execute(_CALL, told)]


def _place(row: Any) -> Place:
    wants = (
        Want(one["provider"], one["model"], tuple(one["among"]) if one["among"] else None)
        for one in row["wants"]
    )
    who = Principal(UserId(row["user_id"]), WorkspaceId(row["workspace_id"]))
    return Place(row["workflow_id"], who, tuple(wants), row["created_at"], row["called_at"])
