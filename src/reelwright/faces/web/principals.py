"""Who is asking: a token or a session, looked at before anything else of a request."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

from dishka.integrations.fastapi import DishkaRoute
from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from typing_extensions import override

from reelwright.app.settings import WebSettings
from reelwright.faces.web.access import OF_PROJECTS, Access, Place, access_of
from reelwright.faces.web.cookies import COOKIE, cookie_name
from reelwright.faces.web.preconditions import MATCH
from reelwright.faces.web.problems import foreseen, too_large
from reelwright.faces.web.rates import too_often
from reelwright.faces.web.repeats import once
from reelwright.faces.web.requests import FILES, content_type
from reelwright.ground.errors import (
    DeniedError,
    InvalidInputError,
    MissingError,
    ReelwrightError,
    UnauthenticatedError,
)
from reelwright.ground.ids import WorkspaceId
from reelwright.ground.principals import Principal, Role
from reelwright.identity.doorkeeper import Doorkeeper
from reelwright.identity.roles import NoPlaceError
from reelwright.identity.visitors import Scope as Right
from reelwright.identity.visitors import Visitor

_SAFE = {"GET", "HEAD", "OPTIONS"}
_WORKSPACE = "reelwright-workspace"
_BEARER = HTTPBearer(
    auto_error=False,
    description="A token (`reelwright` makes one on first run), or a session's text.",
)
_COOKIE = APIKeyCookie(
    name=COOKIE, auto_error=False, description="A session, as `/auth/login` sets it for browsers."
)


class GuardedRoute(DishkaRoute):
    """A path only known principals get an answer from, whatever the method and the body.

    Who it is is checked when the path is known and before the body is read: so unknown paths are
    404 to anyone, and a stranger cannot make us parse. What the operation asks (`access.py`) is
    checked next.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        self.access = access_of(endpoint, path, kwargs.get("methods") or ["GET"])
        super().__init__(path, endpoint, **kwargs)
        self.versioned = any(one.alias == MATCH for one in self.dependant.header_params)

    @override
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = scope["app"]
        try:
            doorkeeper = await app.state.dishka_container.get(Doorkeeper)
            visitor = await admit(doorkeeper, scope, app.state.settings)
            await _judge(doorkeeper, visitor, self.access, scope)
        except UnauthenticatedError as error:
            await self.refusal(scope, error)(scope, receive, send)
            return
        except ReelwrightError as error:
            await foreseen(scope, error)(scope, receive, send)
            return
        scope["state"] |= {"principal": visitor.principal, "visitor": visitor}
        if (refusal := await too_often(scope, visitor.principal)) is not None:
            await refusal(scope, receive, send)
            return
        most = self.most(app.state.settings, content_type(scope))
        if _length(scope) > most:
            await too_large(scope, most)(scope, receive, send)
            return
        body = _counted(receive, most)
        await once(scope, body, send, super().handle, versioned=self.versioned)

    def most(self, settings: WebSettings, kind: str) -> int:
        """How many bytes a body of that content type may have."""
        del kind
        return settings.max_body

    def refusal(self, scope: Scope, error: UnauthenticatedError) -> Response:
        """What a stranger is answered."""
        return foreseen(scope, error)


class KeyNobodysError(InvalidInputError):
    """A key without anybody whose it is: whoever knew it would get somebody else's answer."""

    code = "key_nobodys"


class OpenRoute(DishkaRoute):
    """A path anybody gets an answer from; what they send is bounded all the same.

    An `Idempotency-Key` is refused, not ignored: whoever sends one counts on it.
    """

    @override
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST" and _header(scope, b"idempotency-key"):
            error = KeyNobodysError(
                "nobody is known here whose Idempotency-Key this could be",
                way_out="send it without; what was done is refused the second time, or harmless",
            )
            await foreseen(scope, error)(scope, receive, send)
            return
        most = self.most(scope["app"].state.settings, content_type(scope))
        if _length(scope) > most:
            await too_large(scope, most)(scope, receive, send)
            return
        await super().handle(scope, _counted(receive, most), send)

    def most(self, settings: WebSettings, kind: str) -> int:
        """How many bytes a body of that content type may have."""
        del kind
        return settings.max_body


class UploadRoute(GuardedRoute):
    """A guarded path that takes files."""

    @override
    def most(self, settings: WebSettings, kind: str) -> int:
        return settings.max_upload if kind in FILES else settings.max_body


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


async def admit(doorkeeper: Doorkeeper, scope: Scope, settings: WebSettings) -> Visitor:
    """Who asks, by what they bring; raises UnauthenticatedError, NoPlaceError, DeniedError."""
    text = _bearer(scope)
    if text is None:
        text = _header(scope, b"cookie") and cookie_parser(_header(scope, b"cookie")).get(
            cookie_name(settings)
        )
        if not text:
            raise UnauthenticatedError(
                "a token is needed", way_out="send it as `Authorization: Bearer <token>`"
            )
        if scope["method"] not in _SAFE:
            _same_site(scope, settings)
    return await doorkeeper.admit(text, _workspace(scope))


def _same_site(scope: Scope, settings: WebSettings) -> None:
    """Refuse what another site makes a browser send: it adds the cookie by itself."""
    site = _header(scope, b"sec-fetch-site")
    if site in {"same-origin", "none"}:
        return
    origin = _header(scope, b"origin")
    ours = {_header(scope, b"host"), urlsplit(settings.base_url or "").netloc} - {""}
    if not site and urlsplit(origin).netloc in ours:
        return
    raise DeniedError(
        "this request does not come from our own pages", way_out="use a token, not the cookie"
    )


async def _judge(doorkeeper: Doorkeeper, visitor: Visitor, access: Access, scope: Scope) -> None:
    """Raise DeniedError, or MissingError for what is not theirs to see."""
    if access.scope is None:
        if visitor.session is None:
            raise DeniedError("a token may not do this", way_out="sign in")
        if visitor.operator is not None:
            raise DeniedError("only the person themselves may do this")
    elif access.scope is Right.SPEND:
        require_spending(visitor)
    else:
        _require(visitor, access.scope)
    if access.place is Place.SELF:
        return
    who = visitor.principal
    known = who.role.reaches(access.role) and (who.role is not Role.GUEST)
    if known or access.role is Role.GUEST:
        return
    role: Role | None = who.role
    if access.place is Place.PROJECT:
        role = await _role_there(doorkeeper, who, scope["path_params"])
    if role is None or not role.reaches(access.role):
        raise DeniedError(f"this asks for the role {access.role}", way_out="ask the owner for it")


def _require(visitor: Visitor, scope: Right) -> None:
    if scope not in visitor.scopes:
        raise DeniedError(f"this token lacks the scope {scope}", way_out="make one that has it")


def require_spending(visitor: Visitor) -> None:
    """Raise DeniedError unless they may call vendors at the workspace's cost.

    For operations that cost money or none, as what is asked for says.
    """
    _require(visitor, Right.SPEND)
    if visitor.principal.role is Role.GUEST:
        raise DeniedError(
            "guests do not spend a workspace's money", way_out="ask a member of the workspace"
        )


async def _role_there(doorkeeper: Doorkeeper, who: Principal, given: dict[str, Any]) -> Role | None:
    """What somebody may on the project a path leads to."""
    for name in OF_PROJECTS:
        if name in given:
            project = await doorkeeper.project_of(who, name, str(given[name]))
            if project is None:
                return who.role
            role = await doorkeeper.role_on(who, project)
            if role is None and name == "project_id":
                raise MissingError("there is no such project")
            # What they see of a project that is not theirs stands in a film that they see.
            return role or Role.VIEWER
    return who.role


def _workspace(scope: Scope) -> WorkspaceId | None:
    """The workspace a request is about: in a header, or in the query for what cannot set headers."""
    text = _header(scope, _WORKSPACE.encode())
    if not text and b"workspace=" in scope["query_string"]:
        text = parse_qs(scope["query_string"].decode("latin-1")).get("workspace", [""])[0]
    if not text:
        return None
    try:
        return WorkspaceId.parse(text)
    except InvalidInputError as error:
        raise NoPlaceError(error.message, way_out=error.way_out) from None


def _header(scope: Scope, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


def _bearer(scope: Scope) -> str | None:
    given = [value for name, value in scope["headers"] if name == b"authorization"]
    if not given:
        return None
    scheme, _, token = given[0].decode("latin-1").partition(" ") if len(given) == 1 else ("",) * 3
    if scheme.lower() != "bearer" or not token.strip():
        raise UnauthenticatedError(
            "a token is needed", way_out="send it as `Authorization: Bearer <token>`"
        )
    return token.strip()


async def _principal(
    request: Request,
    _: Annotated[object, Depends(_BEARER)],
    __: Annotated[object, Depends(_COOKIE)],
) -> Principal:
    return request.state.principal


def _visitor(request: Request, _: Annotated[object, Depends(_principal)]) -> Visitor:
    return request.state.visitor


Caller = Annotated[Principal, Depends(_principal)]
"""The principal of a request on a guarded route."""

Signed = Annotated[Visitor, Depends(_visitor)]
"""Who has come in, with what, on a guarded route."""
