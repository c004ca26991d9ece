"""Speech by `/audio/speech`: the sound is the answer."""

from decimal import Decimal
from typing import Any

from reelwright.engines.http.client import Answer
from reelwright.providers import wire
from reelwright.providers.contract import Call, Outcome, Product
from reelwright.providers.errors import UnknownOutcomeError
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import SpeechRequest


def body_of(call: Call, request: SpeechRequest) -> dict[str, Any]:
    """What is sent. The language is the text's own: there is no parameter for it."""
    model = call.model
    body: dict[str, Any] = {
        "model": model.endpoint,
        "input": request.text,
        "voice": request.voice or model.limits.voices[0],
        "response_format": "mp3",
    }
    if request.directions:
        body["instructions"] = request.directions
    return body | dict(model.defaults)


def outcome_of(answer: Answer, call: Call, request: SpeechRequest) -> Outcome:
    """The sound, as a file; what it is billed by (tokens of sound) is not told."""
    if not answer.body:
        raise UnknownOutcomeError("the answer holds no sound")
    told = answer.headers.get("content-type", "").partition(";")[0]
    media_type = told if told.startswith("audio/") else "audio/mpeg"
    path = wire.save(answer.body, call.folder, "speech", media_type)
    return Outcome((Product(path, media_type),), {Unit.CHARACTER: Decimal(len(request.text))})
