"""A farm: a barn and a silo, a yard with fences, fields to the hills."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, mix, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool, spill
from reelwright.providers.sketch.sets.scenery.houses import PLASTER, SLATE, House, house
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

GRASS, YARD = ink("97a657"), ink("b8966a")
LINE = 508.0


def build(stage: Stage) -> None:
    """The barn on one hand, the farmhouse on the other, the yard where we stand."""
    site = Site(stage)
    site.sky()
    site.layer(0.08, lambda b: land.ridge(b, 424, 70, ink("8095a0")), name="hills")
    site.layer(0.25, _fields, name="fields")
    site.layer(0.5, _buildings, name="barn and house")
    site.lamps(_lamplight, depth=0.5)
    site.layer(0.85, _yard, name="yard")
    site.layer(0.95, _things, name="bales and fence")
    site.foreground(lambda b: frames.fringe(b, GRASS, tall=120))
    site.marks((-50, 655), (105, 645), (-195, 634), (225, 622), (15, 600))
    site.spots((-120, 674), (180, 672), (300, 650))


def _fields(brush: Brush) -> None:
    ground.plane(brush, 446, GRASS, edge=ground.rolling(brush, 448, 6))
    for i in range(3):
        y = 458 + i * 12
        color = (ink("c9b062"), ink("87a052"), ink("d0bc70"))[i]
        brush.shape(
            [*ground.rolling(brush, y, 3), (brush.stage.right, y + 8), (brush.stage.left, y + 8)],
            brush.flat(ground.snowed(brush, color)),
        )
    for x in range(-900, 1000, 150):
        trees.poplar(
            brush, x + brush.rng.uniform(-40, 40), 462, brush.rng.uniform(46, 80), shadow=False
        )


def _buildings(brush: Brush) -> None:
    ground.plane(brush, 492, GRASS)
    side = 1 if brush.stage.variant % 2 else -1
    m = brush.metre(LINE)
    x0, x1 = sorted((side * 330.0, side * 690.0))
    house(
        brush,
        House(
            x0,
            x1,
            LINE - 6,
            m * 0.8,
            4.6,
            mix(PLASTER, brush.dominant, 0.25),
            SLATE,
            brush.accent,
        ),
    )
    trees.broadleaf(brush, side * 800, LINE, 300)
    _silo(brush, -side * 70 - side * 20, LINE - 4, m)
    _barn(brush, -side * 300 * brush.spread, LINE, m)
    trees.broadleaf(brush, side * 240, LINE - 4, 190)
    _windmill(brush, -side * 640, LINE - 8, m)


def _barn(brush: Brush, x: float, y: float, m: float) -> None:
    red, half, wall = mix(ink("a0412f"), brush.accent, 0.15), 3.9 * m, 3.6 * m
    top, knee = y - 6.6 * m, y - 5.5 * m
    outline = [
        (x - half, y),
        (x - half, y - wall),
        (x - half * 0.62, knee),
        (x, top),
        (x + half * 0.62, knee),
        (x + half, y - wall),
        (x + half, y),
    ]
    brush.shape(outline, mix(brush.flat(red), brush.lit(red), 0.4))
    part = [(x, y), (x, top), *(outline[2::-1] if brush.side > 0 else outline[4:])]
    brush.shape(part, fade(brush.dark(red), 0.75))
    boards = skia.Path()
    for i in range(1, 20):
        at = x - half + i * half / 10
        boards.addRect(rect(at, y - wall, at + 1.3, y))
    brush.fill(boards, fade(brush.dark(red), 0.8))
    roof, thick = (SNOW if brush.snowy else SLATE), 0.4 * m
    for a, b in ((1, 2), (2, 3), (3, 4), (4, 5)):
        (ax, ay), (bx, by) = outline[a], outline[b]
        tone = brush.lit(roof) if (ax + bx) / 2 * brush.side > x * brush.side else brush.flat(roof)
        brush.shape(
            [
                (ax, ay),
                (bx, by),
                (bx, by - thick),
                (ax + (0.3 * m if a == 4 and b == 5 else 0), ay - thick),
            ],
            tone,
        )
    _barn_doors(brush, x, y, m, red)


def _barn_doors(brush: Brush, x: float, y: float, m: float, red: Color) -> None:
    white = brush.lit(ink("efe7d6"))
    brush.box(x - 1.5 * m, y - 3.0 * m, x + 1.5 * m, y, white)
    inside = brush.lamplit(0.6) if brush.light.lamps else brush.light.near
    brush.box(x - 1.3 * m, y - 2.8 * m, x - 0.05 * m, y, inside)
    brush.box(x + 0.05 * m, y - 2.8 * m, x + 1.3 * m, y, brush.flat(red))
    brush.line([(x + 0.1 * m, y - 0.1 * m), (x + 1.25 * m, y - 2.7 * m)], white, 0.12 * m)
    brush.box(x - 0.55 * m, y - 5.2 * m, x + 0.55 * m, y - 4.1 * m, white)
    brush.box(x - 0.43 * m, y - 5.1 * m, x + 0.43 * m, y - 4.1 * m, inside)


def _silo(brush: Brush, x: float, y: float, m: float) -> None:
    metal = ink("b9bfc2")
    brush.pillar(
        x,
        y,
        0.95 * m,
        0.95 * m,
        7.4 * m,
        metal,
        0.9 * m,
    )
    for i in range(1, 8):
        brush.box(
            x - 0.95 * m,
            y - i * 0.95 * m,
            x + 0.95 * m,
            y - i * 0.95 * m + 1.5,
            fade(brush.dark(metal), 0.6),
        )
    dome = skia.Path()
    dome.addArc(rect(x - 0.98 * m, y - 8.3 * m, x + 0.98 * m, y - 6.5 * m), 180, 180)
    brush.body(dome, SNOW if brush.snowy else ink("8e979c"), 0.7 * m)


def _windmill(brush: Brush, x: float, y: float, m: float) -> None:
    iron, hub = brush.dark(street.IRON), y - 9 * m
    for side in (-1, 1):
        brush.line([(x + side * 0.9 * m, y), (x + side * 0.1 * m, hub)], iron, 2.2)
    for i in range(1, 5):
        w = 0.9 * m * (1 - i / 5.4)
        brush.line([(x - w, y - i * 1.75 * m), (x + w, y - i * 1.75 * m)], iron, 1.6)
    blades = skia.Path()
    for i in range(12):
        a, b = i * 0.5236, i * 0.5236 + 0.3
        blades.addPath(
            polygon(
                [(x, hub)]
                + [(x + math.cos(t) * 1.35 * m, hub + math.sin(t) * 1.35 * m) for t in (a, b)]
            )
        )
    brush.fill(blades, brush.flat(ink("cfd2cf")))
    brush.shape(
        [(x + 0.1 * m, hub), (x + 2.0 * m, hub - 0.5 * m), (x + 2.0 * m, hub + 0.5 * m)],
        brush.flat(brush.accent),
    )


def _yard(brush: Brush) -> None:
    ground.plane(brush, 528, GRASS, edge=ground.rolling(brush, 530, 3))
    earth = ground.snowed(brush, YARD, 0.7)
    track = polygon([(-420, 530), (380, 530), (250, 590), (700, 900), (-760, 900), (-260, 600)])
    brush.slope(track, 530, 800, brush.flat(earth), brush.dark(earth))
    ground.patches(brush, 550, 780, 30, fade(brush.dark(YARD), 0.22))
    ground.grass(brush, 535, 600, 120, GRASS, 0.8)
    ground.puddles(brush, 560, 780)


def _things(brush: Brush) -> None:
    street.rail_fence(brush, brush.stage.left, -330, 612, brush.metre(612), street.WOOD)
    street.rail_fence(brush, 420, brush.stage.right, 600, brush.metre(600), street.WOOD)
    straw = ink("d6b45e")
    for x, y, r in ((330, 636, 62), (400, 626, 54), (-400, 656, 74)):
        brush.cast(x, y, r * 1.8, r * 1.6)
        bale = skia.Path()
        bale.addOval(rect(x - r, y - r * 1.85, x + r, y + r * 0.06))
        brush.body(bale, SNOW if brush.snowy else straw, r * 0.5)
        ring = skia.Path()
        for k in (0.72, 0.46, 0.2):
            ring.addOval(
                rect(x - r * k, y - r * (0.9 + k * 0.93), x + r * k, y - r * (0.9 - k * 0.93))
            )
        brush.canvas.drawPath(ring, paint(fade(brush.dark(straw), 0.6), stroke=2.4))
    ground.grass(brush, 600, 700, 60, GRASS, 1.2)


def _lamplight(brush: Brush) -> None:
    side = 1 if brush.stage.variant % 2 else -1
    x, m = -side * 300 * brush.spread, brush.metre(LINE)
    halo(brush, x, LINE - 3.4 * m, 2.4 * m, 0.6)
    pool(brush, x, LINE + 14, 5 * m, 0.3)
    spill(brush, x - 1.3 * m, x, LINE, 110, 0.4)


DESIGN = SetDesign(
    name="farm",
    words=listed(
        """
        farm, barn, farmyard, farmhouse, farm house, ranch, stable, stables, corral, silo,
        orchard, vineyard, barnyard, paddock, homestead, hacienda, chicken coop, pigsty,
        windmill, granary, dairy, cattle pen, horse pen, stockyard, ferme, bauernhof, rodeo,
        riding school, smokehouse, cotton field, ranch grounds, sheep pen, pig pen, horse barn
        """
    ),
    build=build,
    air="farm",
)
