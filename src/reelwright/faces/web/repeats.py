"""Requests that are sent again: with an `Idempotency-Key` they get the answer they got before."""

import asyncio
import hashlib
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelwright.faces.web.preconditions import CHANGES, matching
from reelwright.faces.web.problems import IN_DOUBT, foreseen
from reelwright.faces.web.requests import FILES, content_type
from reelwright.ground.errors import ConflictError, InvalidInputError, ReelwrightError
from reelwright.ground.principals import Principal
from reelwright.identity.answers import Answer, KeptAnswers

LONGEST_KEY = 200
_LARGEST = 1024 * 1024
_HEADERS = ("content-type", "location", "etag")

log = logging.getLogger("reelwright.web")


class AnsweredOnceError(ConflictError):
    """The request was done before, and what it was answered held a secret, which nobody keeps."""

    code = "answered_once"

    def __init__(self) -> None:
        super().__init__(
            "this was done before; the answer held a secret, which is shown once",
            way_out="look for what was made, take it back, and make another with a new key",
        )


async def once(
    scope: Scope, receive: Receive, send: Send, handle: ASGIApp, *, versioned: bool = False
) -> None:
    """Let a POST with a key be handled once; repeat its answer to whoever sends it again.

    The same key with another request is 422, while the first is being answered 409, and so for some
    minutes where the database was lost in the moment of a commit. Refusals and faults are not kept:
    what was not done can be tried again. A change that says what it would change
    (`If-Match`) is made to that alone;
    what is `versioned` sees to that itself.
    """
    if not versioned and "if-match" in Headers(scope=scope) and scope["method"] in CHANGES:
        await matching(scope, receive, send, handle)
        return
    keys = Headers(scope=scope).getlist("idempotency-key")
    if scope["method"] != "POST" or not keys:
        await handle(scope, receive, send)
        return
    who: Principal = scope["state"]["principal"]
    answers = await scope["app"].state.dishka_container.get(KeptAnswers)
    try:
        key = _key(keys)
        digest, receive = await _read(scope, receive)
        found = await answers.begin(who, key, digest)
    except ReelwrightError as error:
        await foreseen(scope, error)(scope, receive, send)
        return
    if isinstance(found, Answer):
        await _repeated(scope, found)(scope, receive, send)
        return
    await _Keeping(answers, who, key, found, send).run(scope, receive, handle)


def _key(keys: list[str]) -> str:
    key = keys[0].strip()
    if len(keys) > 1 or not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise InvalidInputError(
            f"an Idempotency-Key is one text of 1 to {LONGEST_KEY} characters",
            way_out="a random UUID will do",
        )
    return key


async def _read(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
    """What tells the request from others, and its body again, to be read from the beginning.

    Files are not looked at: they may be large, and a form is parted differently each time.
    """
    kind = content_type(scope)
    whole = hashlib.sha256(f"{scope['path']}?{scope['query_string'].decode('latin-1')}".encode())
    whole.update(b"\0" + kind.encode() + b"\0")
    if kind in FILES:
        told = {name: value for name, value in scope["headers"] if name.startswith(b"upload-")}
        whole.update(repr(sorted(told.items())).encode())
        return whole.digest(), receive
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise InvalidInputError("the request broke off")
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    body = b"".join(parts)
    whole.update(body)
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return whole.digest(), again


def _repeated(scope: Scope, answer: Answer) -> Response:
    if answer.body is None:
        return foreseen(scope, AnsweredOnceError())
    headers = {**answer.headers, "Idempotency-Replayed": "true"}
    return Response(answer.body, answer.status, headers)


@dataclass
class _Keeping:
    """An answer on its way out: held back until it is kept, so that nobody sees one that is not."""

    answers: KeptAnswers
    who: Principal
    key: str
    claim: str
    send: Send
    held: list[Message] = field(default_factory=list)
    passing: bool = False
    size: int = 0

    async def run(self, scope: Scope, receive: Receive, handle: ASGIApp) -> None:
        """Handle the request; whatever was not kept in the end is given up.

        Where nobody knows how far it came, the claim lapses by itself.
        """
        kept = False
        try:
            await handle(scope, receive, self._take)
            kept = await self._keep()
            kept = kept or IN_DOUBT in scope["state"]
        except asyncio.CancelledError:
            kept = True
            raise
        finally:
            if not kept:
                with suppress(ReelwrightError):  # then it lapses by itself
                    await self.answers.give_up(self.who, self.key, self.claim)
        for message in self.held:
            await self.send(message)

    async def _take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            self.passing = message["status"] >= 400 or kind.startswith("text/event-stream")
        self.size += len(message.get("body", b""))
        if self.size > _LARGEST and not self.passing:
            await self._let_go()
        if self.passing:
            await self.send(message)
        else:
            self.held.append(message)

    async def _let_go(self) -> None:
        """Too large to be kept."""
        self.passing = True
        held, self.held = self.held, []
        for message in held:
            await self.send(message)

    async def _keep(self) -> bool:
        if self.passing or not self.held:
            return False
        start = self.held[0]
        headers = Headers(raw=start["headers"])
        secret = "no-store" in headers.get("cache-control", "")
        body = b"".join(one.get("body", b"") for one in self.held[1:])
        shown = {name: headers[name] for name in _HEADERS if name in headers}
        answer = Answer(start["status"], shown, None if secret and body else body)
        try:
            await self.answers.finish(self.who, self.key, self.claim, answer)
        except ReelwrightError as error:  # it was done: whoever asked is told so all the same
            log.warning("an answer was not kept: %s", error.message)
        return True
