"""A garden behind a house: terrace, table, flower beds, fence, a tree with a swing, string lights."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, spill
from reelwright.providers.sketch.sets.scenery.houses import PLASTER, TILE, House, house
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

LAWN = ink("86ad5a")
LINE = 498.0


def build(stage: Stage) -> None:
    """The house on one hand, the great tree on the other, lawn and beds between."""
    site = Site(stage)
    site.sky()
    site.layer(0.12, lambda b: trees.treeline(b, 440, 110, ink("729a66")), name="trees behind")
    site.layer(0.35, _fence, name="neighbours and fence")
    site.layer(0.55, _house, name="house")
    site.layer(0.82, _lawn, name="lawn")
    site.layer(0.92, _things, name="tree and table")
    site.lamps(_lamplight)
    site.foreground(_leaves)
    site.marks((-30, 655), (120, 645), (-175, 636), (225, 630), (30, 604))
    site.seats((265, 640, 0.45))
    site.spots((-100, 674), (180, 674), (310, 655))


def _side(brush: Brush) -> int:
    return 1 if brush.stage.variant % 2 else -1


def _fence(brush: Brush) -> None:
    ground.plane(brush, 450, LAWN)
    m = 26.0
    x0, x1 = sorted((-_side(brush) * 240.0, -_side(brush) * 520.0))
    house(brush, House(x0, x1, 470, m, 4.6, ink("b9b3a6"), TILE))
    boards, y, tall = skia.Path(), 496.0, 74.0
    x = brush.stage.left
    while x < brush.stage.right:
        boards.addRect(rect(x, y - tall - brush.rng.uniform(0, 3), x + 15, y))
        x += 17
    brush.box(brush.stage.left, y - tall + 8, brush.stage.right, y, brush.dark(street.WOOD))
    brush.fill(boards, mix(brush.flat(street.WOOD), brush.lit(street.WOOD), 0.4))
    brush.box(
        brush.stage.left,
        y - tall - 5,
        brush.stage.right,
        y - tall + 2,
        brush.lit(SNOW if brush.snowy else street.WOOD),
    )
    for at in (-700, -330, -80, 150, 420, 760):
        trees.bush(brush, at + brush.rng.uniform(-30, 30), y + 10, brush.rng.uniform(90, 140))


def _house(brush: Brush) -> None:
    side, m = _side(brush), brush.metre(LINE + 20)
    ground.plane(brush, 490, LAWN)
    x0, x1 = sorted((side * 250, side * 900))
    house(
        brush,
        House(x0, x1, LINE + 20, m, 5.0, mix(PLASTER, brush.dominant, 0.3), TILE, brush.accent),
    )
    terrace = ground.snowed(brush, ink("b9a58c"), 0.7)
    brush.slope(
        polygon(
            [
                (side * 190, LINE + 20),
                (side * 940, LINE + 20),
                (side * 1100, 580),
                (side * 140, 580),
            ]
        ),
        515,
        600,
        brush.lit(terrace),
        brush.flat(terrace),
    )
    for x in (side * 300, side * 560):
        brush.pillar(x, 540, 20, 26, 540 - 506, ink("b0643f"), 14)
        trees.bush(brush, x, 510, 66)


def _lawn(brush: Brush) -> None:
    ground.plane(brush, 560, LAWN, edge=ground.rolling(brush, 564, 3))
    stripes = skia.Path()
    for i in range(-9, 10, 2):
        stripes.addPath(
            polygon([(i * 70, 560), (i * 70 + 70, 560), (i * 260 + 260, 880), (i * 260, 880)])
        )
    if not brush.snowy:
        brush.fill(stripes, fade(brush.lit(LAWN), 0.2))
    ground.grass(brush, 568, 790, 420, LAWN)
    steps = skia.Path()
    side = _side(brush)
    for i in range(7):
        t = i / 6
        x, y, w = side * (230 - 190 * t), 572 + 130 * t * t, 24 + 34 * t
        steps.addOval(rect(x - w, y - w * 0.22, x + w, y + w * 0.22))
    brush.fill(steps, brush.flat(ground.snowed(brush, street.CONCRETE, 0.5)))
    if not brush.snowy:
        _beds(brush, -side)


def _beds(brush: Brush, side: int) -> None:
    x0, x1 = sorted((side * 300, side * 980))
    brush.oval(x0, 566, x1, 604, brush.dark(ink("5a4632")))
    for tone, count in (
        (ink("6f9a4c"), 60),
        (brush.accent, 26),
        (ink("f2dc8c"), 20),
        (ink("e9e2ee"), 16),
    ):
        heads = skia.Path()
        for _ in range(count):
            x, y = brush.rng.uniform(x0 + 30, x1 - 30), brush.rng.uniform(550, 592)
            heads.addCircle(x, y, brush.rng.uniform(4, 9))
        brush.fill(heads, brush.lit(tone, 0.7))


def _things(brush: Brush) -> None:
    side = _side(brush)
    trees.broadleaf(brush, -side * 400, 622, 520)
    if not brush.snowy:
        for x in (-side * 318, -side * 282):
            brush.line([(x, 330), (x, 590)], brush.dark(street.WOOD), 2)
        brush.box(-side * 300 - 26, 590, -side * 300 + 26, 597, brush.flat(brush.accent))
    m, x, y = brush.metre(640), side * 300, 640
    brush.cast(x, y, 1.3 * m, 0.75 * m)
    for dx in (-0.5, 0.5):
        brush.line([(x + dx * m, y), (x - dx * 0.4 * m, y - 0.72 * m)], brush.dark(street.WOOD), 6)
    brush.oval(
        x - 0.72 * m,
        y - 0.84 * m,
        x + 0.72 * m,
        y - 0.66 * m,
        brush.lit(SNOW if brush.snowy else ink("e9e0d0")),
    )
    for at in (-1.15, 1.15):
        cx = x + at * m
        brush.cast(cx, y, 0.4 * m, 0.8 * m)
        brush.box(cx - 0.24 * m, y - 0.5 * m, cx + 0.24 * m, y - 0.42 * m, brush.lit(street.WOOD))
        back = cx + (0.22 if at > 0 else -0.22) * m
        for leg in (-0.2, 0.2):
            brush.box(cx + leg * m - 3, y - 0.45 * m, cx + leg * m + 3, y, brush.dark(street.WOOD))
        brush.box(back - 4, y - 0.98 * m, back + 4, y - 0.42 * m, brush.flat(street.WOOD))
    trees.bush(brush, side * 560, 668, 170)
    _string(brush)


def _bulbs(brush: Brush) -> list[tuple[float, float]]:
    side = _side(brush)
    a, b = -side * 390.0, side * 420.0
    return [
        (a + (b - a) * i / 14, 250 + 60 * (1 - (2 * i / 14 - 1) ** 2) + 20 * i / 14)
        for i in range(15)
    ]


def _string(brush: Brush) -> None:
    points = _bulbs(brush)
    brush.line(points, brush.dark(street.IRON), 1.6)
    bulbs = skia.Path()
    for x, y in points:
        bulbs.addCircle(x, y + 5, 4)
    brush.fill(bulbs, brush.light.lamp if brush.light.lamps else brush.lit(ink("efe6cf")))


def _lamplight(brush: Brush) -> None:
    for x, y in _bulbs(brush):
        halo(brush, x, y + 5, 34, 0.6)
    side = _side(brush)
    x0, x1 = sorted((side * 330.0, side * 420.0))
    spill(brush, x0, x1, 520, 90, 0.3)


def _leaves(brush: Brush) -> None:
    frames.fringe(brush, LAWN, tall=110, count=60)
    frames.bough(brush, _side(brush), trees.LEAF, reach=160)


DESIGN = SetDesign(
    name="garden",
    words=listed(
        """
        garden, backyard, back yard, yard, patio, terrace garden, greenhouse, treehouse, tree
        house, barbecue, veranda, courtyard, lawn party, grounds behind, back garden, rear
        garden, rose garden, gazebo, arbor, conservatory, kitchen garden, jardin, garten, deck
        chair, back porch, yards, rear yard, beer garden, cloister, quad
        """
    ),
    build=build,
    air="garden",
)
