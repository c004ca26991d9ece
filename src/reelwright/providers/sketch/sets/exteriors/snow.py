"""A snow plain: white ground, firs, a hut with smoke, tracks."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon, rect, smooth
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, spill
from reelwright.providers.sketch.sets.scenery.houses import TIMBER, House, house
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

WHITE = mix(SNOW, ink("c8d8ea"), 0.25)
HUT = 300.0


def build(stage: Stage) -> None:
    """Drifts before a wood, a hut off the middle, a trail that leads to us."""
    site = Site(stage)
    site.sky()
    site.layer(0.06, _peaks, name="peaks")
    site.layer(0.18, lambda b: trees.treeline(b, 442, 60, ink("6f8a8a"), pines=True), name="wood")
    site.layer(0.4, _plain, name="plain and hut")
    site.lamps(_lamplight, depth=0.4)
    site.layer(0.62, _drift, name="drift with firs")
    site.layer(0.88, _near, name="near snow")
    site.foreground(lambda b: frames.bough(b, -b.side, trees.PINE))
    site.marks((-50, 655), (100, 645), (-195, 634), (215, 626), (15, 602))
    site.spots((-120, 674), (170, 672), (290, 652))


def _peaks(brush: Brush) -> None:
    tops = [
        (x + brush.rng.uniform(-50, 50), brush.rng.uniform(80, 170), brush.rng.uniform(220, 300))
        for x in range(-1100, 1200, 280)
    ]
    land.peaks(brush, 436, tops, ink("8c99b4"), snow=0.8)


def _plain(brush: Brush) -> None:
    ground.plane(brush, 446, WHITE, edge=ground.rolling(brush, 448, 6))
    x = (HUT if brush.stage.variant % 2 else -HUT) * brush.spread
    house(brush, House(x - 90, x + 90, 488, 29, 3.2, TIMBER, SNOW, brush.accent, gable=True))
    smoke = smooth(
        [
            (x + 30, 346),
            (x + 44, 300),
            (x + 20, 262),
            (x + 56, 214),
            (x + 110, 190),
            (x + 84, 236),
            (x + 62, 276),
            (x + 70, 310),
            (x + 44, 348),
        ]
    )
    brush.fill(smoke, fade(mix(brush.light.sky[3], SNOW, 0.4), 0.4))
    for at in (x - 160, x + 150, x + 210, -x * 1.4, -x * 1.8, x * 2.4):
        trees.pine(brush, at, 486 + brush.rng.uniform(-6, 8), brush.rng.uniform(110, 180))


def _drift(brush: Brush) -> None:
    ground.plane(brush, 520, WHITE, edge=ground.rolling(brush, 526, 12))
    for at, h in ((-520, 300), (-410, 210), (420, 240), (540, 330), (860, 300), (-880, 280)):
        trees.pine(brush, at, 556 + brush.rng.uniform(-8, 8), h)
    street.rail_fence(brush, -300, 330, 556, 60, tall=0.9)


def _near(brush: Brush) -> None:
    ground.plane(brush, 586, WHITE, edge=ground.rolling(brush, 592, 9))
    shade = mix(brush.light.shade, brush.flat(WHITE), 0.45)
    waves = skia.Path()
    for _ in range(16):
        t = brush.rng.random()
        y, w = 606 + 160 * t, 60 + 190 * t
        x = brush.rng.uniform(brush.stage.left, brush.stage.right)
        waves.moveTo(x - w, y)
        waves.quadTo(x, y - 9 - 8 * t, x + w, y)
        waves.quadTo(x, y - 3, x - w, y)
    brush.fill(waves, fade(shade, 0.6))
    prints = skia.Path()
    for i in range(17):
        t = i / 17
        y, k = 598 + 190 * t * t, 1 + 2.6 * t
        x = -30 + 240 * t + (7 if i % 2 else -7) * k
        prints.addOval(rect(x - 5 * k, y - 1.4 * k, x + 5 * k, y + 1.4 * k))
    brush.fill(prints, fade(shade, 0.9))
    for x, w in ((-400, 150), (370, 110), (460, 70)):
        land.rock(brush, x, 654, w, w * 0.45)
        mound = polygon(
            [
                (x - w * 0.5, 640),
                (x - w * 0.2, 654 - w * 0.46),
                (x + w * 0.25, 654 - w * 0.46),
                (x + w * 0.45, 636),
                (x, 654 - w * 0.26),
            ]
        )
        brush.fill(mound, brush.lit(SNOW))
    twigs = skia.Path()
    for x in (-300, -280, 300, 322, 540):
        ground.tuft(twigs, x, 640, brush.rng.uniform(34, 60), brush.rng.uniform(-1, 1))
    brush.fill(twigs, brush.dark(trees.BARK))


def _lamplight(brush: Brush) -> None:
    x = (HUT if brush.stage.variant % 2 else -HUT) * brush.spread
    halo(brush, x, 450, 120, 0.35)
    spill(brush, x - 30, x + 30, 490, 60, 0.4)


DESIGN = SetDesign(
    name="snow_plain",
    words=listed(
        """
        snow, tundra, arctic, snowfield, snow plain, ice, frozen lake, antarctica, siberia,
        north pole, ski slope, ski resort, snowy field, blizzard, iceberg, ice field, ice cave,
        ice floe, polar, greenland, alaska, yukon, lapland, igloo, ski lift, chairlift, ski
        lodge, icy sea, frozen river, snow covered, ice rink, skating rink
        """
    ),
    build=build,
    air="snow",
)
