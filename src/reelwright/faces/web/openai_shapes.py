"""What tools made for OpenAI's chat send and understand, turned into our words and back."""

import base64
import binascii
import hashlib
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from reelwright.faces.web.problems import STATUS
from reelwright.faces.web.requests import PlainText
from reelwright.generation.routes.route import Route, Wish
from reelwright.generation.writing import Written
from reelwright.ground.errors import InvalidInputError, Kind, ReelwrightError
from reelwright.providers.catalogue import Model
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media, Message, TextRequest

_KINDS = {
    Kind.UNAUTHENTICATED: "authentication_error",
    Kind.DENIED: "permission_error",
    Kind.MISSING: "not_found_error",
    Kind.EXHAUSTED: "rate_limit_error",
    Kind.UNAVAILABLE: "server_error",
    Kind.FAULT: "server_error",
}
_ROLES = {"developer": "system", "system": "system", "user": "user", "assistant": "assistant"}


class ImageUrl(BaseModel):
    """A picture by its address; only `data:` addresses are taken."""

    url: str


class Part(BaseModel):
    """A piece of a message."""

    type: Literal["text", "image_url"]
    text: PlainText = ""
    image_url: ImageUrl | None = None


class ChatMessage(BaseModel):
    """One turn."""

    role: Literal["developer", "system", "user", "assistant"]
    content: PlainText | list[Part] | None = None


class StreamOptions(BaseModel):
    """What a stream tells besides."""

    include_usage: bool = False


class ChatOrder(BaseModel):
    """A chat completion as OpenAI's API takes it. How a model samples is left to the model.

    `model`: one of `/v1/models`, or `cheapest`, `best`, `fastest`. Tools and several choices are
    refused rather than ignored.
    """

    model: str = Field(max_length=200)
    messages: list[ChatMessage] = Field(min_length=1, max_length=2000)
    stream: bool = False
    stream_options: StreamOptions | None = None
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    response_format: dict[str, Any] | None = None
    n: int | None = None
    tools: list[Any] | None = None

    def refuse_unknown(self) -> None:
        """Raise InvalidInputError for what would change the answer and cannot be done."""
        if self.n not in {None, 1}:
            raise InvalidInputError("only one choice is written at a time", way_out="ask again")
        if self.tools:
            raise InvalidInputError("tools are not called here", way_out="leave `tools` away")

    def request(self, folder: Path) -> TextRequest:
        """In our words; pictures are put into the folder."""
        messages = tuple(_message(one, folder) for one in self.messages)
        most = self.max_completion_tokens or self.max_tokens
        schema = _schema(self.response_format or {})
        return TextRequest(messages, schema, most) if most else TextRequest(messages, schema)

    @property
    def has_pictures(self) -> bool:
        """Whether files are handed along."""
        return any(
            part.image_url for one in self.messages if isinstance(one.content, list)
            for part in one.content
        )  # fmt: skip

    def route(self, models: Sequence[Model]) -> Route:
        """Which models are asked; a vendor's own name is enough where it names one model."""
        name = self.model.removeprefix("reelwright/")
        if name in set(Wish):
            return Route(Wish(name))
        texts = [one for one in models if one.operation is Operation.TEXT]
        if any(one.id == name for one in texts):
            return Route(models=(name,))
        short = [one.id for one in texts if one.id.partition("/")[2] == name]
        return Route(models=tuple(short) or (name,))


def _message(one: ChatMessage, folder: Path) -> Message:
    role = _ROLES[one.role]
    if not isinstance(one.content, list):
        return Message(role, one.content or "")  # pyrefly: ignore[bad-argument-type]
    text = "\n".join(part.text for part in one.content if part.type == "text")
    images = tuple(_media(part.image_url.url, folder) for part in one.content if part.image_url)
    return Message(role, text, images)  # pyrefly: ignore[bad-argument-type]


def _media(url: str, folder: Path) -> Media:
    head, comma, body = url.partition(",")
    kind = head.removeprefix("data:").removesuffix(";base64")
    if not (comma and head.startswith("data:image/") and head.endswith(";base64")):
        way_out = "send the picture itself: data:image/png;base64,..."
        raise InvalidInputError("pictures are not fetched from addresses", way_out=way_out)
    try:
        data = base64.b64decode(body, validate=True)
    except binascii.Error:
        raise InvalidInputError("a picture is no base64") from None
    digest = hashlib.sha256(data).hexdigest()
    path = folder / digest
    path.write_bytes(data)
    return Media(path, kind, digest)


def _schema(form: Mapping[str, Any]) -> Mapping[str, Any] | None:
    match form.get("type", "text"):
        case "text":
            return None
        case "json_schema" if isinstance(form.get("json_schema", {}).get("schema"), dict):
            return form["json_schema"]["schema"]
        case _:
            way_out = 'use {"type": "json_schema", "json_schema": {"schema": ...}}'
            raise InvalidInputError("this response_format is not known", way_out=way_out)


class Chunks:
    """The pieces of one streamed completion, as server-sent events."""

    def __init__(self, model: str, *, usage: bool) -> None:
        self._head = {
            "id": f"chatcmpl-{secrets.token_hex(12)}",
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": model,
        }
        self._usage = usage
        self._begun = False

    def __call__(self, piece: str | Written | ReelwrightError) -> bytes:
        """A piece of text; or the end, with its reason and the usage."""
        if isinstance(piece, ReelwrightError):
            return _event({"error": error_body(piece)})
        if isinstance(piece, str):
            role = {} if self._begun else {"role": "assistant"}
            self._begun = True
            return self._chunk(role | {"content": piece}, None)
        end = self._chunk({}, _reason(piece))
        if self._usage:
            end += _event(self._head | {"choices": [], "usage": _usage(piece)})
        return end + b"data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, Any], reason: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return _event(self._head | {"choices": [choice]})


def completion(written: Written) -> dict[str, Any]:
    """A whole completion; `submission` and `cost_micros` are ours, for whoever looks."""
    message = {"role": "assistant", "content": written.text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _reason(written)}
    ours = {
        "submission": written.submission,
        "cost_micros": written.cost_micros,
        "currency": written.currency,
    }
    return {
        "id": f"chatcmpl-{written.submission}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": written.model,
        "choices": [choice],
        "usage": _usage(written),
        "reelwright": ours,
    }


def error_body(error: ReelwrightError) -> dict[str, Any]:
    """An error of ours as OpenAI's clients read it."""
    fault = error.kind is Kind.FAULT and error.code == "fault"
    words = "something went wrong here" if fault else str(error)
    kind = _KINDS.get(error.kind, "invalid_request_error")
    return {"message": words, "type": kind, "param": None, "code": error.code}


def refused(error: ReelwrightError) -> Response:
    """An error as an answer."""
    status = 400 if error.kind in (Kind.INVALID, Kind.REFUSED) else STATUS[error.kind]
    after = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(max(1, round(float(after))))} if after is not None else {}
    if error.kind is Kind.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"error": error_body(error)}, status, headers)


def _event(data: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _reason(written: Written) -> str:
    return "length" if written.cut else "stop"


def _usage(written: Written) -> dict[str, int]:
    asked = int(written.used.get("input-token", 0))
    wrote = int(written.used.get("output-token", 0))
    return {"prompt_tokens": asked, "completion_tokens": wrote, "total_tokens": asked + wrote}
