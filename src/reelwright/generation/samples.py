"""The smallest thing that can be asked of a model, to see whether it answers."""

import hashlib
from pathlib import Path

from reelwright.providers.catalogue import Model
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import (
    ImageRequest,
    Media,
    Message,
    MusicRequest,
    Prompt,
    SearchRequest,
    SoundEffectRequest,
    SpeechRequest,
    TextRequest,
    VideoRequest,
    WorldRequest,
)

_SCENE = "A lighthouse on a rock at dusk, calm sea"
_SHORTEST_S = 3.0


def sample(model: Model, folder: Path) -> Prompt | None:
    """A request for it; pictures it goes on from are drawn into the folder. None where more is needed."""
    match model.operation:
        case Operation.TEXT:
            return TextRequest((Message("user", "Answer with the one word: yes"),), most=64)
        case Operation.TEXT_TO_IMAGE:
            return ImageRequest(_SCENE, quality="draft")
        case Operation.IMAGE_TO_IMAGE:
            return ImageRequest(_SCENE, quality="draft", references=(_picture(folder),))
        case Operation.TEXT_TO_VIDEO | Operation.IMAGE_TO_VIDEO | Operation.FIRST_LAST_FRAME:
            return _shot(model, folder)
        case Operation.SPEECH:
            return SpeechRequest("Yes.")
        case Operation.MUSIC:
            return MusicRequest("a slow waltz on a piano", _length(model))
        case Operation.SOUND_EFFECT:
            return SoundEffectRequest("a door falls shut", _length(model))
        case Operation.WORLD:
            return WorldRequest(_SCENE)
        case Operation.SEARCH_IMAGES:
            return SearchRequest("lighthouse", count=1)
        case _:  # training, and going on from a shot: neither small nor cheap
            return None


def _shot(model: Model, folder: Path) -> VideoRequest:
    limits, operation = model.limits, model.operation
    aspects, sizes = limits.aspects, limits.resolutions
    first = None if operation is Operation.TEXT_TO_VIDEO else _picture(folder)
    return VideoRequest(
        _SCENE,
        _length(model),
        aspect="16:9" if not aspects or "16:9" in aspects else aspects[0],
        resolution=sizes[0] if sizes else None,
        quality="draft",
        first=first,
        last=first if operation is Operation.FIRST_LAST_FRAME else None,
    )


def _length(model: Model) -> float:
    return float(model.limits.seconds[0]) if model.limits.seconds else _SHORTEST_S


def _picture(folder: Path) -> Media:
    """A plain evening: sky, sea, and a light."""
    from reelwright.engines.media.pencil import skia  # noqa: PLC0415  # loads the media libraries

    path = folder / "sample.png"
    if not path.exists():
        surface = skia.Surface(1280, 720)
        canvas = surface.getCanvas()
        canvas.clear(0xFF3B4A6B)
        canvas.drawRect(skia.Rect.MakeXYWH(0, 430, 1280, 290), skia.Paint(Color=0xFF22304A))
        canvas.drawRect(skia.Rect.MakeXYWH(600, 180, 60, 260), skia.Paint(Color=0xFFE8E2D0))
        canvas.drawCircle(630, 170, 34, skia.Paint(Color=0xFFF6D36B))
        surface.makeImageSnapshot().save(str(path), skia.kPNG)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Media(path, "image/png", digest, path.name)
