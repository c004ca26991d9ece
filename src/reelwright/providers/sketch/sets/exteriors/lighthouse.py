"""A cliff over the sea with a lighthouse."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.glow import halo
from reelwright.providers.sketch.sets.scenery.houses import PLASTER, TILE, House, house
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

TURF = ink("8fa25f")
FOOT, TOP = 384.0, 92.0


def _x(stage: Stage) -> float:
    return -stage.light.side * min(240.0, stage.width * 0.34)


def build(stage: Stage) -> None:
    """The tower on its headland against the sky, turf and rocks where we stand."""
    site = Site(stage, horizon=440)
    site.sky()
    site.layer(0.05, lambda b: land.ridge(b, 436, 26, ink("7f8fa6"), fall=30), name="far coast")
    site.layer(0.25, lambda b: land.water(b, 440, 900), name="sea")
    site.layer(0.42, _headland, name="headland")
    site.layer(0.5, _tower, name="lighthouse")
    site.lamps(_beam, depth=0.5)
    site.layer(0.85, _turf, name="turf")
    site.foreground(lambda b: frames.fringe(b, TURF, tall=160, count=110))
    site.marks((20, 655), (165, 645), (-140, 642), (255, 625), (-10, 612))
    site.seats((-330, 668, 0.42))
    site.spots((90, 672), (-230, 660), (300, 650))


def _headland(brush: Brush) -> None:
    s, stone, half = -brush.side, ink("857a6e"), brush.stage.width / 2
    x = _x(brush.stage)
    crest = [
        (s * (half + 400), 366),
        (x, FOOT - 4),
        (x - s * 130, FOOT + 8),
        (x - s * 182, 430),
        (x - s * 200, 500),
        (x - s * 262, 560),
        (x - s * 300, 640),
    ]
    path = polygon([*crest, (x - s * 300, 880), (s * (half + 400), 880)])
    brush.slope(path, 380, 640, mix(brush.flat(stone), brush.lit(stone), 0.5), brush.dark(stone))
    cracks = skia.Path()
    for i in range(9):
        a = x - s * (150 - i * 62)
        cracks.addPath(
            polygon(
                [
                    (a, FOOT + 26 + i % 3 * 18),
                    (a - s * 16, 520),
                    (a + s * 20, 620),
                    (a + s * 34, 560),
                ]
            )
        )
    brush.fill(cracks, fade(brush.dark(stone), 0.7))
    turf = ground.snowed(brush, TURF)
    brush.shape(
        [
            *crest[:3],
            (x - s * 96, FOOT + 24),
            (x + s * 30, FOOT + 16),
            (x + s * 190, FOOT + 30),
            (s * (half + 400), FOOT + 12),
        ],
        brush.lit(turf),
    )
    land.foam(brush, 640, 6, 5, 0.7)


def _tower(brush: Brush) -> None:
    x, red = _x(brush.stage), mix(ink("b8453a"), brush.accent, 0.2)
    house(
        brush,
        House(
            x - brush.side * 150 - 62,
            x - brush.side * 150 + 62,
            FOOT + 10,
            15,
            3.4,
            PLASTER,
            TILE,
            red,
        ),
    )
    tower = polygon(
        [(x - 38, FOOT + 8), (x - 23, TOP + 62), (x + 23, TOP + 62), (x + 38, FOOT + 8)]
    )
    brush.body(tower, ink("f2ece0"), 22)
    brush.canvas.save()
    brush.canvas.clipPath(tower, doAntiAlias=True)
    for i in range(3):
        y = TOP + 84 + i * 78
        brush.box(x - 60, y, x + 60, y + 36, brush.flat(red))
        brush.box(
            *((x - 60, y, x + 3, y + 36) if brush.side > 0 else (x - 3, y, x + 60, y + 36)),
            brush.dark(red, 0.7),
        )
    brush.canvas.restore()
    for y in (TOP + 130, TOP + 210):
        brush.box(x - 5, y, x + 5, y + 15, brush.dark(street.IRON))
    _lantern(brush, x, red)


def _lantern(brush: Brush, x: float, red: Color) -> None:
    brush.box(x - 34, TOP + 54, x + 34, TOP + 64, brush.dark(street.IRON))
    brush.box(
        x - 17,
        TOP + 18,
        x + 17,
        TOP + 54,
        brush.lamplit(1.0) if brush.light.lamps else brush.glass(),
    )
    bars = [(x - 17 + i * 11.3) for i in range(4)]
    for at in bars:
        brush.box(at - 1.2, TOP + 18, at + 1.2, TOP + 54, brush.dark(street.IRON))
    brush.pillar(x, TOP + 20, 24, 0, 28, red, 14)


def _beam(brush: Brush) -> None:
    x, y = _x(brush.stage), TOP + 36
    for sign, alpha in ((1, 0.34), (-1, 0.2)):
        path = polygon(
            [(x, y - 4), (x + sign * 1500, y - 190), (x + sign * 1500, y + 20), (x, y + 4)]
        )
        brush.canvas.drawPath(
            path,
            paint(
                shader=linear(
                    (x, y),
                    (x + sign * 1000, y),
                    [fade(ink("fff0c4"), alpha), fade(ink("fff0c4"), 0.0)],
                )
            ),
        )
    halo(brush, x, y, 130, 0.8, ink("fff0c4"))


def _turf(brush: Brush) -> None:
    ground.plane(brush, 580, TURF, edge=ground.rolling(brush, 590, 12, 1.2))
    ground.patches(brush, 605, 780, 26, fade(brush.dark(TURF), 0.28))
    ground.grass(brush, 592, 790, 620, TURF, 1.2)
    a, b = sorted((brush.side * 210, brush.side * (brush.stage.right + 40)))
    street.rail_fence(brush, a, b, 612, brush.metre(612) * 0.8)
    for x, w in ((-330, 150), (-430, 90), (370, 110)):
        land.rock(brush, x, 664, w, w * 0.5)


DESIGN = SetDesign(
    name="lighthouse_cliff",
    words=listed(
        """
        lighthouse, cliff, cliffs, headland, bluff, clifftop, cliff top, cliff edge, precipice,
        cliffside
        """
    ),
    build=build,
    air="sea",
)
