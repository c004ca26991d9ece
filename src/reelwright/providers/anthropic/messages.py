"""Text: what is sent to `/v1/messages`, and what its events mean."""

from decimal import Decimal
from typing import Any

from reelwright.providers.anthropic.errors import VENDOR, translated
from reelwright.providers.complaints import Body, spoken
from reelwright.providers.contract import Call
from reelwright.providers.errors import RefusedError
from reelwright.providers.events import Event
from reelwright.providers.prices import Unit, Usage
from reelwright.providers.prompts import Media, Message, TextRequest
from reelwright.providers.schemas import strict
from reelwright.providers.wire import Told, in_base64

# What its schemas have no notion of; a model that is told keeps to it mostly.
_TOLD = frozenset(
    (
        "exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maximum", "minItems",
        "minLength", "minimum", "multipleOf", "pattern", "uniqueItems",
    )
)  # fmt: skip


class _Usage(Told):
    input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    output_tokens: int | None = None


class _Message(Told):
    id: str
    usage: _Usage = _Usage()


class _Begun(Told):
    message: _Message


class _Details(Told):
    category: str | None = None


class _Piece(Told):
    type: str = ""
    text: str = ""


class _Delta(Told):
    delta: _Piece


class _Stop(Told):
    stop_reason: str | None = None
    stop_details: _Details | None = None


class _Stopped(Told):
    delta: _Stop
    usage: _Usage = _Usage()


def body_of(call: Call, request: TextRequest) -> dict[str, Any]:
    """What is sent. Words of the system stand apart from the turns."""
    system = "\n\n".join(one.text for one in request.messages if one.role == "system")
    body: dict[str, Any] = {
        "model": call.model.endpoint,
        "max_tokens": request.most,
        "messages": [_turn(one) for one in request.messages if one.role != "system"],
        "stream": True,
    }
    if system:
        body["system"] = system
    if request.schema is not None:
        form = {"type": "json_schema", "schema": strict(request.schema, told=_TOLD)}
        body["output_config"] = {"format": form}
    return body | dict(call.model.defaults)


def _turn(message: Message) -> dict[str, Any]:
    if not message.images:
        return {"role": message.role, "content": message.text}
    # Pictures first: so the vendor advises.
    words = {"type": "text", "text": message.text}
    return {"role": message.role, "content": [*map(_picture, message.images), words]}


def _picture(media: Media) -> dict[str, Any]:
    source = {"type": "base64", "media_type": media.media_type, "data": in_base64(media)}
    return {"type": "image", "source": source}


class MessageReader:
    """Reads the events of one message."""

    def __init__(self) -> None:
        self.remote_id = ""
        self.ended = False
        self.cut = False
        self._usage = _Usage()

    @property
    def used(self) -> Usage:
        """What the vendor counts, so far."""
        counted = self._usage
        read = (
            counted.input_tokens,
            counted.cache_creation_input_tokens,
            counted.cache_read_input_tokens,
        )
        if not any(read):
            return {}
        return {
            Unit.CALL: Decimal(1),
            Unit.INPUT_TOKEN: Decimal(sum(filter(None, read))),
            Unit.OUTPUT_TOKEN: Decimal(counted.output_tokens or 0),
        }

    def read(self, event: Event) -> str:
        """The text an event adds; raises what it tells of trouble."""
        match event.name:
            case "content_block_delta":
                return event.shaped(_Delta).delta.text
            case "message_start":
                begun = event.shaped(_Begun).message
                self.remote_id, self._usage = begun.id, begun.usage
            case "message_delta":
                self._stop(event.shaped(_Stopped))
            case "message_stop":
                self.ended = True
            case "error":
                raise translated(spoken(event.shaped(Body).error))
            case _:
                pass
        return ""

    def _stop(self, stopped: _Stopped) -> None:
        told = stopped.usage.model_dump(exclude_none=True)
        self._usage = self._usage.model_copy(update=told)
        reason, details = stopped.delta.stop_reason, stopped.delta.stop_details
        self.cut = reason in ("max_tokens", "model_context_window_exceeded")
        if reason == "refusal":
            why = details.category if details and details.category else "no category"
            raise RefusedError(
                f"{VENDOR} will not write this ({why})", stage="output", paid=True, used=self.used
            )
