"""A road above the sea: it bends round the cliffs, a crash barrier on the drop, a rock wall on the hill."""

import itertools

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Point, fade, ink, mix, paint, polygon, smooth
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.sets.scenery.walls import FOCAL, ground_y
from reelwright.providers.sketch.stage import SetDesign, Stage

CLIFF, SHRUB, SEA = ink("a3866a"), ink("8c9a5a"), ink("2f7f9c")
LEFT, RIGHT, BEND = -2.6, 7.6, 34.0  # metres: the barrier, the hill's foot, where the road turns
_DISTANCES = (2.6, 3.4, 4.4, 5.8, 7.6, 10.0, 13.5, 18.0, 24.0, BEND)


def build(stage: Stage) -> None:
    """Sea on one hand, headlands one behind the other, the hill on the other hand."""
    site = Site(stage)
    site.sky()
    site.layer(0.06, lambda b: land.water(b, 428, 900, SEA, waves=130, calm=0.6), name="sea")
    site.layer(0.16, lambda b: _headland(b, 437, 84, -20), name="far headland")
    site.layer(0.3, lambda b: _headland(b, 448, 150, 250), name="headland")
    site.layer(0.56, _hill, name="hill")
    site.layer(0.7, _road, name="road")
    site.layer(0.84, _barrier, name="barrier")
    site.layer(0.94, _roadside, name="stones and a sign")
    site.foreground(lambda b: frames.fringe(b, SHRUB, tall=120, count=70))
    site.marks((-60, 652), (90, 644), (-170, 636), (190, 634), (10, 612))
    site.spots((-200, 664), (230, 668), (40, 682))


def _lean(distance: float) -> float:
    """How far the road has turned to the left, in metres, that far away."""
    return -6.5 * (distance / BEND) ** 2


def _at(brush: Brush, metres: float, distance: float, up: float = 0.0) -> Point:
    m = FOCAL / distance
    return (20 + (metres + _lean(distance)) * m, ground_y(brush, distance) - up * m)


def _headland(brush: Brush, y: float, tall: float, x: float) -> None:
    """A cape from the right border out into the sea, with surf at its foot."""
    right, rng = brush.stage.right, brush.rng
    line: list[Point] = [(x - 330, y)]
    for i in range(9):
        t = (i + 1) / 9
        line.append(
            (x - 330 + t * (right - x + 330), y - tall * t**0.7 - rng.uniform(0, tall * 0.16))
        )
    body = polygon([*line, (right, 900), (x - 330, y + 3)])
    brush.slope(body, y - tall, y + 20, brush.flat(mix(CLIFF, SHRUB, 0.5)), brush.dark(CLIFF))
    faces = skia.Path()
    for a, b in zip(line[1::2], line[2::2], strict=False):
        foot = (a[0] + b[0]) / 2 - brush.side * 30
        faces.addPath(polygon([a, b, (foot + 26, y + 6), (foot, y + 6)]))
    brush.fill(faces, fade(brush.lit(CLIFF), 0.55))
    foam: list[Point] = [(x - 350, y + 3), (x - 120, y + 1), (x + 160, y + 5), (right, y + 3)]
    brush.canvas.drawPath(smooth(foam, closed=False), paint(fade(brush.lit(SNOW), 0.7), stroke=3))


def _hill(brush: Brush) -> None:
    """The cut rock on the landward side; brush and a few pines on top."""
    top: list[Point] = []
    low: list[Point] = []
    for i, distance in enumerate(_DISTANCES):
        rough = brush.rng.uniform(-0.5, 0.5)
        top.append(_at(brush, RIGHT + 1.4, distance, 4.2 + rough + 0.05 * i * i))
        low.append(_at(brush, RIGHT, distance))
    rock = polygon([*low, *reversed(top)])
    brush.slope(
        rock, 200, 620, brush.lit(CLIFF) if brush.side < 0 else brush.flat(CLIFF), brush.dark(CLIFF)
    )
    for i, ((a, b), (c, d)) in enumerate(itertools.pairwise(zip(low, top, strict=True))):
        ledge = ((a[0] + b[0]) / 2 + brush.rng.uniform(-12, 12), a[1] + (b[1] - a[1]) * 0.45)
        tone = brush.lit(CLIFF) if i % 2 else brush.dark(CLIFF)
        brush.shape([b, d, ledge], fade(tone, 0.45))
        brush.shape([a, ledge, d, c], fade(tone, 0.22))
    for x, y in top[2:]:
        trees.bush(brush, x, y + 8, 60)
    for x, y in top[5:8]:
        trees.pine(brush, x + 40, y + 14, 120, shadow=False)


def _road(brush: Brush) -> None:
    verge = ground.snowed(brush, mix(SHRUB, CLIFF, 0.5), 0.7)
    asphalt = ground.snowed(brush, street.ASPHALT, 0.5)
    far = brush.light.far(brush.flat(asphalt), 0.4)
    shoulder = _band(brush, LEFT - 1.2, RIGHT + 0.6)
    brush.slope(shoulder, 466, 800, brush.flat(verge), brush.dark(verge))
    brush.slope(_band(brush, -1.7, RIGHT - 0.8), 466, 800, far, brush.dark(asphalt))
    chalk = fade(brush.flat(ink("ece6d4")), 0.25 if brush.snowy else 0.8)
    for a, b in ((-1.55, -1.42), (RIGHT - 1.1, RIGHT - 0.97)):
        brush.fill(_band(brush, a, b), chalk)
    line = fade(brush.flat(ink("d9b04c")), 0.25 if brush.snowy else 0.85)
    for offset in (2.62, 2.82):
        brush.fill(_band(brush, offset, offset + 0.1), line)
    brush.canvas.save()
    brush.canvas.clipPath(shoulder, True)
    ground.puddles(brush, 500, 800)
    brush.canvas.restore()


def _band(brush: Brush, a: float, b: float) -> "skia.Path":
    left = [_at(brush, a, distance) for distance in _DISTANCES]
    right = [_at(brush, b, distance) for distance in _DISTANCES]
    return polygon([*left, *reversed(right)])


def _barrier(brush: Brush) -> None:
    """A steel rail on posts along the drop."""
    low, high = ([_at(brush, LEFT, distance, up) for distance in _DISTANCES] for up in (0.42, 0.74))
    posts = skia.Path()
    distance = _DISTANCES[0]
    while distance < BEND:
        foot, head = _at(brush, LEFT, distance), _at(brush, LEFT, distance, 0.78)
        half = 0.06 * FOCAL / distance
        posts.addRect(skia.Rect(foot[0] - half, head[1], foot[0] + half, foot[1]))
        distance += 1.5
    brush.fill(posts, brush.dark(street.WOOD))
    steel = ground.snowed(brush, street.CHROME, 0.4)
    brush.shape([*low, *reversed(high)], brush.flat(steel))
    middle = [_at(brush, LEFT, distance, 0.6) for distance in _DISTANCES]
    brush.line(middle, brush.lit(steel), 4)
    brush.line(low, brush.dark(steel), 2.5)


def _roadside(brush: Brush) -> None:
    x, y = _at(brush, RIGHT - 0.4, 8.6)
    street.sign(brush, x, y, FOCAL / 8.6, ink("c79a3a"), tall=2.0)
    land.rock(brush, *_at(brush, RIGHT - 0.5, 6.4), 90, 50, CLIFF)
    land.rock(brush, *_at(brush, LEFT - 0.5, 5.2), 60, 28, CLIFF)


DESIGN = SetDesign(
    name="coast_road",
    words=listed(
        """
        coast road, coastal road, coast highway, coastal highway, pacific coast highway, pch, cliff road,
        cliffside road, ocean drive, ocean road, seaside road, corniche, mulholland drive, mulholland,
        road by the sea, bay road, scenic overlook, shore road, beach road, ocean highway, winding road,
        route de la cote, kustenstrasse
        """
    ),
    build=build,
    air="sea",
)
