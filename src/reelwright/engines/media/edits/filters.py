"""Filters of pictures and of every frame of a film. The same numbers give the same look in both."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from PIL import Image, ImageEnhance, ImageFilter, ImageOps
from pydantic import BaseModel, ConfigDict, Field

from reelwright.engines.media.edits.measures import Measures
from reelwright.engines.media.edits.params import Made, OperationRefusedError

Picture = Image.Image
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_SEPIA = (0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0)
_STRENGTHS = {"blur": (0, 100), "sharpen": (0, 10)}


class Filter(BaseModel):
    """One filter, with the number it takes.

    `amount`: of brightness, contrast and saturation -1 (none left) to 1 (twice as much); of sepia,
    greyscale and invert 0 to 1, how much of it; of blur the radius in pixels; of sharpen 0 to 10.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Literal["brightness", "contrast", "saturation", "greyscale", "sepia", "invert", "blur",
                  "sharpen", "rotate", "flip"]  # fmt: skip
    amount: Annotated[float | None, Field(ge=-1, le=100, allow_inf_nan=False)] = None
    degrees: Annotated[
        Literal[90, 180, 270] | None, Field(description="clockwise; of rotate only")
    ] = None
    direction: Annotated[
        Literal["horizontal", "vertical"] | None, Field(description="of flip only")
    ] = None


class FilterParams(Made):
    """Filters, one after the other."""

    filters: Annotated[list[Filter], Field(min_length=1, max_length=20)]

    def check(self, inputs: Sequence[Measures]) -> None:
        """Refuse filters whose numbers are missing, not theirs, or out of their range."""
        super().check(inputs)
        for one in self.filters:
            _check(one)


def apply(picture: Picture, filters: Sequence[Filter]) -> Picture:
    """The picture through all filters; its transparency stays (turned with it)."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    shown = picture.convert("RGB")
    for one in filters:
        if one.name in {"rotate", "flip"}:
            alpha = _turn(alpha, one) if alpha else None
            shown = _turn(shown, one)
        else:
            shown = _LOOKS[one.name](shown, _amount(one))
    if alpha:
        shown.putalpha(alpha)
    return shown


def _check(one: Filter) -> None:
    wants = {"rotate": "degrees", "flip": "direction"}.get(one.name, "amount")
    given = {name for name in ("amount", "degrees", "direction") if getattr(one, name) is not None}
    if given - {wants} or (wants not in given and one.name not in _DEFAULTS):
        raise OperationRefusedError(
            f"the filter {one.name} has {', '.join(sorted(given)) or 'no number'}",
            way_out=f"it takes {wants}, and nothing else",
        )
    least, most = _STRENGTHS.get(one.name, (0, 1) if one.name in _DEFAULTS else (-1, 1))
    if wants == "amount" and not least <= _amount(one) <= most:
        raise OperationRefusedError(
            f"{one.name} by {one.amount:g} is out of range", way_out=f"{least} to {most}"
        )


_DEFAULTS = {"greyscale": 1.0, "sepia": 1.0, "invert": 1.0, "blur": 2.0, "sharpen": 1.0}


def _amount(one: Filter) -> float:
    return _DEFAULTS.get(one.name, 0.0) if one.amount is None else one.amount


def _turn(picture: Picture, one: Filter) -> Picture:
    if one.name == "rotate":
        return picture.transpose(_TURNS[one.degrees or 90])
    level = one.direction != "vertical"
    way = Image.Transpose.FLIP_LEFT_RIGHT if level else Image.Transpose.FLIP_TOP_BOTTOM
    return picture.transpose(way)


def _enhanced(enhancer: Any) -> Callable[[Picture, float], Picture]:
    return lambda picture, amount: enhancer(picture).enhance(1 + amount)


def _blended(look: Callable[[Picture], Picture]) -> Callable[[Picture, float], Picture]:
    return lambda picture, amount: Image.blend(picture, look(picture), amount)


_LOOKS: dict[str, Callable[[Picture, float], Picture]] = {
    "brightness": _enhanced(ImageEnhance.Brightness),
    "contrast": _enhanced(ImageEnhance.Contrast),
    "saturation": _enhanced(ImageEnhance.Color),
    "greyscale": _blended(lambda one: one.convert("L").convert("RGB")),
    "sepia": _blended(lambda one: one.convert("RGB", _SEPIA)),
    "invert": _blended(ImageOps.invert),
    "blur": lambda one, amount: one.filter(ImageFilter.GaussianBlur(amount)),
    "sharpen": lambda one, amount: one.filter(ImageFilter.UnsharpMask(2, round(amount * 100), 2)),
}
