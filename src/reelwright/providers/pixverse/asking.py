"""How a shot is asked of PixVerse: which address, and what it is called there."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from reelwright.providers.catalogue import Model
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media, VideoRequest

PATHS = {
    Operation.TEXT_TO_VIDEO: "/openapi/v2/video/text/generate",
    Operation.IMAGE_TO_VIDEO: "/openapi/v2/video/img/generate",
    Operation.FIRST_LAST_FRAME: "/openapi/v2/video/transition/generate",
    Operation.EXTEND_VIDEO: "/openapi/v2/video/extend/generate",
}

_SEEDS = 2**31


def trace_of(reference: str) -> UUID:
    """The key a call is known by at PixVerse: of one reference always the same."""
    return uuid5(NAMESPACE_URL, f"reelwright:{reference}")


def handed(request: VideoRequest) -> Mapping[str, Media]:
    """The files that go before, by what PixVerse calls their ids."""
    match request.operation, request.first, request.last, request.extends:
        case Operation.IMAGE_TO_VIDEO, Media() as first, _, _:
            return {"img_id": first}
        case Operation.FIRST_LAST_FRAME, Media() as first, Media() as last, _:
            return {"first_frame_img": first, "last_frame_img": last}
        case Operation.EXTEND_VIDEO, _, _, Media() as shot:
            return {"video_media_id": shot}
        case Operation.TEXT_TO_VIDEO, _, _, _:
            return {}
        case _:
            raise UnsupportedError("a way to the last frame needs a first one", field="first")


def body_of(
    model: Model, request: VideoRequest, ids: Mapping[str, int], trace: UUID
) -> dict[str, Any]:
    """What is sent. Going on from a shot needs a seed, which otherwise is the model's own affair."""
    body: dict[str, Any] = {
        "model": model.endpoint,
        "prompt": request.prompt,
        "duration": round(request.seconds),
        "quality": request.resolution or model.defaults["quality"][request.quality],
    }
    if request.operation is Operation.TEXT_TO_VIDEO:
        body["aspect_ratio"] = request.aspect
    if request.seed is not None:
        body["seed"] = request.seed % _SEEDS
    elif request.operation is Operation.EXTEND_VIDEO:
        body["seed"] = trace.int % _SEEDS
    if model.limits.sound:
        body["generate_audio_switch"] = request.sound
    return body | dict(ids)
