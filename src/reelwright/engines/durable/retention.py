"""Forgetting finished work: its inputs, answers and steps are of no use to the engine any more."""

from datetime import timedelta

from dbos import DBOSClient
from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.engines.durable.calls import open_client
from reelwright.engines.durable.settings import DurableSettings
from reelwright.ground.clock import Clock
from reelwright.ground.principals import Activity

_BATCH = 500
_FINISHED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
# A step's memory is needed for as long as its run may still be started over.
_FORGET_STEPS = text("""
DELETE FROM step_effects WHERE created_at < :before AND NOT EXISTS (
    SELECT FROM dbos.workflow_status WHERE workflow_uuid = step_effects.workflow_id)
""")


class Retention:
    """Forgets what ended long ago. Whoever schedules work calls `prune`, some times a day."""

    def __init__(
        self, database: Database, system_url: str, settings: DurableSettings, clock: Clock
    ) -> None:
        self._database = database
        self._system_url = system_url
        self._keep = timedelta(days=settings.keep_days)
        self._clock = clock

    async def prune(self) -> int:
        """Forget calls that ended more than `keep_days` ago; returns how many. Safe to repeat.

        An id that was forgotten is a new one when it is called again: who relies on an id being
        called once must remember it for as long as that can happen.
        """
        client = open_client(self._system_url)
        try:
            count = 0
            while forgotten := await self._prune_some(client):
                count += forgotten
        finally:
            client.destroy()
        async with self._database.transaction(Activity.CLEAN_UP) as tx:
            await tx.execute(_FORGET_STEPS, {"before": self._clock.now() - self._keep})
        return count

    async def _prune_some(self, client: DBOSClient) -> int:
        before = (self._clock.now() - self._keep).isoformat()
        found = await client.list_workflows_async(
            status=_FINISHED,
            completed_before=before,
            limit=_BATCH,
            load_input=False,
            load_output=False,
        )
        ids = [one.workflow_id for one in found]
        if ids:
            await client.delete_workflows_async(ids)
        return len(ids)
