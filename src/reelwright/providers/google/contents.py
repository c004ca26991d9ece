"""What goes into `generateContent`, for words, pictures and speech; each ends in the answer itself."""

import math
from typing import Any

from reelwright.providers.catalogue import Model
from reelwright.providers.contract import Request
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.google.shapes import merged
from reelwright.providers.prompts import ImageRequest, Media, SpeechRequest, TextRequest
from reelwright.providers.wire import in_base64

_ROLES = {"user": "user", "assistant": "model"}


def body_of(model: Model, request: Request) -> dict[str, Any]:
    """The body that asks a model for it."""
    match request:
        case TextRequest():
            body = _text(request)
        case ImageRequest():
            body = _image(model, request)
        case SpeechRequest():
            body = _speech(request)
        case _:
            raise UnsupportedError(f"{model.title} does not make {request.operation}")
    return merged(model.defaults, body)


def _text(request: TextRequest) -> dict[str, Any]:
    turns = [
        {"role": _ROLES[one.role], "parts": [{"text": one.text}, *map(_inline, one.images)]}
        for one in request.messages
        if one.role != "system"
    ]
    body: dict[str, Any] = {
        "contents": turns,
        "generationConfig": {"maxOutputTokens": request.most},
    }
    system = [{"text": one.text} for one in request.messages if one.role == "system"]
    if system:
        body["systemInstruction"] = {"parts": system}
    if request.schema is not None:
        body["generationConfig"] |= {
            "responseMimeType": "application/json",
            "responseJsonSchema": dict(request.schema),
        }
    return body


def _image(model: Model, request: ImageRequest) -> dict[str, Any]:
    shape = nearest_aspect(model.limits.aspects, request.width, request.height)
    parts = [{"text": request.prompt}, *map(_inline, request.references)]
    return {
        "contents": [{"role": "user", "parts": parts}],
        "generationConfig": {
            "responseModalities": ["IMAGE"],
            "imageConfig": {"aspectRatio": shape},
        },
    }


def _speech(request: SpeechRequest) -> dict[str, Any]:
    said: dict[str, Any] = {"text": request.text}
    if request.directions:
        said["speechMetadata"] = {"style": request.directions}
    config: dict[str, Any] = {}
    if request.voice:
        config["voiceConfig"] = {"voice": request.voice}
    if request.language:
        config["languageCode"] = request.language
    return {
        "contents": [{"role": "user", "parts": [said]}],
        "generationConfig": {"responseModalities": ["AUDIO"], "speechConfig": config},
    }


def nearest_aspect(known: tuple[str, ...], width: int, height: int) -> str:
    """The shape among `16:9`-like ones that is nearest to a picture's."""

    def distance(shape: str) -> float:
        across, down = (int(one) for one in shape.split(":"))
        return abs(math.log(width / height) - math.log(across / down))

    return min(known, key=distance)


def _inline(media: Media) -> dict[str, Any]:
    return {"inlineData": {"mimeType": media.media_type, "data": in_base64(media)}}
