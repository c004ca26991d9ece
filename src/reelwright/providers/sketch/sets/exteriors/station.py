"""A railway station: the platform with its canopy, a train, signals, rails to the distance."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import cone, halo, pool
from reelwright.providers.sketch.sets.scenery.houses import BRICK, SLATE, skyline
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.sets.scenery.walls import FOCAL, SCALE, Wall, along, ground_y
from reelwright.providers.sketch.stage import SetDesign, Stage

VANISH = 120.0
PLATFORM = 1.9  # metres right of the vanishing point where the platform ends
CLOCK = (-112.0, 250.0)
PILLARS = (22.0, 14.0, 9.2)


def build(stage: Stage) -> None:
    """The platform runs to the vanishing point, the train stands at its edge."""
    site = Site(stage)
    site.sky()
    site.layer(0.1, lambda b: skyline(b, 444, 60, 170, ink("76808c"), wide=(50, 100)), name="town")
    site.layer(0.22, lambda b: trees.treeline(b, 446, 46, ink("6f8f68")), name="trees")
    site.layer(0.5, _ground, name="ground and rails")
    site.layer(0.62, _building, name="station")
    site.layer(0.72, _train, name="train")
    site.layer(0.88, _platform, name="pillars and bench")
    site.lamps(_lamplight)
    site.foreground(lambda b: frames.post(b, -1, 26))
    site.marks((-60, 660), (80, 652), (-200, 640), (160, 628), (10, 606))
    site.seats((-330, 634, 0.45))
    site.spots((-120, 676), (150, 676), (-250, 664))


def _x(brush: Brush, metres: float, y: float) -> float:
    return VANISH + metres * brush.metre(y)


def _ground(brush: Brush) -> None:
    ground.plane(brush, 436, ink("8f8678"))
    ground.pebbles(brush, 450, 800, 160, ink("8a8178"))
    low, top = brush.stage.bottom, 438.0
    rails, sleepers = skia.Path(), skia.Path()
    for track in (3.4, 7.8):
        for distance in (3.4, 3.9, 4.5, 5.3, 6.2, 7.4, 9, 11, 14, 18, 24):
            y = ground_y(brush, distance)
            h = 0.24 * FOCAL / distance * 0.5
            sleepers.addRect(
                rect(_x(brush, track - 1.25, y), y, _x(brush, track + 1.25, y), y + h * 0.5)
            )
        for side in (-0.75, 0.75):
            a, b = _x(brush, track + side, top), _x(brush, track + side, low)
            rails.addPath(polygon([(a - 0.4, top), (a + 0.4, top), (b + 14, low), (b - 14, low)]))
    brush.fill(sleepers, brush.dark(street.WOOD))
    brush.fill(rails, brush.lit(ink("b9bcc0")))


def _building(brush: Brush) -> None:
    def front(b: Brush, length: float, tall: float) -> None:
        b.box(0, -tall, length, 0, b.flat(BRICK))
        b.box(0, -tall, length, -tall + 0.5 * SCALE, b.lit(ink("d8cdb8")))
        x = 1.2 * SCALE
        while x < length:
            tone = b.lamplit() if b.light.lamps else b.glass()
            b.box(
                x - 0.14 * SCALE,
                -2.95 * SCALE,
                x + 1.54 * SCALE,
                -0.7 * SCALE,
                b.lit(ink("e2d8c4")),
            )
            b.box(x, -2.8 * SCALE, x + 1.4 * SCALE, -0.85 * SCALE, tone)
            b.box(
                x + 0.66 * SCALE,
                -2.8 * SCALE,
                x + 0.74 * SCALE,
                -0.85 * SCALE,
                b.lit(ink("e2d8c4")),
            )
            b.box(x + 2.1 * SCALE, -2.4 * SCALE, x + 3.2 * SCALE, 0, b.flat(b.accent))
            x += 5.4 * SCALE
        b.box(0, -0.7 * SCALE, length, 0, fade(b.dark(BRICK), 0.5))

    along(brush, Wall(VANISH, -4.6, 3.0, 34, 5.4), front)


def _train(brush: Brush) -> None:
    livery = mix(ink("48707c"), brush.secondary, 0.5)

    def coach(b: Brush, length: float, tall: float) -> None:
        b.box(0, -tall, length, 0, b.flat(livery))
        b.box(0, -tall, length, -tall + 0.45 * SCALE, b.lit(SNOW if b.snowy else ink("c9ced2")))
        b.box(0, -1.35 * SCALE, length, -1.15 * SCALE, b.lit(b.accent))
        b.box(0, -0.55 * SCALE, length, 0, b.light.near)
        x = 0.5 * SCALE
        while x < length - SCALE:
            b.box(
                x,
                -2.7 * SCALE,
                x + 1.2 * SCALE,
                -1.65 * SCALE,
                b.lamplit() if b.light.lamps else b.glass(),
            )
            x += 1.6 * SCALE
        b.box(length - 0.12 * SCALE, -tall, length, 0, b.light.near)

    for near, far in (
        ((25, 44), (13, 24.6), (6.2, 12.7))
        if brush.stage.variant % 2 == 0
        else ((25, 44), (14, 24.6))
    ):
        along(brush, Wall(VANISH, PLATFORM + 0.25, near, far, 3.5), coach)
        if near < 15:
            _nose(brush, near, livery)


def _nose(brush: Brush, near: float, livery: int) -> None:
    y, m = ground_y(brush, near), FOCAL / near
    x0, x1 = _x(brush, PLATFORM + 0.25, y), _x(brush, PLATFORM + 3.1, y)
    face = ground.smooth_box(x0, y - 3.5 * m, x1, y + 0.1 * m, 0.35 * m)
    brush.body(face, livery, 0.5 * m)
    brush.fill(
        ground.smooth_box(x0 + 0.3 * m, y - 3.0 * m, x1 - 0.3 * m, y - 1.8 * m, 0.2 * m),
        brush.glass(),
    )
    brush.box(x0, y - 1.3 * m, x1, y - 1.1 * m, brush.lit(brush.accent))
    for at in (x0 + 0.5 * m, x1 - 0.5 * m):
        brush.oval(
            at - 0.17 * m,
            y - 0.9 * m,
            at + 0.17 * m,
            y - 0.56 * m,
            brush.light.lamp if brush.light.lamps else brush.lit(SNOW),
        )


def _platform(brush: Brush) -> None:
    slab = ink("aaa295")
    low, top = brush.stage.bottom, 441.0
    level = ground.snowed(brush, slab, 0.35)
    deck = polygon(
        [
            (_x(brush, -4.6, top), top),
            (_x(brush, PLATFORM, top), top),
            (_x(brush, PLATFORM, low), low),
            (_x(brush, -4.6, low) - 600, low),
        ]
    )
    brush.slope(deck, top, 800, brush.light.far(brush.flat(level), 0.4), brush.dark(level))
    for metres, wide, tone in (
        (PLATFORM - 0.1, 0.1, ink("f0ead8")),
        (PLATFORM - 0.75, 0.09, ink("e0b53e")),
    ):
        a, b = _x(brush, metres, top), _x(brush, metres, low)
        brush.shape(
            [
                (a, top),
                (a + 1, top),
                (b + wide * brush.metre(low), low),
                (b - wide * brush.metre(low), low),
            ],
            brush.lit(tone),
        )
    ground.puddles(brush, 480, 780, 5)
    _canopy(brush)
    street.bench(brush, -330, 622, brush.metre(622))
    street.bin_(brush, -470, 628, brush.metre(628))
    _clock(brush)


def _canopy(brush: Brush) -> None:
    roof = [
        (_x(brush, -4.6, ground_y(brush, d)), ground_y(brush, d) - 4.6 * FOCAL / d)
        for d in (3.2, 34)
    ]
    eave = [
        (_x(brush, -0.9, ground_y(brush, d)), ground_y(brush, d) - 4.1 * FOCAL / d)
        for d in (34, 3.2)
    ]
    brush.shape([*roof, *eave], brush.dark(SLATE))
    brush.line(eave, brush.lit(SNOW if brush.snowy else ink("d8cdb8")), 7)
    for distance in PILLARS:
        y, m = ground_y(brush, distance), FOCAL / distance
        x = _x(brush, -1.6, y)
        brush.cast(x, y, 0.3 * m, 4 * m)
        brush.pillar(x, y, 0.14 * m, 0.09 * m, 4.2 * m, ink("4c6a5c"), 0.1 * m)


def _clock(brush: Brush) -> None:
    x, y = CLOCK
    brush.line([(x, 150), (x, y - 26)], brush.dark(street.IRON), 5)
    brush.oval(x - 32, y - 32, x + 32, y + 32, brush.dark(street.IRON))
    brush.oval(
        x - 26,
        y - 26,
        x + 26,
        y + 26,
        brush.lamplit(1.0) if brush.light.lamps else brush.lit(ink("f2ecdc")),
    )
    brush.line([(x, y), (x, y - 18)], brush.light.near, 3)
    brush.line([(x, y), (x + 12, y + 7)], brush.light.near, 3)


def _lamplight(brush: Brush) -> None:
    for distance in PILLARS:
        y, m = ground_y(brush, distance), FOCAL / distance
        x = _x(brush, -1.6, y)
        halo(brush, x, y - 3.7 * m, 1.3 * m, 0.6)
        cone(brush, (x, y - 3.7 * m), (x, y), 1.7 * m, 0.14)
        pool(brush, x, y, 2.4 * m, 0.3)
    halo(brush, *CLOCK, 90, 0.35)


DESIGN = SetDesign(
    name="railway_station",
    words=listed(
        """
        station, train station, railway station, railroad station, platform, train platform,
        railway, railroad, train tracks, railroad tracks, tracks, train, subway entrance, depot,
        level crossing, bus station, subway station, train yard, railyard crossing, freight
        train, boxcar, train car, train roof, locomotive, caboose, subway platform, metro
        station, grand central, union station, penn station, greyhound station, bus terminal,
        gare, bahnhof, estacion, monorail, elevated train, trestle
        """
    ),
    build=build,
    air="station",
)
