"""Speeches, asked for with the times of their characters: ElevenLabs names no price of its own for that."""

import base64
import binascii
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from reelwright.engines.http.client import Answer
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import Call, Product
from reelwright.providers.elevenlabs.shapes import Alignment, Ask, Speech
from reelwright.providers.errors import UnknownOutcomeError
from reelwright.providers.prompts import SpeechRequest
from reelwright.providers.wire import save, shaped

_SEEDS = 2**32


def ask(model: Model, request: SpeechRequest) -> Ask:
    """The request for a speech."""
    habits = model.defaults
    body: dict[str, Any] = {"text": text_of(model, request), "model_id": model.endpoint}
    if request.language and habits["language"]:
        body["language_code"] = request.language
    if request.seed is not None:
        body["seed"] = request.seed % _SEEDS
    voice = quote(request.voice or habits["voice"], safe="")
    path = f"/v1/text-to-speech/{voice}/with-timestamps"
    return Ask(path, body, {"output_format": habits["output_format"]})


def text_of(model: Model, request: SpeechRequest) -> str:
    """What is sent to be said: with the directions in brackets, where the model understands them."""
    directions = request.directions.strip().strip("[]()")
    return (
        f"[{directions}] {request.text}" if directions and model.defaults["tags"] else request.text
    )


def characters(model: Model, request: SpeechRequest) -> Decimal:
    """What is counted: every character that is sent."""
    return Decimal(len(text_of(model, request)))


def product(call: Call, answer: Answer) -> Product:
    """The speech, and when each word begins."""
    speech = shaped(answer, Speech, paid=True)
    try:
        content = base64.b64decode(speech.audio_base64, validate=True)
    except binascii.Error:
        raise UnknownOutcomeError("ElevenLabs sent a speech nobody can read") from None
    path = save(content, call.folder, "speech", "audio/mpeg")
    times = speech.alignment
    if times is None or not times.character_end_times_seconds:
        return Product(path, "audio/mpeg")
    words = [[round(at, 3), word] for at, word in _words(times)]
    ends = round(max(times.character_end_times_seconds), 3)
    return Product(path, "audio/mpeg", {"words": words, "seconds": ends})


def _words(times: Alignment) -> Iterator[tuple[float, str]]:
    """Each word and when it begins; what stands in square brackets is acted, not said."""
    begun, word, acted = 0.0, "", False
    for sign, at in zip(times.characters, times.character_start_times_seconds, strict=False):
        if sign == "[" or acted:
            acted = sign != "]"
        elif not sign.isspace():
            begun, word = (begun, word + sign) if word else (at, sign)
            continue
        if word:
            yield begun, word
            word = ""
    if word:
        yield begun, word
