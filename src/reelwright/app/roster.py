"""What workers run: made known before the first worker ever ran, and told apart in the log."""

import dataclasses

from reelwright.engines.durable.contract import Durable, Json, Roster, Steps, Workflow
from reelwright.engines.telemetry.logs import bound


class Announcement:
    """Makes the names of all work known, so that jobs can be asked for when no worker runs yet."""

    def __init__(self, durable: Durable, roster: Roster) -> None:
        self._durable = durable
        self._roster = roster

    async def start(self) -> None:
        """Announce; what workers have announced stands."""
        await self._durable.announce(self._roster)


def told_apart(workflow: Workflow) -> Workflow:
    """The workflow, with its job or batch named on every line that is logged while it runs."""

    async def run(steps: Steps, given: Json) -> Json:
        named = given if isinstance(given, dict) else {}
        with bound(job_id=named.get("job"), batch_id=named.get("batch")):
            return await workflow.run(steps, given)

    return dataclasses.replace(workflow, run=run)
