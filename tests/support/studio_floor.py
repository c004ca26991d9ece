"""Jobs on the fake engine: services, a few kinds, a clock that tests move."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, Field

from reelwright.jobs.charging import NO_QUOTA
from reelwright.jobs.kinds import JobKind, JobKinds
from reelwright.jobs.processor import JobProcessor
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.scheduler import JobScheduler
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings
from support.clocks import HandClock
from support.fake_durable import FakeDurable


class Shot(BaseModel):
    """Parameters of the kinds here."""

    frames: int = Field(1, ge=1)


@dataclass
class Floor:
    """Everything around jobs; `act` is what the kind `shot` does."""

    database: Any
    clock: HandClock = field(default_factory=HandClock)
    settings: JobSettings = field(default_factory=JobSettings)
    done: list = field(default_factory=list)
    released: list = field(default_factory=list)
    act: Any = None
    also_stop: tuple = ()
    quota: Any = NO_QUOTA

    def __post_init__(self):
        self.durable = FakeDurable(self.database)
        self.tracker = ProgressTracker(self.clock)
        self.kinds = JobKinds(
            [
                JobKind(name="shot", params=Shot, run=self._run, release=self._release, retries=2),
                JobKind(name="still", params=Shot, run=self._run, joins=True),
                JobKind(
                    name="cut",
                    params=Shot,
                    run=self._run,
                    queue="cuts",
                    makes_files=lambda params: params["frames"] > 0,
                    time_limit=timedelta(hours=1),
                ),
            ]
        )
        given = (self.database, self.durable, self.kinds, self.clock)
        self.jobs = JobService(*given, self.settings, self.quota)
        self.processor = JobProcessor(*given, self.tracker, self.settings, quota=self.quota)
        self.scheduler = JobScheduler(*given, self.settings, self.quota)

    async def _run(self, work):
        self.done.append(work.job.id)
        if self.act is not None:
            return await self.act(work)
        return {"frames": work.params.frames}

    async def _release(self, tx, job):
        self.released.append(job.id)
        return self.also_stop

    async def run_all(self):
        return await self.durable.run_all(self.processor)

    async def state(self, who, job):
        return (await self.jobs.get_job(who, job.id)).state
