"""Things: the props a picture names, standing in the place, or large in an insert."""

import random

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Size
from reelwright.film.picture import Picture
from reelwright.ground.digests import draw
from reelwright.providers.sketch.blocking import Standing
from reelwright.providers.sketch.ink import fade, linear, mix, paint, radial
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.plates import Piece
from reelwright.providers.sketch.props.table import choose_prop
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Mark, Palette, PropDesign, Stage
from reelwright.providers.sketch.view import View

_ADULT = 1.75  # metres
_SEEN_FROM = 0.22  # metres: a smaller thing is lost in a wide shot
_TABLE_HOLDS = 0.7  # metres
# What stands in a place by itself: a set has its own where it makes sense, a second one looks lost.
_FIXED = ("boat", "door", "bed", "table", "mirror", "chair", "lamp", "grave")
_SET_DOWN = ("suitcase", "bag", "box", "guitar", "umbrella", "lantern")  # of what is held
_SIZES = (Size.EXTREME_WIDE, Size.WIDE, Size.FULL)


def insert_of(picture: Picture) -> PropDesign | None:
    """The thing that an insert, or a close shot of nobody, shows; None when it cannot be drawn."""
    close = picture.framing.size in (Size.CLOSE, Size.EXTREME_CLOSE) and not picture.figures
    if picture.framing.size is not Size.INSERT and not close:
        return None
    return next((found for word in picture.props if (found := choose_prop(word))), None)


def large(design: PropDesign) -> bool:
    """Whether a thing is too large for a table, and stands on the ground of the place."""
    return not design.held and design.height >= _TABLE_HOLDS


def insert_pieces(design: PropDesign, stage: Stage, light: Light) -> list[Piece]:
    """The thing alone, large: on a table, or on the ground."""
    seed = draw("insert", stage.place.location, design.name)
    foot = 650.0 if large(design) else 560.0
    size = 4.6 * (0.55 + 0.45 * min(1.0, stage.width / FRAME_HEIGHT))
    if large(design):
        size = min(5.6 * design.height / _ADULT, 6.0, 0.0085 * stage.width)

    def thing(canvas: "skia.Canvas") -> None:
        canvas.save()
        canvas.translate(0, foot)
        canvas.scale(size, size)
        design.draw(canvas, light, stage.palette, random.Random(seed))
        canvas.restore()

    if large(design):
        return [Piece(1.0, thing)]
    table = Piece(1.0, lambda canvas: _table(canvas, stage, light, stage.palette, foot), blur=0.9)
    return [table, Piece(1.0, thing)]


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


def _table(
    canvas: "skia.Canvas", stage: Stage, light: Light, palette: Palette, foot: float
) -> None:
    """A table's top that fades back into the room, with a pool of light where the thing stands."""
    back, front = foot - 105, FRAME_HEIGHT + 160
    wood = mix(palette.secondary, 0xFF6B4A32, 0.55)
    tones = [light.dark(wood, 0.8), light.flat(wood), light.lit(wood, 0.7)]
    top = skia.Rect(stage.left, back, stage.right, front)
    canvas.drawRect(top, paint(shader=linear((0, back), (0, front), tones, [0, 0.35, 1])))
    rng = random.Random(draw("grain", stage.place.location))
    for _ in range(16):
        y = back + (front - back) * rng.random() ** 1.7
        tone = fade(light.dark(wood), 0.35)
        x = rng.uniform(stage.left, stage.right)
        canvas.drawLine(
            x, y, x + rng.uniform(120, 520), y, paint(tone, stroke=1 + (y - back) / 120)
        )
    canvas.drawRect(
        skia.Rect(stage.left, back, stage.right, back + 5), paint(fade(light.lit(wood), 0.7))
    )
    canvas.save()
    canvas.translate(light.side * 60, foot + 6)
    canvas.scale(1, 0.26)
    glow = radial((0, 0), 520, [fade(light.key, 0.34), fade(light.key, 0.10), fade(light.key, 0)])
    canvas.drawCircle(0, 0, 520, paint(shader=glow, mode=skia.BlendMode.kScreen))
    canvas.restore()
