"""What jobs there are: each kind says how its parameters look and how it is run.

The packages above declare their kinds; wiring gathers them. So jobs know no film.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from reelwright.engines.database.database import Tx
from reelwright.engines.durable.contract import Json, Steps
from reelwright.ground.digests import digest
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import JobId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.progress import BoundProgress

QUEUE = "jobs"


class Errands(Protocol):
    """Jobs that a running job asks for for its own sake; see `jobs.errands`."""

    async def ask(self, news: Sequence[NewJob]) -> list[Job]:
        """Ask for jobs, all or none; an equal one that lives already is answered instead."""
        ...

    async def ended(self, jobs: Sequence[JobId]) -> Sequence[Job]:
        """Those of the jobs that have ended, and those of which nobody knows how."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """What a runner is handed: the job, on whose behalf, and what to do the world with.

    A runner may be run again from its beginning by another process: what went through `steps` is
    remembered, everything else MUST be harmless to repeat.
    """

    job: Job
    params: Any  # an instance of the kind's model
    who: Principal
    steps: Steps
    progress: BoundProgress
    wait: Callable[[str, timedelta], Awaitable[Json | None]]
    """Receive a message on a topic; the job is shown as waiting, and None means too late."""
    errands: Errands


Runner = Callable[[Work], Awaitable[Json]]
Release = Callable[[Tx, Job], Awaitable[Sequence[str] | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of job.

    `run` does it; what it answers (JSON) is the job's result, a ReelwrightError its failure.
    `release` gives back what was reserved, in the transaction in which a job ends without having
    completed; it MUST be idempotent, and answers the ids of further workflows to stop.
    `retries`: how often an error of kind unavailable is followed by another attempt.
    `joins`: equal requests of one workspace are one job while it lives.
    `spends`: whether a job with such parameters may cost money. `makes_files`: whether
    whoever has no room left for files is refused when they ask for it. `private`: it has a door of its own,
    and is not asked for by its name.
    `at_once`: how many of its queue one worker takes, of jobs that do little but wait, or that
    need a processor each; else the settings decide.
    """

    name: str
    params: type[BaseModel]
    run: Runner
    release: Release | None = None
    queue: str = QUEUE
    joins: bool = False
    spends: Callable[[Mapping[str, Any]], bool] = lambda _: False
    makes_files: Callable[[Mapping[str, Any]], bool] = lambda _: False
    private: bool = False
    retries: int = 0
    at_once: int | None = None
    time_limit: timedelta | None = None

    def check(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as they are kept; raises InvalidInputError saying which are wrong."""
        try:
            return self.params.model_validate(params).model_dump(mode="json")
        except ValidationError as error:
            wrong = "; ".join(
                f"{'.'.join(str(part) for part in one['loc']) or 'params'}: {one['msg']}"
                for one in error.errors(include_input=False, include_url=False)
            )
            raise InvalidInputError(
                f"these are no parameters of {self.name}: {wrong}"[:1000]
            ) from None

    def key(self, new: NewJob, params: Mapping[str, Any]) -> str | None:
        """What equal requests have in common; None when each is a job of its own."""
        if new.join_key is not None or not self.joins:
            return new.join_key
        return digest([self.name, new.project_id, params])


class JobKinds(Mapping[str, JobKind]):
    """All kinds there are, by name."""

    def __init__(self, kinds: Iterable[JobKind] = ()) -> None:
        self._kinds = {kind.name: kind for kind in kinds}

    def find(self, name: str) -> JobKind | None:
        """The kind of a name, if there is one."""
        return self._kinds.get(name)

    def __getitem__(self, name: str) -> JobKind:
        """The kind of a name; raises InvalidInputError when there is none."""
        try:
            return self._kinds[name]
        except KeyError:
            raise InvalidInputError(
                f"there is no job of kind {name[:60]!r}",
                way_out=f"choose one of: {', '.join(sorted(self._kinds)) or 'none'}",
            ) from None

    def queue_of(self, name: str) -> str:
        """Where jobs of a kind wait; of a kind that this process does not know, the usual place."""
        return self._kinds[name].queue if name in self._kinds else QUEUE

    def makes_files(self, job: Job) -> bool:
        """Whether a job keeps files; of a kind that this process does not know, whoever runs it sees."""
        kind = self._kinds.get(job.kind)
        return kind is not None and kind.makes_files(job.params)

    def queues(self) -> set[str]:
        """Every queue there is."""
        return {QUEUE} | {kind.queue for kind in self._kinds.values()}

    def at_once(self, queue: str, usual: int) -> int:
        """How many jobs of a queue one worker takes at a time."""
        said = (kind.at_once or 0 for kind in self._kinds.values() if kind.queue == queue)
        return max(said, default=0) or usual

    def __contains__(self, name: object) -> bool:
        return name in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
