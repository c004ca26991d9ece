"""Speech of models that talk: asked to say a text word for word, and heard as it comes."""

import base64
import io
import re
import wave
from typing import Any

from reelwright.engines.http.client import Http
from reelwright.providers import wire
from reelwright.providers.compatible.chat import ChatReader, asking
from reelwright.providers.contract import Call, Outcome, Product
from reelwright.providers.errors import MisshapenError
from reelwright.providers.prompts import SpeechRequest
from reelwright.providers.writing import Letter, pieces

_RATE = 24_000
_ASK = "Say the following text{how}, word for word, and nothing else:\n\n{text}"


def body_of(call: Call, request: SpeechRequest) -> dict[str, Any]:
    """What is sent. All in one turn: beside words of the system such models do not speak."""
    how = f" ({request.directions})" if request.directions else ""
    words = _ASK.format(how=how, text=request.text)
    body = asking(call, [{"role": "user", "content": words}])
    if request.voice:
        body["audio"] = dict(body["audio"]) | {"voice": request.voice}
    return body


async def speak(http: Http, call: Call, letter: Letter, reader: ChatReader) -> Outcome:
    """The sound, as a file, and what is said in it, which a model that talks may change."""
    said = "".join([piece async for piece in pieces(http, letter, reader)])
    if not reader.sound:
        raise MisshapenError("the answer holds no sound", text=said, used=reader.used)
    path = wire.save(_in_wav(_decoded(reader.sound)), call.folder, "speech", "audio/wav")
    return Outcome((Product(path, "audio/wav", {"transcript": said}),), reader.used)


def _decoded(sound: str) -> bytes:
    """Some servers pad every piece, some the last only."""
    return b"".join(base64.b64decode(part) for part in re.findall("[^=]+={0,2}", sound))


def _in_wav(samples: bytes) -> bytes:
    """DashScope sends bare samples (16 bit, mono), whatever format it was asked for."""
    if samples.startswith(b"RIFF"):
        return samples
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(samples)
    return file.getvalue()
