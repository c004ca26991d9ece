"""Changes that are meant for one state of a thing: `If-Match`.

Of most things it is the `ETag` of what a GET would answer (`matching`). Things that count their
versions take it themselves, as the number it names (`seen_of`): so whoever comes late is shown both.
"""

import re
from contextlib import suppress
from typing import Annotated, Any

from fastapi import Header
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelwright.faces.web.conditions import names_it
from reelwright.faces.web.problems import answer, foreseen
from reelwright.ground.errors import InvalidInputError, ReelwrightError
from reelwright.ground.principals import Principal
from reelwright.identity.answers import KeptAnswers

CHANGES = frozenset({"PUT", "PATCH", "DELETE"})
MATCH = "If-Match"
IfMatch = Annotated[
    str | None,
    Header(
        alias=MATCH,
        max_length=100,
        description="The same as `expected`, as the `ETag` that came with it; `*`: whatever is there.",
    ),
]
_NUMBERED = re.compile(r'(?:W/)?"([a-z])(\d{1,9})"')
_KEPT = (
    "type",
    "asgi",
    "http_version",
    "scheme",
    "path",
    "raw_path",
    "root_path",
    "client",
    "server",
)
_ASKING = frozenset({b"authorization", b"cookie", b"host", b"reelwright-workspace"})


async def matching(scope: Scope, receive: Receive, send: Send, handle: ASGIApp) -> None:
    """Let a change be made if the thing is still what its caller has seen; else 412.

    One at a time of all who say so: between the look and the change there is no other. Who changes
    it without saying what is not held up.
    """
    who: Principal = scope["state"]["principal"]
    answers = await scope["app"].state.dishka_container.get(KeptAnswers)
    what = f"If-Match {scope['path']}"
    try:
        claim = await answers.hold(who, what)
    except ReelwrightError as error:
        await foreseen(scope, error)(scope, receive, send)
        return
    try:
        tag = await _name_now(scope)
        if tag is None or not names_it(Headers(scope=scope).get("if-match"), tag):
            refusal = answer(
                scope,
                412,
                "changed",
                "this is not what is there now",
                way_out="read it again, and change what you find",
            )
            await refusal(scope, receive, send)
            return
        await handle(scope, receive, send)
    finally:
        with suppress(ReelwrightError):  # then it lapses by itself
            await answers.let_go(who, what, claim)


def numbered(letter: str, number: int) -> str:
    """The `ETag` of a version."""
    return f'"{letter}{number}"'


def seen_of(letter: str, expected: int | None, if_match: str | None) -> int | None:
    """The version the caller has seen; raises InvalidInputError for two, or a tag of nobody's."""
    tag = (if_match or "*").strip()
    if tag == "*":
        return expected
    match = _NUMBERED.fullmatch(tag)
    if match is None or match[1] != letter or expected not in {None, int(match[2])}:
        raise InvalidInputError(
            "If-Match names no version of this",
            way_out="send the ETag that came with it, or ?expected=, not both",
        )
    return int(match[2])


async def _name_now(scope: Scope) -> str | None:
    """The `ETag` a GET of the same address has now, as its caller would see it."""
    asked: dict[str, Any] = {name: scope[name] for name in _KEPT if name in scope}
    headers = [pair for pair in scope["headers"] if pair[0] in _ASKING]
    asked |= {"method": "GET", "query_string": b"", "headers": headers}
    found: str | None = None

    async def nothing() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def look(message: Message) -> None:
        nonlocal found
        if message["type"] == "http.response.start":
            found = Headers(raw=message["headers"]).get("etag")

    await scope["app"](asked, nothing, look)
    return found
