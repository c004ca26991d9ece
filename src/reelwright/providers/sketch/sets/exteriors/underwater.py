"""Under water: light falls in shafts through the surface on sand, rocks, weed and shoals."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import ground, land
from reelwright.providers.sketch.sets.scenery.brush import Brush, ramp
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

BLUE, BED, WEED = ink("1f7fa0"), ink("a8b08c"), ink("3f7f5a")


def build(stage: Stage) -> None:
    """Water, the dim far bed, shafts of light, weed on both hands."""
    site = Site(stage)
    site.layer(0.0, _water, name="water")
    site.layer(0.1, lambda b: _rocks(b, 446, 120), name="far rocks")
    site.layer(0.3, lambda b: _rocks(b, 470, 200), name="rocks")
    site.layer(0.45, _shoal, name="shoal")
    site.layer(0.6, _shafts, name="shafts of light")
    site.layer(0.86, _bed, name="sea bed")
    site.layer(1.0, _bubbles, name="bubbles")
    site.foreground(_weed)
    site.marks((-50, 655), (105, 645), (-190, 638), (220, 634), (20, 614))
    site.spots((-130, 670), (180, 674), (60, 686))


def _deep(brush: Brush, share: float) -> Color:
    """The water's colour, `share` of the way from the surface down."""
    light = brush.light
    top = mix(mix(BLUE, light.sky[2], 0.45), light.key, 0.25 * light.strength)
    return mix(top, mix(mix(BLUE, light.near, 0.72), light.sky[0], 0.2), share)


def _water(brush: Brush) -> None:
    stage = brush.stage
    tones = [_deep(brush, share) for share in (0.0, 0.35, 0.75, 0.9)]
    shader = ramp(stage.top, 620, tones, [0.0, 0.3, 0.75, 1.0])
    brush.canvas.drawRect(stage.everything, paint(shader=shader))
    ripples = skia.Path()
    for _ in range(70):
        x, y = brush.rng.uniform(stage.left, stage.right), brush.rng.uniform(-90, 60)
        wide = brush.rng.uniform(20, 90)
        ripples.addOval(rect(x - wide, y - 2, x + wide, y + 2.5))
    brush.fill(ripples, fade(mix(brush.light.key, ink("ffffff"), 0.4), 0.16))


def _rocks(brush: Brush, y: float, tall: float) -> None:
    stage = brush.stage
    left = [(x, up + abs(x) * -0.16) for x, up in land.fractal(brush, y, tall * 0.5, 0.6, 5)]
    tone = mix(_deep(brush, 0.9), brush.light.near, 0.15 + 0.5 * brush.depth)
    body = polygon([*left, (stage.right, stage.bottom), (stage.left, stage.bottom)])
    brush.slope(body, y - tall, y + 120, tone, _deep(brush, 0.7))


def _shoal(brush: Brush) -> None:
    """Fish in a loose group, all one way."""
    path, side = skia.Path(), brush.side
    for _ in range(26):
        x = -side * 190 + brush.rng.gauss(0, 90)
        y = 250 + brush.rng.gauss(0, 44)
        size = brush.rng.uniform(6, 13)
        path.addOval(rect(x - size, y - size * 0.36, x + size, y + size * 0.36))
        tail = x - side * size * 1.5
        path.addPath(
            polygon([(x - side * size * 0.8, y), (tail, y - size * 0.4), (tail, y + size * 0.4)])
        )
    brush.fill(path, fade(mix(_deep(brush, 0.2), brush.accent, 0.4), 0.9))


def _shafts(brush: Brush) -> None:
    rng, stage = brush.rng, brush.stage
    tone = mix(brush.light.key, ink("dffaff"), 0.5)
    for _ in range(7):
        x, wide = rng.uniform(stage.left, stage.right) * 0.8, rng.uniform(24, 80)
        lean = -brush.side * rng.uniform(150, 260)
        low = rng.uniform(500, 660)
        strength = (0.1 + 0.2 * brush.light.strength) * rng.uniform(0.5, 1.0)
        shader = linear((0, -160), (0, low), [fade(tone, strength), fade(tone, 0.0)])
        shaft = [(x, -160), (x + wide, -160), (x + wide * 2.2 + lean, low), (x + lean, low)]
        brush.canvas.drawPath(polygon(shaft), paint(shader=shader))


def _bed(brush: Brush) -> None:
    stage = brush.stage
    bed = mix(mix(BED, _deep(brush, 0.3), 0.5), brush.light.near, 0.1)
    edge = ground.rolling(brush, 546, 12)
    path = polygon([*edge, (stage.right, stage.bottom), (stage.left, stage.bottom)])
    brush.slope(path, 540, 800, mix(bed, _deep(brush, 0.5), 0.35), mix(bed, brush.light.near, 0.5))
    net = skia.Path()
    for _ in range(60):
        t = brush.rng.random() ** 1.3
        y, w = 560 + 230 * t, (14 + 60 * t) * brush.rng.uniform(0.6, 1.3)
        x = brush.rng.uniform(stage.left, stage.right)
        net.moveTo(x - w, y)
        net.quadTo(x, y - 6 - 8 * t, x + w, y)
    light = mix(brush.light.key, ink("ffffff"), 0.4)
    brush.canvas.drawPath(net, paint(fade(light, 0.1 + 0.25 * brush.light.strength), stroke=2.5))
    for x, y, w, h in ((-330, 612, 170, 90), (-440, 640, 110, 60), (390, 606, 210, 120)):
        land.rock(brush, x, y, w, h, mix(_deep(brush, 0.5), land.ROCK, 0.5))
    for x, y, tall in ((-250.0, 600.0, 120.0), (300.0, 596.0, 150.0), (470.0, 620.0, 190.0)):
        _kelp(brush, x, y, tall, mix(WEED, _deep(brush, 0.6), 0.45))


def _kelp(brush: Brush, x: float, y: float, tall: float, color: Color) -> None:
    """Blades that lean and turn with the water."""
    path = skia.Path()
    for _ in range(9):
        at, high = x + brush.rng.uniform(-34, 34), tall * brush.rng.uniform(0.5, 1.2)
        lean = brush.rng.uniform(8, 30)
        path.moveTo(at - 5, y)
        path.cubicTo(
            at - 12 + lean, y - high * 0.35, at - lean, y - high * 0.7, at + lean, y - high
        )
        path.cubicTo(at + 8 - lean, y - high * 0.65, at + 14 + lean, y - high * 0.3, at + 6, y)
    brush.fill(path, color)


def _bubbles(brush: Brush) -> None:
    rise = skia.Path()
    for i in range(16):
        x, y, r = 250 + brush.rng.gauss(0, 12), 560 - i * 36.0, 2.5 + i * 0.3
        rise.addCircle(x, y, r)
    brush.canvas.drawPath(rise, paint(fade(ink("e8fbff"), 0.5), stroke=1.8))


def _weed(brush: Brush) -> None:
    for side in (-1, 1):
        x = side * brush.stage.width / 2
        _kelp(brush, x, 880, 420, mix(brush.light.near, WEED, 0.2))


DESIGN = SetDesign(
    name="underwater",
    words=listed(
        """
        underwater, under water, ocean floor, sea floor, seafloor, seabed, sea bed, bottom of the sea,
        bottom of the ocean, bottom of the lake, bottom of the river, bottom of the pool, deep sea,
        under the sea, beneath the surface, below the surface, coral reef, reef, ocean depths,
        beneath the water, undersea
        """
    ),
    build=build,
    air="underwater",
)
