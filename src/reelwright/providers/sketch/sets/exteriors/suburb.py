"""A suburb: a house with its drive, lawns, a fence, the neighbours."""

from reelwright.providers.sketch.ink import fade, ink, mix, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, spill
from reelwright.providers.sketch.sets.scenery.houses import (
    PLASTER,
    SLATE,
    TILE,
    TIMBER,
    House,
    house,
)
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

LAWN = ink("86a85c")
LINE = 502.0  # where the houses stand


def build(stage: Stage) -> None:
    """Houses across a lawn, the drive leads to the middle one."""
    site = Site(stage)
    site.sky()
    site.layer(0.15, lambda b: trees.treeline(b, 440, 74, ink("6f9a62")), name="wood")
    site.layer(0.3, _behind, name="houses behind")
    site.layer(0.55, _houses, name="houses")
    site.layer(0.8, _lawn, name="lawn")
    site.layer(0.95, _front, name="drive and fence")
    site.lamps(_lamplight)
    site.foreground(
        lambda b: frames.bough(b, b.side), lambda b: frames.fringe(b, LAWN, tall=80, count=50)
    )
    site.marks((-60, 655), (110, 645), (-210, 630), (220, 612), (20, 600))
    site.spots((-120, 672), (180, 668), (300, 640))


def _behind(brush: Brush) -> None:
    ground.plane(brush, 446, LAWN)
    x, m = brush.stage.left, 24.0
    while x < brush.stage.right:
        wide = brush.rng.uniform(9, 13) * m
        house(
            brush,
            House(
                x,
                x + wide,
                470,
                m,
                4.8,
                brush.rng.choice((PLASTER, TIMBER, ink("b9c2c4"))),
                brush.rng.choice((SLATE, TILE)),
            ),
        )
        trees.broadleaf(brush, x + wide + 40, 474, 130, shadow=False)
        x += wide + brush.rng.uniform(70, 120)


def _houses(brush: Brush) -> None:
    ground.plane(brush, 482, LAWN)
    m = brush.metre(LINE)
    accent, dominant = brush.accent, brush.dominant
    gable = brush.stage.variant % 2 == 0
    main = mix(PLASTER, dominant, 0.35)
    for x0, x1, wall, roof in (
        (-1180, -640, ink("a9b4b0"), TILE),
        (560, 1120, ink("c9b79c"), SLATE),
    ):
        house(brush, House(x0, x1, LINE - 6, m, 5.0, wall, roof, ink("46525a"), not gable))
    trees.broadleaf(brush, -490, LINE + 4, 330)
    house(brush, House(-330, 190, LINE, m, 5.2, main, SLATE, accent, gable))
    _garage(brush, 190, LINE, m)
    trees.poplar(brush, 500, LINE + 2, 250)
    for x in (-300, -215, -30, 60):
        trees.bush(brush, x, LINE + 12, brush.rng.uniform(60, 90))


def _garage(brush: Brush, x: float, y: float, m: float) -> None:
    wall = mix(PLASTER, brush.dominant, 0.35)
    brush.box(
        x,
        y - 3.0 * m,
        x + 5.0 * m,
        y,
        brush.dark(wall, 0.5) if brush.side < 0 else brush.flat(wall),
    )
    brush.box(
        x - 0.2 * m, y - 3.35 * m, x + 5.3 * m, y - 2.9 * m, brush.lit(ground.snowed(brush, SLATE))
    )
    brush.box(x + 0.7 * m, y - 2.4 * m, x + 4.3 * m, y, brush.flat(ink("e2ded2")))
    for i in range(1, 5):
        low = y - 2.4 * m + i * 0.48 * m
        brush.line([(x + 0.7 * m, low), (x + 4.3 * m, low)], brush.dark(ink("c8c2b4")), 2)


def _lawn(brush: Brush) -> None:
    ground.plane(brush, 514, LAWN)
    drive = ground.snowed(brush, street.CONCRETE, 0.6)
    path = polygon([(224, 512), (406, 512), (760, 880), (180, 880)])
    brush.slope(path, 512, 800, brush.flat(drive), brush.dark(drive))
    walk = polygon([(-70, 512), (-20, 512), (160, 880), (-120, 880)])
    brush.slope(walk, 512, 800, brush.flat(drive), brush.dark(drive))
    ground.patches(brush, 530, 760, 26, fade(brush.dark(LAWN), 0.25))
    ground.grass(brush, 520, 760, 330, LAWN)
    trees.hedge(brush, brush.stage.left, -420, 560, 62)


def _front(brush: Brush) -> None:
    y = 566.0
    street.car(brush, 392, y, brush.metre(y), brush.accent, facing=-1)
    street.pickets(brush, brush.stage.left, -300, 612, brush.metre(612), ink("efeadd"))
    x, m = 196.0, brush.metre(636)
    brush.cast(x, 636, 10, 1.1 * m)
    brush.box(x - 5, 636 - 1.05 * m, x + 5, 636, brush.flat(street.WOOD))
    brush.body(
        polygon(
            [
                (x - 32, 636 - 1.0 * m),
                (x - 32, 636 - 1.28 * m),
                (x - 18, 636 - 1.36 * m),
                (x + 32, 636 - 1.36 * m),
                (x + 32, 636 - 1.0 * m),
            ]
        ),
        brush.secondary,
        16,
    )
    street.lamp(brush, -352, 628, brush.metre(600), arm=0, tall=3.4)


def _lamplight(brush: Brush) -> None:
    m = brush.metre(600)
    street.lamplight(brush, -352, 628 - 3.7 * m, 628, m * 0.9, soft=True)
    halo(brush, -90, LINE - 130, 190, 0.2)
    spill(brush, -90, -40, LINE + 2, 90, 0.22)


DESIGN = SetDesign(
    name="suburb",
    words=listed(
        """
        suburb, suburban, driveway, house, home, front yard, lawn, neighborhood, neighbourhood,
        porch, residential, cul-de-sac, front door, doorstep, mailbox, garage, trailer park,
        trailer, bungalow, cottage, family home, garage door, carport, subdivision, cul de sac,
        estate house, residence, shack, rental house, duplex, housing development, tract house,
        split level, ranch house, townhome, home street, rd, maison, haus, casa, window, bedroom
        window, kitchen, bedroom, living room, kitchen window, dining room, hallway, door,
        doorway
        """
    ),
    build=build,
    air="suburb",
)
