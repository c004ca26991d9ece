"""How far a reaction has come, and what it has laid aside; only whoever holds it may write."""

import json
from datetime import datetime

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.engines.events.event import Event, event_id
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity

_HOLD = text("""
INSERT INTO reaction_cursors AS known (name, seq, held_by, held_until)
VALUES (:name, 0, :me, clock_timestamp() + make_interval(secs => :lease))
ON CONFLICT (name) DO UPDATE SET held_by = :me, held_until = excluded.held_until
 WHERE known.held_by IS NULL OR known.held_by = :me OR known.held_until < clock_timestamp()
RETURNING seq
""")
_RELEASE = text(
    "UPDATE reaction_cursors SET held_by = NULL, held_until = NULL"
    " WHERE name = :name AND held_by = :me"
)
_ADVANCE = text(
    "UPDATE reaction_cursors SET seq = greatest(seq, :seq) WHERE name = :name AND held_by = :me"
)
# The first of each subject only: later ones wait behind it.
_DUE = text("""
SELECT event FROM (
    SELECT DISTINCT ON (subject) subject, seq, event, due_at FROM reaction_delays
     WHERE name = :name AND dead_at IS NULL ORDER BY subject, seq
) AS firsts WHERE due_at <= clock_timestamp() ORDER BY seq LIMIT 200
""")
_WAITING = text(
    "SELECT DISTINCT subject FROM reaction_delays WHERE name = :name AND dead_at IS NULL"
)
_ATTEMPTS = text("SELECT attempts FROM reaction_delays WHERE name = :name AND seq = :seq")
_SETTLE = text("DELETE FROM reaction_delays WHERE name = :name AND seq = :seq")
# Laying an event aside a second time, after a crash, must not forget its attempts.
_LAY_ASIDE = text("""
INSERT INTO reaction_delays AS known (name, seq, subject, event, attempts, due_at, error, dead_at)
VALUES (:name, :seq, :subject, CAST(:event AS jsonb), :attempts,
        clock_timestamp() + make_interval(secs => coalesce(:delay, 0)), :error,
        CASE WHEN CAST(:delay AS float8) IS NULL THEN clock_timestamp() END)
ON CONFLICT (name, seq) DO UPDATE SET attempts = excluded.attempts, due_at = excluded.due_at,
    error = excluded.error, dead_at = excluded.dead_at
 WHERE excluded.attempts > known.attempts
""")


class Cursors:
    """One reaction's place, held by one process for `lease_s` at a time."""

    def __init__(self, database: Database, name: str, me: str, lease_s: float) -> None:
        self._database = database
        self._who = {"name": name, "me": me}
        self._lease_s = lease_s

    async def hold(self) -> int | None:
        """Take the reaction, or keep it: the place it has come to, or None: another has it."""
        async with self._database.transaction(Activity.DELIVER) as tx:
            return await tx.scalar(_HOLD, self._who | {"lease": self._lease_s})

    async def release(self) -> None:
        """Let others take it at once."""
        await self._do(_RELEASE)

    async def advance(self, seq: int) -> None:
        """All up to a place is handled or laid aside."""
        await self._do(_ADVANCE, seq=seq)

    async def due(self) -> list[Event]:
        """What was laid aside and may be tried again now, one of each subject."""
        async with self._database.transaction(Activity.DELIVER) as tx:
            return [_read(row) for row in await tx.scalars(_DUE, self._who)]

    async def waiting_subjects(self) -> set[str]:
        """Subjects with an event laid aside: their next ones wait behind it."""
        async with self._database.transaction(Activity.DELIVER) as tx:
            return set(await tx.scalars(_WAITING, self._who))

    async def attempts(self, event: Event) -> int:
        """How often an event was tried."""
        async with self._database.transaction(Activity.DELIVER) as tx:
            return int(await tx.scalar(_ATTEMPTS, self._who | {"seq": event.seq}) or 0)

    async def settle(self, event: Event) -> None:
        """An event is handled."""
        await self._do(_SETTLE, seq=event.seq)

    async def lay_aside(
        self, event: Event, attempts: int, error: str | None, delay_s: float | None = 0
    ) -> None:
        """Try an event again in `delay_s` seconds; None: never."""
        told = {"seq": event.seq, "subject": event.subject, "event": _written(event)}
        await self._do(_LAY_ASIDE, **told, attempts=attempts, error=error, delay=delay_s)

    async def _do(self, statement: object, **told: object) -> None:
        async with self._database.transaction(Activity.DELIVER) as tx:
            await tx.execute(statement, self._who | told)  # pyrefly: ignore  # text() above, all


def _written(event: Event) -> str:
    told = {"seq": event.seq, "kind": event.kind, "subject": event.subject, "user": event.user}
    told |= {"data": dict(event.data), "at": event.at.isoformat(), "workspace": event.workspace}
    return json.dumps(told)


def _read(told: dict[str, object]) -> Event:
    data = told["data"]
    assert isinstance(data, dict)
    user = told["user"]
    return Event(
        event_id(int(str(told["seq"]))),
        str(told["kind"]),
        str(told["subject"]),
        data,
        datetime.fromisoformat(str(told["at"])),
        WorkspaceId(str(told["workspace"])),
        UserId(str(user)) if user else None,
    )
