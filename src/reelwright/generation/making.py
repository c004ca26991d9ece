"""The job of a paid call: one model after another, until one has made it or none can."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict

from reelwright.engines.database.database import Database, Tx
from reelwright.generation.attempts import Attempts, Made
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.requests import Desk, checked
from reelwright.generation.routes.choosing import Choosing
from reelwright.generation.routes.deciding import Failure, Next, Tried, after
from reelwright.generation.routes.route import Route, Wish
from reelwright.generation.routes.softening import soften
from reelwright.generation.submissions import records
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ToldError
from reelwright.ground.ids import SubmissionId
from reelwright.identity.audit import AuditLog
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import JobKind, Work
from reelwright.providers.catalogue import Model
from reelwright.providers.operations import Operation

GENERATE = "generate"
_PAUSE = timedelta(seconds=2)
_BUSY_S = 10.0
_AT_ONCE = 500
"""What vendors work on, a worker only waits for; how much may be asked at once the accounts say."""


class RouteParams(BaseModel):
    """A route as it is asked for."""

    model_config = ConfigDict(extra="forbid")

    wish: Wish = Wish.CHEAPEST
    models: tuple[str, ...] = ()
    soften: bool = False
    reroute: bool = False

    def route(self) -> Route:
        """As a value."""
        return Route(self.wish, self.models, self.soften, self.reroute)


class GenerateParams(BaseModel):
    """What is asked of a model: `request` holds the operation's parameters, files as `{"asset": id}`.

    Equal requests of one workspace are one job while it lives, and their product is found
    afterwards; a higher `take` makes another.
    """

    model_config = ConfigDict(extra="forbid")

    operation: Operation
    request: dict[str, Any]
    route: RouteParams = RouteParams()
    take: int = 0

    def model_post_init(self, _: object) -> None:
        """Refuse what no request can be."""
        checked(self.operation, self.request)


@dataclass
class _Course:
    """Where a job stands in its chain; rebuilt alike in every run, from what its steps remember.

    Models that failed leave `models`; those whose accounts are busy stay, and come round again.
    """

    models: list[Model]
    request: Mapping[str, Any]
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

    def told(self, made: Made) -> dict[str, Any]:
        """The job's result."""
        told = {"assets": made.assets, "model": self.model.id, "attempts": self.number}
        return told | ({"notes": list(self.notes)} if self.notes else {})

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


class Generation:
    """Runs jobs of the kind `generate`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        repertoire: Repertoire,
        choice: Choosing,
        desk: Desk,
        attempts: Attempts,
        audit: AuditLog,
    ) -> None:
        self._database = database
        self._clock = clock
        self._repertoire = repertoire
        self._choice = choice
        self._desk = desk
        self._attempts = attempts
        self._audit = audit

    @property
    def kind(self) -> JobKind:
        """As jobs know it."""
        return JobKind(
            name=GENERATE,
            params=GenerateParams,
            run=self.run,
            release=self.release,
            queue=GENERATE,
            joins=True,
            at_once=_AT_ONCE,
        )

    async def run(self, work: Work) -> Mapping[str, Any]:
        """Make it; called again after a crash, it goes on where it stood."""
        params: GenerateParams = work.params
        course = await self._begin(work, params)
        while True:
            made = await self._attempts.make(
                work,
                course.number,
                course.model,
                params.operation,
                course.request,
                params.take,
                course.passed,
            )
            if made.submission:
                course.passed = {}
            if made.failure is None:
                return course.told(made)
            if not await self._go_on(work, course, made, made.failure):
                raise ToldError(made.failure.written)

    async def release(self, tx: Tx, job: Job) -> list[str]:
        """Part of the job's bad end: what was not sent is taken back, what was is looked after."""
        for one in await records.of_job(tx, job.workspace_id, job.id):
            await self._attempts.let_go(tx, one)
        return []

    async def _begin(self, work: Work, params: GenerateParams) -> _Course:
        """Choose the models; remembered, because rows and prices change while a job runs."""
        route = params.route.route()

        async def look() -> dict[str, list[str]]:
            opened = self._desk.opened(work.who, params.operation, params.request)
            async with opened as (request, _):
                chosen = await self._choice.choose(work.who, request, route, work.job.project_id)
            return {"models": [one.id for one in chosen.models], "notes": list(chosen.notes)}

        told = await work.steps.run("route", look)
        # Runs of before remember the names alone.
        names, notes = (told["models"], told["notes"]) if isinstance(told, dict) else (told, [])
        tried = Tried(soften=route.soften, reroute=route.reroute)
        models = [await self._repertoire.model(work.who, one) for one in names]
        return _Course(models, params.request, tried, tuple(notes))

    async def _go_on(self, work: Work, course: _Course, made: Made, failure: Failure) -> bool:
        """Whether there is something else to try; if so, the course stands at it."""
        step = after(failure, course.tried)
        if step is Next.UNKNOWN:
            raise OutcomeUnknownError(failure.written["message"])
        course.tried = replace(course.tried, times=course.tried.times + 1)
        match step:
            case Next.AGAIN:
                await work.steps.sleep(_PAUSE)
            case Next.ACCOUNT:
                pass  # the one that failed is set aside: the next try finds another, or none
            case Next.WAIT:
                course.pass_over(failure)
            case Next.SOFTEN:
                course.request = soften(course.request)
                course.tried = replace(course.tried, softened=True)
            case Next.MODEL | Next.POLICY:
                course.drop(others=step is Next.POLICY)
            case _:
                course.models = []
        goes_on = bool(course.models)
        course.number += bool(made.submission)
        if made.submission:
            await self._note(work, made, failure, step if goes_on else Next.STOP)
        if goes_on and (pause := course.come_round()):
            await work.steps.sleep(timedelta(seconds=pause))
        return goes_on

    async def _note(self, work: Work, made: Made, failure: Failure, step: Next) -> None:
        """Write down why something else is tried; what goes around a refusal is also audited."""

        async def note(tx: Tx) -> None:
            submission = SubmissionId(str(made.submission))
            why = f"{failure.code}: {step.value}"
            await records.note_move(tx, work.who, submission, why)
            if step in (Next.SOFTEN, Next.POLICY):
                detail = {"job": work.job.id, "stage": failure.stage}
                action = f"refusal:{step.value}"
                await self._audit.write(tx, work.who, action, submission, detail)

        await work.steps.transact(work.who, "moved-on", note)
