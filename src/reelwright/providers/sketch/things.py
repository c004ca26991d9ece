"""Things: the props a picture names, standing in the place."""

import random

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Size
from reelwright.film.picture import Picture
from reelwright.ground.digests import draw
from reelwright.providers.sketch.blocking import Standing
from reelwright.providers.sketch.ink import fade, linear, mix, paint
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.plates import Piece
from reelwright.providers.sketch.props.table import choose_prop
from reelwright.providers.sketch.stage import Mark, PropDesign, Stage
from reelwright.providers.sketch.view import View

_ADULT = 1.75  # metres
_SEEN_FROM = 0.22  # metres: a smaller thing is lost in a wide shot
# What stands in a place by itself: a set has its own where it makes sense, a second one looks lost.
_FIXED = ("boat", "door", "bed", "table", "mirror", "chair", "lamp", "grave")
_SET_DOWN = ("suitcase", "bag", "box", "guitar", "umbrella", "lantern")  # of what is held
_SIZES = (Size.EXTREME_WIDE, Size.WIDE, Size.FULL)


def standing_things(
    picture: Picture, stage: Stage, view: View, light: Light
) -> list[tuple[float, Piece]]:
    """What a wide picture names, each on a spot of the place, with the height in the frame it stands at."""
    matrix = view.matrix(1.0)
    if picture.framing.size not in _SIZES or matrix is None:
        return []
    named = [found for word in picture.props if (found := choose_prop(word))]
    seen = [one for one in dict.fromkeys(named) if _is_seen(one)]
    return [
        (matrix.mapXY(spot.x, spot.y).y(), _standing(one, spot, stage, matrix, light))
        for spot, one in zip(stage.spots, seen, strict=False)
    ]


def _is_seen(design: PropDesign) -> bool:
    if design.name in _FIXED or design.height < _SEEN_FROM:
        return False
    return not design.held or design.name in _SET_DOWN


def _standing(
    design: PropDesign, spot: Mark, stage: Stage, matrix: "skia.Matrix", light: Light
) -> Piece:
    """A thing on its spot, as large as it is in life beside the figures."""
    seed = draw("thing", stage.place.location, design.name)
    size = spot.height * design.height / _ADULT / 100

    def stand(canvas: "skia.Canvas") -> None:
        canvas.save()
        canvas.concat(matrix)
        canvas.translate(spot.x, spot.y)
        canvas.scale(size, size)
        design.draw(canvas, light, stage.palette, random.Random(seed))
        canvas.restore()

    return Piece(1.0, stand)


def stool_piece(one: Standing, stage: Stage, light: Light) -> Piece:
    """A plain block under someone who sits where the place has no seat."""
    half, top, foot = 0.15 * one.height, one.y, one.y + one.stool
    wood = mix(stage.palette.secondary, 0xFF7A5A3C, 0.6)
    lit, shaded = light.lit(wood), light.dark(wood)

    def block(canvas: "skia.Canvas") -> None:
        x = one.x - 0.03 * one.height * one.figure.facing
        shadow = skia.Rect(x - 1.25 * half, foot - 0.10 * half, x + 1.25 * half, foot + 0.22 * half)
        canvas.drawOval(shadow, paint(fade(light.near, 0.45), blur=0.06 * half))
        ends = (x + light.side * half, 0.0), (x - light.side * half, 0.0)
        front = skia.Rect(x - half, top, x + half, foot)
        canvas.drawRect(front, paint(shader=linear(*ends, [light.flat(wood), shaded])))
        board = 0.14 * one.stool
        for y in (top + 0.42 * one.stool, top + 0.72 * one.stool):
            canvas.drawRect(
                skia.Rect(x - half, y, x + half, y + 0.05 * board + 1), paint(fade(shaded, 0.8))
            )
        canvas.drawRect(skia.Rect(x - 1.08 * half, top, x + 1.08 * half, top + board), paint(lit))

    return Piece(1.0, block, one.blur)
