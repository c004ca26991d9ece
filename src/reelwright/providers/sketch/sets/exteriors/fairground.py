"""A fairground: the big wheel, striped tents, booths, strings of bulbs, trodden grass."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import (
    Color,
    Point,
    fade,
    ink,
    lighter,
    mix,
    paint,
    polygon,
    rect,
)
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

EARTH, CREAM = ink("b59f72"), ink("f1e6cd")
WHEEL = (238.0, 238.0, 176.0)  # across (on the key's far side), down, radius
BOOTHS = ((-330.0, 560.0), (345.0, 574.0))


def build(stage: Stage) -> None:
    """The wheel over the tents, booths on both hands, bulbs over our heads."""
    site = Site(stage)
    site.sky()
    site.layer(0.1, lambda b: trees.treeline(b, 444, 60), name="trees")
    site.layer(0.24, _wheel, name="big wheel")
    site.lamps(_wheel_light, depth=0.24)
    site.layer(0.42, _tents, name="tents")
    site.layer(0.58, _ground, name="ground")
    site.layer(0.8, _booths, name="booths")
    site.layer(0.96, _bulbs, name="bulbs")
    site.lamps(_lamplight)
    site.foreground(lambda b: frames.post(b, -b.side, 26))
    site.marks((-50, 652), (100, 644), (-180, 636), (205, 632), (20, 612))
    site.spots((-220, 668), (250, 670), (50, 686))


def _centre(brush: Brush) -> Point:
    return -brush.side * WHEEL[0] * brush.spread, WHEEL[1]


def _wheel(brush: Brush) -> None:
    (x, y), r = _centre(brush), WHEEL[2]
    iron = mix(brush.flat(street.CHROME), brush.flat(brush.unlit(brush.accent)), 0.35)
    legs = skia.Path()
    for side in (-1, 1):
        legs.moveTo(x, y)
        legs.lineTo(x + side * 96, 470)
    brush.canvas.drawPath(legs, paint(brush.dark(street.IRON), stroke=9))
    spokes, turn = skia.Path(), brush.rng.uniform(0, 0.4)
    rim = [(x + r * math.cos(a), y + r * math.sin(a)) for a in _angles(turn)]
    for point in rim:
        spokes.moveTo(x, y)
        spokes.lineTo(*point)
    brush.canvas.drawPath(spokes, paint(iron, stroke=2))
    for size, stroke in ((1.0, 5.0), (0.9, 2.5), (0.4, 2.0)):
        brush.canvas.drawCircle(x, y, r * size, paint(iron, stroke=stroke))
    for i, (px, py) in enumerate(rim):
        tone = (brush.accent, CREAM, brush.secondary)[i % 3]
        cabin = polygon(
            [(px - 12, py + 8), (px + 12, py + 8), (px + 9, py + 26), (px - 9, py + 26)]
        )
        brush.body(cabin, tone, 8)
        brush.shape([(px - 14, py + 8), (px, py - 2), (px + 14, py + 8)], brush.flat(tone))
    brush.oval(x - 13, y - 13, x + 13, y + 13, brush.lit(brush.accent))


def _angles(turn: float) -> list[float]:
    return [turn + i * math.tau / 16 for i in range(16)]


def _tents(brush: Brush) -> None:
    colors = (brush.accent, ink("b5483c"), brush.secondary)
    _tent(brush, -brush.side * -190 * brush.spread, 492, 230, 190, colors[0])
    for i, x in enumerate((-560.0, -330.0, 20.0, 470.0)):
        _tent(brush, x, 486 + 4 * (i % 2), 120 + 16 * (i % 3), 96, colors[(i + 1) % 3])


def _tent(brush: Brush, x: float, y: float, half: float, tall: float, color: Color) -> None:
    """A round tent: striped wall, striped roof that hangs from the pole, a pennant."""
    eaves, stripes = y - tall * 0.42, 10
    peak = y - tall * 1.3
    for i in range(stripes):
        a, b = (-1 + 2 * i / stripes), (-1 + 2 * (i + 1) / stripes)
        tone = color if i % 2 else CREAM
        toward = (a + b) / 2 * brush.side
        face = mix(brush.dark(brush.unlit(tone)), brush.lit(tone), 0.5 + 0.5 * toward)
        x0, x1 = x + math.sin(a * 1.57) * half, x + math.sin(b * 1.57) * half
        brush.box(x0 * 1.0, eaves, x1, y, mix(face, brush.dark(tone), 0.25))
        roof = skia.Path()
        roof.moveTo(x, peak)
        roof.quadTo(x + (x0 - x) * 0.35, eaves - tall * 0.32, x0 + (x0 - x) * 0.06, eaves)
        roof.lineTo(x1 + (x1 - x) * 0.06, eaves)
        roof.quadTo(x + (x1 - x) * 0.35, eaves - tall * 0.32, x, peak)
        brush.fill(roof, mix(face, brush.lit(SNOW), 0.6) if brush.snowy else face)
    edge = skia.Path()
    for i in range(14):
        at = x - half * 1.06 + i * half * 2.12 / 14
        edge.addOval(rect(at, eaves - 5, at + half * 0.152, eaves + 10))
    brush.fill(edge, brush.flat(color))
    street.flag(brush, x, peak, 34, 36, color)


def _ground(brush: Brush) -> None:
    ground.plane(brush, 484, EARTH)
    ground.patches(brush, 500, 780, 26, fade(brush.flat(ink("8c9a58")), 0.7))
    ground.grass(brush, 500, 790, 220, ink("8c9a58"), 0.7)
    ground.pebbles(brush, 560, 790, 50, ink("d6c9a6"))
    ground.puddles(brush, 520, 790)


def _booths(brush: Brush) -> None:
    for (x, y), color in zip(BOOTHS, (brush.secondary, brush.accent), strict=True):
        _booth(brush, x * max(0.72, brush.spread), y, brush.metre(y), color)


def _booth(brush: Brush, x: float, y: float, m: float, color: Color) -> None:
    """A counter, prizes in rows behind it, a striped awning."""
    half, dark = 1.5 * m, brush.dark(street.WOOD)
    brush.cast(x, y, 3.0 * m, 1.4 * m)
    inner = brush.lamplit(0.7) if brush.light.lamps else brush.dark(lighter(color, 0.2))
    brush.box(x - half, y - 2.3 * m, x + half, y, inner)
    for row, up in enumerate((1.3, 1.75)):
        brush.box(x - half, y - up * m, x + half, y - (up - 0.05) * m, dark)
        for i in range(6):
            px = x - half + (0.25 + 0.5 * i) * m
            tone = (ink("e9b9a0"), CREAM, ink("8fb0c8"), brush.accent)[(i + row) % 4]
            brush.oval(
                px - 0.13 * m, y - (up + 0.3) * m, px + 0.13 * m, y - up * m, brush.lit(tone)
            )
    brush.box(x - half - 0.1 * m, y - 0.95 * m, x + half + 0.1 * m, y, brush.flat(color))
    brush.box(
        x - half - 0.15 * m, y - 1.05 * m, x + half + 0.15 * m, y - 0.93 * m, brush.lit(CREAM)
    )
    for side in (-1, 1):
        brush.box(x + side * half - 0.06 * m, y - 2.4 * m, x + side * half + 0.06 * m, y, dark)
    for i in range(8):
        a, b = x - 1.75 * m + i * 0.4375 * m, x - 1.75 * m + (i + 1) * 0.4375 * m
        tone = SNOW if brush.snowy else color if i % 2 else CREAM
        top = [(x + (a - x) * 0.75, y - 2.9 * m), (x + (b - x) * 0.75, y - 2.9 * m)]
        brush.shape(
            [*top, (b, y - 2.25 * m), ((a + b) / 2, y - 2.1 * m), (a, y - 2.25 * m)],
            brush.lit(tone),
        )


def _strings(brush: Brush) -> list[list[Point]]:
    """Two lines of bulbs that hang from border to border."""
    stage = brush.stage
    lines: list[list[Point]] = []
    for high, sag in ((96.0, 92.0), (30.0, 120.0)):
        count = int(stage.width / 44)
        span = range(-count // 2 - 3, count // 2 + 4)
        lines.append([(i * 44.0, high + sag * (1 - abs(math.sin(i * 0.24)))) for i in span])
    return lines


def _bulbs(brush: Brush) -> None:
    bulbs = skia.Path()
    for line in _strings(brush):
        brush.line(line, brush.dark(street.IRON), 2)
        for x, y in line:
            bulbs.addOval(rect(x - 5, y + 2, x + 5, y + 16))
    brush.fill(bulbs, ink("ffe2a4") if brush.light.lamps else brush.lit(CREAM))


def _wheel_light(brush: Brush) -> None:
    x, y = _centre(brush)
    points = skia.Path()
    for a in _angles(0.0):
        for size in (1.0, 0.7, 0.4):
            px, py = x + WHEEL[2] * size * math.cos(a), y + WHEEL[2] * size * math.sin(a)
            points.addOval(rect(px - 3.4, py - 3.4, px + 3.4, py + 3.4))
    brush.fill(points, mix(brush.light.lamp, brush.stage.palette.accent, 0.25))
    halo(brush, x, y, WHEEL[2] * 1.5, 0.2, brush.stage.palette.accent)


def _lamplight(brush: Brush) -> None:
    for line in _strings(brush):
        for x, y in line:
            brush.canvas.drawCircle(x, y + 9, 15, paint(fade(brush.light.lamp, 0.22)))
    for x, y in BOOTHS:
        pool(brush, x * max(0.72, brush.spread), y + 20, 240, 0.36)
    pool(brush, 10, 642, 380, 0.32)
    if brush.wet:
        streaks = [(x * 0.9, y + 6, 34.0, brush.light.lamp) for x, y in BOOTHS]
        ground.mirror(brush, [*streaks, (30, 560, 26, brush.stage.palette.accent)], 150)


DESIGN = SetDesign(
    name="fairground",
    words=listed(
        """
        fair, fairground, fairgrounds, carnival, circus, circus tent, circus grounds, amusement
        park, theme park, county fair, state fair, world fair, funfair, midway, big top, ferris
        wheel, carousel, merry go round, roller coaster, freak show, sideshow, luna park,
        boardwalk, amusement pier, santa monica pier, coney island, fun house, funhouse, tunnel
        of love, bumper cars, jahrmarkt, fete foraine, feria, fair grounds, carnival grounds
        """
    ),
    build=build,
    air="fair",
)
