"""An order in a few words: where the prompt, the settings and the files of a command go in a request."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import from_json

from reelwright.generation.requests import FRAMES
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId
from reelwright.providers.operations import Operation

_PROMPTS = {
    Operation.SPEECH: "text",
    Operation.SEARCH_IMAGES: "query",
    Operation.TRAIN_LORA: "trigger",
}
"""What an operation calls its words, where that is not `prompt`."""

_MANY = {Operation.IMAGE_TO_IMAGE: "references", Operation.TRAIN_LORA: "images"}
_SOME = {**FRAMES, Operation.MUSIC: ("extends",), Operation.WORLD: ("image",)}


def worded(
    operation: Operation, prompt: str, settings: Sequence[str], files: Sequence[AssetId]
) -> dict[str, Any]:
    """The request as JSON; `settings` are `name=value`, lists and objects as JSON. Raises InvalidInputError."""
    given = dict(map(_setting, settings))
    assets = [{"asset": one} for one in files]
    if operation is Operation.TEXT:
        return {"messages": [{"role": "user", "text": prompt, "images": assets}]} | given
    request: dict[str, Any] = {_PROMPTS.get(operation, "prompt"): prompt}
    if operation in _MANY:
        request |= {_MANY[operation]: assets}
    else:
        request |= _in_places(operation, assets)
    return request | given


def _in_places(operation: Operation, assets: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    places = _SOME.get(operation, ())
    if len(assets) > len(places):
        takes = f"takes {' and '.join(places)}" if places else "takes none"
        raise InvalidInputError(
            f"{len(assets)} files are too many: {operation} {takes}",
            way_out="image-to-image and image-to-video go on from pictures",
        )
    return dict(zip(places, assets, strict=False))


def _setting(written: str) -> tuple[str, Any]:
    name, equals, value = written.partition("=")
    if not (name and equals):
        raise InvalidInputError(
            f"{written[:60]!r} sets nothing", way_out="write name=value, such as seconds=5"
        )
    if value[:1] not in {"[", "{"}:
        return name, value
    try:
        return name, from_json(value)
    except ValueError:
        raise InvalidInputError(f"the value of {name[:40]!r} is no JSON") from None
