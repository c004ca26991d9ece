"""Text: what is sent to `/responses`, and what its events mean."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reelwright.providers.complaints import Trouble, spoken
from reelwright.providers.contract import Call
from reelwright.providers.errors import RefusedError
from reelwright.providers.events import Event
from reelwright.providers.openai.errors import VENDOR, translated
from reelwright.providers.prices import Unit, Usage
from reelwright.providers.prompts import Message, TextRequest
from reelwright.providers.schemas import strict
from reelwright.providers.wire import Told, data_uri


class _Usage(Told):
    input_tokens: int = 0
    output_tokens: int = 0


class _Incomplete(Told):
    reason: str | None = None


class _Response(Told):
    id: str
    error: Trouble | None = None
    incomplete_details: _Incomplete | None = None
    usage: _Usage | None = None


class _About(Told):
    """An event that tells how the whole stands."""

    response: _Response


class _Delta(Told):
    delta: str


def body_of(call: Call, request: TextRequest) -> dict[str, Any]:
    """What is sent. Nothing is kept at the vendor's: a script is its author's."""
    body: dict[str, Any] = {
        "model": call.model.endpoint,
        "input": [_turn(message) for message in request.messages],
        "max_output_tokens": request.most,
        "store": False,
        "stream": True,
    }
    if request.schema is not None:
        form = {"type": "json_schema", "name": "answer", "strict": True}
        body["text"] = {"format": form | {"schema": strict(request.schema)}}
    return body | dict(call.model.defaults)


def _turn(message: Message) -> dict[str, Any]:
    if not message.images:
        return {"role": message.role, "content": message.text}
    pictures = [{"type": "input_image", "image_url": data_uri(one)} for one in message.images]
    words = {"type": "input_text", "text": message.text}
    return {"role": message.role, "content": [words, *pictures]}


class ResponseReader:
    """Reads the events of one response."""

    def __init__(self) -> None:
        self.remote_id = ""
        self.used: Usage = {}
        self.ended = False
        self.cut = False
        self._refused = False

    def read(self, event: Event) -> str:
        """The text an event adds; raises what it tells of trouble."""
        match event.name:
            case "response.output_text.delta":
                return event.shaped(_Delta).delta
            case "response.refusal.delta" | "response.refusal.done":
                self._refused = True  # told when it is over: then it is known what it cost
            case "response.created":
                self.remote_id = event.shaped(_About).response.id
            case "response.completed" | "response.incomplete" | "response.failed":
                self._end(event.shaped(_About).response)
            case "error":
                raise translated(spoken(event.shaped(Trouble)), self.used)
            case _:
                pass
        return ""

    def _end(self, response: _Response) -> None:
        self.ended, self.remote_id = True, response.id
        self.used = _used(response.usage)
        if response.error is not None:
            raise translated(spoken(response.error), self.used)
        why = response.incomplete_details.reason if response.incomplete_details else None
        self.cut = why == "max_output_tokens"
        if self._refused or why == "content_filter":
            raise RefusedError(
                f"{VENDOR} will not write this", stage="output", paid=True, used=self.used
            )


def _used(usage: _Usage | None) -> Mapping[Unit, Decimal]:
    if usage is None:
        return {}
    return {
        Unit.CALL: Decimal(1),
        Unit.INPUT_TOKEN: Decimal(usage.input_tokens),
        Unit.OUTPUT_TOKEN: Decimal(usage.output_tokens),
    }
