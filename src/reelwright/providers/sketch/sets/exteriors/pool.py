"""A swimming pool: tiles, blue water with light in it, loungers, parasols, a white house behind a hedge."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, lighter, mix, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.houses import windows
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

TILE, WATER, WHITE = ink("d9cfbb"), ink("38b4c4"), ink("ece6da")
TOP, LOW = 508.0, 602.0  # the pool's far and near edge
LOUNGER = (-250.0, 650.0)


def build(stage: Stage) -> None:
    """Trees, the house, the hedge, the pool across the picture, the terrace we stand on."""
    site = Site(stage)
    site.sky()
    site.layer(0.08, lambda b: land.ridge(b, 420, 60, ink("8aa08e")), name="hills")
    site.layer(0.3, _palms, name="palms")
    site.layer(0.42, _house, name="house")
    site.layer(0.62, _terrace, name="terrace and pool")
    site.lamps(_lamplight, depth=0.62)
    site.layer(0.72, _parasols, name="parasols")
    site.layer(0.94, _loungers, name="lounger")
    site.foreground(lambda b: frames.bough(b, b.side))
    site.marks((40, 648), (180, 640), (-90, 636), (300, 634), (100, 622))
    site.seats((*LOUNGER, 0.36))
    site.spots((-140, 664), (240, 668), (90, 676))


def _palms(brush: Brush) -> None:
    for x, h in ((-470.0, 300.0), (-360.0, 250.0), (330.0, 280.0), (500.0, 330.0)):
        trees.palm(brush, x, 480, h)


def _house(brush: Brush) -> None:
    """A long flat house with wide panes, and a cut hedge before it."""
    y, m, wall = 486.0, 40.0, brush.unlit(mix(WHITE, brush.dominant, 0.15))
    for x0, x1, tall in ((-250.0, 420.0, 3.2), (-60.0, 250.0, 6.2)):
        top = y - tall * m
        brush.box(x0, top, x1, y, mix(brush.flat(wall), brush.lit(wall), 0.6))
        brush.box(x0 - 14, top - 12, x1 + 14, top + 2, brush.lit(SNOW if brush.snowy else wall))
        brush.box(x0, top + 2, x1, top + 12, brush.dark(wall))
    panes = [(x, y - 2.6 * m, x + 1.9 * m, y - 0.2 * m) for x in (-230.0, -140.0, 270.0)]
    panes += [(x, y - 5.6 * m, x + 1.7 * m, y - 3.9 * m) for x in (-40.0, 50.0, 150.0)]
    windows(brush, panes, m * 0.6)
    path = skia.Path()
    path.addRect(rect(-40, y - 2.7 * m, 230, y))
    if brush.light.lamps:
        brush.slope(path, y - 2.7 * m, y, brush.lamplit(1.0), brush.lamplit(0.6))
    else:
        brush.slope(path, y - 2.7 * m, y, brush.glass(), mix(brush.glass(), brush.light.near, 0.4))
    for x in (-40, 50, 140, 226):
        brush.box(x, y - 2.7 * m, x + 4, y, brush.dark(street.IRON))
    for a, b in ((brush.stage.left, -262), (432, brush.stage.right)):
        trees.hedge(brush, a, b, y + 4, 74)


def _quad(grow: float) -> "skia.Path":
    a, b = 300 + grow * 0.7, 470 + grow
    top, low = TOP - grow * 0.16, LOW + grow * 0.3
    return polygon([(-a, top), (a + 60, top), (b + 80, low), (-b, low)])


def _terrace(brush: Brush) -> None:
    ground.plane(brush, 484, TILE)
    ground.paving(brush, 490, brush.dark(TILE), wide=105, rows=9)
    brush.fill(_quad(26), brush.lit(ground.snowed(brush, lighter(TILE, 0.3))))
    water = _quad(0)
    brush.fill(water, brush.dark(TILE))
    light = brush.light
    glow = 0.55 if light.lamps else 0.0  # lamps under water
    far = mix(mix(brush.lit(WATER), light.sky[3], 0.3), WATER, glow)
    near = mix(mix(brush.flat(WATER), light.sky[1], 0.25), WATER, glow)
    brush.slope(water, TOP, LOW, far, near)
    canvas = brush.canvas
    canvas.save()
    canvas.clipPath(water, True)
    brush.box(-600, TOP, 600, TOP + 7, brush.dark(mix(WATER, TILE, 0.4)))
    _caustics(brush)
    canvas.restore()
    _ladder(brush)
    ground.puddles(brush, 615, 790, 9)


def _caustics(brush: Brush) -> None:
    """The net of light on the water."""
    rng, path = brush.rng, skia.Path()
    for _ in range(80):
        t = rng.random() ** 1.3
        y, w = TOP + 8 + (LOW - TOP - 8) * t, (9 + 40 * t) * rng.uniform(0.6, 1.3)
        x = rng.uniform(-560, 620)
        path.moveTo(x - w, y)
        path.quadTo(x - w * 0.3, y - 3 - 3 * t, x, y)
        path.quadTo(x + w * 0.3, y + 3 + 3 * t, x + w, y)
    tone = mix(brush.light.key, ink("ffffff"), 0.6)
    brush.canvas.drawPath(path, paint(fade(tone, 0.4 + 0.2 * brush.light.strength), stroke=2))


def _ladder(brush: Brush) -> None:
    path = skia.Path()
    for x in (404, 440):
        path.moveTo(x, LOW + 10)
        path.cubicTo(x, LOW - 62, x - 30, LOW - 62, x - 34, LOW - 4)
    brush.canvas.drawPath(path, paint(brush.lit(street.CHROME), stroke=4))


def _parasols(brush: Brush) -> None:
    for x, y, color in ((-410.0, 610.0, brush.accent), (470.0, 506.0, brush.secondary)):
        _parasol(brush, x * max(0.7, brush.spread), y, brush.metre(y), color)


def _parasol(brush: Brush, x: float, y: float, m: float, color: Color) -> None:
    brush.cast(x, y, 0.2 * m, 2.2 * m, 2.4 * m)
    brush.line([(x, y), (x, y - 2.3 * m)], brush.lit(WHITE), 0.06 * m)
    for i in range(6):
        a, b = math.sin((-1 + i / 3) * 1.57), math.sin((-1 + (i + 1) / 3) * 1.57)
        tone = SNOW if brush.snowy else color if i % 2 else WHITE
        face = brush.lit(tone) if (a + b) * brush.side > 0 else brush.flat(tone)
        low = y - 1.95 * m
        brush.shape([(x + a * 1.5 * m, low), (x, y - 2.6 * m), (x + b * 1.5 * m, low)], face)


def _loungers(brush: Brush) -> None:
    """A bed of slats with a towel, its back raised."""
    x, y = LOUNGER
    m = brush.metre(y)
    frame, cloth = brush.flat(WHITE), brush.lit(SNOW if brush.snowy else brush.accent)
    brush.cast(x, y, 1.9 * m, 0.4 * m)
    for dx in (-0.85, 0.75):
        brush.box(x + dx * m, y - 0.32 * m, x + (dx + 0.07) * m, y, frame)
    brush.box(x - 0.95 * m, y - 0.38 * m, x + 0.95 * m, y - 0.3 * m, frame)
    bed = [(-0.55, 0.46), (0.92, 0.46), (0.95, 0.37), (-0.6, 0.37)]
    brush.shape([(x + dx * m, y - up * m) for dx, up in bed], cloth)
    back = [(-0.55, 0.37), (-1.05, 0.86), (-1.12, 0.8), (-0.66, 0.34)]
    brush.shape([(x + dx * m, y - up * m) for dx, up in back], brush.flat(brush.accent))


def _lamplight(brush: Brush) -> None:
    canvas = brush.canvas
    canvas.save()
    canvas.clipPath(_quad(0), True)
    for x in (-260, 40, 330):
        pool(brush, x, 560, 250, 0.5, lighter(WATER, 0.4))
    canvas.restore()
    halo(brush, 60, TOP + 40, 420, 0.14, WATER)
    pool(brush, 90, 500, 260, 0.3)


DESIGN = SetDesign(
    name="pool",
    words=listed(
        """
        pool, swimming pool, poolside, pool area, pool deck, hotel pool, motel pool, deck pool, lido,
        diving board, diving platform, jacuzzi, hot tub, water park, wave pool, pool house, cabana,
        piscine, schwimmbad, piscina
        """
    ),
    build=build,
    air="garden",
)
