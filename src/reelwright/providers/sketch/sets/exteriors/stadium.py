"""A sports ground: turf with lines, goal posts, stands full of people, floodlights, a score board."""

import itertools

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, mix, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

TURF, CHALK, SEATS = ink("6f9f4e"), ink("f2efe4"), ink("7b8794")
MASTS = (-520.0, -190.0, 250.0, 560.0)


def build(stage: Stage) -> None:
    """Stands under the sky, then the field, its line and its goal."""
    site = Site(stage)
    site.sky()
    site.layer(0.1, lambda b: trees.treeline(b, 420, 60), name="trees")
    site.layer(0.26, _masts, name="floodlights")
    site.layer(0.4, _stands, name="stands")
    site.layer(0.6, _field, name="field")
    site.layer(0.74, _goal, name="goal")
    site.layer(0.92, _bench, name="bench and flags")
    site.lamps(_lamplight, depth=0.3)
    site.lamps(_pools)
    site.foreground(lambda b: frames.post(b, -b.side, 24))
    site.marks((-50, 655), (110, 645), (-190, 640), (230, 636), (30, 616))
    site.spots((-130, 672), (190, 676), (60, 690))


def _masts(brush: Brush) -> None:
    for x in MASTS:
        brush.line([(x, 460), (x, 150)], brush.dark(street.IRON), 6)
        brush.box(x - 42, 112, x + 42, 156, brush.dark(street.IRON))
        bulbs = skia.Path()
        for i in range(10):
            cx, cy = x - 32 + 16 * (i % 5), 124 + 20 * (i // 5)
            bulbs.addOval(rect(cx - 6, cy - 6, cx + 6, cy + 6))
        brush.fill(bulbs, ink("fff6dc") if brush.light.lamps else brush.lit(ink("d8dcd8")))


def _stands(brush: Brush) -> None:
    """Rising rows with a roof; spots of colour are the crowd."""
    stage, rng = brush.stage, brush.rng
    seats = brush.unlit(mix(SEATS, brush.secondary, 0.4))
    brush.box(stage.left, 296, stage.right, 470, brush.dark(seats))
    rows = skia.Path()
    for i in range(9):
        y = 318 + i * 15
        rows.addRect(rect(stage.left, y, stage.right, y + 5 + i * 0.4))
    brush.fill(rows, brush.flat(seats))
    tones: tuple[Color, ...] = (brush.accent, ink("e8dfd0"), brush.dominant, ink("3f4a58"))
    for tone in tones:
        crowd = skia.Path()
        for _ in range(150):
            x, row = rng.uniform(stage.left, stage.right), rng.randrange(9)
            y, size = 318 + row * 15, 4.2 + row * 0.25
            crowd.addOval(rect(x - size * 0.6, y - size * 2, x + size * 0.6, y - size * 0.8))
            crowd.addRoundRect(rect(x - size, y - size, x + size, y + size), 3, 3)
        brush.fill(crowd, brush.flat(brush.unlit(tone)))
    roof = polygon([(stage.left, 262), (stage.right, 262), (stage.right, 296), (stage.left, 296)])
    brush.slope(roof, 262, 296, brush.lit(street.CONCRETE), brush.dark(street.CONCRETE))
    stairs = skia.Path()
    x = stage.left
    while x < stage.right:
        stairs.addRect(rect(x, 296, x + 9, 456))
        x += 170
    brush.fill(stairs, brush.dark(street.CONCRETE))
    for i, x in enumerate(range(int(stage.left), int(stage.right), 92)):
        tone = (brush.accent, ink("efeadd"), brush.secondary)[i % 3]
        brush.box(x, 446, x + 90, 474, mix(brush.flat(tone), brush.lit(tone), 0.4))
    _board(brush)


def _board(brush: Brush) -> None:
    x = brush.side * -250 * brush.spread
    brush.box(x - 96, 190, x + 96, 262, brush.dark(street.IRON))
    bright = ink("ffb648") if brush.light.lamps else brush.lit(ink("d9b25a"))
    for dx in (-62, -30, 34, 64):
        brush.box(x + dx - 10, 206, x + dx + 10, 244, bright)
    brush.box(x - 4, 214, x + 4, 222, bright)
    brush.box(x - 4, 230, x + 4, 238, bright)


def _field(brush: Brush) -> None:
    ground.plane(brush, 468, TURF)
    stage = brush.stage
    bands = skia.Path()
    edges = [474, 484, 498, 517, 544, 582, 636, 712, 900]
    for top, low in list(itertools.pairwise(edges))[::2]:
        bands.addRect(rect(stage.left, top, stage.right, low))
    brush.fill(bands, fade(brush.lit(TURF), 0.28))
    chalk = fade(brush.lit(CHALK), 0.25 if brush.snowy else 0.9)
    brush.box(stage.left, 488, stage.right, 490.5, chalk)
    brush.line([(40, 488), (-760, 900)], chalk, 6)
    brush.line([(420, 488), (1100, 700)], chalk, 4)
    circle = paint(chalk, stroke=3.5)
    brush.canvas.drawOval(rect(-170, 514, 290, 566), circle)
    ground.grass(brush, 560, 800, 240, TURF, 0.7)
    ground.puddles(brush, 520, 790)


def _goal(brush: Brush) -> None:
    x, y, m = brush.side * 330 * brush.spread, 520.0, brush.metre(520)
    white, net = brush.lit(CHALK), skia.Path()
    half, tall = 3.0 * m, 2.44 * m
    for i in range(1, 14):
        net.moveTo(x - half + i * half / 7, y - tall)
        net.lineTo(x - half * 0.9 + i * half * 0.9 / 7, y - 0.2 * m)
    for i in range(1, 6):
        net.moveTo(x - half, y - tall + i * tall / 6)
        net.lineTo(x + half, y - tall + i * tall / 6)
    brush.canvas.drawPath(net, paint(fade(white, 0.35), stroke=1.2))
    frame = [(x - half, y), (x - half, y - tall), (x + half, y - tall), (x + half, y)]
    brush.line(frame, white, 0.13 * m)
    brush.contact(x - half, y, 12)
    brush.contact(x + half, y, 12)


def _bench(brush: Brush) -> None:
    m = brush.metre(606)
    street.bench(brush, -brush.side * 330 * brush.spread, 606, m)
    x = brush.side * 300 * brush.spread
    brush.cast(x, 640, 6, 150)
    brush.line([(x, 640), (x, 500)], brush.lit(CHALK), 5)
    brush.shape([(x + 2, 500), (x + 60, 514), (x + 2, 536)], brush.lit(brush.accent))


def _lamplight(brush: Brush) -> None:
    for x in MASTS:
        halo(brush, x, 134, 190, 0.6, ink("fff0cf"))


def _pools(brush: Brush) -> None:
    pool(brush, 20, 640, 520, 0.3, ink("fff0cf"))


DESIGN = SetDesign(
    name="stadium",
    words=listed(
        """
        stadium, arena, coliseum, football field, football stadium, soccer field, soccer stadium,
        baseball field, baseball stadium, ballpark, ball park, ball field, ballfield, softball field,
        baseball diamond, athletic field, playing field, practice field, race track, racetrack,
        running track, track and field, bleachers, grandstand, dugout, pitcher mound, end zone, sideline,
        sidelines, rugby field, cricket ground, cricket pitch, football pitch, soccer pitch, sports field,
        hippodrome, velodrome, speedway, polo field, high school football field, estadio, stade, stadion
        """
    ),
    build=build,
    air="crowd",
)
