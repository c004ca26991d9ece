"""Writing: a text from a model, at once, in the process that asks; whole, or piece by piece."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from reelwright.engines.database.database import Database, Tx
from reelwright.generation.booking import Purchase
from reelwright.generation.courses import Course, Courses, Errand
from reelwright.generation.direct import DirectCalls, Heard
from reelwright.generation.hearing import Hear, Hearing
from reelwright.generation.requests import recipe_of
from reelwright.generation.routes.deciding import Failure, Tried
from reelwright.generation.routes.route import Route
from reelwright.generation.routes.softening import soften_text
from reelwright.generation.submissions import records
from reelwright.generation.submissions.model import Submission
from reelwright.ground.digests import plain
from reelwright.ground.errors import MissingError, ToldError
from reelwright.ground.ids import ProjectId, SubmissionId
from reelwright.ground.principals import Principal, Who
from reelwright.library.asset_service import AssetService
from reelwright.providers.catalogue import Model
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media, TextRequest
from reelwright.providers.roster import Vendors

T = TypeVar("T")

_CHEAPEST = Route()
_PATIENCE_S = 10.0
"""Longer than this nobody waits for an account to be free."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and what it took. `data` is the text parsed, where a schema was asked for.

    Money is in millionths of `currency`; `cost_micros` None: nobody knows. `attempts` counts the
    calls made for it. `found`: it had been written before, and cost nothing now; `submission` is
    the call that wrote it. `used` are the units it was billed by; `cut`: it ended at the most
    tokens that were allowed.
    """

    text: str
    data: Any | None
    model: str
    submission: SubmissionId | None
    cost_micros: int | None
    currency: str
    attempts: int
    found: bool
    used: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Ask:
    """All that is said of a text that is wanted."""

    who: Principal
    request: TextRequest
    route: Route
    project_id: ProjectId | None
    take: int
    fresh: bool


class Writing:
    """Has models write, with the promises of a paid call (docs/guarantees.md).

    What has been asked of a model before in this workspace, word for word, is found and costs
    nothing; another `take`, or `fresh`, is written anew. Raises ToldError with the vendor's
    trouble, OutcomeUnknownError, UnsupportedError. Whoever stops waiting stops nothing: what is on
    the wire is still heard, kept and paid.
    """

    def __init__(
        self,
        database: Database,
        vendors: Vendors,
        library: AssetService,
        courses: Courses,
        calls: DirectCalls,
    ) -> None:
        self._database = database
        self._vendors = vendors
        self._library = library
        self._courses = courses
        self._calls = calls
        self._hearing = Hearing[Written]()

    async def start(self) -> None:
        """Nothing is to be begun."""

    async def stop(self) -> None:
        """Wait a moment for what is on the wire; what does not end by then is left unknown."""
        await self._hearing.settle()

    async def write(
        self,
        who: Principal,
        request: TextRequest,
        route: Route = _CHEAPEST,
        *,
        project_id: ProjectId | None = None,
        take: int = 0,
        fresh: bool = False,
    ) -> Written:
        """The whole text."""
        ask = _Ask(who, request, route, project_id, take, fresh)
        return await self._hearing.whole(self._write(ask, None))

    async def stream(
        self,
        who: Principal,
        request: TextRequest,
        route: Route = _CHEAPEST,
        *,
        project_id: ProjectId | None = None,
        take: int = 0,
        fresh: bool = False,
    ) -> AsyncGenerator[str | Written]:
        """Pieces of the text as they come, and at last all of it.

        Another model is tried only while nothing has been handed out.
        """
        ask = _Ask(who, request, route, project_id, take, fresh)
        async with aclosing(self._hearing.pieces(lambda hear: self._write(ask, hear))) as pieces:
            async for piece in pieces:
                yield piece

    async def _write(self, ask: _Ask, hear: Hear | None) -> Written:
        models = await self._courses.choose(ask.who, ask.request, ask.route)
        tried = Tried(soften=ask.route.soften, reroute=ask.route.reroute)
        course = Course(list(models), ask.request, soften_text, tried)
        pace = _AtOnce(self._database)
        errand = Errand(ask.who, pace)
        while True:
            model = course.model
            recipe = recipe_of(model, course.request, ask.take).digest
            found = None if ask.fresh else await self._found(ask.who, recipe)
            if found is not None:
                return _told_again(ask, model, found, course.number - 1, hear)
            heard = await self._calls.make(_purchase(ask, course), course.request, recipe, hear)
            if heard.failure is None:
                return _told(ask, model, heard, course.number, hear)
            ended = heard.begun or _is_too_long(heard.failure, course, pace.slept_s)
            if ended or not await self._courses.go_on(
                errand, course, heard.submission, heard.failure
            ):
                raise ToldError(heard.failure.written)

    async def _found(self, who: Principal, recipe: str) -> tuple[Submission, str] | None:
        """What was written of a recipe before, by a call like this one or by a job."""
        async with self._database.read(who) as tx:
            before = await records.made_of(tx, who, recipe)
        if before is None:
            return None
        text = await self._text_of(who, before)
        return None if text is None else (before, text)

    async def _text_of(self, who: Principal, before: Submission) -> str | None:
        if before.answer is not None or not before.assets:
            return before.answer
        try:
            return (await self._library.read(who, before.assets[0])).decode()
        except MissingError:  # its asset was deleted
            return None


class _AtOnce:
    """The pace of a call that nobody repeats: written and waited for here and now."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.slept_s = 0.0

    async def transact(self, who: Who, name: str, act: Callable[[Tx], Awaitable[T]]) -> T:  # noqa: ARG002  # a step's name, which nobody remembers here
        async with self._database.transaction(who) as tx:
            return await act(tx)

    async def sleep(self, how_long: timedelta) -> None:
        self.slept_s += how_long.total_seconds()
        await asyncio.sleep(how_long.total_seconds())


def _is_too_long(failure: Failure, course: Course[TextRequest], slept_s: float) -> bool:
    """Whether to wait for a free account is more than whoever waits for a text can be asked to."""
    if failure.code != "no_free_account":
        return False
    alone_s = (failure.retry_after_s or 0.0) if len(course.models) == 1 else 0.0
    return slept_s + alone_s > _PATIENCE_S


def _purchase(ask: _Ask, course: Course[TextRequest]) -> Purchase:
    return Purchase(
        who=ask.who,
        number=course.number,
        model=course.model,
        operation=Operation.TEXT,
        request=written_text(course.request),
        project_id=ask.project_id,
    )


def written_text(request: TextRequest) -> dict[str, Any]:
    """A request as its row keeps it. Nobody sends it again: pictures stand there by their digests alone."""

    def put(media: Media) -> dict[str, str]:
        return {"sha256": media.digest, "media_type": media.media_type}

    messages = [
        {"role": one.role, "text": one.text}
        | ({"images": [put(image) for image in one.images]} if one.images else {})
        for one in request.messages
    ]
    schema = {"schema": plain(request.schema)} if request.schema is not None else {}
    return {"messages": messages, "most": request.most} | schema


def _told(ask: _Ask, model: Model, heard: Heard, attempts: int, hear: Hear | None) -> Written:
    if hear is not None and not heard.begun:
        hear(heard.text)  # its vendor cannot be read while it writes
    return Written(
        text=heard.text,
        data=_parsed(ask, heard.text),
        model=model.id,
        submission=heard.submission,
        cost_micros=heard.cost_micros,
        currency=model.price.currency,
        attempts=attempts,
        found=False,
        used=heard.used,
        cut=heard.cut,
    )


def _told_again(
    ask: _Ask,
    model: Model,
    found: tuple[Submission, str],
    attempts: int,
    hear: Hear | None,
) -> Written:
    before, text = found
    if hear is not None:
        hear(text)
    used = before.used or {}
    return Written(
        text=text,
        data=_parsed(ask, text),
        model=model.id,
        submission=before.id,
        cost_micros=0,
        currency=model.price.currency,
        attempts=attempts,
        found=True,
        used=used.get("units", {}),
        cut=bool(used.get("cut")),
    )


def _parsed(ask: _Ask, text: str) -> Any:
    return None if ask.request.schema is None else json.loads(text)
