"""The open sea from the deck of a boat: rails that meet at the bow, a mast, a wheelhouse, the swell."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Weather
from reelwright.providers.sketch.ink import Color, Point, fade, ink, mix, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.sets.scenery.walls import FOCAL, SCALE, Wall, along, ground_y
from reelwright.providers.sketch.stage import SetDesign, Stage

DEEP, PLANK, PAINT = ink("356d84"), ink("a98a63"), ink("e6e1d6")
BOW, BEAM = 15.0, 3.1  # metres to the bow, half the deck's width
MAST = (-0.7, 10.5)  # metres across, metres away
_DISTANCES = (2.6, 3.4, 4.4, 5.6, 7.0, 8.6, 10.2, 11.8, 13.2, 14.3, BOW)
_GALE = {Weather.STORM: 4.4, Weather.RAIN: 1.6, Weather.SNOW: 1.4, Weather.CLOUD: 1.2}


def build(stage: Stage) -> None:
    """Water to the horizon, swell before swell, then the deck we stand on."""
    site = Site(stage)
    gale = _GALE.get(site.light.weather, 1.0)
    site.sky()
    site.layer(0.06, lambda b: land.water(b, 428, 900, DEEP, waves=150, calm=0.6), name="far sea")
    site.layer(0.22, lambda b: _swell(b, 446, 5 * gale, 2.2), name="far swell")
    site.layer(0.42, lambda b: _swell(b, 474, 9 * gale, 1.5), name="swell")
    site.layer(0.66, lambda b: _swell(b, 524, 12 * gale, 1.0), name="near swell")
    site.layer(0.86, _deck, name="deck")
    site.layer(0.94, _gear, name="mast and wheelhouse")
    site.lamps(_lamplight)
    site.foreground(_ropes)
    site.marks((40, 652), (190, 640), (-110, 640), (-30, 616), (130, 612))
    site.spots((-190, 664), (280, 668), (60, 676))


def _swell(brush: Brush, y: float, rise: float, waves: float) -> None:
    """One row of waves: light falls through the crests, wind breaks them into foam."""
    line = ground.rolling(brush, y - max(0.0, rise - 12), rise, waves * 2.4)
    stage, light = brush.stage, brush.light
    body = polygon([*line, (stage.right, stage.bottom), (stage.left, stage.bottom)])
    crest = mix(brush.lit(mix(DEEP, ink("6fb2a8"), 0.5)), light.sky[2], 0.3)
    low = mix(brush.dark(DEEP), light.sky[1], 0.25)
    brush.slope(body, y - rise, y + 60 + rise * 2, crest, low)
    path, foam = skia.Path(), skia.Path()
    for _ in range(70):
        (x, top), t = brush.rng.choice(line), brush.rng.random()
        at, wide = top + 3 + t * 80, brush.rng.uniform(10, 46) * (0.5 + brush.depth)
        (foam if rise > 14 and t < 0.3 else path).addPath(_lens(x, at, wide, 1 + 4 * brush.depth))
    brush.fill(path, fade(light.sky[3], 0.28))
    brush.fill(foam, fade(brush.lit(SNOW), 0.6))
    if rise > 14:
        edge = polygon(line, closed=False)
        brush.canvas.drawPath(edge, paint(fade(brush.lit(SNOW), 0.5), stroke=1 + 3 * brush.depth))


def _lens(x: float, y: float, wide: float, high: float) -> "skia.Path":
    path = skia.Path()
    path.moveTo(x - wide, y)
    path.quadTo(x, y - high, x + wide, y)
    path.quadTo(x, y + high * 0.5, x - wide, y)
    return path


def _edge(brush: Brush, side: int, up: float) -> list[Point]:
    """The deck's edge on one side from near to the bow, `up` metres above it; it rises to the bow."""
    points: list[Point] = []
    for distance in _DISTANCES:
        m, share = FOCAL / distance, distance / BOW
        x = side * BEAM * math.sqrt(max(0.0, 1 - share**2.6))
        points.append((x * m, ground_y(brush, distance) - up * (1 + 0.3 * share**3) * m))
    return points


def _deck(brush: Brush) -> None:
    left, right = _edge(brush, -1, 0), _edge(brush, 1, 0)
    planks = polygon([*left, *reversed(right)])
    wood = ground.snowed(brush, PLANK, 0.7)
    near = mix(brush.flat(wood), brush.light.near, 0.35)
    for side, low in ((-1, left), (1, right)):
        _bulwark(brush, side, low)
    brush.slope(planks, 500, 800, mix(brush.flat(wood), brush.lit(wood), 0.5), near)
    canvas = brush.canvas
    canvas.save()
    canvas.clipPath(planks, True)
    joints = skia.Path()
    for i in range(-9, 10):
        joints.moveTo(0, brush.stage.horizon)
        joints.lineTo(i * 130, brush.stage.bottom)
    canvas.drawPath(joints, paint(fade(brush.dark(wood), 0.5), stroke=1.6))
    ground.puddles(brush, 520, 800)
    canvas.restore()


def _bulwark(brush: Brush, side: int, low: list[Point]) -> None:
    """The boat's side from within, its cap rail, and a line of iron above it."""
    color = mix(PAINT, brush.dominant, 0.35)
    inner = brush.lit(color, 0.7) if side != brush.side else brush.dark(color, 0.8)
    cap, top = _edge(brush, side, 0.4), _edge(brush, side, 0.5)
    brush.shape([*low, *reversed(cap)], inner)
    ribs = skia.Path()
    for (x0, y0), (x1, y1) in list(zip(low, cap, strict=True))[1:-1]:
        ribs.moveTo(x0, y0)
        ribs.lineTo(x1, y1)
    brush.canvas.drawPath(ribs, paint(fade(brush.dark(color), 0.7), stroke=4))
    brush.shape([*cap, *reversed(top)], brush.lit(SNOW if brush.snowy else street.WOOD))
    iron = brush.dark(street.IRON)
    pipe, posts = _edge(brush, side, 0.95), skia.Path()
    for (x0, y0), (x1, y1) in list(zip(top, pipe, strict=True))[:-1]:
        posts.moveTo(x0, y0)
        posts.lineTo(x1, y1)
    brush.canvas.drawPath(posts, paint(iron, stroke=2.4))
    brush.line(pipe, iron, 3.2)
    brush.line(_edge(brush, side, 0.72), iron, 1.6)


def _house_side(brush: Brush) -> int:
    """The lamp in the wheelhouse is the night's key; by day the house must not hide the sun."""
    return brush.side if brush.light.lamps else -brush.side


def _gear(brush: Brush) -> None:
    _mast(brush)
    x, y, m = 0.9 * FOCAL / 9.4, ground_y(brush, 9.4), FOCAL / 9.4
    brush.cast(x, y, 1.7 * m, 0.5 * m)
    brush.box(x - 0.85 * m, y - 0.45 * m, x + 0.85 * m, y, brush.dark(PLANK, 0.8))
    lid = SNOW if brush.snowy else street.WOOD
    brush.box(x - 0.92 * m, y - 0.58 * m, x + 0.92 * m, y - 0.42 * m, brush.lit(lid))
    house = _house_side(brush)
    _buoy(brush, -house)
    m = FOCAL / 6.2
    _barrel(brush, -house * 2.1 * m, ground_y(brush, 6.2), m)
    along(brush, Wall(0, house * 2.15, 1.9, 6.4, 2.5), _wheelhouse)


def _mast(brush: Brush) -> None:
    across, distance = MAST
    m, y = FOCAL / distance, ground_y(brush, distance)
    x, top = across * m, y - 9.5 * m
    iron, rig = brush.dark(street.IRON), skia.Path()
    for side in (-1, 1):
        foot = (side * 2.35 * m, y - 0.5 * m)
        for spread in (0.0, 0.8):
            rig.moveTo(foot[0] - side * spread * m, foot[1] - spread * 0.2 * m)
            rig.lineTo(x, top + 1.2 * m)
    rig.moveTo(x, top + 0.6 * m)
    rig.lineTo(0, ground_y(brush, BOW) - 1.3 * FOCAL / BOW)
    brush.canvas.drawPath(rig, paint(iron, stroke=1.7))
    lean = -1 if brush.stage.variant % 2 else 1
    if brush.stage.variant % 2:
        _sail(brush, x, top, m)
    brush.line([(x, y - 2.2 * m), (x + lean * 3.3 * m, y - 3.6 * m)], brush.dark(PLANK), 0.13 * m)
    brush.line([(x + lean * 3.3 * m, y - 3.6 * m), (x, top + 0.8 * m)], iron, 1.4)
    brush.cast(x, y, 0.3 * m, 4 * m)
    brush.pillar(x, y, 0.13 * m, 0.08 * m, 9.5 * m, PLANK, 0.1 * m)


def _sail(brush: Brush, x: float, top: float, m: float) -> None:
    """A sail that stands full on the lee side, high over the heads."""
    low = top + 6.1 * m
    cloth = skia.Path()
    cloth.moveTo(x, top + 0.5 * m)
    cloth.quadTo(x - 2.6 * m, top + 3.0 * m, x - 3.4 * m, low)
    cloth.quadTo(x - 1.6 * m, low + 0.35 * m, x, low + 0.5 * m)
    cloth.close()
    brush.body(cloth, ink("e9dfc8"), 1.5 * m)


def _buoy(brush: Brush, side: int) -> None:
    """A lifebuoy on the bulwark: the one bright thing."""
    (x, y), (_, top) = _edge(brush, side, 0.35)[3], _edge(brush, side, 1.0)[3]
    x, cy, r = x - side * 6, (y + top) / 2, (y - top) * 0.45
    ring = paint(brush.lit(mix(ink("d8552f"), brush.accent, 0.4)), stroke=r * 0.5)
    brush.canvas.drawOval(rect(x - r * 0.6, cy - r, x + r * 0.6, cy + r), ring)


def _barrel(brush: Brush, x: float, y: float, m: float) -> None:
    half, h = 0.3 * m, 0.85 * m
    brush.cast(x, y, 0.6 * m, h)
    staves = polygon(
        [(x - half, y), (x - half * 1.15, y - h / 2), (x - half, y - h),
         (x + half, y - h), (x + half * 1.15, y - h / 2), (x + half, y)]
    )  # fmt: skip
    brush.body(staves, street.WOOD, half * 0.6)
    for up in (0.2, 0.75):
        brush.box(x - half * 1.1, y - (up + 0.06) * h, x + half * 1.1, y - up * h, _iron(brush))


def _iron(brush: Brush) -> Color:
    return fade(brush.dark(street.IRON), 0.8)


def _wheelhouse(brush: Brush, length: float, tall: float) -> None:
    """The wheelhouse's side, flat: windows in a row, a door, a band of colour."""
    m, wall = SCALE, PAINT
    brush.box(0, -tall, length, 0, brush.flat(wall))
    brush.box(0, -0.5 * m, length, 0, brush.flat(mix(ink("3f6a86"), brush.secondary, 0.4)))
    brush.box(-4, -tall - 4, length + 6, -tall + 7, brush.lit(SNOW if brush.snowy else wall))
    lamps = brush.light.lamps
    x = 0.3 * m
    while x + 0.8 * m < length:
        brush.box(x - 3, -2.05 * m, x + 0.7 * m + 3, -1.2 * m, brush.dark(street.IRON))
        pane = brush.lamplit() if lamps else brush.glass()
        brush.box(x, -2.0 * m, x + 0.7 * m, -1.25 * m, pane)
        x += 1.05 * m


def _lamplight(brush: Brush) -> None:
    house = _house_side(brush)
    across, distance = MAST
    m, y = FOCAL / distance, ground_y(brush, distance)
    halo(brush, across * m, y - 5.4 * m, 120, 0.7)
    pool(brush, 40, 640, 330, 0.3)
    halo(brush, house * 470, 420, 260, 0.28)
    pool(brush, house * 300, 650, 240, 0.26)


def _ropes(brush: Brush) -> None:
    side = -_house_side(brush)
    frames.post(brush, side, 16)
    x = side * brush.stage.width / 2
    for drop in (0, 70, 140):
        brush.line([(x, 120 + drop), (x - side * 190, -150)], brush.light.near, 6)


DESIGN = SetDesign(
    name="open_sea",
    words=listed(
        """
        sea, ocean, open sea, open ocean, high seas, at sea, boat, ship, yacht, deck, boat deck,
        ship deck, main deck, upper deck, lower deck, aft deck, foredeck, afterdeck, quarterdeck,
        poop deck, ferry deck, fishing boat, trawler, sailboat, sailing boat, sailing ship, schooner,
        galleon, pirate ship, raft, life raft, lifeboat, barge, tug, tugboat, submarine, aircraft
        carrier, cruise ship, ocean liner, steamship, steamer, freighter, tanker, cargo ship,
        container ship, speedboat, motorboat, powerboat, cabin cruiser, gunboat, patrol boat, warship,
        battleship, frigate, vessel, catamaran, dinghy, wheelhouse, crow nest, bow, stern, starboard,
        bow of the boat, atlantic, pacific ocean, atlantic ocean, indian ocean, mediterranean,
        caribbean, north sea, english channel, gulf stream, open water, ocean surface, surface of the
        ocean, meer, schiff, bateau, barco
        """
    ),
    build=build,
    air="sea",
)
