"""Reading events from their table: by the deliverer for all tenants, and by one who was away."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text

from reelwright.engines.database.database import Tx
from reelwright.engines.events.event import Event, event_id
from reelwright.ground.ids import UserId, WorkspaceId

_COLUMNS = "seq, kind, subject, data, created_at, workspace_id, user_id"
_READ = text(f"SELECT {_COLUMNS} FROM read_events(:after, :most)")  # noqa: S608  # own words only
_REPLAY = text(
    f"SELECT {_COLUMNS} FROM events WHERE workspace_id = :workspace AND seq > :after"  # noqa: S608  # own words only
    " AND seq <= :upto ORDER BY seq LIMIT :most"
)
_REPLAY_SUBJECT = text(
    f"SELECT {_COLUMNS} FROM events WHERE workspace_id = :workspace AND subject = :subject"  # noqa: S608  # own words only
    " AND seq > :after AND seq <= :upto ORDER BY seq LIMIT :most"
)
_NEWEST = text("SELECT newest_event()")
_GIVEN_OUT = text("SELECT newest FROM event_horizon()")
_PRUNED = text("SELECT seq FROM event_marks WHERE name = 'pruned'")


async def read_after(tx: Tx, after: int, most: int) -> tuple[list[Event], bool]:
    """Events of all workspaces after a place, none of which a later one can precede.

    Also whether more is known to be on its way. For Activity.DELIVER and DISPATCH.
    """
    rows = (await tx.execute(_READ, {"after": after, "most": most})).all()
    return [_event(row) for row in rows if row.seq is not None], bool(rows) and rows[-1].seq is None


async def replay(
    tx: Tx, workspace: WorkspaceId, subject: str | None, after: int, upto: int, most: int
) -> list[Event]:
    """A workspace's events between two places, the second one included."""
    told = {"workspace": workspace, "after": after, "upto": upto, "most": most}
    if subject is None:
        rows = await tx.execute(_REPLAY, told)
    else:
        rows = await tx.execute(_REPLAY_SUBJECT, told | {"subject": subject})
    return _events(rows.all())


async def newest_place(tx: Tx) -> int:
    """The place of the last event there is."""
    return int(await tx.scalar(_NEWEST) or 0)


async def given_out(tx: Tx) -> int:
    """The last place that was given out, whether or not its event came to be."""
    return int(await tx.scalar(_GIVEN_OUT) or 0)


async def pruned_upto(tx: Tx) -> int:
    """The place up to which events have been forgotten."""
    return int(await tx.scalar(_PRUNED) or 0)


def _events(rows: Sequence[Row[Any]]) -> list[Event]:
    return [_event(row) for row in rows]


def _event(row: Row[Any]) -> Event:
    return Event(
        id=event_id(row.seq),
        kind=row.kind,
        subject=row.subject,
        data=row.data,
        at=row.created_at,
        workspace=WorkspaceId(row.workspace_id),
        user=UserId(row.user_id) if row.user_id else None,
    )
