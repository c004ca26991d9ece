"""A great house at the end of its drive: gravel, clipped hedges, a fountain, gate posts, an avenue."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, Point, fade, ink, mix, paint, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.houses import SLATE, STONE, door, windows
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

LAWN, GRAVEL, WALL = ink("7fa05a"), ink("cbb994"), ink("e3d9c4")
LINE = 468.0  # where the house stands
GATE = 5.4  # metres from the middle of the drive to a gate post


def build(stage: Stage) -> None:
    """Hills and woods, the house, lawns with hedges, the drive we stand on."""
    site = Site(stage)
    site.sky()
    site.layer(0.08, lambda b: land.ridge(b, 424, 60, ink("7f9a86")), name="hills")
    site.layer(0.2, lambda b: trees.treeline(b, 452, 74), name="woods")
    site.layer(0.4, _house, name="house")
    site.layer(0.6, _grounds, name="lawns and drive")
    site.layer(0.72, _fountain, name="fountain")
    site.layer(0.9, _gate, name="hedges and gate posts")
    site.lamps(_lamplight)
    site.foreground(lambda b: frames.bough(b, -b.side), frames.fringe)
    site.marks((-60, 650), (90, 642), (-180, 636), (200, 630), (10, 612))
    site.spots((-220, 660), (260, 664), (40, 676))


def _house(brush: Brush) -> None:
    """Two wings and a middle with columns under a gable."""
    m = brush.metre(LINE)
    wall = brush.unlit(mix(WALL, brush.dominant, 0.25))
    for side in (-1, 1):
        a, b = sorted((side * 5.0 * m, side * 15.0 * m))
        _wing(brush, a, b, LINE, m, wall, 7.4)
    _wing(brush, -5.4 * m, 5.4 * m, LINE, m, wall, 8.6)
    tone = SNOW if brush.snowy else wall
    brush.shape(
        [(-5.6 * m, LINE - 8.4 * m), (0, LINE - 11.6 * m), (5.6 * m, LINE - 8.4 * m)],
        brush.dark(wall),
    )
    brush.shape(
        [(-4.6 * m, LINE - 8.6 * m), (0, LINE - 11.2 * m), (4.6 * m, LINE - 8.6 * m)],
        brush.flat(tone),
    )
    brush.box(-5.7 * m, LINE - 8.5 * m, 5.7 * m, LINE - 8.0 * m, brush.lit(tone))
    for i in range(4):
        x = (-4.2 + 2.8 * i) * m
        brush.pillar(x, LINE, 0.42 * m, 0.34 * m, 8.1 * m, wall, 0.3 * m)
    door(brush, 0, LINE, m * 1.25, brush.accent)
    for up, half in ((0.0, 6.4), (0.35, 5.8)):
        brush.box(
            -half * m, LINE - (up - 0.3) * m, half * m, LINE + 0.35 * m - up * m, brush.lit(STONE)
        )


def _wing(brush: Brush, x0: float, x1: float, y: float, m: float, wall: Color, tall: float) -> None:
    top = y - tall * m
    brush.box(x0, top, x1, y, mix(brush.flat(wall), brush.lit(wall), 0.5))
    end = (x1 - x0) * 0.2
    a, b = (x0, x0 + end) if brush.side > 0 else (x1 - end, x1)
    brush.box(a, top, b, y, brush.dark(wall, 0.7))
    roof = SNOW if brush.snowy else SLATE
    slope = [(x0 - 0.3 * m, top), (x0 + 0.9 * m, top - 2.2 * m), (x1 - 0.9 * m, top - 2.2 * m)]
    brush.slope(
        polygon([*slope, (x1 + 0.3 * m, top)]),
        top - 2.2 * m,
        top,
        brush.lit(roof),
        brush.flat(roof),
    )
    brush.box(x0 - 0.3 * m, top - 0.2 * m, x1 + 0.3 * m, top + 0.15 * m, brush.lit(wall))
    bays = max(3, round((x1 - x0) / (2.1 * m)))
    bay, panes = (x1 - x0) / bays, []
    for i in range(bays):
        x = x0 + bay * (i + 0.5)
        for low, high in ((0.9, 2.9), (4.6, 6.2)):
            panes.append((x - 0.45 * m, y - high * m, x + 0.45 * m, y - low * m))
    windows(brush, panes, m)


def _grounds(brush: Brush) -> None:
    ground.plane(brush, LINE - 2, LAWN)
    ground.patches(brush, LINE + 10, 760, 16, mix(brush.dark(LAWN), brush.flat(LAWN), 0.7))
    ground.road(brush, LINE + 3, 0, 60, 0, 620, GRAVEL)
    ground.puddles(brush, 530, 790)
    m = brush.metre(524)
    for side in (-1, 1):
        for x in (4.6, 8.4, 12.4):
            _topiary(brush, side * x * m, 524, m)


def _topiary(brush: Brush, x: float, y: float, m: float) -> None:
    brush.cast(x, y, 0.9 * m, 1.8 * m)
    cone: list[Point] = [(x - 0.55 * m, y), (x, y - 2.1 * m), (x + 0.55 * m, y)]
    brush.body(polygon(cone), SNOW if brush.snowy else trees.PINE, 0.4 * m)


def _fountain(brush: Brush) -> None:
    """A round basin with two bowls in the middle of the drive."""
    x, y, m = -3.1 * brush.metre(548) * brush.spread, 548.0, brush.metre(548)
    brush.contact(x, y + 4, 4.2 * m)
    brush.oval(x - 2.0 * m, y - 0.75 * m, x + 2.0 * m, y + 0.2 * m, brush.dark(STONE))
    brush.oval(x - 2.0 * m, y - 0.95 * m, x + 2.0 * m, y, brush.lit(STONE))
    brush.oval(x - 1.8 * m, y - 0.88 * m, x + 1.8 * m, y - 0.08 * m, brush.glass())
    brush.pillar(x, y - 0.4 * m, 0.2 * m, 0.12 * m, 2.0 * m, STONE, 0.14 * m)
    for up, half in ((1.3, 0.95), (2.2, 0.5)):
        low = y - (up - 0.22) * m
        bowl: list[Point] = [
            (x - half * m, y - up * m),
            (x + half * m, y - up * m),
            (x + 0.2 * m, low),
        ]
        brush.body(polygon([*bowl, (x - 0.2 * m, low)]), STONE, 0.3 * m)
    if not brush.snowy:
        spray = skia.Path()
        for side in (-1, 1):
            spray.moveTo(x, y - 2.8 * m)
            spray.quadTo(x + side * 0.5 * m, y - 3.1 * m, x + side * 0.8 * m, y - 1.3 * m)
        brush.canvas.drawPath(spray, paint(fade(brush.lit(ink("dfeef2")), 0.8), stroke=2))


def _gate(brush: Brush) -> None:
    m = brush.metre(590)
    for side in (-1, 1):
        x = side * GATE * m * max(0.6, brush.spread)
        far = side * brush.stage.right
        left, right = sorted((x + side * 0.6 * m, far))
        trees.hedge(brush, left, right, 588, 1.15 * m, trees.PINE)
        brush.cast(x, 592, 1.0 * m, 2.4 * m)
        brush.pillar(x, 592, 0.45 * m, 0.42 * m, 2.3 * m, brush.unlit(STONE), 0.3 * m)
        brush.box(x - 0.58 * m, 592 - 2.45 * m, x + 0.58 * m, 592 - 2.25 * m, brush.lit(STONE))
        ball = brush.light.lamp if brush.light.lamps else brush.lit(SNOW if brush.snowy else STONE)
        brush.oval(x - 0.28 * m, 592 - 3.0 * m, x + 0.28 * m, 592 - 2.44 * m, ball)


def _lamplight(brush: Brush) -> None:
    m = brush.metre(590)
    for side in (-1, 1):
        x = side * GATE * m * max(0.6, brush.spread)
        halo(brush, x, 592 - 2.7 * m, 130, 0.6)
        pool(brush, x * 0.9, 606, 230, 0.3)
    pool(brush, 0, LINE + 10, 150, 0.4)
    halo(brush, 0, LINE - 60, 90, 0.35)
    pool(brush, 10, 646, 300, 0.2)


DESIGN = SetDesign(
    name="mansion",
    words=listed(
        """
        mansion, estate, manor, manor house, villa, country house, great house, plantation,
        plantation house, grounds, driveway gates, mansion gate, estate gate, front gate, gate,
        stately home, hall grounds, palazzo, chateau grounds, country club, vineyard estate,
        embassy residence, governor mansion, big house, long driveway, palatial home, rectory,
        herrenhaus
        """
    ),
    build=build,
    air="garden",
)
