"""A castle on its hill: keep, towers, wall, gate with bridge, banners."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Point, fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.houses import SLATE
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

WALL, GRASS = ink("a39b94"), ink("83a05c")
FOOT = 478.0
TORCHES = (-72.0, 72.0)


def build(stage: Stage) -> None:
    """The way leads up to the gate; firs and rocks at the sides."""
    site = Site(stage)
    site.sky()
    site.layer(0.06, _peaks, name="peaks")
    site.layer(0.16, lambda b: land.ridge(b, 432, 70, ink("7d9488")), name="hills")
    site.layer(0.32, _keep, name="keep")
    site.layer(0.45, _curtain, name="wall and gate")
    site.lamps(_torchlight, depth=0.45)
    site.layer(0.65, _slope, name="slope")
    site.layer(0.88, _way, name="way")
    site.foreground(
        lambda b: frames.bough(b, -b.side, trees.PINE),
        lambda b: frames.fringe(b, GRASS, tall=100, count=60),
    )
    site.marks((-50, 655), (105, 646), (-195, 636), (220, 630), (15, 602))
    site.spots((-120, 674), (175, 672), (300, 655))


def _peaks(brush: Brush) -> None:
    tops = [
        (x + brush.rng.uniform(-60, 60), brush.rng.uniform(130, 240), brush.rng.uniform(230, 320))
        for x in range(-1000, 1100, 300)
    ]
    land.peaks(brush, 440, tops, ink("8791a8"), snow=0.3)


def _tower(brush: Brush, x: float, y: float, w: float, h: float, *, roof: bool) -> None:
    brush.pillar(
        x,
        y,
        w * 0.54,
        w / 2,
        h,
        WALL,
        w * 0.36,
    )
    top = y - h
    brush.body(
        polygon(
            [
                (x - w * 0.6, top + 8),
                (x - w * 0.6, top - 16),
                (x + w * 0.6, top - 16),
                (x + w * 0.6, top + 8),
            ]
        ),
        WALL,
        w * 0.36,
    )
    _teeth(brush, x - w * 0.6, x + w * 0.6, top - 16, w / 6)
    tone = brush.lamplit(0.8) if brush.light.lamps else brush.light.near
    for k in (0.26, 0.56):
        brush.fill(
            ground.smooth_box(
                x - w * 0.07, top + h * k, x + w * 0.07, top + h * k + w * 0.34, w * 0.07
            ),
            tone,
        )
    if roof:
        cone = polygon(
            [(x - w * 0.66, top - 18), (x, top - 18 - w * 1.5), (x + w * 0.66, top - 18)]
        )
        brush.body(cone, SNOW if brush.snowy else mix(SLATE, brush.secondary, 0.4), w * 0.34)
        tip = top - 18 - w * 1.5
        brush.line([(x, tip), (x, tip - 30)], brush.light.near, 2)
        brush.shape([(x, tip - 30), (x + 34, tip - 22), (x, tip - 13)], brush.lit(brush.accent))


def _teeth(brush: Brush, x0: float, x1: float, y: float, step: float) -> None:
    teeth, caps, x = skia.Path(), skia.Path(), x0
    while x + step * 0.6 <= x1 + 1:
        teeth.addRect(rect(x, y - step * 0.9, x + step * 0.62, y + 1))
        caps.addRect(rect(x, y - step * 1.05, x + step * 0.62, y - step * 0.8))
        x += step
    brush.fill(teeth, brush.flat(WALL))
    brush.fill(caps, brush.lit(SNOW if brush.snowy else WALL))


def _keep(brush: Brush) -> None:
    hill: list[Point] = [
        (-760, 500),
        (-430, 440),
        (-220, 396),
        (0, 380),
        (240, 398),
        (460, 446),
        (780, 500),
    ]
    brush.slope(
        ground.smooth_path(hill),
        380,
        500,
        brush.flat(ground.snowed(brush, GRASS)),
        brush.dark(GRASS),
    )
    shift = 40 if brush.stage.variant % 2 else -40
    _tower(brush, shift - 120, 420, 58, 200, roof=True)
    _tower(brush, shift + 130, 420, 50, 160, roof=True)
    _tower(brush, shift, 420, 150, 190, roof=False)
    _tower(brush, shift + 40, 250, 52, 70, roof=True)


def _curtain(brush: Brush) -> None:
    top = FOOT - 116
    wall = skia.Path()
    wall.addRect(rect(-480, top, 480, FOOT + 20))
    brush.slope(wall, top, FOOT, mix(brush.flat(WALL), brush.lit(WALL), 0.4), brush.dark(WALL))
    blocks = skia.Path()
    for _ in range(90):
        x, row = brush.rng.uniform(-470, 450), brush.rng.randrange(9)
        blocks.addRect(rect(x, top + 8 + row * 12, x + 24, top + 18 + row * 12))
    brush.fill(blocks, fade(brush.dark(WALL), 0.3))
    _teeth(brush, -480, 480, top, 30)
    for x, w, h in ((-470, 84, 190), (-110, 76, 168), (110, 76, 168), (470, 84, 190)):
        _tower(brush, x, FOOT + 10, w, h, roof=abs(x) > 200)
    gate = ground.smooth_box(-52, FOOT - 92, 52, FOOT + 60, 52)
    brush.canvas.save()
    brush.canvas.clipRect(rect(-60, 0, 60, FOOT + 14))
    brush.fill(gate, brush.lit(WALL))
    brush.fill(ground.smooth_box(-42, FOOT - 82, 42, FOOT + 60, 42), brush.light.near)
    grid = skia.Path()
    for i in range(5):
        grid.addRect(rect(-34 + i * 16, FOOT - 84, -31 + i * 16, FOOT - 34))
    for i in range(3):
        grid.addRect(rect(-42, FOOT - 70 + i * 14, 42, FOOT - 67 + i * 14))
    brush.fill(grid, brush.flat(ink("6a5a48")))
    brush.canvas.restore()
    for x in (-200, 200):
        brush.shape(
            [
                (x - 18, top + 14),
                (x + 18, top + 14),
                (x + 18, top + 78),
                (x, top + 64),
                (x - 18, top + 78),
            ],
            brush.flat(brush.accent),
        )
    for x in TORCHES:
        brush.line([(x, FOOT - 40), (x, FOOT - 62)], brush.light.near, 4)
        if brush.light.lamps:
            brush.oval(x - 5, FOOT - 80, x + 5, FOOT - 60, ink("ffd27a"))


def _slope(brush: Brush) -> None:
    ground.plane(brush, FOOT + 4, GRASS, edge=ground.rolling(brush, FOOT + 10, 5))
    earth = ground.snowed(brush, land.EARTH, 0.6)
    way = polygon([(-46, FOOT + 8), (46, FOOT + 8), (154, 592), (-42, 592)])
    brush.slope(way, FOOT, 620, brush.flat(earth), brush.dark(earth))
    for x, h in (
        (-560, 210),
        (-450, 150),
        (-350, 110),
        (340, 130),
        (440, 190),
        (580, 240),
        (820, 230),
        (-820, 240),
    ):
        trees.pine(brush, x, 520 + abs(x) * 0.05, h)


def _way(brush: Brush) -> None:
    ground.plane(brush, 584, GRASS, edge=ground.rolling(brush, 590, 8))
    earth = ground.snowed(brush, land.EARTH, 0.6)
    brush.slope(
        polygon([(-40, 586), (150, 586), (420, 900), (-300, 900)]),
        586,
        800,
        brush.flat(earth),
        brush.dark(earth),
    )
    ground.pebbles(brush, 600, 770, 60, land.ROCK)
    ground.grass(brush, 594, 790, 360, GRASS)
    ground.puddles(brush, 610, 790, 6)
    for x, y, w in ((-400, 640, 190), (-290, 616, 80), (360, 634, 150), (480, 660, 200)):
        land.rock(brush, x, y, w, w * 0.56)


def _torchlight(brush: Brush) -> None:
    for x in TORCHES:
        halo(brush, x, FOOT - 68, 74, 0.8, ink("ffb45e"))
    pool(brush, 0, FOOT + 14, 170, 0.4, ink("ffb45e"))


DESIGN = SetDesign(
    name="castle",
    words=listed(
        """
        castle, fortress, palace, citadel, drawbridge, keep, battlements, chateau, stronghold,
        kingdom, castle gate, moat, battlement, rampart, turret, tower of london, castle wall,
        city gate, city walls, palace gate, buckingham palace, windsor castle, schloss,
        castillo, monastery wall, camelot
        """
    ),
    build=build,
    air="meadow",
)
