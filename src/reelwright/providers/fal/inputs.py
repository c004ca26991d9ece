"""What a model is sent: the `defaults` of its row are its input, with our parameters as blanks.

`"{seed}"` becomes the parameter as it is, `"{seconds}s"` a text with it inside. What was not asked
for is left out, so that the model's own choice holds; `"{image!}"` must have been asked for. A
table of `draft`, `standard` and `high` is what the model makes of the quality. Thus a new model,
whatever it calls its parameters, is one row.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from reelwright.providers.catalogue import Limits, Model
from reelwright.providers.contract import Request
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prompts import (
    ImageRequest,
    LoraRequest,
    Media,
    MusicRequest,
    SoundEffectRequest,
    SpeechRequest,
    VideoRequest,
    WorldRequest,
)

_BLANK = re.compile(r"\{(\w+)(!?)\}")
_QUALITIES = frozenset({"draft", "standard", "high"})


def input_of(
    model: Model, request: Request, urls: Mapping[Media, str], archive: str | None = None
) -> dict[str, Any]:
    """The model's input; `urls` say where the request's files are, `archive` where pictures to train on are."""
    words = _parameters(model.limits, request, urls) | {"archive": archive}
    quality = getattr(request, "quality", "standard")
    return {
        name: value
        for name, blank in model.defaults.items()
        if (value := _filled(model, blank, words, quality)) is not None
    }


def _parameters(limits: Limits, request: Request, urls: Mapping[Media, str]) -> dict[str, Any]:
    """Our parameters by name; None and empty are what was not asked for."""
    match request:
        case ImageRequest():
            images = [urls[one] for one in request.references]
            return {
                "prompt": request.prompt,
                "width": request.width,
                "height": request.height,
                "aspect": _nearest(limits.aspects, request.width / request.height),
                "count": request.count,
                "seed": request.seed,
                "image": images[0] if images else None,
                "images": images,
                "loras": [{"path": one.url, "scale": one.scale} for one in request.loras],
            }
        case VideoRequest():
            frames = {"first": request.first, "last": request.last, "extends": request.extends}
            return {name: urls[one] for name, one in frames.items() if one} | {
                "prompt": request.prompt,
                "seconds": _number(request.seconds),
                "seconds_text": f"{request.seconds:g}",
                "aspect": request.aspect,
                "resolution": request.resolution,
                "seed": request.seed,
                "sound": request.sound,
            }
        case WorldRequest():
            image = urls[request.image] if request.image else None
            return {"prompt": request.prompt, "image": image}
        case LoraRequest():
            return {"trigger": request.trigger, "steps": request.steps, "style": request.style}
        case _:
            return _heard(limits, request)


def _heard(limits: Limits, request: Request) -> dict[str, Any]:
    """The same for what has no picture."""
    match request:
        case SpeechRequest():
            directed = f"[{request.directions}] {request.text}" if request.directions else None
            return {
                "text": request.text,
                "directed": directed or request.text,
                "voice": request.voice,
                "language": request.language,
                "seed": request.seed,
            }
        case MusicRequest():
            seconds = limits.fit(request.seconds) or request.seconds
            return {
                "prompt": request.prompt,
                "seconds": math.ceil(seconds),
                "milliseconds": round(seconds * 1000),
                "lyrics": request.lyrics,
                "instrumental": not request.lyrics,
                "seed": request.seed,
            }
        case SoundEffectRequest():
            seconds = None if request.seconds is None else _number(request.seconds)
            return {"prompt": request.prompt, "seconds": seconds}
        case _:
            raise UnsupportedError("fal makes nothing of this kind", field="operation")


def _filled(model: Model, blank: Any, words: Mapping[str, Any], quality: str) -> Any:
    if isinstance(blank, Mapping):
        if blank.keys() <= _QUALITIES:
            return blank.get(quality)
        return {name: _filled(model, one, words, quality) for name, one in blank.items()}
    if not isinstance(blank, str):
        return blank
    found = {name: words.get(name) for name, _ in _BLANK.findall(blank)}
    for name, needed in _BLANK.findall(blank):
        if found[name] in (None, "", []):
            if needed:
                raise UnsupportedError(f"{model.title} needs {name}", field=name)
            return None
    whole = _BLANK.fullmatch(blank)
    if whole:
        return found[whole[1]]
    return _BLANK.sub(lambda one: str(found[one[1]]), blank)


def _nearest(aspects: tuple[str, ...], wished: float) -> str | None:
    """The shape of picture that is least unlike."""

    def unlike(aspect: str) -> float:
        across, _, down = aspect.partition(":")
        return abs(math.log(float(across) / float(down) / wished))

    return min(aspects, key=unlike, default=None)


def _number(value: float) -> int | float:
    """Whole numbers as such: some models take no others."""
    return int(value) if value == int(value) else value
