"""Forgetting events by age, so that the table stays as small as what is worth replaying."""

from datetime import timedelta

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.engines.events.catalogue import PROGRESS
from reelwright.engines.events.settings import EventSettings
from reelwright.ground.clock import Clock, SystemClock
from reelwright.ground.principals import Activity

_BATCH = 5000
_PROGRESS = text(
    "DELETE FROM events WHERE seq IN (SELECT seq FROM events"
    " WHERE created_at < :before AND kind = :kind ORDER BY created_at LIMIT :most)"
)
# The mark is set in the same transaction: who comes back with an older id is told so.
_OLD = text("""
WITH old AS (SELECT seq FROM events WHERE created_at < :before ORDER BY created_at LIMIT :most),
     gone AS (DELETE FROM events USING old WHERE events.seq = old.seq RETURNING events.seq),
     mark AS (INSERT INTO event_marks AS known (name, seq)
              SELECT 'pruned', max(seq) FROM gone HAVING count(*) > 0
              ON CONFLICT (name) DO UPDATE SET seq = greatest(known.seq, excluded.seq))
SELECT count(*) FROM gone
""")
_DEAD = text("DELETE FROM reaction_delays WHERE dead_at < :before")


class EventPruner:
    """Forgets events older than the settings say, those of progress much earlier."""

    def __init__(
        self, database: Database, settings: EventSettings | None = None, clock: Clock | None = None
    ) -> None:
        self._database = database
        self._settings = settings or EventSettings()
        self._clock = clock or SystemClock()

    async def prune(self) -> int:
        """Forget what is old, in small transactions; returns how many. Call it every hour or so."""
        now = self._clock.now()
        old = now - timedelta(days=self._settings.keep_days)
        told = {"before": now - timedelta(hours=self._settings.keep_progress_hours)}
        gone = 0
        while (some := await self._delete({**told, "kind": PROGRESS, "most": _BATCH})) > 0:
            gone += some
        while (some := await self._delete({"before": old, "most": _BATCH})) > 0:
            gone += some
        async with self._database.transaction(Activity.CLEAN_UP) as tx:
            await tx.execute(_DEAD, {"before": old})
        return gone

    async def _delete(self, told: dict[str, object]) -> int:
        async with self._database.transaction(Activity.CLEAN_UP) as tx:
            if "kind" in told:
                return int(getattr(await tx.execute(_PROGRESS, told), "rowcount", 0))
            return int(await tx.scalar(_OLD, told) or 0)
