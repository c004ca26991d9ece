"""Answers that have not changed are not sent again: `ETag`, and 304 for `If-None-Match`."""

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BYTES = 16


class Conditions:
    """Names each JSON answer to a GET by its bytes. What may not be stored has no name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 304 when the caller has what would be sent."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def named(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _nameable(message):
                start = message
                return
            if start is not None:
                begun, start = start, None
                if not message.get("more_body"):
                    tag = tag_of(message.get("body", b""))
                    if names_it(Headers(scope=scope).get("if-none-match"), tag):
                        begun, message = _unchanged(begun), {**message, "body": b""}
                    headers = MutableHeaders(scope=begun)
                    headers["ETag"] = tag
                    headers.setdefault("Cache-Control", "private, no-cache")
                await send(begun)
            await send(message)

        await self._app(scope, receive, named)


def tag_of(body: bytes) -> str:
    """The name of a representation; weak, for it may be sent compressed."""
    return f'W/"{hashlib.sha256(body).hexdigest()[: 2 * _BYTES]}"'


def _nameable(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    if (
        start["status"] != 200
        or "etag" in headers
        or "no-store" in headers.get("cache-control", "")
    ):
        return False
    return headers.get("content-type", "").startswith("application/json")


def names_it(given: str | None, tag: str) -> bool:
    """Whether a list of names, as `If-Match` has it, holds this one."""
    if given is None:
        return False
    opaque = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") in {opaque, "*"} for one in given.split(","))


def _unchanged(start: Message) -> Message:
    gone = {b"content-length", b"content-type"}
    headers = [pair for pair in start["headers"] if pair[0].lower() not in gone]
    return {**start, "status": 304, "headers": headers}
