"""Chat completions: what is sent, and what the chunks of the answer mean."""

from decimal import Decimal
from typing import Any

from reelwright.providers.compatible.errors import VENDOR, translated
from reelwright.providers.complaints import Trouble, spoken
from reelwright.providers.contract import Call
from reelwright.providers.errors import RefusedError
from reelwright.providers.events import Event
from reelwright.providers.prices import Unit, Usage
from reelwright.providers.prompts import Message, TextRequest
from reelwright.providers.schemas import strict
from reelwright.providers.wire import Told, data_uri

_DONE = "[DONE]"


class _Audio(Told):
    data: str | None = None
    transcript: str | None = None


class _Delta(Told):
    content: str | None = None
    refusal: str | None = None
    audio: _Audio | None = None


class _Choice(Told):
    delta: _Delta = _Delta()
    finish_reason: str | None = None


class _Usage(Told):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Chunk(Told):
    id: str | None = None
    choices: list[_Choice] | None = None
    usage: _Usage | None = None
    error: Trouble | str | None = None


def body_of(call: Call, request: TextRequest) -> dict[str, Any]:
    """What is sent for text."""
    body = asking(call, [_turn(message) for message in request.messages])
    body["max_tokens"] = request.most
    if request.schema is not None:
        form = {"name": "answer", "strict": True, "schema": strict(request.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    return body


def asking(call: Call, turns: list[dict[str, Any]]) -> dict[str, Any]:
    """What all requests have: the model, its row's own parameters, and that the answer is to be streamed."""
    asked = {"model": call.model.endpoint, "messages": turns}
    streamed = {"stream": True, "stream_options": {"include_usage": True}}
    return asked | streamed | dict(call.model.defaults)


def _turn(message: Message) -> dict[str, Any]:
    if not message.images:
        return {"role": message.role, "content": message.text}
    pictures = [{"type": "image_url", "image_url": {"url": data_uri(x)}} for x in message.images]
    return {"role": message.role, "content": [*pictures, {"type": "text", "text": message.text}]}


class ChatReader:
    """Reads the chunks of one answer; `sound` is what came of it in base 64."""

    def __init__(self) -> None:
        self.remote_id = ""
        self.used: Usage = {}
        self.ended = False
        self.cut = False
        self.sound = ""
        self._refused = False

    def read(self, event: Event) -> str:
        """The text a chunk adds (of speech: what is said); raises what it tells of trouble."""
        if event.data == _DONE:
            self._end()
            return ""
        chunk = event.shaped(_Chunk)
        if chunk.error is not None:
            trouble = chunk.error
            told = trouble if isinstance(trouble, Trouble) else Trouble(message=trouble)
            raise translated(spoken(told))
        self.remote_id = chunk.id or self.remote_id
        if chunk.usage is not None:
            self.used = {
                Unit.CALL: Decimal(1),
                Unit.INPUT_TOKEN: Decimal(chunk.usage.prompt_tokens),
                Unit.OUTPUT_TOKEN: Decimal(chunk.usage.completion_tokens),
            }
        return "".join(self._choose(choice) for choice in chunk.choices or ())

    def _choose(self, choice: _Choice) -> str:
        delta = choice.delta
        self.cut = self.cut or choice.finish_reason == "length"
        unfit = choice.finish_reason == "content_filter" or bool(delta.refusal)
        self._refused = self._refused or unfit
        if delta.audio is None:
            return delta.content or ""
        self.sound += delta.audio.data or ""
        return (delta.content or "") + (delta.audio.transcript or "")

    def _end(self) -> None:
        """Usage comes last: only now a refusal can tell what it cost."""
        self.ended = True
        if self._refused:
            raise RefusedError(
                f"{VENDOR} will not write this", stage="output", paid=True, used=self.used
            )
