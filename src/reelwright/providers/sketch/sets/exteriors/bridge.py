"""On a bridge: the way between iron railings, towers with cables or a truss, water and a city below."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Point, fade, ink, mix, paint, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.houses import STONE, skyline
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.sets.scenery.walls import FOCAL, ground_y
from reelwright.providers.sketch.stage import SetDesign, Stage

VANISH = -70.0
LEFT, KERB, RIGHT = -2.9, 1.9, 10.5  # metres: our railing, the kerb, the railing over the way
NEAR, FAR = 2.6, 150.0
TOWERS = (34.0, 92.0)  # metres away
TALL = 16.0  # metres from the way to the head of a tower
LAMPS = (8.0, 15.0, 30.0)


def build(stage: Stage) -> None:
    """The city over the water, then the bridge that leads there; we stand on its pavement."""
    site = Site(stage)
    site.sky()
    site.layer(0.06, lambda b: land.ridge(b, 424, 50, ink("7d90a2")), name="hills")
    site.layer(0.14, lambda b: skyline(b, 438, 50, 150, ink("6f7b88"), wide=(34, 80)), name="city")
    site.layer(0.22, _water, name="water")
    site.layer(0.5, _towers, name="towers and cables")
    site.layer(0.62, _way, name="way")
    site.layer(0.78, _railings, name="railings")
    site.layer(0.92, _lamps, name="lamps and a car")
    site.lamps(_lamplight)
    site.foreground(lambda b: frames.post(b, -1, 26))
    site.marks((-40, 656), (110, 644), (-160, 640), (20, 612), (170, 618))
    site.spots((-190, 668), (210, 672), (50, 684))


def _x(metres: float, distance: float) -> float:
    return VANISH + metres * FOCAL / distance


def _water(brush: Brush) -> None:
    land.water(brush, 436, 900, ink("3f7489"), waves=110, calm=0.7)
    if brush.light.lamps:
        lights = [(brush.rng.uniform(-640, 640), 440.0, 4.0, brush.light.lamp) for _ in range(16)]
        ground.mirror(brush, lights, 70)


def _towers(brush: Brush) -> None:
    """Two stone towers with arches, and the cables that hang between them."""
    stone = brush.unlit(mix(STONE, brush.dominant, 0.25))
    for distance in reversed(TOWERS):
        m, y = FOCAL / distance, ground_y(brush, distance)
        top = y - TALL * m
        for metres in (LEFT - 1.4, RIGHT + 1.4):
            x = _x(metres, distance)
            brush.pillar(x, y + 3 * m, 1.2 * m, 1.0 * m, y + 3 * m - top, stone, 0.9 * m)
        x0, x1 = _x(LEFT - 2.6, distance), _x(RIGHT + 2.6, distance)
        brush.box(x0, top - 1.2 * m, x1, top + 1.6 * m, brush.flat(stone))
        brush.box(x0 - 0.4 * m, top - 1.9 * m, x1 + 0.4 * m, top - 1.1 * m, brush.lit(stone))
        brush.box(x0, y - 8 * m, x1, y - 7 * m, brush.flat(stone))
    for metres in (RIGHT + 1.2, LEFT - 1.2):
        _cable(brush, metres)


def _cable(brush: Brush, metres: float) -> None:
    """The cable sinks from tower to tower; hangers go down to the railing."""
    spans = ((2.2, TOWERS[0], 4.0), (TOWERS[0], TOWERS[1], 3.0), (TOWERS[1], FAR, 3.0))
    cable: list[Point] = []
    hangers = skia.Path()
    for near, far, low in spans:
        for i in range(15):
            t = i / 14
            distance = near + (far - near) * t
            sag = (2 * t - 1) ** 2 if near > 2.2 else t * t
            m = FOCAL / distance
            point = (
                _x(metres, distance),
                ground_y(brush, distance) - (low + (TALL - low) * sag) * m,
            )
            cable.append(point)
            hangers.moveTo(*point)
            hangers.lineTo(point[0], ground_y(brush, distance) - 0.9 * m)
    tone = brush.dark(mix(street.IRON, brush.accent, 0.2))
    brush.canvas.drawPath(hangers, paint(fade(tone, 0.75), stroke=1.6))
    brush.line(cable, tone, 5)


def _strip(brush: Brush, a: float, b: float, lift: float = 0.0) -> "skia.Path":
    """A band along the bridge between two lines, `lift` metres over the ground."""
    corners: list[Point] = []
    for metres, distance in ((a, FAR), (b, FAR), (b, NEAR), (a, NEAR)):
        y = ground_y(brush, distance) - lift * FOCAL / distance
        corners.append((_x(metres, distance), y))
    return polygon(corners)


def _way(brush: Brush) -> None:
    asphalt = brush.unlit(ground.snowed(brush, street.ASPHALT, 0.5), 0.35)
    slab = brush.unlit(ground.snowed(brush, street.CONCRETE, 0.8), 0.35)
    deck = _strip(brush, LEFT - 0.5, RIGHT + 0.5)
    brush.slope(deck, 436, 800, brush.light.far(brush.flat(asphalt), 0.4), brush.dark(asphalt))
    for a, b in ((LEFT - 0.5, KERB), (9.0, RIGHT + 0.5)):
        path = _strip(brush, a, b)
        brush.slope(path, 436, 800, brush.light.far(brush.flat(slab), 0.4), brush.dark(slab))
    brush.fill(_strip(brush, KERB, KERB + 0.16), brush.lit(slab, 0.7))
    line = _strip(brush, 5.4, 5.6)
    brush.fill(line, fade(brush.flat(ink("e8e2cf")), 0.25 if brush.snowy else 0.7))
    joints = brush.dark(street.CONCRETE)
    for distance in (3.4, 4.2, 5.2, 6.5, 8.2, 10.5, 14, 20, 30):
        y = ground_y(brush, distance)
        seam: list[Point] = [(_x(LEFT, distance), y), (_x(KERB, distance), y)]
        brush.line(seam, fade(joints, 0.4), 1.5)
    brush.canvas.save()
    brush.canvas.clipPath(deck, True)
    ground.puddles(brush, 480, 800, 16)
    brush.canvas.restore()


def _railings(brush: Brush) -> None:
    for metres in (RIGHT, LEFT):
        iron = mix(brush.dark(street.IRON), brush.flat(brush.unlit(brush.accent)), 0.3)
        bars, posts = skia.Path(), skia.Path()
        distance = NEAR
        while distance < 44:
            x, y, m = _x(metres, distance), ground_y(brush, distance), FOCAL / distance
            stout = round((distance - NEAR) / 0.34) % 7 == 0
            path = posts if stout else bars
            path.moveTo(x, y)
            path.lineTo(x, y - (1.15 if stout else 1.02) * m)
            distance += 0.34
        brush.canvas.drawPath(bars, paint(iron, stroke=1.8))
        brush.canvas.drawPath(posts, paint(iron, stroke=6))
        for up, thick in ((1.02, 0.07), (0.12, 0.05)):
            rail: list[Point] = []
            for far, lift in ((NEAR, up), (FAR, up), (FAR, up + thick), (NEAR, up + thick)):
                m = FOCAL / far
                rail.append((_x(metres, far), ground_y(brush, far) - lift * m))
            brush.shape(rail, mix(iron, brush.lit(street.IRON), 0.5))


def _lamps(brush: Brush) -> None:
    y = ground_y(brush, 16.0)
    street.car(brush, _x(7.4, 16.0), y, FOCAL / 16.0, brush.accent, facing=-1)
    for distance in reversed(LAMPS):
        y, m = ground_y(brush, distance), FOCAL / distance
        street.lamp(brush, _x(LEFT + 0.35, distance), y, m, arm=0, tall=3.6)


def _lamplight(brush: Brush) -> None:
    for distance in LAMPS:
        y, m = ground_y(brush, distance), FOCAL / distance
        street.lamplight(brush, _x(LEFT + 0.35, distance), y - 3.9 * m, y, m)


DESIGN = SetDesign(
    name="bridge",
    words=listed(
        """
        bridge, suspension bridge, iron bridge, brooklyn bridge, golden gate bridge, london bridge,
        tower bridge, manhattan bridge, on the bridge, bridge railing, drawbridge road, bay bridge,
        causeway, brucke, pont, puente
        """
    ),
    build=build,
    air="river",
)
