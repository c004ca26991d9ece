"""A city street: we stand on the pavement; shops on one hand, traffic on the other."""

import itertools
from collections.abc import Callable

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, mix, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.houses import (
    BRICK,
    PLASTER,
    STONE,
    facade,
    shop,
    skyline,
)
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.sets.scenery.walls import FOCAL, SCALE, Wall, along, ground_y
from reelwright.providers.sketch.stage import SetDesign, Stage

VANISH = 90.0
NEON = ink("e8447a")
SHOPS, KERB, OPPOSITE = -4.2, 2.3, 15.0
LAMPS = (7.0, 13.0, 25.0)
CARS = ((30.0, 12.0), (19.0, 5.0), (12.0, 5.2))  # metres away, metres across


def build(stage: Stage) -> None:
    """Shops recede on the left, the road and the houses over the way on the right."""
    site = Site(stage)
    site.sky()
    site.layer(
        0.12, lambda b: skyline(b, 446, 90, 250, ink("6f7886"), wide=(44, 96)), name="far towers"
    )
    site.layer(
        0.25, lambda b: skyline(b, 452, 130, 330, ink("767a80"), wide=(80, 150)), name="towers"
    )
    site.layer(0.55, _opposite, name="over the way")
    site.layer(0.6, _ground, name="ground")
    site.layer(0.72, _shops, name="shops")
    site.layer(0.9, _furniture, name="street things")
    site.lamps(_lamplight)
    site.foreground(_frame)
    site.marks((-40, 655), (130, 640), (-190, 628), (30, 600), (215, 600))
    site.spots((-230, 650), (250, 662), (60, 675))


def _walls(brush: Brush, x: float, distances: list[float], tall: tuple[float, float]) -> None:
    bases = [BRICK, PLASTER, STONE, ink("8f9aa3"), mix(PLASTER, brush.dominant, 0.5)]
    colors = [brush.accent, brush.secondary, ink("3f5b50"), ink("8a3d36")]
    turn = brush.rng.randrange(4)
    pieces = list(itertools.pairwise(distances))
    for i, (near, far) in reversed(list(enumerate(pieces))):
        height = brush.rng.uniform(*tall)
        wall, color = bases[(i + turn) % 5], colors[(i + turn) % 4]
        along(brush, Wall(VANISH, x, near, far, height), _front(wall, color, height))


def _front(wall: Color, color: Color, height: float) -> Callable[[Brush, float, float], None]:
    def draw(brush: Brush, length: float, tall: float) -> None:
        floors = round((height - 3.3) / 3.2)
        facade(brush, (0, -tall, length, -3.3 * SCALE), SCALE, brush.unlit(wall), floors=floors)
        shop(brush, 0, length, 0, SCALE, color, awning=brush.rng.random() < 0.6)

    return draw


def _opposite(brush: Brush) -> None:
    _walls(brush, OPPOSITE, [9, 17, 27, 39, 56, 90], (13, 22))


def _shops(brush: Brush) -> None:
    _walls(brush, SHOPS, [3.4, 8.2, 14.5, 23, 36, 60], (12, 19))
    for distance, color in _signs(brush):
        box, m = _sign_box(brush, distance), FOCAL / distance
        brush.box(
            box[0] - 0.5 * m, box[1] + 0.3 * m, box[0], box[1] + 0.4 * m, brush.dark(street.IRON)
        )
        brush.box(*box, brush.dark(street.IRON))
        x0, y0, x1, y1 = box
        bright = mix(color, 0xFFFFFFFF, 0.35) if brush.light.lamps else brush.lit(color)
        for i in range(4):
            top = y0 + (y1 - y0) * (0.08 + 0.23 * i)
            brush.box(x0 + 0.12 * m, top, x1 - 0.12 * m, top + (y1 - y0) * 0.15, bright)


def _signs(brush: Brush) -> list[tuple[float, Color]]:
    """Signs that stand out from the shops: how far away, and what they shine in."""
    pairs = zip(
        (17.5, 11.0), (mix(NEON, brush.accent, 0.3), brush.stage.palette.accent), strict=True
    )
    return list(pairs)


def _sign_box(brush: Brush, distance: float) -> tuple[float, float, float, float]:
    m, y = FOCAL / distance, ground_y(brush, distance)
    x = VANISH + (SHOPS + 0.3) * m
    return x, y - 5.6 * m, x + 0.8 * m, y - 3.5 * m


def _x(brush: Brush, metres: float, y: float) -> float:
    return VANISH + metres * brush.metre(y)


def _ground(brush: Brush) -> None:
    ground.plane(brush, 432, brush.unlit(street.ASPHALT))
    top, low = 434, brush.stage.bottom
    slab = brush.unlit(ground.snowed(brush, street.CONCRETE, 0.8))
    left, kerb = brush.stage.left - 400, (_x(brush, KERB, low), low)
    points = [(VANISH - 20, top), (_x(brush, KERB, top), top), kerb, (left, low), (left, 640)]
    brush.slope(polygon(points), top, 800, brush.light.far(brush.flat(slab), 0.3), brush.dark(slab))
    edge = [
        (_x(brush, KERB, top), top),
        (_x(brush, KERB + 0.16, top), top),
        (_x(brush, KERB + 0.16, low), low),
        kerb,
    ]
    brush.shape(edge, brush.lit(slab, 0.7))
    joints = brush.dark(street.CONCRETE)
    for metres in (-2.6, -1.0, 0.6):
        brush.line([(VANISH, top), (_x(brush, metres, low), low)], fade(joints, 0.35), 1.5)
    for distance in (4, 4.8, 5.8, 7, 8.6, 10.6, 13, 17, 23):
        y = ground_y(brush, distance)
        brush.line([(_x(brush, SHOPS, y), y), (_x(brush, KERB, y), y)], fade(joints, 0.3), 1.4)
    ground.dashes(brush, top, VANISH, _x(brush, 8.4, low), 9, ink("e8e2cf"))
    ground.puddles(brush, 470, 800)


def _furniture(brush: Brush) -> None:
    paints = (ink("b9bec2"), ink("5a6a78"), brush.accent)
    for (distance, metres), color in zip(CARS, paints, strict=True):
        y = ground_y(brush, distance)
        street.car(
            brush, _x(brush, metres, y), y, FOCAL / distance, color, facing=1 if metres > 8 else -1
        )
    for distance in reversed(LAMPS):
        y = ground_y(brush, distance)
        if distance > 7:
            trees.broadleaf(
                brush,
                _x(brush, 1.4, ground_y(brush, distance * 1.25)),
                ground_y(brush, distance * 1.25),
                5.2 * FOCAL / distance / 1.25,
                brush.unlit(trees.LEAF),
            )
        street.lamp(brush, _x(brush, 2.0, y), y, FOCAL / distance, arm=-1)
    y = ground_y(brush, 9.0)
    street.bin_(brush, _x(brush, 1.7, y), y, FOCAL / 9.0)
    street.hydrant(
        brush, _x(brush, 1.9, ground_y(brush, 5.9)), ground_y(brush, 5.9), FOCAL / 5.9, brush.accent
    )


def _lamplight(brush: Brush) -> None:
    for distance in LAMPS:
        y, m = ground_y(brush, distance), FOCAL / distance
        street.lamplight(brush, _x(brush, 2.0, y) - 1.25 * m, y - 5.36 * m, y, m)
    distance, metres = CARS[-1]  # only the nearest: nothing stands before its lamps
    y = ground_y(brush, distance)
    street.headlight(brush, _x(brush, metres, y), y, FOCAL / distance, facing=-1)
    for distance, strength in ((4.6, 0.34), (7.0, 0.3), (11.0, 0.26)):  # before the shops
        y = ground_y(brush, distance)
        pool(brush, _x(brush, -2.6, y), y, 2.6 * FOCAL / distance, strength)
    pool(brush, 30, 644, 330, 0.3)  # and where people stand
    for low, high in ((0.0, 3.2), (0.3, 2.8), (0.6, 2.4)):  # a soft edge without a blur
        brush.fill(_panes_band(brush, low, high), fade(brush.light.lamp, 0.07))
    for distance, color in _signs(brush):
        x0, y0, x1, y1 = _sign_box(brush, distance)
        halo(brush, (x0 + x1) / 2, (y0 + y1) / 2, (y1 - y0) * 1.1, 0.55, color)
    if brush.wet:
        ground.mirror(brush, _reflections(brush), 210)


def _panes_band(brush: Brush, low: float, high: float) -> "skia.Path":
    """The shops' fronts between two heights in metres, near to far."""
    corners = ((3.4, low), (3.4, high), (36.0, high), (36.0, low))
    return polygon(
        [(VANISH + SHOPS * FOCAL / d, ground_y(brush, d) - up * FOCAL / d) for d, up in corners]
    )


def _reflections(brush: Brush) -> list[tuple[float, float, float, Color]]:
    """What shines, once more in the wet pavement under it."""
    streaks = []
    for distance in LAMPS:
        y = ground_y(brush, distance)
        streaks.append((_x(brush, 1.3, y), y, 8 + 70 / distance, brush.light.lamp))
    for distance in (5.6, 9.0, 15.0):
        y = ground_y(brush, distance)
        streaks.append((_x(brush, -3.3, y), y, 12 + 90 / distance, brush.light.lamp))
    for distance, color in _signs(brush):
        x0, _, x1, _ = _sign_box(brush, distance)
        streaks.append(((x0 + x1) / 2, ground_y(brush, distance) + 6, (x1 - x0) * 0.5, color))
    return streaks


def _frame(brush: Brush) -> None:
    x = -brush.stage.width / 2
    brush.box(x - 400, -200, x + 34, 900, brush.light.near)
    brush.box(x + 34, 180, x + 96, 250, brush.light.near)


DESIGN = SetDesign(
    name="city_street",
    words=listed(
        """
        street, city, avenue, downtown, sidewalk, pavement, boulevard, intersection, corner,
        shop front, storefront, crosswalk, block, taxi, traffic, bar, restaurant, cafe, coffee
        shop, shop, store, nightclub, club, los angeles, new york, chicago, london, paris,
        tokyo, berlin, manhattan, brooklyn, las vegas, metropolis, chinatown, red light
        district, cab, subway, liquor store, pub, building, buildings, broadway, blvd, ave,
        casino, phone booth, pay phone, telephone booth, phone box, tower block, high rise,
        penthouse, times square, trafalgar square, piccadilly, union square, theater district,
        bus shelter, taxi stand, bodega, deli, bakery, laundromat, pawn shop, pharmacy, salon,
        boutique, gallery, newsstand, hollywood, miami, boston, san francisco, washington,
        moscow, rome, madrid, hong kong, shanghai, mumbai, cairo, istanbul, vienna, prague, san
        diego, philadelphia, harlem, queens, bronx, oakland, seattle, detroit, new orleans,
        parade, parade route, cityscape, metro, tenement street, rue, calle, via, strasse,
        stadt, ville, ciudad, grocery, grocery store, mart, loft, bldg, bistro, theater marquee,
        marquee, hair salon, barbershop, barber shop, strip club, comedy club, jazz club, disco,
        the strip, limo stand, curb, district, rodeo drive, fifth avenue, sunset boulevard, wall
        street
        """
    ),
    build=build,
    air="city",
)
