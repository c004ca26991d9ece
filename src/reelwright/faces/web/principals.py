"""Who is asking: a bearer token, looked at before anything else of a request."""

from typing import Annotated

from dishka.integrations.fastapi import DishkaRoute
from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from typing_extensions import override

from reelwright.app.settings import WebSettings
from reelwright.faces.web.problems import foreseen, too_large
from reelwright.faces.web.rates import too_often
from reelwright.faces.web.repeats import once
from reelwright.ground.errors import UnauthenticatedError
from reelwright.ground.principals import Principal
from reelwright.identity.tokens import TokenService

_BEARER = HTTPBearer(auto_error=False, description="A token: `reelwright` makes one on first run.")


class GuardedRoute(DishkaRoute):
    """A path only known principals get an answer from, whatever the method and the body.

    The token is checked when the path is known and before the body is read: so unknown paths are
    404 to anyone, and a stranger cannot make us parse.
    """

    @override
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = scope["app"]
        try:
            tokens = await app.state.dishka_container.get(TokenService)
            principal = await tokens.authenticate(_token(scope))
        except UnauthenticatedError as error:
            await self.refusal(scope, error)(scope, receive, send)
            return
        scope["state"]["principal"] = principal
        if (refusal := await too_often(scope, principal)) is not None:
            await refusal(scope, receive, send)
            return
        most = self.most(app.state.settings)
        if _length(scope) > most:
            await too_large(scope, most)(scope, receive, send)
            return
        await once(scope, _counted(receive, most), send, super().handle)

    def most(self, settings: WebSettings) -> int:
        """How many bytes the body may have."""
        return settings.max_body

    def refusal(self, scope: Scope, error: UnauthenticatedError) -> Response:
        """What a stranger is answered."""
        return foreseen(scope, error)


class UploadRoute(GuardedRoute):
    """A guarded path that takes files."""

    @override
    def most(self, settings: WebSettings) -> int:
        return settings.max_upload


def _length(scope: Scope) -> int:
    """What the caller says the body has; a lie is found out while it is read."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _counted(receive: Receive, most: int) -> Receive:
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        if message["type"] == "http.request":
            total += len(message.get("body", b""))
            if total > most:
                raise HTTPException(413, f"the body has more than {most} bytes")
        return message

    return counting


def _token(scope: Scope) -> str:
    given = [value for name, value in scope["headers"] if name == b"authorization"]
    scheme, _, token = given[0].decode("latin-1").partition(" ") if len(given) == 1 else ("",) * 3
    if scheme.lower() != "bearer" or not token.strip():
        raise UnauthenticatedError(
            "a token is needed", way_out="send it as `Authorization: Bearer <token>`"
        )
    return token.strip()


async def _principal(request: Request, _: Annotated[object, Depends(_BEARER)]) -> Principal:
    return request.state.principal


Caller = Annotated[Principal, Depends(_principal)]
"""The principal of a request on a guarded route."""
