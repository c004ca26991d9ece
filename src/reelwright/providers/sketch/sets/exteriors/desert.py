"""A desert: dunes or red tables of rock, cactus, bones, heat."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

DUST, RED = ink("d99f5f"), ink("b5613f")


def build(stage: Stage) -> None:
    """Even variants have tables of red rock, odd ones have dunes."""
    site = Site(stage)
    site.sky()
    site.layer(0.05, lambda b: land.ridge(b, 428, 40, ink("b08a86")), name="far range")
    site.layer(0.16, _mesas if stage.variant % 2 == 0 else _dunes, name="tables or dunes")
    site.layer(0.4, _flat, name="flat")
    site.layer(0.65, _rise, name="rise")
    site.layer(0.88, _ground, name="ground")
    site.foreground(
        lambda b: frames.stones(b, RED, side=b.side, size=0.8),
        lambda b: frames.fringe(b, trees.OLIVE, tall=80, count=30),
    )
    site.marks((-50, 655), (100, 645), (-200, 634), (220, 624), (15, 602))
    site.spots((-130, 674), (170, 672), (290, 650))


def _mesas(brush: Brush) -> None:
    for middle, w, h in ((-640, 330, 170), (-210, 150, 210), (330, 260, 150), (790, 300, 220)):
        x = middle * brush.spread + brush.rng.uniform(-40, 40)
        top, y = 446 - h, 452
        wall = [
            (x - w * 0.62, y),
            (x - w * 0.5, y - h * 0.42),
            (x - w * 0.42, top),
            (x + w * 0.42, top - 4),
            (x + w * 0.5, y - h * 0.42),
            (x + w * 0.66, y),
        ]
        brush.slope(
            polygon(wall),
            top,
            y,
            mix(brush.flat(RED), brush.lit(RED), 0.6),
            brush.light.far(brush.flat(DUST), 0.3),
        )
        cut = x + brush.side * w * 0.12
        shade = (
            [wall[0], wall[1], wall[2], (cut, top), (cut - w * 0.04, y - h * 0.4), (cut, y)]
            if brush.side > 0
            else [(cut, y), (cut + w * 0.04, y - h * 0.4), (cut, top), wall[3], wall[4], wall[5]]
        )
        brush.shape(shade, fade(brush.dark(RED), 0.85))
        strata = skia.Path()
        for k in (0.2, 0.34, 0.52):
            strata.addRect(
                rect(
                    x - w * (0.44 + k * 0.1), top + h * k, x + w * (0.44 + k * 0.1), top + h * k + 3
                )
            )
        brush.fill(strata, fade(brush.dark(RED), 0.45))
        if brush.snowy:
            brush.box(x - w * 0.43, top - 6, x + w * 0.43, top + 4, brush.lit(SNOW))


def _dunes(brush: Brush) -> None:
    for i, (x, h, half) in enumerate(
        ((-620, 120, 520), (480, 150, 560), (-80, 90, 420), (940, 110, 400))
    ):
        _dune(brush, x + brush.rng.uniform(-50, 50), 452 + i * 3, h, half)


def _dune(brush: Brush, x: float, y: float, h: float, half: float) -> None:
    sand = ground.snowed(brush, DUST, 0.5)
    crest, side = x + brush.side * half * 0.12, brush.side
    hill, dark = skia.Path(), skia.Path()
    hill.moveTo(x - half, y + 20)
    hill.cubicTo(x - half * 0.5, y, crest - half * 0.3, y - h, crest, y - h)
    hill.cubicTo(crest + half * 0.3, y - h, x + half * 0.6, y, x + half, y + 20)
    hill.close()
    brush.slope(hill, y - h, y + 20, brush.lit(sand), brush.flat(sand))
    dark.moveTo(crest, y - h)
    dark.cubicTo(
        crest - side * half * 0.3, y - h, x - side * half * 0.5, y, x - side * half, y + 20
    )
    dark.lineTo(x + side * half * 0.1, y + 20)
    dark.cubicTo(
        crest - side * half * 0.2,
        y - h * 0.3,
        crest + side * half * 0.14,
        y - h * 0.5,
        crest,
        y - h,
    )
    dark.close()
    brush.slope(dark, y - h, y + 20, brush.dark(sand, 0.75), brush.flat(sand))


def _flat(brush: Brush) -> None:
    ground.plane(brush, 450, DUST)
    ground.patches(brush, 456, 520, 60, fade(brush.dark(DUST), 0.3), 0.6)
    for _ in range(16):
        x = brush.rng.uniform(brush.stage.left, brush.stage.right)
        trees.bush(brush, x, brush.rng.uniform(458, 500), brush.rng.uniform(14, 30), trees.OLIVE)
    for x in (-330, 250, 520, -760):
        _cactus(brush, x, 486, 74)


def _rise(brush: Brush) -> None:
    ground.plane(brush, 512, mix(DUST, RED, 0.25), edge=ground.rolling(brush, 518, 12))
    side = 1 if brush.stage.variant % 4 < 2 else -1
    _cactus(brush, side * 300 * brush.spread, 566, 300)
    _cactus(brush, -side * 480, 548, 190)
    land.rock(brush, -side * 330, 560, 130, 70, RED)
    land.rock(brush, side * 430, 560, 80, 40, RED)


def _cactus(brush: Brush, x: float, y: float, h: float) -> None:
    green, w = ink("5f8a5a"), h * 0.1
    brush.cast(x, y, w, h, h * 0.2)
    path = skia.Path()
    path.addRoundRect(rect(x - w / 2, y - h, x + w / 2, y + w * 0.2), w / 2, w / 2)
    for side, low, high in ((-1, 0.42, 0.72), (1, 0.54, 0.86)):
        arm = w * 0.76
        at = x + side * w * 1.55
        path.addRoundRect(
            rect(min(x, at) - arm * 0.4, y - h * low - arm, max(x, at) + arm * 0.4, y - h * low),
            arm / 2,
            arm / 2,
        )
        path.addRoundRect(
            rect(at - arm / 2, y - h * high, at + arm / 2, y - h * low), arm / 2, arm / 2
        )
    path.setFillType(skia.PathFillType.kWinding)
    brush.body(path, green, w * 0.45)
    ribs = skia.Path()
    for k in (-0.2, 0.02, 0.22):
        ribs.addRect(rect(x + k * w, y - h * 0.95, x + k * w + max(0.8, w * 0.05), y))
    brush.fill(ribs, fade(brush.light.near, 0.25))


def _ground(brush: Brush) -> None:
    ground.plane(brush, 580, DUST, edge=ground.rolling(brush, 588, 8))
    ripples = skia.Path()
    for i in range(26):
        y = 600 + i * i * 0.42 + i * 2
        x = brush.rng.uniform(brush.stage.left, brush.stage.right)
        w = 90 + i * 14
        ripples.moveTo(x - w, y)
        ripples.quadTo(x, y - 5 - i * 0.3, x + w, y + 2)
        ripples.quadTo(x, y + 1, x - w, y)
    brush.fill(ripples, fade(brush.dark(DUST), 0.5))
    ground.pebbles(brush, 592, 770, 110, RED)
    land.rock(brush, -380, 650, 150, 70, RED)
    land.rock(brush, 390, 640, 110, 50, RED)
    trees.bush(brush, -270, 660, 80, trees.OLIVE)
    trees.bush(brush, 480, 668, 120, trees.OLIVE)


DESIGN = SetDesign(
    name="desert",
    words=listed(
        """
        desert, dune, dunes, sahara, wasteland, badlands, canyon, mesa, oasis, death valley,
        salt flat, outback, arid, sand dune, sand dunes, arizona, mojave, borderlands, dry lake,
        dry lake bed, cactus, arroyo, gulch, butte, wadi, egypt, desierto, sands, new mexico,
        monument valley, dust bowl
        """
    ),
    build=build,
    air="desert",
)
