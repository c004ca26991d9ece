"""Inserts: one thing alone, large, resting on something."""

import random

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Setting, Size
from reelwright.film.picture import Picture
from reelwright.ground.digests import draw
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint, radial
from reelwright.providers.sketch.light import Light
from reelwright.providers.sketch.plates import Piece
from reelwright.providers.sketch.props.table import choose_prop
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Palette, PropDesign, Stage

_ADULT = 1.75  # metres
_TABLE_HOLDS = 0.7  # metres
_FLAMES = {"candle": 84.0, "lantern": 45.0, "fire": 35.0}  # how high they burn, in a prop's units
_LYING = 5.6  # frame units in one of a prop's, seen from above
_BOARD = 148.0  # the width of a table's board seen from above


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
    """The thing alone, large: on a table, on the ground, or seen from above where it lies."""
    seed = draw("insert", stage.place.location, design.name)
    if design.flat:
        return [
            Piece(1.0, lambda canvas: _surface(canvas, stage, light)),
            Piece(1.0, lambda canvas: _lying(canvas, design, stage, light, seed)),
        ]
    foot, size = _stand(design, stage)

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


def flame_pieces(design: PropDesign, stage: Stage) -> list[Piece]:
    """The light around the flame of what burns; nothing for what does not."""
    if design.name not in _FLAMES:
        return []
    foot, size = _stand(design, stage)
    y, reach = foot - _FLAMES[design.name] * size, 62 * size
    warm = ink("ffae5c")

    def light(canvas: "skia.Canvas") -> None:
        tones = [fade(warm, 0.55), fade(warm, 0.2), fade(warm, 0)]
        glow = radial((0, y), reach, tones, [0, 0.35, 1])
        canvas.drawCircle(0, y, reach, paint(shader=glow))

    return [Piece(1.0, light)]


def _stand(design: PropDesign, stage: Stage) -> tuple[float, float]:
    """Where an insert's thing stands, and how many frame units one of its own is."""
    if large(design):
        return 650.0, min(5.6 * design.height / _ADULT, 6.0, 0.0085 * stage.width)
    return 560.0, 4.6 * (0.55 + 0.45 * min(1.0, stage.width / FRAME_HEIGHT))


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


def _surface(canvas: "skia.Canvas", stage: Stage, light: Light) -> None:
    """What a thing lies on, filling the frame: boards of a table, or the ground of the place."""
    inside = stage.place.setting is Setting.INT
    base = (
        mix(stage.palette.secondary, 0xFF93623A, 0.6)
        if inside
        else mix(stage.palette.dominant, 0xFF7A756C, 0.72)
    )
    rng = random.Random(draw("grain", stage.place.location))
    tone = mix(light.lit(base), light.dark(base), 0.4)
    canvas.drawRect(stage.everything, paint(tone))
    (_boards if inside else _gravel)(canvas, stage, light, base, rng)
    ends = (light.side * 0.42 * stage.width, -40.0), (-light.side * 0.42 * stage.width, 760.0)
    shade = [
        fade(light.key, 0.34),
        fade(light.key, 0),
        fade(light.near, 0.10),
        fade(light.near, 0.5),
    ]
    canvas.drawRect(stage.everything, paint(shader=linear(*ends, shade, [0, 0.45, 0.6, 1])))


def _boards(
    canvas: "skia.Canvas", stage: Stage, light: Light, base: Color, rng: random.Random
) -> None:
    canvas.save()
    canvas.rotate(-7, 0, FRAME_HEIGHT / 2)
    grain, gap = fade(light.dark(base), 0.26), paint(fade(light.near, 0.5), stroke=3.2)
    edge = paint(fade(light.lit(base), 0.28), stroke=2.0)
    y = stage.top - _BOARD
    while y < stage.bottom + _BOARD:
        tone = mix(light.lit(base), light.dark(base), rng.uniform(0.1, 0.5))
        board = skia.Rect(stage.left - 80, y, stage.right + 80, y + _BOARD)
        canvas.drawRect(board, paint(fade(tone, 0.55)))
        for _ in range(9):
            x, at = rng.uniform(stage.left, stage.right), y + rng.uniform(10, _BOARD - 10)
            far, bow = x + rng.uniform(160, 520), rng.uniform(-7, 7)
            line = skia.Path()
            line.moveTo(x, at)
            line.quadTo((x + far) / 2, at + bow, far, at)
            canvas.drawPath(line, paint(grain, stroke=rng.uniform(1.0, 2.6)))
        canvas.drawLine(stage.left - 80, y, stage.right + 80, y, gap)
        canvas.drawLine(stage.left - 80, y + 3, stage.right + 80, y + 3, edge)
        y += _BOARD
    canvas.restore()


def _gravel(
    canvas: "skia.Canvas", stage: Stage, light: Light, base: Color, rng: random.Random
) -> None:
    for _ in range(round(0.13 * stage.width)):
        x, y = rng.uniform(stage.left, stage.right), rng.uniform(stage.top, stage.bottom)
        wide = rng.uniform(3, 15)
        high = wide * rng.uniform(0.5, 0.8)
        tone = mix(light.lit(base), light.dark(base), rng.random())
        stone = skia.Rect(x - wide, y - high, x + wide, y + high)
        canvas.drawOval(
            stone.makeOffset(-light.side * 0.3 * wide, 0.4 * high), paint(fade(light.near, 0.3))
        )
        canvas.drawOval(stone, paint(fade(tone, 0.75)))


def _lying(
    canvas: "skia.Canvas", design: PropDesign, stage: Stage, light: Light, seed: int
) -> None:
    """The thing as it was put down, a little askew, its shadow close to it on the side away from the key."""
    size = _LYING * min(1.0, 0.35 + 0.65 * stage.width / 1280)
    shadow = skia.ImageFilters.DropShadow(
        -light.side * 15, 17, 9, 9, fade(mix(light.near, 0xFF000000, 0.5), 0.6)
    )
    canvas.save()
    canvas.translate(0, FRAME_HEIGHT / 2)
    reach = 90 * size
    canvas.saveLayer(skia.Rect(-reach, -reach, reach, reach), skia.Paint(ImageFilter=shadow))
    canvas.rotate(8 + seed % 15)
    canvas.scale(size, size)
    canvas.translate(0, 50)
    design.draw(canvas, light, stage.palette, random.Random(seed))
    canvas.restore()
    canvas.restore()
