"""Submissions as rows. Each move names the states it may come from: of two that race, one moves it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Double,
    Table,
    Update,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from reelwright.engines.database.beside import Beside
from reelwright.engines.database.database import Tx
from reelwright.generation.submissions.model import (
    OPEN,
    Submission,
    SubmissionState,
    written_ticket,
)
from reelwright.generation.submissions.tables import SubmissionRow
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import AssetId, JobId, SubmissionId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.providers.contract import Ticket

_TABLE = cast("Table", SubmissionRow.__table__)
"""Plain statements over the table: by way of the mapped class each would cost a millisecond more."""
_COLUMNS = _TABLE.c
_OPEN = sorted(OPEN)
_GOING_ON = sorted(OPEN - {SubmissionState.UNKNOWN})


async def add(tx: Tx, values: Mapping[str, Any], look_in_s: float | None = None) -> Submission:
    """Write down a call that is about to be made; `look_in_s`: when a poller is to look at it first."""
    told = dict(values) | ({} if look_in_s is None else {"look_in_s": look_in_s})
    adding = _ADD if look_in_s is None else _ADD_LOOKED_AT
    return Submission.of((await tx.execute(adding, told)).mappings().one())


async def get(
    tx: Tx, workspace: WorkspaceId, submission: SubmissionId, *, hold: bool = False
) -> Submission:
    """A submission; MissingError. `hold`: nobody else moves it until the transaction ends."""
    statement = select(*_COLUMNS).where(_is(workspace, submission))
    statement = statement.with_for_update() if hold else statement
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise MissingError("there is no such submission")
    return Submission.of(row)


async def of_job(tx: Tx, workspace: WorkspaceId, job: JobId) -> list[Submission]:
    """All calls of a job, in the order they were made."""
    return await of_jobs(tx, workspace, [job])


async def of_jobs(tx: Tx, workspace: WorkspaceId, jobs: Collection[JobId]) -> list[Submission]:
    """All calls of some jobs, in the order they were made."""
    statement = (
        select(*_COLUMNS)
        .where(_COLUMNS.workspace_id == workspace, _COLUMNS.job_id.in_(sorted(jobs)))
        .order_by(_COLUMNS.id)
    )
    return [Submission.of(row) for row in (await tx.execute(statement)).mappings()]


@dataclass(frozen=True, slots=True)
class Intent:
    """A call that may go over the wire now, for the `sends`-th time; `age_s` since the first time."""

    sends: int
    age_s: float


_INTEND = text("""
UPDATE submissions
   SET sends = sends + 1, first_sent_at = coalesce(first_sent_at, clock_timestamp()),
       sent_at = clock_timestamp(), changed_at = clock_timestamp()
 WHERE workspace_id = :workspace AND id = :id AND state IN ('ready', 'unknown') AND ticket IS NULL
RETURNING sends, extract(epoch FROM sent_at - first_sent_at) AS age_s""")


async def intend(tx: Tx, who: Principal, submission: SubmissionId) -> Intent | None:
    """Write down that it may be sent from now on; None when it has been taken, or has ended."""
    told = {"workspace": who.workspace, "id": submission}
    row = (await tx.execute(_INTEND, told)).one_or_none()
    return None if row is None else Intent(row.sends, float(row.age_s))


async def take_back(tx: Tx, who: Principal, submission: SubmissionId, intent: Intent) -> None:
    """It never left: as if it had not been tried. Only while nobody has tried since."""
    first = intent.sends == 1
    await tx.execute(
        update(_TABLE)
        .where(
            _is(who.workspace, submission),
            _COLUMNS.state == SubmissionState.READY,
            _COLUMNS.sends == intent.sends,
        )
        .values(
            sends=intent.sends - 1, **({"first_sent_at": None, "sent_at": None} if first else {})
        )
    )


async def note_ticket(
    tx: Tx, who: Principal, submission: SubmissionId, ticket: Ticket, look_at: datetime
) -> bool:
    """Write down that the vendor has it; False when that was known, or it has ended."""
    return await _move(
        tx,
        who,
        submission,
        SubmissionState.WAITING,
        from_=(SubmissionState.READY, SubmissionState.UNKNOWN),
        ticket=written_ticket(ticket),
        remote_id=ticket.remote_id,
        look_at=look_at,
    )


async def note_unknown(
    tx: Tx,
    who: Principal,
    submission: SubmissionId,
    error: Mapping[str, Any],
    look_at: datetime | None = None,
) -> bool:
    """Write down that nobody knows whether the vendor has it; `look_at`: when its job is told."""
    return await _move(
        tx,
        who,
        submission,
        SubmissionState.UNKNOWN,
        from_=(SubmissionState.READY, SubmissionState.WAITING),
        error=dict(error),
        look_at=look_at,
    )


async def note_made(
    tx: Tx, who: Principal, submission: SubmissionId, look_at: datetime | None
) -> bool:
    """Write down that the vendor has finished; `look_at`: when to bring it, should nobody have."""
    waiting = (SubmissionState.WAITING,)
    made = SubmissionState.MADE
    return await _move(tx, who, submission, made, from_=waiting, look_at=look_at)


async def note_kept(
    tx: Tx,
    who: Principal,
    submission: SubmissionId,
    ticket: Ticket,
    assets: Sequence[AssetId],
    used: Mapping[str, Any],
) -> None:
    """Write down what came of it and where it is kept; doing it again changes nothing."""
    values: dict[str, Any] = {"assets": list(assets), "used": dict(used)}
    values |= {"ticket": written_ticket(ticket), "remote_id": ticket.remote_id, "error": None}
    await _move(tx, who, submission, SubmissionState.MADE, from_=OPEN, **values)


async def end(
    tx: Tx,
    who: Principal,
    submission: SubmissionId,
    state: SubmissionState,
    now: datetime,
    beside: Beside,
    *,
    look_at: datetime | None = None,
    **values: Any,
) -> Submission | None:
    """End it; None when it had ended. `beside`: what Postgres does in the same statement, if it ends it.

    `look_at`: when its job is told, where it may not have been.
    """
    ended = {"look_at": look_at, "finished_at": now} | values
    ending = _moving(tuple(ended), OPEN, beside.column)
    told = {**_told(who, submission, state, ended), **beside.told}
    row = (await tx.execute(ending, told)).mappings().one_or_none()
    return None if row is None else Submission.of(row)


async def note_told(tx: Tx, who: Principal, submission: SubmissionId) -> None:
    """Its job knows that it has ended: nobody needs to look at it any more."""
    there = _is(who.workspace, submission), _COLUMNS.state.not_in(_GOING_ON)
    await tx.execute(update(_TABLE).where(*there).values(look_at=None))


async def note_move(tx: Tx, who: Principal, submission: SubmissionId, why: str) -> None:
    """Write down why another model was tried after this call."""
    statement = update(_TABLE).where(_is(who.workspace, submission))
    await tx.execute(statement.values(moved_on=why))


async def abandon(tx: Tx, who: Principal, submission: SubmissionId, now: datetime) -> None:
    """Its job has ended: what still comes is looked after by the poller alone."""
    statement = update(_TABLE).where(_is(who.workspace, submission), _COLUMNS.state.in_(_OPEN))
    look_at = func.coalesce(_COLUMNS.look_at, now)
    await tx.execute(statement.values(abandoned=True, look_at=look_at, changed_at=now))


# Chosen once, beforehand: as a subquery a plan may run it again for each row, and take more each time.
_DUE = text("""
WITH due AS MATERIALIZED (
     SELECT id FROM submissions
      WHERE look_at <= clock_timestamp()
        AND (account_id IS NULL OR account_id <> ALL (CAST(:full AS text[])))
      ORDER BY look_at LIMIT :most FOR UPDATE SKIP LOCKED)
UPDATE submissions AS s
   SET looks = s.looks + 1, look_at = clock_timestamp() + make_interval(secs => :lease)
  FROM due WHERE s.id = due.id
RETURNING s.*""")


async def due(tx: Tx, most: int, lease_s: float, full: Collection[str] = ()) -> list[Submission]:
    """Those that are to be looked at now, of all workspaces; nobody else is given them meanwhile.

    None of the accounts in `full`: those have enough to answer.
    """
    told = {"most": most, "lease": lease_s, "full": list(full)}
    return [Submission.of(row) for row in (await tx.execute(_DUE, told)).mappings()]


_TO_LOOK_AT = text("SELECT count(*) FROM submissions WHERE look_at IS NOT NULL")


async def count_to_look_at(tx: Tx) -> int:
    """How many calls are looked at now and then, of all workspaces."""
    return await tx.scalar(_TO_LOOK_AT) or 0


_LOOK_AGAIN = text("""
UPDATE submissions AS s SET look_at = n.at
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n(id text, at timestamptz)
 WHERE s.id = n.id AND s.look_at IS NOT NULL AND s.state IN ('waiting', 'unknown', 'ready', 'made')""")


# By the clock that pollers go by. Statements are built once: building costs as much as running them.
_ADD = insert(_TABLE).returning(*_COLUMNS)
_ADD_LOOKED_AT = _ADD.values(
    look_at=func.clock_timestamp()
    + func.make_interval(0, 0, 0, 0, 0, 0, bindparam("look_in_s", type_=Double()))
)


_PUT_OFF = text("""
UPDATE submissions SET look_at = clock_timestamp() + make_interval(secs => :seconds)
 WHERE workspace_id = :workspace AND id = :id AND state = 'ready' AND look_at IS NOT NULL""")


async def put_off(tx: Tx, who: Principal, submission: SubmissionId, seconds: float) -> None:
    """Whoever makes the call is alive and hears the vendor: nobody needs to look before then."""
    told = {"workspace": who.workspace, "id": submission, "seconds": seconds}
    await tx.execute(_PUT_OFF, told)


async def made_of(tx: Tx, who: Principal, recipe: str) -> Submission | None:
    """The first call that made something of a recipe."""
    mine = _COLUMNS.workspace_id == who.workspace, _COLUMNS.recipe == recipe
    statement = (
        select(*_COLUMNS)
        .where(*mine, _COLUMNS.state == SubmissionState.COMPLETED)
        .order_by(_COLUMNS.id)
        .limit(1)
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else Submission.of(row)


async def look_again(tx: Tx, rows: str) -> None:
    """When to look next, for many at once: JSON of `[{id, at}]`."""
    await tx.execute(_LOOK_AGAIN, {"rows": rows})


async def _move(
    tx: Tx,
    who: Principal,
    submission: SubmissionId,
    to: SubmissionState,
    *,
    from_: Collection[SubmissionState],
    **values: Any,
) -> bool:
    moving = _moving(tuple(values), frozenset(from_))
    return (await tx.execute(moving, _told(who, submission, to, values))).first() is not None


@cache
def _moving(
    names: tuple[str, ...],
    from_: frozenset[SubmissionState],
    beside: ColumnElement[Any] | None = None,
) -> Update:
    """A move that sets columns of these names, built once; with something `beside` it gives all back."""
    there = (
        _COLUMNS.workspace_id == bindparam("of_workspace"),
        _COLUMNS.id == bindparam("of_id"),
        _COLUMNS.state.in_(sorted(from_)),
    )
    new = {name: bindparam(f"new_{name}", type_=_COLUMNS[name].type) for name in ("state", *names)}
    moving = update(_TABLE).where(*there).values(changed_at=func.clock_timestamp(), **new)
    return moving.returning(*([_COLUMNS.id] if beside is None else [*_COLUMNS, beside]))


def _told(
    who: Principal, submission: SubmissionId, to: SubmissionState, values: Mapping[str, Any]
) -> dict[str, Any]:
    new = {f"new_{name}": value for name, value in values.items()}
    return {"of_workspace": who.workspace, "of_id": submission, "new_state": to.value} | new


def _is(workspace: WorkspaceId, submission: SubmissionId) -> ColumnElement[bool]:
    mine = _COLUMNS.workspace_id == workspace
    return mine & (_COLUMNS.id == submission)
