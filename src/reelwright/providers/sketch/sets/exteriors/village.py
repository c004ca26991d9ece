"""A village square: church, timbered houses, market stalls, a well, bunting."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, lighter, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo
from reelwright.providers.sketch.sets.scenery.houses import (
    PLASTER,
    SLATE,
    STONE,
    TILE,
    TIMBER,
    row,
    window,
)
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

LINE = 496.0
COBBLE = ink("a89b8a")
STALLS = (-430.0, -250.0, 300.0, 480.0)


def build(stage: Stage) -> None:
    """The church stands over the roofs, stalls on both sides, the well in the middle line."""
    site = Site(stage)
    site.sky()
    site.layer(0.08, lambda b: land.ridge(b, 400, 110, ink("7f97a0")), name="hills")
    site.layer(
        0.25,
        lambda b: row(b, 462, 22.0, [PLASTER, TIMBER, ink("c0a58a")], roofs=(TILE, TILE, SLATE)),
        name="roofs",
    )
    site.layer(0.4, _church, name="church")
    site.layer(0.55, _houses, name="houses")
    site.layer(0.72, _square, name="square")
    site.layer(0.88, _market, name="stalls and well")
    site.lamps(_lamplight, depth=0.88)
    site.foreground(_bunting)
    site.marks((-40, 655), (110, 645), (-185, 636), (220, 630), (20, 606))
    site.spots((-110, 674), (180, 672), (300, 655))


def _church(brush: Brush) -> None:
    x, m = -brush.side * 130.0, 30.0
    wall = brush.unlit(mix(STONE, PLASTER, 0.4), 0.42)
    roof = SNOW if brush.snowy else SLATE
    y = 480.0
    brush.box(x + 2 * m, y - 7 * m, x + 11 * m, y, brush.flat(wall))
    brush.slope(
        polygon(
            [
                (x + 1.6 * m, y - 6.9 * m),
                (x + 2.4 * m, y - 9.6 * m),
                (x + 10.6 * m, y - 9.6 * m),
                (x + 11.4 * m, y - 6.9 * m),
            ]
        ),
        y - 9.6 * m,
        y - 6.9 * m,
        brush.lit(roof),
        brush.flat(roof),
    )
    _steeple(brush, x, y, m, wall)
    glass = brush.lamplit(0.8) if brush.light.lamps else brush.glass()
    for at, low in ((x, 4.6), (x + 4 * m, 2.4), (x + 6.4 * m, 2.4), (x + 8.8 * m, 2.4)):
        top = y - (low + 2.2) * m
        brush.fill(ground.smooth_box(at - 0.5 * m, top, at + 0.5 * m, y - low * m, 0.5 * m), glass)


def _steeple(brush: Brush, x: float, y: float, m: float, wall: Color) -> None:
    iron, hands = brush.dark(street.IRON), brush.light.near
    brush.pillar(x, y, 2.2 * m, 2.2 * m, 10 * m, wall, 1.6 * m)
    brush.pillar(x, y - 9.9 * m, 2.5 * m, 0, 6.1 * m, SNOW if brush.snowy else SLATE, 1.2 * m)
    brush.box(x - 0.06 * m, y - 17.2 * m, x + 0.06 * m, y - 15.8 * m, iron)
    brush.box(x - 0.4 * m, y - 16.9 * m, x + 0.4 * m, y - 16.78 * m, iron)
    brush.oval(x - m, y - 9.4 * m, x + m, y - 7.4 * m, brush.lit(ink("efe6d2")))
    brush.line([(x, y - 8.4 * m), (x, y - 9.1 * m)], hands, 2)
    brush.line([(x, y - 8.4 * m), (x + 0.5 * m, y - 8.1 * m)], hands, 2)


def _houses(brush: Brush) -> None:
    m, rng = brush.metre(LINE), brush.rng
    for side in (-1, 1):
        x = side * 330.0
        for _ in range(4):
            wide = rng.uniform(5.4, 7.2) * m
            x0, x1 = sorted((x, x + side * wide))
            _timbered(
                brush,
                x0,
                x1,
                m,
                rng.choice((PLASTER, ink("e2cfa8"), mix(PLASTER, brush.dominant, 0.4))),
            )
            x += side * wide


def _timbered(brush: Brush, x0: float, x1: float, m: float, wall: Color) -> None:
    wall, top, middle = brush.unlit(wall, 0.42), LINE - 5.2 * m, (x0 + x1) / 2
    peak = top - 3.3 * m
    face = polygon([(x0, LINE), (x0, top), (middle, peak), (x1, top), (x1, LINE)])
    brush.fill(face, mix(brush.flat(wall), brush.lit(wall), 0.4))
    half = (
        [(x0, LINE), (x0, top), (middle, peak), (middle, LINE)]
        if brush.side > 0
        else [(x1, LINE), (x1, top), (middle, peak), (middle, LINE)]
    )
    brush.shape(half, fade(brush.dark(wall), 0.4))
    _beams(brush, x0, x1, top, m)
    for k in (0.3, 0.7):
        at = x0 + (x1 - x0) * k
        window(brush, at - 0.42 * m, top + 0.7 * m, at + 0.42 * m, top + 1.9 * m, m)
    window(brush, x0 + (x1 - x0) * 0.12, top + 3.1 * m, x0 + (x1 - x0) * 0.42, top + 4.4 * m, m)
    at = x0 + (x1 - x0) * 0.72
    color = brush.accent if brush.rng.random() < 0.4 else ink("6b4a35")
    brush.box(at - 0.55 * m, LINE - 2.1 * m, at + 0.55 * m, LINE, brush.flat(color))
    roof = SNOW if brush.snowy else TILE
    for end, sign in ((x0, -1), (x1, 1)):
        tone, eave = (
            brush.lit(roof) if sign == brush.side else brush.flat(roof),
            end + sign * 0.5 * m,
        )
        low, high = (eave, top + 0.4 * m), (eave, top - 0.2 * m)
        brush.shape([low, (middle, peak), (middle, peak - 0.5 * m), high], tone)


def _beams(brush: Brush, x0: float, x1: float, top: float, m: float) -> None:
    beams, wood, bay = skia.Path(), 0.2 * m, (x1 - x0) / 5
    low = top + 2.5 * m
    for y in (top, low):
        beams.addRect(rect(x0, y, x1, y + wood))
    for i in range(6):
        at = x0 + bay * i
        beams.addRect(rect(at - wood / 2, top, at + wood / 2, low))
    beams.addPath(polygon([(x0, low), (x0 + bay, top), (x0 + bay + wood, top), (x0 + wood, low)]))
    brush.fill(beams, brush.dark(ink("5a4030")))


def _square(brush: Brush) -> None:
    ground.plane(brush, LINE - 4, COBBLE)
    stones = skia.Path()
    for i in range(420):
        t = brush.rng.random() ** 1.5
        y, w = LINE + 6 + 300 * t, 5 + 24 * t
        x = brush.rng.uniform(brush.stage.left, brush.stage.right) + i % 2
        stones.addRoundRect(rect(x, y, x + w, y + w * 0.32), w * 0.14, w * 0.14)
    brush.fill(stones, fade(brush.dark(COBBLE), 0.28))
    ground.puddles(brush, LINE + 30, 790)


def _stall(brush: Brush, x: float, y: float, m: float, color: Color) -> None:
    brush.cast(x, y, 2.4 * m, 2.2 * m)
    for side in (-1.15, 1.15):
        brush.box(
            x + side * m - 0.05 * m,
            y - 2.1 * m,
            x + side * m + 0.05 * m,
            y,
            brush.dark(street.WOOD),
        )
    brush.box(x - 1.25 * m, y - 0.95 * m, x + 1.25 * m, y - 0.1 * m, brush.flat(street.WOOD))
    brush.box(x - 1.35 * m, y - 1.02 * m, x + 1.35 * m, y - 0.9 * m, brush.lit(street.WOOD))
    goods = (ink("c8503c"), ink("d99a3a"), ink("86a04a"), ink("d8c46a"))
    for k, tone in enumerate(goods):
        heap = skia.Path()
        for i in range(9):
            heap.addCircle(
                x + (-1.1 + k * 0.58 + (i % 4) * 0.13) * m,
                y - (1.06 + (i // 4) * 0.1) * m,
                0.085 * m,
            )
        brush.fill(heap, brush.lit(tone, 0.5))
    stripes = 8
    for i in range(stripes):
        a, b = (-1.5 + 3.0 * i / stripes) * m, (-1.5 + 3.0 * (i + 1) / stripes) * m
        tone = SNOW if brush.snowy else (color if i % 2 else lighter(color, 0.75))
        shade = brush.lit(tone) if (a + b) * brush.side > 0 else brush.flat(tone)
        brush.shape(
            [
                (x + a * 0.8, y - 2.6 * m),
                (x + b * 0.8, y - 2.6 * m),
                (x + b, y - 2.05 * m),
                (x + (a + b) / 2, y - 1.9 * m),
                (x + a, y - 2.05 * m),
            ],
            shade,
        )


def _market(brush: Brush) -> None:
    for i, x in enumerate(STALLS):
        y = 590.0 if abs(x) < 320 else 616.0
        _stall(brush, x, y, brush.metre(y) * 0.8, (brush.accent, brush.secondary)[i % 2])
    if brush.stage.variant % 2 == 0:
        _well(brush, 60, 560, brush.metre(560))
    else:
        trees.broadleaf(brush, 40, 556, 260)
    street.crate(brush, -360, 650, brush.metre(650), 0.6)
    street.crate(brush, 400, 660, brush.metre(660), 0.7)


def _well(brush: Brush, x: float, y: float, m: float) -> None:
    brush.cast(x, y, 1.6 * m, 2.2 * m)
    brush.pillar(
        x,
        y,
        0.8 * m,
        0.8 * m,
        0.9 * m,
        STONE,
        0.6 * m,
    )
    brush.box(
        x - 0.9 * m, y - m, x + 0.9 * m, y - 0.86 * m, brush.lit(SNOW if brush.snowy else STONE)
    )
    for side in (-0.7, 0.7):
        brush.box(
            x + side * m - 3, y - 2.3 * m, x + side * m + 3, y - 0.95 * m, brush.dark(street.WOOD)
        )
    brush.body(
        polygon([(x - 1.2 * m, y - 2.1 * m), (x, y - 2.9 * m), (x + 1.2 * m, y - 2.1 * m)]),
        SNOW if brush.snowy else TILE,
        0.6 * m,
    )


def _lamplight(brush: Brush) -> None:
    for x in STALLS:
        y = 590.0 if abs(x) < 320 else 616.0
        m = brush.metre(y) * 0.8
        halo(brush, x, y - 1.7 * m, 1.6 * m, 0.6)


def _bunting(brush: Brush) -> None:
    half = brush.stage.width / 2 + 200
    flags = skia.Path()
    for drop, shift in ((150.0, 0.0), (90.0, 0.5)):
        cord: list[tuple[float, float]] = []
        for i in range(41):
            t = i / 40
            x, y = -half + 2 * half * t, -60 + drop * (1 - (2 * t - 1) ** 2) * 0.8
            cord.append((x, y))
            if (i + int(shift * 2)) % 2:
                flags.addPath(polygon([(x - 13, y), (x + 13, y), (x, y + 30)]))
        brush.line(cord, brush.light.near, 2)
    brush.fill(flags, mix(brush.light.near, brush.flat(brush.accent), 0.6))
    frames.post(brush, brush.side, 24)


DESIGN = SetDesign(
    name="village_square",
    words=listed(
        """
        village, market, marketplace, square, town square, plaza, piazza, bazaar, church,
        chapel, medieval town, village green, hamlet, souk, festival, tavern, inn, main street,
        cathedral, mosque, synagogue, town centre, town center, bell tower, town gate, convent,
        minster, outdoor market, flea market, settlement, kirche, dorf, place du village,
        eglise, mercado, saloon, western town, frontier town, mission church, town, small town,
        town street
        """
    ),
    build=build,
    air="village",
)
