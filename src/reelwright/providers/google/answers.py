"""What comes out of `generateContent`: text in events, pictures and speech as files."""

import base64
import binascii
import io
import re
import wave
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from reelwright.providers.contract import Call, Outcome, Product
from reelwright.providers.errors import ProviderError
from reelwright.providers.events import Event
from reelwright.providers.google.faults import Fault, error_of_fault
from reelwright.providers.google.refusals import CUT, blocked, end_error
from reelwright.providers.google.shapes import Generated
from reelwright.providers.prices import Unit, Usage
from reelwright.providers.wire import save

_LONGEST = 300
_RATE = re.compile(r"rate=(\d+)")
_RAW = frozenset({"audio/l16", "audio/pcm"})


class _Piece(Generated):
    error: Fault | None = None


class Answers:
    """Reads the events of one text."""

    def __init__(self) -> None:
        self.remote_id = ""
        self.used: Usage = {}
        self.ended = False
        self.cut = False

    def read(self, event: Event) -> str:
        """The piece of text in an event; raises what ends it badly."""
        piece = event.shaped(_Piece)
        if piece.error is not None:
            code = piece.error.code
            raise error_of_fault(piece.error, code if isinstance(code, int) else 500)
        refuse_unfinished(piece)
        end = piece.candidates[0].finish_reason if piece.candidates else ""
        self.remote_id = piece.response_id or self.remote_id
        self.used = piece.used or self.used
        self.ended = self.ended or bool(end)
        self.cut = self.cut or end in CUT
        return "".join(part.text for part in piece.parts)


def files_of(call: Call, answer: Generated) -> Outcome:
    """The files in a finished answer; raises what it means where there are none."""
    refuse_unfinished(answer)
    blobs = [part.inline_data for part in answer.parts if part.inline_data]
    if not blobs:
        # A model may decline in words of its own, and end well.
        raise nothing_made("Google", " ".join(part.text for part in answer.parts))
    products = tuple(
        _product(blob.data, blob.mime_type, call.folder, f"{call.model.operation}-{number}")
        for number, blob in enumerate(blobs)
    )
    pictures = sum(product.media_type.startswith("image/") for product in products)
    made = {Unit.IMAGE: Decimal(pictures)} if pictures else {}
    return Outcome(products, answer.used | made)


def refuse_unfinished(answer: Generated) -> None:
    """Raise what a blocked prompt, or a bad end of the answer, means."""
    if answer.prompt_feedback.block_reason and not answer.candidates:
        raise blocked(answer.prompt_feedback.block_reason)
    for candidate in answer.candidates[:1]:
        error = end_error(candidate.finish_reason, answer.used)
        if error is not None:
            raise error


def nothing_made(who: str, said: str = "") -> ProviderError:
    """It ended well and there is nothing: a failure that may be billed, so nothing to try again by itself."""
    told = f": {said[:_LONGEST]}" if said else ""
    return ProviderError(
        f"{who} ended well and made nothing{told}", way_out="ask again, if it may be paid again"
    )


def decoded(data: str) -> bytes:
    """A file out of base 64."""
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error:
        raise ProviderError("Google sent a file that is none") from None


def _product(data: str, media_type: str, folder: Path, name: str) -> Product:
    content, kind = decoded(data), media_type.partition(";")[0].lower()
    facts: dict[str, Any] = {}
    if kind in _RAW:
        content, kind = _as_wav(content, media_type), "audio/wav"
    if kind == "audio/wav":
        facts = _sound_facts(content)
    elif kind.startswith("image/"):
        facts = _picture_facts(content)
    return Product(save(content, folder, name, kind), kind, facts)


def _as_wav(samples: bytes, media_type: str) -> bytes:
    """Bare samples (16 bits, little-endian in spite of the type's name, one channel) as a WAV."""
    rate = _RATE.search(media_type)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(int(rate.group(1)) if rate else 24_000)
        out.writeframes(samples)
    return file.getvalue()


def _sound_facts(content: bytes) -> dict[str, Any]:
    try:
        with wave.open(io.BytesIO(content)) as sound:
            return {"seconds": sound.getnframes() / sound.getframerate()}
    except (wave.Error, EOFError):
        raise ProviderError("Google sent a sound that is none") from None


def _picture_facts(content: bytes) -> dict[str, Any]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return {"width": picture.width, "height": picture.height}
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise ProviderError("Google sent a picture that is none") from None
