"""Pictures: from words by `/images/generations`, after pictures by `/images/edits`."""

import base64
import math
from decimal import Decimal
from typing import Any

from pydantic import Field

from reelwright.engines.http.client import Answer, Form
from reelwright.providers import wire
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import Call, Outcome, Product
from reelwright.providers.errors import MisshapenError
from reelwright.providers.prices import Unit, Usage
from reelwright.providers.prompts import ImageRequest, Media
from reelwright.providers.wire import Told

_STEP = 16
_LONGEST = 3840
_FEWEST, _MOST = 655_360, 3840 * 2160  # pixels
_SLIMMEST = 3
_QUALITIES = {"draft": "low", "standard": "medium", "high": "high"}


class _Image(Told):
    b64_json: str


class _Tokens(Told):
    image_tokens: int = 0
    text_tokens: int = 0


class _Usage(Told):
    input_tokens: int = 0
    input_tokens_details: _Tokens | None = None
    output_tokens: int = 0


class _Images(Told):
    data: list[_Image]
    output_format: str = "png"
    size: str | None = Field(None, pattern=r"^\d+x\d+$")
    quality: str | None = None
    usage: _Usage | None = None


def fields_of(call: Call, request: ImageRequest) -> dict[str, Any]:
    """The parameters, which both ways of asking share."""
    width, height = size_for(call.model, request.width, request.height)
    return {
        "model": call.model.endpoint,
        "prompt": request.prompt,
        "n": request.count,
        "size": f"{width}x{height}",
        "quality": _QUALITIES[request.quality],
    } | dict(call.model.defaults)


def form_of(fields: dict[str, Any], references: tuple[Media, ...]) -> Form:
    """The same with the pictures to draw after, as a form."""
    files = [
        ("image[]", (one.name or one.path.name, wire.content_of(one), one.media_type))
        for one in references
    ]
    return Form({key: str(value) for key, value in fields.items()}, files)


def size_for(model: Model, width: int, height: int) -> tuple[int, int]:
    """The nearest size the model makes: one of its row's resolutions, or any within the family's bounds."""
    if model.limits.resolutions:
        sizes = [_sides(one) for one in model.limits.resolutions]
        return min(sizes, key=lambda size: abs(math.log(size[0] / size[1] / width * height)))
    slim = max(1 / _SLIMMEST, min(_SLIMMEST, width / height))
    pixels = max(_FEWEST, min(_MOST, width * height))
    wide, high = math.sqrt(pixels * slim), math.sqrt(pixels / slim)
    scale = min(1, _LONGEST / max(wide, high))
    wide, high = wide * scale, high * scale
    near_wide, near_high = (
        [(int(side / _STEP) + more) * _STEP for more in (-1, 0, 1, 2)] for side in (wide, high)
    )
    allowed = [(w, h) for w in near_wide for h in near_high if _allowed(w, h)]
    # Of two that are equally near, the larger: a frame is cut out of it.
    return min(allowed, key=lambda s: (abs(s[0] - wide) + abs(s[1] - high), -s[0] * s[1]))


def _allowed(width: int, height: int) -> bool:
    long, short = max(width, height), max(1, min(width, height))
    in_bounds = long <= _LONGEST and _FEWEST <= width * height <= _MOST
    return in_bounds and long <= _SLIMMEST * short


def _sides(size: str) -> tuple[int, int]:
    width, _, height = size.partition("x")
    return int(width), int(height)


def outcome_of(answer: Answer, call: Call) -> Outcome:
    """The pictures, as files."""
    made = wire.shaped(answer, _Images, paid=True)
    if not made.data:
        raise MisshapenError("the answer holds no picture", used=_used(made))
    media_type = f"image/{made.output_format}"
    facts: dict[str, Any] = {"quality": made.quality} if made.quality else {}
    if made.size:
        facts["width"], facts["height"] = _sides(made.size)
    products = tuple(
        Product(
            wire.save(base64.b64decode(one.b64_json), call.folder, f"image-{number}", media_type),
            media_type,
            facts,
        )
        for number, one in enumerate(made.data, 1)
    )
    return Outcome(products, _used(made))


def _used(made: _Images) -> Usage:
    used = {Unit.CALL: Decimal(1), Unit.IMAGE: Decimal(len(made.data))}
    if made.usage is None:
        return used
    drawn = made.usage.input_tokens_details
    after = drawn.image_tokens if drawn else 0
    return used | {
        Unit.INPUT_TOKEN: Decimal(made.usage.input_tokens - after),
        Unit.INPUT_IMAGE_TOKEN: Decimal(after),
        Unit.OUTPUT_TOKEN: Decimal(made.usage.output_tokens),
    }
