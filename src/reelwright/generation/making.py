"""The job of a paid call: one model after another, until one has made it or none can."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict

from reelwright.engines.database.database import Tx
from reelwright.generation.accounts import line
from reelwright.generation.accounts.line import Want
from reelwright.generation.attempts import Attempts, Made
from reelwright.generation.courses import Course, Courses, Errand
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.requests import Desk, checked
from reelwright.generation.routes.deciding import Tried
from reelwright.generation.routes.route import Route, Wish
from reelwright.generation.routes.softening import soften
from reelwright.generation.submissions import records
from reelwright.ground.errors import ToldError
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import JobKind, Work
from reelwright.providers.catalogue import Model
from reelwright.providers.operations import Operation

GENERATE = "generate"
_AT_ONCE = 500
"""What vendors work on, a worker only waits for; how much may be asked at once the accounts say."""

_LONGEST_IN_LINE = timedelta(minutes=5)
"""Whoever was not called up by then looks for an account themselves, and stands in line again."""


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


class Generation:
    """Runs jobs of the kind `generate`."""

    def __init__(
        self,
        repertoire: Repertoire,
        desk: Desk,
        attempts: Attempts,
        courses: Courses,
    ) -> None:
        self._repertoire = repertoire
        self._desk = desk
        self._attempts = attempts
        self._courses = courses

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
            spends=lambda _: True,
            makes_files=lambda params: params["operation"] != Operation.TEXT.value,
            at_once=_AT_ONCE,
        )

    async def run(self, work: Work) -> Mapping[str, Any]:
        """Make it; called again after a crash, it goes on where it stood."""
        params: GenerateParams = work.params
        course = await self._begin(work, params)

        async def stand_in_line(models: Sequence[Model]) -> None:
            await self._stand_in_line(work, models)

        errand = Errand(work.who, work.steps, work.job.id, stand_in_line)
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
                return _told(course, made)
            if not await self._courses.go_on(errand, course, made.submission, made.failure):
                raise ToldError(made.failure.written)

    async def release(self, tx: Tx, job: Job) -> list[str]:
        """Part of the job's bad end: what was not sent is taken back, what was is looked after."""
        await line.leave_job(tx, job.principal, job.id)
        for one in await records.of_job(tx, job.workspace_id, job.id):
            await self._attempts.let_go(tx, one)
        return []

    async def _stand_in_line(self, work: Work, models: Sequence[Model]) -> None:
        """Until an account for one of them may be free: the usher calls, or it looks by itself."""

        async def stand(tx: Tx) -> None:
            await line.stand(tx, work.who, work.job.id, work.steps.workflow_id, wants)

        wants = [await self._want(work, one) for one in models]
        await work.steps.transact(work.who, "stand-in-line", stand)
        await work.wait(line.TURN, _LONGEST_IN_LINE)

    async def _want(self, work: Work, model: Model) -> Want:
        among = await self._repertoire.hosts(work.who, model)
        return Want(model.provider, model.id, None if among is None else tuple(among))

    async def _begin(self, work: Work, params: GenerateParams) -> Course[Mapping[str, Any]]:
        """Choose the models; remembered, because rows and prices change while a job runs."""
        route = params.route.route()

        async def look() -> dict[str, list[str]]:
            opened = self._desk.opened(work.who, params.operation, params.request)
            async with opened as (request, _):
                chosen = await self._courses.choose(work.who, request, route, work.job.project_id)
            return {"models": [one.id for one in chosen.models], "notes": list(chosen.notes)}

        told = await work.steps.run("route", look)
        # Runs of before remember the names alone.
        names, notes = (told["models"], told["notes"]) if isinstance(told, dict) else (told, [])
        tried = Tried(soften=route.soften, reroute=route.reroute)
        models = [await self._repertoire.model(work.who, one) for one in names]
        return Course(models, params.request, soften, tried, tuple(notes))


def _told(course: Course[Any], made: Made) -> dict[str, Any]:
    """The job's result."""
    told = {"assets": made.assets, "model": course.model.id, "attempts": course.number}
    return told | ({"notes": list(course.notes)} if course.notes else {})
