"""OpenAI as a provider. It keeps nothing of a call, and knows no key against doubled ones."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from reelwright.engines.http.client import Answer, Form
from reelwright.providers import wire
from reelwright.providers.at_once import receipt
from reelwright.providers.catalogue import Model, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Access, Call, Receipt, Standing
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.openai import images, responses, speech
from reelwright.providers.openai.errors import VENDOR, error_of
from reelwright.providers.prompts import ImageRequest, SpeechRequest, TextRequest
from reelwright.providers.writing import Letter, Reader, TextVendor

_BASE = "https://api.openai.com/v1"
_WHO = "safety_identifier"


class OpenAI(TextVendor):
    """Text, pictures and speech.

    An account's `more["safety_identifier"]` is a digest that stands for who asks; it is handed on,
    so that one person's misuse is not held against all.
    """

    name = "openai"
    title = VENDOR

    def models(self) -> Sequence[Model]:
        """The rows."""
        return _models()

    async def submit(self, call: Call) -> Receipt:
        """Ask, and wait for the finished thing."""
        refuse_unsupported(call.model, call.request)
        match call.request:
            case TextRequest() as request:
                return await self.written(call, request)
            case ImageRequest() as request:
                answer = await self._draw(call, request)
                outcome = images.outcome_of(answer, call)
            case SpeechRequest() as request:
                answer = await self._ask(call, "audio/speech", speech.body_of(call, request))
                outcome = speech.outcome_of(answer, call, request)
            case _:
                raise UnsupportedError(f"{VENDOR} makes no {call.request.operation}")
        return receipt(call, outcome, answer.headers.get("x-request-id", ""))

    def letter(self, call: Call, request: TextRequest) -> Letter:
        """What is sent to `/responses`."""
        body = responses.body_of(call, request) | _who(call)
        return Letter(_url(call.access, "responses"), body, _headers(call.access), error_of)

    def reader(self) -> Reader:
        """A reader of one response."""
        return responses.ResponseReader()

    async def probe(self, access: Access) -> Standing:
        """List the models, which costs nothing."""
        answer = await wire.read(self._http, _url(access, "models"), headers=_headers(access))
        if answer.status != 200:
            raise error_of(answer)
        return Standing()

    async def _draw(self, call: Call, request: ImageRequest) -> Answer:
        fields = images.fields_of(call, request) | _who(call)
        if not request.references:
            return await self._ask(call, "images/generations", fields)
        form = images.form_of(fields, request.references)
        return await self._ask(call, "images/edits", form=form)

    async def _ask(
        self, call: Call, path: str, body: dict[str, Any] | None = None, form: Form | None = None
    ) -> Answer:
        url, headers = _url(call.access, path), _headers(call.access)
        answer = await wire.send_paid(self._http, url, body, headers=headers, form=form)
        if answer.status != 200:
            raise error_of(answer)
        return answer


@cache
def _models() -> tuple[Model, ...]:
    return models_of("reelwright.providers.openai", OpenAI.name)


def _url(access: Access, path: str) -> str:
    return f"{(access.base_url or _BASE).rstrip('/')}/{path}"


def _headers(access: Access) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.key}"}


def _who(call: Call) -> dict[str, str]:
    """Whoever asks, as an alias: what is done against OpenAI's rules is then held against them alone."""
    alias = call.access.more.get(_WHO) or call.person
    return {_WHO: alias} if alias else {}
