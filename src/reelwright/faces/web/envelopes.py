"""What every answer wears: a request id, security headers; and a 500 for what nobody foresaw."""

import logging
import re
import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelwright.faces.web.problems import unforeseen

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
)
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
        begun = time.perf_counter()
        status = 0

        async def wrapped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._dress(MutableHeaders(scope=message), request_id)
            await send(message)

        try:
            await self._app(scope, receive, wrapped)
        except Exception as error:
            if status:
                raise  # too late for an answer: the server closes the connection
            await unforeseen(scope, error)(scope, receive, wrapped)
        finally:
            took = (time.perf_counter() - begun) * 1000
            log.info(
                "%s %s %d in %.1f ms",
                scope["method"],
                scope["path"],
                status,
                took,
                extra={"request_id": request_id, "status": status},
            )

    def _dress(self, headers: MutableHeaders, request_id: str) -> None:
        headers["X-Request-Id"] = request_id
        for name, value in _SECURITY:
            headers.setdefault(name, value)
        if self._secure:
            headers.setdefault("Strict-Transport-Security", _HSTS)


def _named(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            text = value.decode("latin-1")
            return text if _ID.fullmatch(text) else None
    return None
