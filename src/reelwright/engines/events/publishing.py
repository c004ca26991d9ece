"""Publishing: events are rows, written in the transaction of what happened, or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import TextClause, text

from reelwright.engines.database.database import Tx
from reelwright.engines.events.catalogue import fits
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import WorkspaceId

PUBLISHED = "events_published"
"""The mark on a session's `info`; the announcer looks for it after the commit."""

_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Something that happens in the open transaction.

    `subject` is the id of the thing it happened to; readers get one subject's events in order.
    `data` is JSON, small, without secrets: whoever is in the workspace may read it. `workspace` is
    named by the system's activities; a principal's events belong to theirs.
    """

    kind: str
    subject: str
    data: dict[str, Any] = field(default_factory=dict)
    workspace: WorkspaceId | None = None


async def publish(tx: Tx, *events: NewEvent) -> None:
    """Write events, in this order, as part of the caller's transaction: one statement for all.

    Raises InvalidInputError for a name the catalogue does not know or data above 64 KiB. Publish
    last: from here to the commit, later events of everyone wait (decision 0014).
    """
    if events:
        await tx.execute(_PUBLISH, {"events": _rows(events)})
        tx.info[PUBLISHED] = True


async def publish_beside(
    tx: Tx, select: str, told: Mapping[str, Any], events: Sequence[NewEvent]
) -> None:
    """Publish, and run a SELECT, in one round trip to the server; if one fails both do."""
    if not events:
        await tx.execute(_beside(select, publishing=False), told)
        return
    await tx.execute(_beside(select, publishing=True), {**told, "events": _rows(events)})
    tx.info[PUBLISHED] = True


@cache
def _beside(select: str, *, publishing: bool) -> TextClause:
    return text(f"WITH published AS ({_INSERT}) {select}" if publishing else select)


def _rows(events: Sequence[NewEvent]) -> str:
    return json.dumps(_without_nuls([_row(event) for event in events]))


def _row(event: NewEvent) -> dict[str, Any]:
    if not fits(event.kind):
        raise InvalidInputError(f"{event.kind[:60]!r} is no kind of event")
    if len(json.dumps(event.data)) > _MOST_BYTES:
        raise InvalidInputError(
            f"the data of {event.kind} is above 64 KiB", way_out="publish an id to read it by"
        )
    return {"k": event.kind, "s": event.subject, "d": event.data, "w": event.workspace}


def _without_nuls(value: Any) -> Any:
    """JSON that Postgres can hold: its text knows no NUL and no half of a surrogate pair."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {_without_nuls(str(key)): _without_nuls(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nuls(one) for one in value]
    return value


# A principal's own workspace always wins: row-level security would refuse another anyway.
_INSERT = """
INSERT INTO events (workspace_id, user_id, kind, subject, data)
SELECT coalesce(nullif(current_setting('app.workspace_id', true), ''), w),
       nullif(current_setting('app.user_id', true), ''), k, s, d
  FROM ROWS FROM (jsonb_to_recordset(CAST(:events AS jsonb)) AS (k text, s text, d jsonb, w text))
       WITH ORDINALITY AS new (k, s, d, w, place)
 ORDER BY place
"""
_PUBLISH = text(_INSERT)
