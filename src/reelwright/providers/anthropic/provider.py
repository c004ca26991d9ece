"""Anthropic as a provider. It keeps nothing of a call, and knows no key against doubled ones."""

from collections.abc import Sequence
from functools import cache

from reelwright.providers import wire
from reelwright.providers.anthropic.errors import VENDOR, error_of
from reelwright.providers.anthropic.messages import MessageReader, body_of
from reelwright.providers.catalogue import Model, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Access, Call, Receipt, Standing
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prompts import TextRequest
from reelwright.providers.writing import Letter, Reader, TextVendor

_BASE = "https://api.anthropic.com"
_VERSION = "2026-10-21"


class Anthropic(TextVendor):
    """Text.

    An account's `more["safety_identifier"]` is a digest that stands for who asks; it is handed on as
    the user of the request, so that one person's misuse is not held against all.
    """

    name = "anthropic"
    title = VENDOR

    def models(self) -> Sequence[Model]:
        """The rows."""
        return _models()

    async def submit(self, call: Call) -> Receipt:
        """Ask, and wait for the finished text."""
        refuse_unsupported(call.model, call.request)
        if not isinstance(call.request, TextRequest):
            raise UnsupportedError(f"{VENDOR} makes no {call.request.operation}")
        return await self.written(call, call.request)

    def letter(self, call: Call, request: TextRequest) -> Letter:
        """What is sent to `/v1/messages`."""
        body, who = body_of(call, request), call.access.more.get("safety_identifier")
        if who:
            body["metadata"] = {"user_id": who}
        return Letter(_url(call.access, "messages"), body, _headers(call.access), error_of)

    def reader(self) -> Reader:
        """A reader of one message."""
        return MessageReader()

    async def probe(self, access: Access) -> Standing:
        """List the models, which costs nothing."""
        answer = await wire.read(self._http, _url(access, "models"), headers=_headers(access))
        if answer.status != 200:
            raise error_of(answer)
        return Standing()


@cache
def _models() -> tuple[Model, ...]:
    return models_of("reelwright.providers.anthropic", Anthropic.name)


def _url(access: Access, path: str) -> str:
    return f"{(access.base_url or _BASE).rstrip('/')}/v1/{path}"


def _headers(access: Access) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.key}", "anthropic-version": _VERSION}
