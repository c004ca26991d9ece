"""A server that speaks as OpenAI's chat completions do, as a provider."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from reelwright.providers import wire
from reelwright.providers.at_once import receipt
from reelwright.providers.catalogue import Model, models_of
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.compatible import chat, speech
from reelwright.providers.compatible.errors import error_of
from reelwright.providers.compatible.naming import named_models
from reelwright.providers.contract import Access, Call, Receipt, Standing
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prompts import SpeechRequest, TextRequest
from reelwright.providers.writing import Letter, Reader, TextVendor

_DASHSCOPE = "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"


class Compatible(TextVendor):
    """Text, and speech of models that talk.

    The account says where (`base_url`, with its `/v1`) and, in `more["models"]`, what is there. The
    rows are Qwen's on DashScope, whose keys are each for one region: the address is then Singapore's
    where the account names none.
    """

    name = "compatible"
    title = "OpenAI-compatible server"

    def models(self) -> Sequence[Model]:
        """The rows."""
        return _models()

    def own_models(self, access: Access) -> Sequence[Model]:
        """The models the account names."""
        return named_models(self.name, access)

    async def submit(self, call: Call) -> Receipt:
        """Ask, and wait for the finished thing; all is streamed, for some models answer in no other way."""
        refuse_unsupported(call.model, call.request)
        match call.request:
            case TextRequest() as request:
                return await self.written(call, request)
            case SpeechRequest() as request:
                reader = chat.ChatReader()
                letter = _letter(call, speech.body_of(call, request))
                outcome = await speech.speak(self._http, call, letter, reader)
                return receipt(call, outcome, reader.remote_id)
            case _:
                raise UnsupportedError(f"{self.title} makes no {call.request.operation}")

    def letter(self, call: Call, request: TextRequest) -> Letter:
        """What is sent to `/chat/completions`."""
        return _letter(call, chat.body_of(call, request))

    def reader(self) -> Reader:
        """A reader of one answer."""
        return chat.ChatReader()

    async def probe(self, access: Access) -> Standing:
        """List the models, which costs nothing; a server that has no list cannot tell."""
        url = f"{(access.base_url or _DASHSCOPE).rstrip('/')}/models"
        answer = await wire.read(self._http, url, headers=_headers(access))
        if answer.status == 404:
            return Standing(note="the server lists no models: whether the key is good is not known")
        if answer.status != 200:
            raise error_of(answer)
        return Standing()


@cache
def _models() -> tuple[Model, ...]:
    return models_of("reelwright.providers.compatible", Compatible.name)


def _letter(call: Call, body: dict[str, Any]) -> Letter:
    base = call.access.base_url
    if not base:
        if call.model not in _models():
            raise UnsupportedError(
                f"nobody said where {call.model.title} is",
                field="base_url",
                way_out="give the account the server's address, as http://127.0.0.1:11434/v1",
            )
        base = _DASHSCOPE
    url = f"{base.rstrip('/')}/chat/completions"
    return Letter(url, body, _headers(call.access), error_of)


def _headers(access: Access) -> dict[str, str]:
    """Servers of one's own mostly have no key."""
    return {"Authorization": f"Bearer {access.key}"} if access.key else {}
