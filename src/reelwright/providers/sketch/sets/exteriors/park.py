"""A park: a path with benches and lanterns, lawns, a pond, towers behind the trees."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, paint, smooth
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.houses import skyline
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

LAWN = ink("84a957")


def build(stage: Stage) -> None:
    """The path winds in from the far trees and passes the bench."""
    site = Site(stage)
    site.sky()
    site.layer(0.1, lambda b: skyline(b, 440, 90, 230, ink("76808c"), wide=(46, 90)), name="towers")
    site.layer(0.25, lambda b: trees.treeline(b, 452, 96, ink("6c9463")), name="far trees")
    site.layer(0.5, _lawn, name="pond and trees")
    site.layer(0.82, _path, name="path")
    site.layer(0.92, _bench, name="bench and lanterns")
    site.lamps(_lamplight)
    site.foreground(
        lambda b: frames.bough(b, -b.side, trees.LEAF),
        lambda b: frames.fringe(b, LAWN, tall=90, count=50),
    )
    site.marks((-30, 655), (120, 645), (-170, 635), (240, 622), (20, 598))
    site.seats((-225, 640, 0.45))
    site.spots((-100, 674), (180, 672), (320, 650))


def _lawn(brush: Brush) -> None:
    ground.plane(brush, 456, LAWN, edge=ground.rolling(brush, 458, 4))
    side = 1 if brush.stage.variant % 2 else -1
    x = side * 300
    shore = smooth(
        [
            (x - 280, 500),
            (x - 150, 484),
            (x + 60, 480),
            (x + 270, 494),
            (x + 220, 516),
            (x - 40, 524),
        ]
    )
    brush.slope(shore, 480, 524, brush.light.sky[3], brush.light.sky[1])
    brush.canvas.drawPath(shore, paint(fade(brush.dark(land.EARTH), 0.6), stroke=2.5))
    for dx, tall in ((-160, 6), (40, 5), (150, 7)):
        brush.box(x + dx, 500, x + dx + 40, 501.5, fade(SNOW, 0.6))
        brush.oval(x + dx + 8, 492 - tall, x + dx + 30, 500, brush.lit(SNOW))
        brush.oval(x + dx + 24, 486 - tall, x + dx + 32, 494 - tall, brush.lit(SNOW))
    for at, y, h in (
        (-560, 500, 260),
        (-side * 250, 516, 290),
        (side * 560, 508, 250),
        (-side * 470, 540, 330),
        (860, 520, 300),
        (-900, 520, 300),
    ):
        trees.broadleaf(brush, at, y, h)
    for at in (-120, 90, 420, -420):
        trees.bush(brush, at, 478, 54)


def _path(brush: Brush) -> None:
    ground.plane(brush, 540, LAWN, edge=ground.rolling(brush, 546, 5))
    sand = ground.snowed(brush, ink("cdb48c"), 0.6)
    way = smooth(
        [
            (-40, 540),
            (30, 540),
            (110, 580),
            (260, 660),
            (500, 900),
            (-260, 900),
            (-120, 700),
            (-60, 600),
        ],
        tension=0.4,
    )
    brush.slope(way, 540, 800, brush.flat(sand), brush.dark(sand))
    brush.canvas.drawPath(way, paint(fade(brush.dark(LAWN), 0.7), stroke=4))
    ground.patches(brush, 570, 780, 20, fade(brush.dark(LAWN), 0.22))
    ground.puddles(brush, 580, 780, 6)
    if not brush.snowy:
        _bed(brush, 330, 600)
        _bed(brush, -560, 590)


def _bed(brush: Brush, x: float, y: float) -> None:
    brush.oval(x - 130, y - 14, x + 130, y + 20, brush.dark(ink("5d7a40")))
    for tone, shift in ((brush.accent, 0), (ink("f4e6b4"), 7), (brush.secondary, 13)):
        heads = skia.Path()
        for i in range(24):
            a = i * 2.4 + shift
            heads.addCircle(
                x + 116 * math.cos(a) * (0.3 + 0.7 * ((i * 7) % 10) / 10),
                y - 6 + 13 * math.sin(a * 1.7),
                4.2,
            )
        brush.fill(heads, brush.lit(tone, 0.6))


def _bench(brush: Brush) -> None:
    m = brush.metre(640)
    street.bench(brush, -225, 632, m, street.WOOD)
    street.bin_(brush, -395, 628, m * 0.8, ink("3f5a48"))
    for x, y in ((-330, 610), (300, 560), (60, 515)):
        street.lamp(brush, x, y, brush.metre(y), arm=0, tall=3.2)
    trees.bush(brush, 420, 676, 160)
    trees.bush(brush, -520, 672, 190)


def _lamplight(brush: Brush) -> None:
    for x, y in ((-330, 610), (300, 560), (60, 515)):
        m = brush.metre(y)
        street.lamplight(brush, x, y - 3.5 * m, y, m * 0.8, soft=True)


DESIGN = SetDesign(
    name="park",
    words=listed(
        """
        park, public garden, playground, park bench, bench, fountain, zoo, bandstand, promenade,
        botanical garden, golf course, campus, skate park, tennis court, basketball court,
        central park, hyde park, park path, duck pond, rose bowl, jogging path, bike path,
        picnic area, picnic, quadrangle, common, botanic garden, parc, parque, fairway, putting
        green, driving range, golf green, tee, walkway, golf club, zoo entrance, stage, outdoor
        stage, open air stage
        """
    ),
    build=build,
    air="park",
)
