"""What every answer wears: a request id, security headers; and a 500 for what nobody foresaw."""

import logging
import re
import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelwright.engines.telemetry.logs import bound
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.faces.web.problems import unforeseen

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_HSTS = "max-age=31536000"

log = logging.getLogger("reelwright.web")


class Envelope:
    """The outermost layer. What the caller named its request is kept, if it is a name."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back in its envelope."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _named(scope) or f"req_{secrets.token_hex(8)}"
        scope.setdefault("state", {})["request_id"] = request_id
        with bound(request_id=request_id):
            await self._answer(scope, receive, send, request_id)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        begun = time.perf_counter()
        status, streams = 0, False

        async def wrapped(message: Message) -> None:
            nonlocal status, streams
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                streams = headers.get("content-type", "").startswith("text/event-stream")
                self._dress(headers, request_id)
            await send(message)

        try:
            await self._app(scope, receive, wrapped)
        except Exception as error:
            if status:
                raise  # too late for an answer: the server closes the connection
            await unforeseen(scope, error)(scope, receive, wrapped)
        finally:
            took = time.perf_counter() - begun
            log.info("%s %s %d in %.0f ms", scope["method"], scope["path"], status, took * 1000)
            if not streams:  # how long someone listens is no figure of ours
                await _measure(scope, status, took)

    def _dress(self, headers: MutableHeaders, request_id: str) -> None:
        headers["X-Request-Id"] = request_id
        for name, value in _SECURITY:
            headers.setdefault(name, value)
        if self._secure:
            headers.setdefault("Strict-Transport-Security", _HSTS)


async def _measure(scope: Scope, status: int, took: float) -> None:
    """Count the request, by the route's pattern: paths as sent would be without number."""
    metrics = await scope["app"].state.dishka_container.get(Metrics)
    route = getattr(scope.get("route"), "path", "none")
    metrics.requests.labels(_method(scope), route, str(status)).observe(took)


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "other"


def _named(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            text = value.decode("latin-1")
            return text if _ID.fullmatch(text) else None
    return None
