"""Filters of pictures and of every frame of a film. The same numbers give the same look in both."""

from collections.abc import Callable, Sequence
from typing import Any

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from reelwright.engines.media.edits.filter_params import Filter, amount_of

Picture = Image.Image
_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_SEPIA = (0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0)


def apply(picture: Picture, filters: Sequence[Filter]) -> Picture:
    """The picture through all filters; its transparency stays (turned with it)."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    shown = picture.convert("RGB")
    for one in filters:
        if one.name in {"rotate", "flip"}:
            alpha = _turn(alpha, one) if alpha else None
            shown = _turn(shown, one)
        else:
            shown = _LOOKS[one.name](shown, amount_of(one))
    if alpha:
        shown.putalpha(alpha)
    return shown


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
