"""Jobs as an earlier release left them under way: the very workflow behind all kinds of job."""

from datetime import timedelta

from pydantic import BaseModel

from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Roster
from reelwright.ground.clock import SystemClock
from reelwright.jobs.kinds import JobKind, JobKinds
from reelwright.jobs.processor import JobProcessor
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings

TABLES = (
    "public.users",
    "public.workspaces",
    "public.memberships",
    "public.jobs",
    "public.job_history",
    "dbos.workflow_status",
    "dbos.workflow_input",
    "dbos.operation_outputs",
    "dbos.notifications",
    "public.step_effects",
)


class Vigil(BaseModel):
    """Parameters of the kind `vigil`."""

    place: str


async def _watch(work):
    async def look():
        return f"nothing at the {work.params.place}"

    seen = await work.steps.run("look", look)
    told = await work.wait("signal", timedelta(days=3650))
    return {"seen": seen, "told": told}


def studio(database, durable: DbosDurable) -> tuple[JobService, Roster]:
    """Jobs that keep vigil until they are told something."""
    kinds = JobKinds([JobKind(name="vigil", params=Vigil, run=_watch)])
    clock, settings = SystemClock(), JobSettings(poll_s=0.1)
    jobs = JobService(database, durable, kinds, clock, settings)
    tracker = ProgressTracker(clock)
    processor = JobProcessor(database, durable, kinds, clock, tracker, settings)
    return jobs, processor.roster()
