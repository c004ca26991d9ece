"""A request's course through the models of its route: until one has made it, or none can.

Jobs take it in remembered steps, calls that are made at once in the process that asks; what is tried
next, and what is written down of it, is the same for both.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

from reelwright.engines.database.database import Tx
from reelwright.generation.routes.choosing import Choosing
from reelwright.generation.routes.deciding import Failure, Next, Tried, after
from reelwright.generation.routes.route import Chosen, Route
from reelwright.generation.submissions import records
from reelwright.ground.ids import JobId, ProjectId, SubmissionId
from reelwright.ground.principals import Principal, Who
from reelwright.identity.audit import AuditLog
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import Request

R = TypeVar("R")
T = TypeVar("T")

_PAUSE = timedelta(seconds=2)
_BUSY_S = 10.0


class Pace(Protocol):
    """How a course writes and waits; the steps of a workflow are one, so that a crash repeats nothing."""

    async def transact(self, who: Who, name: str, act: Callable[[Tx], Awaitable[T]]) -> T:
        """Change the database once."""
        ...

    async def sleep(self, how_long: timedelta) -> None:
        """Wait."""
        ...


@dataclass(frozen=True, slots=True)
class Errand:
    """On whose behalf a course is taken, at what pace, and for which job, if it is one's."""

    who: Principal
    pace: Pace
    job: JobId | None = None
    stand_in_line: Callable[[Sequence[Model]], Awaitable[None]] | None = None
    """Waits until an account for one of the models may be free; without it, time is waited for."""


@dataclass
class Course(Generic[R]):
    """Where a request stands in its chain; a job rebuilds it alike from what its steps remember.

    Models that failed leave `models`; those whose accounts are busy stay, and come round again.
    """

    models: list[Model]
    request: R
    softer: Callable[[R], R]
    tried: Tried
    notes: tuple[str, ...] = ()
    at: int = 0
    number: int = 1
    busy_s: float = 0.0
    passed: Mapping[str, str] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        """The one whose turn it is."""
        return self.models[self.at]

    def drop(self, *, others: bool = False) -> None:
        """The model at hand is tried no more; with `others`, all of its vendor's."""
        gone = self.model
        self.models = [
            one
            for one in self.models
            if one is not gone and not (others and one.provider == gone.provider)
        ]
        self.tried = replace(self.tried, times=1)

    def pass_over(self, failure: Failure) -> None:
        """The model at hand is tried again later, when the others have been asked."""
        seconds = min(failure.retry_after_s or _BUSY_S, _BUSY_S)
        self.passed = {**self.passed, self.model.id: str(failure.written["message"])}
        self.busy_s = min(self.busy_s or seconds, seconds)
        self.at += 1

    def come_round(self) -> float:
        """Seconds to wait before the next model's turn; past the last one, the first is next."""
        if self.at < len(self.models):
            return 0.0
        pause, self.at, self.busy_s = self.busy_s, 0, 0.0
        return pause


class Courses:
    """Chooses the models of a course, and after a failure what is tried next."""

    def __init__(self, choosing: Choosing, audit: AuditLog) -> None:
        self._choosing = choosing
        self._audit = audit

    async def choose(
        self, who: Principal, request: Request, route: Route, project: ProjectId | None = None
    ) -> Chosen:
        """The models in their order; raises UnsupportedError when none can do what is asked."""
        return await self._choosing.choose(who, request, route, project)

    async def go_on(
        self, errand: Errand, course: Course[R], submission: str | None, failure: Failure
    ) -> bool:
        """Whether there is something else to try; if so, the course stands at it.

        Raises OutcomeUnknownError: then nothing is tried before somebody knows.
        """
        step = after(failure, course.tried)
        if step is Next.UNKNOWN:
            raise OutcomeUnknownError(failure.written["message"])
        course.tried = replace(course.tried, times=course.tried.times + 1)
        match step:
            case Next.AGAIN:
                await errand.pace.sleep(_PAUSE)
            case Next.ACCOUNT:
                pass  # the one that failed is set aside: the next try finds another, or none
            case Next.WAIT:
                course.pass_over(failure)
            case Next.SOFTEN:
                course.request = course.softer(course.request)
                course.tried = replace(course.tried, softened=True)
            case Next.MODEL | Next.POLICY:
                course.drop(others=step is Next.POLICY)
            case _:
                course.models = []
        goes_on = bool(course.models)
        course.number += bool(submission)
        if submission:
            await self._note(errand, submission, failure, step if goes_on else Next.STOP)
        if goes_on and (pause := course.come_round()):
            if errand.stand_in_line is not None:
                await errand.stand_in_line(course.models)
            else:
                await errand.pace.sleep(timedelta(seconds=pause))
        return goes_on

    async def _note(self, errand: Errand, made: str, failure: Failure, step: Next) -> None:
        """Write down why something else is tried; what goes around a refusal is also audited."""
        submission, who = SubmissionId(made), errand.who

        async def note(tx: Tx) -> None:
            await records.note_move(tx, who, submission, f"{failure.code}: {step.value}")
            if step in (Next.SOFTEN, Next.POLICY):
                detail = {"job": errand.job, "stage": failure.stage}
                await self._audit.write(tx, who, f"refusal:{step.value}", submission, detail)

        await errand.pace.transact(who, "moved-on", note)
