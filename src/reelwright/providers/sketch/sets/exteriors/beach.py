"""A beach: sand, surf, the sea, a headland."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, lighter, mix, polygon, rect, smooth
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage


def build(stage: Stage) -> None:
    """The sea runs from border to border, the sand rises to where we stand."""
    site = Site(stage, horizon=412)
    site.sky()
    site.layer(0.06, lambda b: land.ridge(b, 408, 34, ink("7f8fa6"), fall=30), name="far coast")
    site.layer(0.3, lambda b: land.water(b, 412, 900), name="sea")
    site.layer(0.4, _headland, name="headland")
    site.layer(0.65, _surf, name="surf")
    site.layer(0.85, _sand, name="sand")
    site.foreground(lambda b: frames.fringe(b, trees.OLIVE, tall=190, count=70))
    site.marks((-60, 655), (100, 645), (-205, 630), (215, 622), (15, 602))
    site.spots((-130, 675), (170, 678), (300, 650))


def _headland(brush: Brush) -> None:
    side = -brush.side
    half = brush.stage.width / 2
    stone = ink("8f8270")
    crest = [
        (side * (half + 320), 250),
        (side * (half - 40), 268),
        (side * (half - 190), 322),
        (side * (half - 260), 384),
        (side * (half - 330), 430),
    ]
    path = polygon([*crest, (side * (half + 320), 450)])
    brush.slope(path, 250, 430, brush.flat(stone), brush.dark(stone))
    brush.shape(
        [
            *crest[:3],
            (side * (half - 150), 352),
            (side * (half + 40), 300),
            (side * (half + 320), 290),
        ],
        brush.lit(ground.snowed(brush, ink("8da063"))),
    )
    for x, w, h in ((half - 372, 44, 50), (half - 430, 26, 26)):
        land.rock(brush, side * x, 436, w, h, stone)
    _boat(brush, brush.side * 60 - 30, 428, 5.0)


def _boat(brush: Brush, x: float, y: float, m: float) -> None:
    brush.shape(
        [(x - 4 * m, y - 1.2 * m), (x + 4 * m, y - 1.4 * m), (x + 3 * m, y), (x - 3 * m, y)],
        brush.dark(ink("5b4a42")),
    )
    brush.shape(
        [(x + 0.2 * m, y - 10 * m), (x + 0.2 * m, y - 1.8 * m), (x + 4 * m, y - 1.9 * m)],
        brush.lit(ink("f4efe2")),
    )
    brush.shape(
        [(x - 0.2 * m, y - 9 * m), (x - 0.2 * m, y - 1.8 * m), (x - 3 * m, y - 1.9 * m)],
        brush.flat(brush.accent),
    )


def _surf(brush: Brush) -> None:
    shore = ground.rolling(brush, 548, 9, 1.4)
    wet = mix(ground.snowed(brush, land.SAND, 0.3), brush.light.sky[2], 0.4)
    stage = brush.stage
    path = smooth([(stage.left, 900), *shore, (stage.right, 900)], tension=0.4)
    brush.slope(path, 540, 640, mix(brush.flat(wet), brush.light.sky[3], 0.4), brush.dark(wet))
    for y, wide in ((462, 2.0), (492, 3.4), (548, 7.0)):
        land.foam(brush, y, 4 + (y - 450) * 0.05, wide)


def _sand(brush: Brush) -> None:
    ground.plane(brush, 576, land.SAND, edge=ground.rolling(brush, 584, 9, 1.3))
    ground.patches(brush, 600, 780, 34, fade(brush.dark(land.SAND), 0.22))
    ground.pebbles(brush, 590, 770, 90, ink("a39682"))
    prints = skia.Path()
    for i in range(13):
        t = i / 13
        y, m = 604 + 170 * t * t, 1 + 2.4 * t
        x = 230 - 330 * t + (6 if i % 2 else -6) * m
        prints.addOval(rect(x - 4 * m, y - 1.2 * m, x + 4 * m, y + 1.2 * m))
    brush.fill(prints, fade(brush.dark(land.SAND), 0.5))
    land.rock(brush, -brush.side * 410, 650, 190, 96)
    land.rock(brush, -brush.side * 300, 664, 80, 36)
    x = brush.side * 330 * brush.spread
    if brush.stage.variant % 2:
        trees.palm(brush, x, 640, 420)
    elif brush.wet or brush.snowy or brush.light.lamps:
        _beached(brush, x, 640)
    else:
        _parasol(brush, x, 646, brush.metre(646))
    street.crate(brush, brush.side * 240, 660, brush.metre(660), 0.5)


def _beached(brush: Brush, x: float, y: float) -> None:
    """A boat that lies keel up: nobody bathes in this weather."""
    brush.cast(x, y, 230, 70)
    hull = skia.Path()
    hull.moveTo(x - 138, y)
    hull.cubicTo(x - 120, y - 62, x - 60, y - 84, x, y - 86)
    hull.cubicTo(x + 66, y - 84, x + 128, y - 60, x + 150, y)
    hull.close()
    brush.body(hull, brush.accent, 26)
    for rise, half in ((20, 134), (44, 110), (64, 76)):
        brush.line([(x - half, y - rise), (x + half, y - rise)], brush.dark(brush.accent), 2)
    brush.line([(x - 138, y), (x + 150, y)], brush.lit(street.WOOD), 6)


def _parasol(brush: Brush, x: float, y: float, m: float) -> None:
    brush.cast(x, y, 0.1 * m, 2.2 * m, 1.7 * m)
    brush.box(x - 0.03 * m, y - 2.2 * m, x + 0.03 * m, y, brush.flat(street.WOOD))
    color = brush.accent
    steps = 6
    for i in range(steps):
        a, b = -1.15 + 2.3 * i / steps, -1.15 + 2.3 * (i + 1) / steps
        tone = color if i % 2 else lighter(color, 0.75)
        shade = brush.lit(tone) if (a + b) * brush.side > 0 else brush.flat(tone)
        brush.shape(
            [
                (x, y - 2.5 * m),
                (x + b * m, y - (1.85 - 0.05 * b * b) * m),
                (x + a * m, y - (1.85 - 0.05 * a * a) * m),
            ],
            shade,
        )


DESIGN = SetDesign(
    name="beach",
    words=listed(
        """
        beach, shore, seaside, coast, sand, waves, surf, seashore, bay, cove, island, tide,
        desert island, oceanfront, ocean front, beach house, sandbar, malibu, plage, strand,
        playa, atoll, omaha beach, beachfront, coastline, oceanside, peninsula, isle
        """
    ),
    build=build,
    air="sea",
)
