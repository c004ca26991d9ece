"""A door for tools made for OpenAI's API: chat completions and models, through our accounts and ledger.

The key such a tool asks for is a token of ours, its `base_url` ends in `/v1`. It is no second path:
what comes in here is booked, sent, kept and paid like every text.
"""

import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractContextManager, aclosing, nullcontext
from pathlib import Path
from typing import Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response
from starlette.types import Scope as Asked
from typing_extensions import override

from reelwright.app.settings import WebSettings
from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.openai_shapes import ChatOrder, Chunks, completion, refused
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.streams import StreamResponse, Streams
from reelwright.generation.models import ModelRegistry
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.routes.route import Route
from reelwright.generation.writing import Writing, Written
from reelwright.ground.errors import InvalidInputError, ReelwrightError, UnauthenticatedError
from reelwright.ground.principals import Principal
from reelwright.identity.visitors import Scope
from reelwright.providers.operations import Operation

_MOST = 32 * 2**20
"""Pictures come in the body itself."""
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class DoorRoute(GuardedRoute):
    """Guarded as all of ours; errors in the words such tools read."""

    @override
    def most(self, settings: WebSettings, kind: str) -> int:
        return min(settings.max_upload, _MOST)

    @override
    def refusal(self, scope: Asked, error: UnauthenticatedError) -> Response:
        return refused(error)


# Not in our own document: its shapes and errors are OpenAI's, and described there.
router = APIRouter(prefix="/v1", route_class=DoorRoute, include_in_schema=False)


@router.get("/models", response_class=JSONResponse)
@asks(place=Place.SELF)
async def list_chat_models(who: Caller, registry: FromDishka[ModelRegistry]) -> JSONResponse:
    """The models that write and that you have an account for, in OpenAI's shape."""
    found = await registry.list(who, Operation.TEXT)
    rows = [
        {"id": one.model.id, "object": "model", "created": 0, "owned_by": one.model.provider}
        for one in found
        if one.configured
    ]
    return JSONResponse({"object": "list", "data": rows})


@router.post("/chat/completions", response_class=JSONResponse)
@asks(scope=Scope.SPEND)
async def complete_chat(
    request: Request, who: Caller, writing: FromDishka[Writing], repertoire: FromDishka[Repertoire]
) -> Response:
    """Answer a chat in OpenAI's shape, whole or with `stream`. Each is written anew."""
    try:
        order = _read(await request.body())
        if order.stream:
            return await _streamed(request, who, order, writing, repertoire)
        with _folder(order) as folder:
            asked = order.request(Path(folder))
            route = await _route(who, order, repertoire)
            return JSONResponse(completion(await writing.write(who, asked, route, fresh=True)))
    except ReelwrightError as error:
        return refused(error)


def _read(body: bytes) -> ChatOrder:
    try:
        order = ChatOrder.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the body"
        raise InvalidInputError(f"{where}: {first['msg']}") from None
    order.refuse_unknown()
    return order


async def _route(who: Principal, order: ChatOrder, repertoire: Repertoire) -> Route:
    """Whose answer is asked for; a model that only an account names is known by its short name too."""
    rows = await repertoire.rows()
    route = order.route(tuple(rows.values()))
    if all(name in rows for name in route.models):
        return route
    return order.route((await repertoire.offer(who)).models)


def _folder(order: ChatOrder) -> AbstractContextManager[str]:
    """Where pictures lie while the model is asked; most chats have none."""
    if order.has_pictures:
        return tempfile.TemporaryDirectory(prefix="reelwright-chat-")
    return nullcontext("")


async def _streamed(
    request: Request, who: Principal, order: ChatOrder, writing: Writing, repertoire: Repertoire
) -> Response:
    streams: Streams = request.app.state.streams
    pieces = _pieces(who, order, writing, repertoire)
    first = await anext(pieces)  # while an answer can still say that nothing came
    usage = bool(order.stream_options and order.stream_options.include_usage)
    write = Chunks(order.model, usage=usage)
    return StreamResponse(streams, _after(pieces), write, write(first), _HEADERS)


async def _pieces(
    who: Principal, order: ChatOrder, writing: Writing, repertoire: Repertoire
) -> AsyncGenerator[str | Written]:
    with _folder(order) as folder:
        asked = order.request(Path(folder))
        route = await _route(who, order, repertoire)
        async with aclosing(writing.stream(who, asked, route, fresh=True)) as pieces:
            async for piece in pieces:
                yield piece


async def _after(pieces: AsyncIterator[Any]) -> AsyncGenerator[str | Written | ReelwrightError]:
    """The rest; trouble in the middle is told as the last piece."""
    try:
        async for piece in pieces:
            yield piece
    except ReelwrightError as error:
        yield error
