"""A jungle: giant leaves, lianas, palms, a stream, light from above."""

import math

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, linear, mix, paint, polygon, smooth
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import ground, land, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

GREEN, MOSS = ink("4f8f4c"), ink("64853f")


def build(stage: Stage) -> None:
    """Leaves before leaves, the way opens in the middle."""
    site = Site(stage)
    site.sky()
    site.layer(0.1, lambda b: trees.treeline(b, 440, 250, ink("78a884")), name="far canopy")
    site.layer(0.25, _far, name="palms")
    site.layer(0.45, _middle, name="trunks and lianas")
    site.layer(0.6, _leaves_behind, name="leaves")
    site.layer(0.82, _floor, name="floor and stream")
    site.layer(0.93, _near, name="ferns")
    if site.light.strength > 0.55:
        site.layer(0.7, _rays, glow=True, name="rays")
    site.foreground(_frame)
    site.marks((-40, 655), (110, 645), (-180, 636), (215, 628), (25, 602))
    site.spots((-110, 674), (175, 672), (290, 655))


def _far(brush: Brush) -> None:
    ground.plane(brush, 440, MOSS)
    for x in range(-900, 1000, 120):
        at = x + brush.rng.uniform(-40, 40)
        if abs(at) > 60:
            trees.palm(brush, at, 470, brush.rng.uniform(190, 320), GREEN)


def _middle(brush: Brush) -> None:
    ground.plane(brush, 470, MOSS, edge=ground.rolling(brush, 474, 6))
    for x, w in ((-520, 74), (-330, 44), (300, 52), (470, 84), (-800, 90), (800, 80)):
        trees.trunk(brush, x, 512, 760, w)
        for side in (-1, 1):
            brush.fill(
                polygon(
                    [
                        (x + side * w * 0.3, 430),
                        (x + side * w * 1.5, 516),
                        (x + side * w * 0.6, 516),
                    ]
                ),
                brush.dark(trees.BARK),
            )
    vines = skia.Path()
    for _ in range(9):
        x0 = brush.rng.choice((-1, 1)) * brush.rng.uniform(120, 640)
        x1, drop = x0 + brush.rng.uniform(-200, 200), brush.rng.uniform(120, 330)
        vines.moveTo(x0, -160)
        vines.cubicTo(x0, drop, x1, drop, x1, -160)
    brush.canvas.drawPath(vines, paint(brush.dark(MOSS), stroke=5))


def _leaf(x: float, y: float, angle: float, long: float, wide: float) -> "skia.Path":
    """A big leaf that grows from (x, y) in a direction."""
    c, s = math.cos(angle), math.sin(angle)

    def at(u: float, v: float) -> tuple[float, float]:
        return x + (c * u - s * v) * long, y - (s * u + c * v) * long

    path = skia.Path()
    path.moveTo(x, y)
    path.cubicTo(*at(0.3, wide), *at(0.75, wide * 0.9), *at(1.0, -0.12))
    path.cubicTo(*at(0.7, -wide * 0.7), *at(0.3, -wide), x, y)
    path.close()
    return path


def _plant(brush: Brush, x: float, y: float, size: float, leaf: Color, count: int = 7) -> None:
    brush.contact(x, y, size)
    dark, lit = skia.Path(), skia.Path()
    ribs = skia.Path()
    for i in range(count):
        a = math.pi * (0.06 + 0.88 * i / (count - 1)) + brush.rng.uniform(-0.1, 0.1)
        long = size * brush.rng.uniform(0.75, 1.1)
        target = lit if math.cos(a) * brush.side > -0.15 else dark
        target.addPath(_leaf(x, y, a, long, 0.2))
        ribs.moveTo(x, y)
        ribs.lineTo(x + math.cos(a) * long * 0.92, y - math.sin(a) * long * 0.86)
    brush.fill(dark, brush.dark(leaf))
    brush.fill(lit, mix(brush.flat(leaf), brush.lit(leaf), 0.5))
    brush.canvas.drawPath(ribs, paint(fade(brush.dark(leaf), 0.6), stroke=max(1.0, size * 0.012)))


def _leaves_behind(brush: Brush) -> None:
    for x, y, size in (
        (-620, 540, 190),
        (-430, 530, 150),
        (-270, 524, 110),
        (260, 524, 120),
        (410, 532, 160),
        (600, 540, 200),
        (830, 540, 200),
        (-850, 540, 200),
    ):
        _plant(
            brush,
            x + brush.rng.uniform(-20, 20),
            y,
            size,
            brush.rng.choice((GREEN, MOSS, ink("3f7f5a"))),
        )


def _floor(brush: Brush) -> None:
    ground.plane(brush, 528, MOSS, edge=ground.rolling(brush, 532, 6))
    if brush.stage.variant % 2:
        stream = smooth(
            [
                (-30, 530),
                (30, 530),
                (120, 570),
                (60, 620),
                (240, 700),
                (420, 900),
                (-20, 900),
                (-120, 700),
                (-30, 610),
                (20, 570),
            ],
            tension=0.4,
        )
        brush.slope(
            stream, 530, 800, brush.light.sky[3], mix(brush.light.sky[1], brush.dark(land.SEA), 0.5)
        )
    else:
        way = smooth(
            [(-20, 530), (30, 530), (80, 590), (240, 900), (-240, 900), (-70, 600)], tension=0.4
        )
        brush.slope(way, 530, 800, brush.flat(land.EARTH), brush.dark(land.EARTH))
    ground.patches(brush, 545, 780, 30, fade(brush.dark(MOSS), 0.3))
    ground.grass(brush, 536, 780, 360, MOSS)
    ground.puddles(brush, 560, 790, 8)


def _near(brush: Brush) -> None:
    for x, y, w in ((-310, 620, 110), (330, 628, 130)):
        land.rock(brush, x, y, w, w * 0.5, ink("76806c"))
    for x, y, size, leaf in (
        (-450, 670, 220, GREEN),
        (460, 672, 230, ink("3f7f5a")),
        (-270, 600, 70, MOSS),
        (290, 600, 70, GREEN),
        (640, 690, 240, GREEN),
        (-660, 690, 250, MOSS),
    ):
        _plant(brush, x, y, size, leaf, 9)
    heads = skia.Path()
    for _ in range(12):
        x = brush.rng.choice((-1, 1)) * brush.rng.uniform(300, 620)
        heads.addPath(trees.blob(x, brush.rng.uniform(560, 650), 9, 9, brush, 5, 0.5))
    brush.fill(heads, brush.lit(brush.accent))


def _rays(brush: Brush) -> None:
    side = brush.side
    for i in range(3):
        x = side * (60 + i * 150) + brush.rng.uniform(-30, 30)
        wide = brush.rng.uniform(40, 80)
        path = polygon(
            [
                (x, -160),
                (x + wide, -160),
                (x - side * 330 + wide * 2, 660),
                (x - side * 330 - wide, 660),
            ]
        )
        shader = linear(
            (x, -100),
            (x - side * 320, 660),
            [fade(brush.light.key, 0.16), fade(brush.light.key, 0.0)],
        )
        brush.canvas.drawPath(path, paint(shader=shader))


def _frame(brush: Brush) -> None:
    half = brush.stage.width / 2
    tone = mix(brush.light.near, brush.dark(GREEN), 0.3)
    path = skia.Path()
    for sign in (-1, 1):
        for i in range(5):
            a = math.pi / 2 + sign * (0.1 + 0.3 * i)
            path.addPath(_leaf(sign * (half + 30), 880, a, brush.rng.uniform(220, 320), 0.16))
            path.addPath(
                _leaf(
                    sign * (half + 80),
                    -180,
                    -math.pi / 2 - sign * (0.05 + 0.32 * i),
                    brush.rng.uniform(260, 380),
                    0.16,
                )
            )
    brush.fill(path, tone)


DESIGN = SetDesign(
    name="jungle",
    words=listed(
        """
        jungle, rainforest, rain forest, amazon, tropical forest, tropical island, mangrove,
        vietnam, congo, undergrowth, tropics, bamboo, bamboo forest, borneo, dschungel, selva,
        jungle clearing, jungle camp, jungle village
        """
    ),
    build=build,
    air="jungle",
)
