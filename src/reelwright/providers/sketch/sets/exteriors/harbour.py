"""A harbour: a quay with crates and bollards, boats, warehouses over the water."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, lighter, mix, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.houses import BRICK, PLASTER, row
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

QUAY = ink("a39a8c")
LAMPS = ((-330.0, 606.0), (430.0, 606.0))


def build(stage: Stage) -> None:
    """Over the water the town, before it the boats, we stand on the quay."""
    site = Site(stage)
    site.sky()
    site.layer(0.07, lambda b: land.ridge(b, 420, 70, ink("7f90a4")), name="hills")
    site.layer(0.25, _town, name="town")
    site.layer(0.4, _water, name="water")
    site.layer(0.58, _boats, name="boats")
    site.layer(0.86, _quay, name="quay")
    site.layer(0.94, _things, name="crates and bollards")
    site.lamps(_lamplight)
    site.foreground(_ropes)
    site.marks((-50, 660), (105, 650), (-195, 642), (225, 640), (15, 626))
    site.spots((-120, 676), (180, 674), (60, 690))


def _town(brush: Brush) -> None:
    row(
        brush,
        452,
        17.0,
        [BRICK, PLASTER, ink("b98a6a"), ink("8e9aa2"), mix(PLASTER, brush.dominant, 0.5)],
    )
    brush.box(brush.stage.left, 450, brush.stage.right, 462, brush.dark(QUAY))
    x, iron = -brush.side * 330, brush.dark(street.IRON)
    for dx in (-26, 26):
        brush.line([(x + dx, 452), (x, 300)], iron, 4)
    brush.line([(x - 60, 316), (x + brush.side * 210, 268)], iron, 6)
    brush.line([(x + brush.side * 190, 272), (x + brush.side * 190, 372)], iron, 1.5)
    brush.line([(x, 262), (x + brush.side * 150, 282)], iron, 1.5)


def _water(brush: Brush) -> None:
    land.water(brush, 458, 900, ink("3d7386"), waves=120, calm=0.7)
    if brush.light.lamps:
        streaks = [
            (brush.rng.uniform(-600, 600), 464.0, brush.rng.uniform(4, 9), brush.light.lamp)
            for _ in range(14)
        ]
        ground.mirror(brush, streaks, 90)


def _boats(brush: Brush) -> None:
    side = 1 if brush.stage.variant % 2 else -1
    _trawler(brush, side * 300, 556, 46, mix(ink("3f6a86"), brush.secondary, 0.4))
    _yacht(brush, -side * 270, 536, 34, ink("efe9dc"))
    _yacht(brush, -side * 470, 548, 38, brush.accent)
    _yacht(brush, side * 30, 506, 20, ink("e4e0d6"))


def _hull(brush: Brush, x: float, y: float, m: float, long: float, color: Color) -> None:
    path = skia.Path()
    path.moveTo(x - long * m, y - 1.5 * m)
    path.quadTo(x - long * 0.9 * m, y - 0.1 * m, x - long * 0.75 * m, y)
    path.lineTo(x + long * 0.72 * m, y)
    path.quadTo(x + long * 0.95 * m, y - 0.7 * m, x + long * 1.1 * m, y - 1.9 * m)
    path.quadTo(x, y - 1.1 * m, x - long * m, y - 1.5 * m)
    path.close()
    brush.body(path, color, 0.7 * m)
    brush.box(x - long * 0.8 * m, y - 0.22 * m, x + long * 0.78 * m, y, brush.dark(ink("6a2f2a")))
    shade = skia.Path()
    shade.addOval(rect(x - long * 0.9 * m, y - 0.16 * m, x + long * 0.95 * m, y + 0.6 * m))
    brush.fill(shade, fade(brush.light.near, 0.34))


def _trawler(brush: Brush, x: float, y: float, m: float, color: Color) -> None:
    iron, white = brush.dark(street.IRON), ink("e9e3d6")
    brush.box(
        x - 3.2 * m,
        y - 3.9 * m,
        x - 1.0 * m,
        y - 1.1 * m,
        mix(brush.flat(white), brush.lit(white), 0.5),
    )
    brush.box(
        x - 3.5 * m,
        y - 4.15 * m,
        x - 0.7 * m,
        y - 3.85 * m,
        brush.lit(SNOW if brush.snowy else color),
    )
    for i in range(3):
        brush.box(
            x + (-3.0 + i * 0.68) * m,
            y - 3.5 * m,
            x + (-2.5 + i * 0.68) * m,
            y - 2.8 * m,
            brush.lamplit() if brush.light.lamps else brush.glass(),
        )
    brush.line([(x + 1.2 * m, y - 1.2 * m), (x + 1.2 * m, y - 6.4 * m)], iron, 0.16 * m)
    brush.line([(x + 1.2 * m, y - 2.0 * m), (x + 3.6 * m, y - 5.0 * m)], iron, 0.12 * m)
    brush.line(
        [(x - 4.0 * m, y - 1.5 * m), (x + 1.2 * m, y - 6.3 * m), (x + 4.4 * m, y - 1.9 * m)],
        iron,
        1.3,
    )
    _hull(brush, x, y, m, 4.2, color)
    brush.box(x - 0.4 * m, y - 1.7 * m, x + 2.6 * m, y - 1.2 * m, brush.flat(street.WOOD))


def _yacht(brush: Brush, x: float, y: float, m: float, color: Color) -> None:
    mast = brush.flat(ink("d8d4c8"))
    brush.box(x - 0.07 * m, y - 9.0 * m, x + 0.07 * m, y - 1.2 * m, mast)
    brush.box(x - 3.0 * m, y - 2.1 * m, x, y - 1.9 * m, mast)
    brush.box(
        x - 2.9 * m,
        y - 2.5 * m,
        x - 0.1 * m,
        y - 2.1 * m,
        brush.lit(SNOW if brush.snowy else lighter(color, 0.4)),
    )
    brush.line(
        [(x - 3.1 * m, y - 1.5 * m), (x, y - 9.0 * m), (x + 3.3 * m, y - 1.8 * m)],
        fade(mast, 0.7),
        1.2,
    )
    brush.box(x - 1.2 * m, y - 1.9 * m, x + 1.3 * m, y - 1.2 * m, brush.flat(ink("e9e3d6")))
    _hull(brush, x, y, m, 3.1, color)


def _quay(brush: Brush) -> None:
    ground.plane(brush, 604, QUAY)
    brush.box(
        brush.stage.left,
        598,
        brush.stage.right,
        611,
        brush.lit(ground.snowed(brush, lighter(QUAY, 0.2))),
    )
    brush.box(brush.stage.left, 611, brush.stage.right, 615, brush.dark(QUAY))
    ground.paving(brush, 615, brush.dark(QUAY), x=-60, wide=190, rows=5)
    ground.puddles(brush, 630, 790)
    coil = skia.Path()
    for k in range(4):
        coil.addOval(rect(214 + k * 7, 676 - 5 + k * 2, 306 - k * 7, 696 - 5 - k * 2))
    brush.canvas.drawPath(coil, paint(brush.flat(ink("c9ae7c")), stroke=5))


def _things(brush: Brush) -> None:
    m = brush.metre(640)
    for x in (-560, -170, 180, 560):
        brush.cast(x, 616, 26, 40)
        brush.body(
            polygon(
                [
                    (x - 11, 616),
                    (x - 9, 586),
                    (x - 20, 578),
                    (x + 20, 578),
                    (x + 9, 586),
                    (x + 11, 616),
                ]
            ),
            street.IRON,
            9,
        )
    street.crate(brush, -400, 652, m, 0.95)
    street.crate(brush, -300, 646, m, 0.75)
    street.crate(brush, -362, 652 - 0.8 * m, m, 0.75)
    barrel = polygon([(398, 652), (390, 600), (398, 548), (462, 548), (470, 600), (462, 652)])
    brush.cast(430, 652, 74, 100)
    brush.body(barrel, mix(brush.accent, ink("5a6a70"), 0.3), 28)
    for y in (566, 600, 634):
        brush.box(392, y, 468, y + 4, fade(brush.light.near, 0.4))
    for x, y in LAMPS:
        street.lamp(brush, x, y + 10, m * 0.8, arm=0, tall=3.4)


def _lamplight(brush: Brush) -> None:
    m = brush.metre(640) * 0.8
    for x, y in LAMPS:
        street.lamplight(brush, x, y + 10 - 3.7 * m, y + 14, m)


def _ropes(brush: Brush) -> None:
    frames.post(brush, -brush.side, 30)
    x = -brush.side * brush.stage.width / 2
    for drop in (0, 60):
        brush.line([(x, 90 + drop), (x + brush.side * 150, -120 + drop)], brush.light.near, 7)


DESIGN = SetDesign(
    name="harbour",
    words=listed(
        """
        harbour, harbor, dock, docks, port, pier, quay, marina, wharf, shipyard, jetty,
        waterfront, ferry, fishing village, dockside, boat dock, boatyard, ferry terminal, ferry
        landing, port authority, naval base, navy yard, dry dock, slipway, moorings, sea wall,
        seawall, houseboat, fish market, cannery, hafen, puerto, staten island ferry, pearl
        harbor, landing stage
        """
    ),
    build=build,
    air="harbour",
)
