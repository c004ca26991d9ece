"""A quiet street: a row of town houses, trees, a parked car. The plain exterior."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.houses import BRICK, PLASTER, STONE, row
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

LINE = 500.0
LAMPS = (-460.0, 250.0, 880.0)


def build(stage: Stage) -> None:
    """Houses over the way, the road between, we stand on the near pavement."""
    site = Site(stage)
    site.sky()
    site.layer(0.12, lambda b: trees.treeline(b, 330, 90, ink("78987a")), name="hill wood")
    site.layer(0.3, _behind, name="roofs behind")
    site.layer(0.52, _houses, name="houses")
    site.layer(0.66, _road, name="road")
    site.lamps(_lamplight, depth=0.66)
    site.layer(0.78, _cars, name="cars")
    site.layer(0.9, _pavement, name="pavement")
    site.foreground(lambda b: frames.bough(b, b.side, trees.LEAF))
    site.marks((-60, 662), (100, 652), (-205, 645), (225, 640), (20, 632))
    site.spots((-130, 676), (170, 676), (300, 660))


def _behind(brush: Brush) -> None:
    row(brush, 470, 34.0, [ink("b9a58e"), ink("a6a9a4"), BRICK])


def _houses(brush: Brush) -> None:
    m = brush.metre(LINE)
    row(brush, LINE, m, [PLASTER, mix(PLASTER, brush.dominant, 0.45), BRICK, STONE, ink("c9b48f")])
    walk = ground.snowed(brush, street.CONCRETE, 0.7)
    brush.box(brush.stage.left, LINE, brush.stage.right, 560, brush.flat(walk))
    for x in (-720, -210, 470, 960):
        trees.broadleaf(
            brush, x + brush.rng.uniform(-30, 30), LINE + 12, brush.rng.uniform(230, 290)
        )
    for x in (-330, 60, 330):
        trees.bush(brush, x, LINE + 6, 62)


def _road(brush: Brush) -> None:
    ground.plane(brush, 528, street.ASPHALT)
    brush.box(
        brush.stage.left,
        522,
        brush.stage.right,
        531,
        brush.lit(ground.snowed(brush, street.CONCRETE)),
    )
    stripe, x = skia.Path(), brush.stage.left
    while x < brush.stage.right:
        stripe.addPath(polygon([(x, 574), (x + 92, 574), (x + 88, 582), (x - 6, 582)]))
        x += 190
    brush.fill(stripe, fade(brush.flat(ink("e8e2cf")), 0.25 if brush.snowy else 0.7))
    for x in LAMPS:
        street.lamp(brush, x, 526, brush.metre(526), arm=-1)
    ground.puddles(brush, 540, 640, 10)


def _cars(brush: Brush) -> None:
    street.car(brush, -330, 562, brush.metre(562), brush.secondary, facing=1)
    street.car(
        brush, 420, 562, brush.metre(562), brush.accent, facing=1 if brush.stage.variant % 2 else -1
    )


def _pavement(brush: Brush) -> None:
    slab = street.CONCRETE
    ground.plane(brush, 618, slab)
    brush.box(brush.stage.left, 614, brush.stage.right, 623, brush.lit(ground.snowed(brush, slab)))
    brush.box(brush.stage.left, 623, brush.stage.right, 626, brush.dark(slab))
    ground.paving(brush, 626, brush.dark(slab), x=40, wide=170, rows=4)
    ground.puddles(brush, 640, 790, 6)
    street.hydrant(brush, 316, 640, brush.metre(640), brush.accent)
    street.bin_(brush, -352, 652, brush.metre(652))
    street.sign(brush, -470, 646, brush.metre(646), brush.accent, tall=2.1, size=0.6)


def _lamplight(brush: Brush) -> None:
    m = brush.metre(526)
    for x in LAMPS:
        street.lamplight(brush, x - 1.25 * m, 526 - 5.36 * m, 530, m)


DESIGN = SetDesign(
    name="quiet_street",
    words=listed(
        """
        quiet street, side street, lane, row house, terrace, townhouse, apartment, apartment
        building, brownstone, stoop, bus stop, village street, neighbor house, condo,
        condominium, tenement, housing project, housing projects, projects, apartments,
        apartment complex, apartment house, rowhouse, corner house, courts, dorms, walk up,
        stairs
        """
    ),
    build=build,
    air="suburb",
)
