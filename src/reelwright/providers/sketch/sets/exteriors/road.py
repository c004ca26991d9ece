"""A country road: straight to the horizon, wires, a sign, fields on both sides."""

from reelwright.providers.sketch.ink import ink, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.sets.scenery.walls import FOCAL, ground_y
from reelwright.providers.sketch.stage import SetDesign, Stage

FIELD = ink("b3a45c")
VANISH = -60.0
POLES = (62.0, 38.0, 25.0, 17.0, 11.5, 7.6)


def build(stage: Stage) -> None:
    """The road runs away from us; poles and posts give the distance."""
    site = Site(stage)
    site.sky()
    site.layer(0.06, lambda b: land.ridge(b, 424, 110, ink("8392a6")), name="mountains")
    site.layer(0.18, lambda b: land.ridge(b, 436, 44, ink("8a9a76")), name="hills")
    site.layer(0.35, _fields, name="fields")
    site.layer(0.75, _road, name="road")
    site.lamps(_headlights, depth=0.8)
    site.layer(0.9, _side, name="poles and sign")
    site.foreground(lambda b: frames.fringe(b, FIELD, tall=130))
    site.marks((60, 655), (-90, 648), (190, 640), (-220, 632), (20, 600))
    site.spots((-40, 675), (230, 672), (-260, 660))


def _x(brush: Brush, metres: float, y: float) -> float:
    return VANISH + metres * brush.metre(y)


def _fields(brush: Brush) -> None:
    ground.plane(brush, 440, FIELD, edge=ground.rolling(brush, 442, 4))
    for y, color in ((450, ink("8fa25a")), (462, ink("c7ad62")), (478, ink("93985a"))):
        strip = ground.rolling(brush, y, 3)
        brush.shape(
            [*strip, (brush.stage.right, y + 9), (brush.stage.left, y + 9)],
            brush.flat(ground.snowed(brush, color)),
        )
    for x, h in ((-430, 60), (-392, 44), (330, 70), (372, 50), (410, 56), (700, 90), (-760, 80)):
        trees.broadleaf(brush, x, 452, h, shadow=False)
    m = brush.metre(462)
    brush.body(
        polygon(
            [(500, 462), (500, 462 - 3 * m), (540, 462 - 5 * m), (580, 462 - 3 * m), (580, 462)]
        ),
        ink("9a4a3c"),
        20,
    )


def _road(brush: Brush) -> None:
    ground.plane(brush, 452, FIELD, edge=ground.rolling(brush, 453, 2))
    top, low = 434.0, brush.stage.bottom
    half = 3.6 * brush.metre(low)
    gravel = half * 1.2
    y = 440.0
    ground.road(brush, y, VANISH, 1.2, VANISH, gravel, ink("a8977a"))
    ground.road(brush, y, VANISH, 1.0, VANISH, half, street.ASPHALT)
    for metres in (-3.3, 3.3):
        ground.dashes(brush, y, VANISH, _x(brush, metres, low), 8, ink("efe9d8"), solid=True)
    ground.dashes(brush, y, VANISH, VANISH, 9, ink("e0b84a"))
    ground.puddles(brush, 500, 790, 8)
    ground.grass(brush, 460, 560, 240, FIELD, 0.8)
    car_y = top + 42
    if brush.stage.variant % 2 == 0:
        _coming(brush, _x(brush, 1.8, car_y), car_y)


def _coming(brush: Brush, x: float, y: float) -> None:
    """A far car, head on."""
    m = brush.metre(y)
    brush.contact(x, y, 2.0 * m)
    brush.body(
        ground.smooth_box(x - 0.9 * m, y - 0.95 * m, x + 0.9 * m, y - 0.2 * m, 0.2 * m),
        brush.accent,
        0.4 * m,
    )
    brush.shape(
        [
            (x - 0.75 * m, y - 0.9 * m),
            (x - 0.55 * m, y - 1.45 * m),
            (x + 0.55 * m, y - 1.45 * m),
            (x + 0.75 * m, y - 0.9 * m),
        ],
        brush.glass(),
    )
    for side in (-0.62, 0.62):
        brush.oval(
            x + (side - 0.14) * m,
            y - 0.78 * m,
            x + (side + 0.14) * m,
            y - 0.5 * m,
            brush.light.lamp,
        )
        brush.box(x + (side - 0.16) * m, y - 0.26 * m, x + (side + 0.16) * m, y, brush.light.near)


def _side(brush: Brush) -> None:
    tops: list[tuple[float, float]] = []
    for distance in POLES:
        y, m = ground_y(brush, distance), FOCAL / distance
        arm = street.pole(brush, _x(brush, 6.4, y), y, m, tall=7.4)
        tops.append((_x(brush, 5.6, y), arm))
    street.wires(brush, tops, 14)
    street.wires(
        brush, [(x + 1.6 * FOCAL / d, y) for (x, y), d in zip(tops, POLES, strict=True)], 14
    )
    for distance in (40, 28, 20, 14.5, 10.5, 7.8):
        y, m = ground_y(brush, distance), FOCAL / distance
        brush.box(
            _x(brush, -4.7, y) - 0.05 * m,
            y - 0.9 * m,
            _x(brush, -4.7, y) + 0.05 * m,
            y,
            brush.lit(ink("efe9d8")),
        )
        brush.box(
            _x(brush, -4.7, y) - 0.05 * m,
            y - 0.8 * m,
            _x(brush, -4.7, y) + 0.05 * m,
            y - 0.66 * m,
            brush.flat(brush.accent),
        )
    street.sign(
        brush, _x(brush, 4.6, 560), 560, brush.metre(560), ink("c9a23c"), tall=2.3, size=0.95
    )
    y = 640.0
    ground.grass(brush, 600, 800, 260, FIELD, 1.1)
    land.rock(brush, -440, y, 120, 54)
    trees.bush(brush, 470, 664, 150, trees.OLIVE)


def _headlights(brush: Brush) -> None:
    if brush.stage.variant % 2:
        return
    y = 476.0
    x, m = _x(brush, 1.8, y), brush.metre(y)
    for side in (-0.62, 0.62):
        halo(brush, x + side * m, y - 0.64 * m, 2.2 * m, 0.8, ink("fff2cf"))
    pool(brush, x, y + 12, 6 * m, 0.4)


DESIGN = SetDesign(
    name="country_road",
    words=listed(
        """
        road, highway, country road, dirt road, freeway, motorway, interstate, roadside,
        crossroads, hitchhiker, car, truck, bus, motorcycle, moving car, shoulder, bicycle, back
        road, truck stop road, street racing, hillside road, route, turnpike, roads, overpass,
        expressway, exit ramp, on ramp, off ramp, rural road, ditch, van, pick up truck, pickup
        truck, pickup, limo, limousine, police car, cruiser, squad car, patrol car, ambulance,
        motorhome, winnebago, rv, sedan, suv, jeep, convoy, roadblock, checkpoint, border
        crossing, border, billboard, driving, path, gravel road, two lane, tow truck, semi
        truck, semi, school bus, tour bus, convertible, drive, road sign, side of the road,
        parkway, roadway, ramp, beltway, stretch of road, main road
        """
    ),
    build=build,
    air="road",
)
