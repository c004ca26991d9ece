"""One question to a language model, answered as text or in a shape."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from reelwright.generation.requests import Desk, assets_in, read_request
from reelwright.generation.routes.route import Route
from reelwright.generation.writing import Writing, Written
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import TextRequest

_CHEAPEST = Route()
_MOST = 8192
Shape = Mapping[str, Any] | type[BaseModel]


class LLMService:
    """Asks language models. The same words of a workspace are answered once; see `Writing`.

    Needs an account of a vendor that writes (`reelwright accounts add ...`): what is missing is said
    in the error's way out.
    """

    def __init__(self, writing: Writing, desk: Desk) -> None:
        self._writing = writing
        self._desk = desk

    async def ask(
        self,
        who: Principal,
        question: str,
        *,
        system: str = "",
        images: Sequence[AssetId] = (),
        shape: Shape | None = None,
        most: int = _MOST,
        route: Route = _CHEAPEST,
        project_id: ProjectId | None = None,
        take: int = 0,
    ) -> Written:
        """The answer. With `shape`, a JSON Schema or a pydantic model, `data` is it parsed."""
        values = spoken(question, system, images, shape, most)
        written = await self.answer(who, values, route, project_id=project_id, take=take)
        if isinstance(shape, type):
            return replace(written, data=shape.model_validate(written.data))
        return written

    async def answer(
        self,
        who: Principal,
        values: Mapping[str, Any],
        route: Route = _CHEAPEST,
        *,
        project_id: ProjectId | None = None,
        take: int = 0,
        fresh: bool = False,
    ) -> Written:
        """The answer to a request as JSON (`messages`, `schema`, `most`; pictures as `{"asset": id}`)."""
        async with self._opened(who, values) as request:
            return await self._writing.write(
                who, request, route, project_id=project_id, take=take, fresh=fresh
            )

    async def stream(
        self,
        who: Principal,
        values: Mapping[str, Any],
        route: Route = _CHEAPEST,
        *,
        project_id: ProjectId | None = None,
        take: int = 0,
        fresh: bool = False,
    ) -> AsyncGenerator[str | Written]:
        """The same, piece by piece, and at last the whole."""
        async with self._opened(who, values) as request:
            written = self._writing.stream(
                who, request, route, project_id=project_id, take=take, fresh=fresh
            )
            async with aclosing(written) as pieces:
                async for piece in pieces:
                    yield piece

    def _opened(
        self, who: Principal, values: Mapping[str, Any]
    ) -> AbstractAsyncContextManager[TextRequest]:
        return _with_files(self._desk, who, values) if assets_in(values) else _plain(values)


def spoken(
    question: str,
    system: str = "",
    images: Sequence[AssetId] = (),
    shape: Shape | None = None,
    most: int = _MOST,
) -> dict[str, Any]:
    """A question as a request in JSON."""
    messages: list[dict[str, Any]] = [{"role": "system", "text": system}] if system else []
    messages.append(
        {"role": "user", "text": question, "images": [{"asset": one} for one in images]}
    )
    schema = shape.model_json_schema() if isinstance(shape, type) else shape
    return {"messages": messages, "most": most} | ({"schema": schema} if schema else {})


@asynccontextmanager
async def _plain(values: Mapping[str, Any]) -> AsyncIterator[TextRequest]:
    """Without files there is nothing to wait for."""
    yield read_request(Operation.TEXT, values, {})  # pyrefly: ignore[invalid-yield]


@asynccontextmanager
async def _with_files(
    desk: Desk, who: Principal, values: Mapping[str, Any]
) -> AsyncIterator[TextRequest]:
    async with desk.opened(who, Operation.TEXT, values) as (request, _):
        yield request  # pyrefly: ignore[invalid-yield]
