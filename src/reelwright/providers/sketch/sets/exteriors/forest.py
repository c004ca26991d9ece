"""A forest: trunks before trunks, light falling through."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, linear, mix, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import ground, land, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

FLOOR = ink("6f7f48")


def build(stage: Stage) -> None:
    """A clearing with a path between firs and birches."""
    site = Site(stage)
    site.sky()
    site.layer(
        0.12, lambda b: trees.treeline(b, 440, 190, ink("6d9079"), pines=True), name="far wood"
    )
    site.layer(0.25, _far, name="wood")
    site.layer(0.45, _middle, name="trees")
    site.layer(0.8, _floor, name="floor")
    site.layer(0.92, _near, name="near trees")
    if site.light.strength > 0.6:
        site.layer(0.7, _rays, glow=True, name="rays")
    site.foreground(_frame)
    site.marks((-50, 655), (105, 640), (-200, 632), (215, 618), (20, 596))
    site.seats((-300, 644, 0.45))
    site.spots((-120, 672), (170, 674), (300, 650))


def _stand(brush: Brush, y: float, h: float, gap: tuple[float, float], clear: float) -> None:
    x = brush.stage.left + brush.rng.uniform(0, gap[1])
    while x < brush.stage.right:
        if abs(x) > clear:
            size = h * brush.rng.uniform(0.75, 1.2)
            kind = (brush.stage.variant + (0 if brush.rng.random() < 0.75 else 1)) % 3
            (trees.pine, trees.broadleaf, trees.birch)[kind](
                brush, x, y + brush.rng.uniform(-4, 8), size
            )
        x += brush.rng.uniform(*gap)


def _far(brush: Brush) -> None:
    ground.plane(brush, 440, FLOOR)
    _stand(brush, 462, 300, (44, 84), 40)


def _middle(brush: Brush) -> None:
    ground.plane(brush, 462, FLOOR, edge=ground.rolling(brush, 466, 5))
    _stand(brush, 496, 430, (90, 170), 130)


def _floor(brush: Brush) -> None:
    ground.plane(brush, 500, FLOOR, edge=ground.rolling(brush, 504, 7))
    path = polygon([(-20, 500), (14, 500), (70, 560), (330, 880), (-260, 880), (-90, 590)])
    brush.slope(
        path, 500, 800, brush.flat(ground.snowed(brush, land.EARTH, 0.6)), brush.dark(land.EARTH)
    )
    ground.patches(brush, 520, 770, 30, fade(brush.dark(FLOOR), 0.3))
    ground.grass(brush, 510, 770, 480, FLOOR)
    ground.puddles(brush, 540, 780, 8)


def _near(brush: Brush) -> None:
    for x, y, w in ((-300, 640, 150), (340, 612, 110), (-470, 590, 90)):
        land.rock(brush, x, y, w, w * 0.5)
    for x, y in ((-560, 668), (520, 648)):
        _pillar(brush, x, y)
    for x, y, w in ((-400, 672, 120), (440, 668, 150), (250, 570, 60), (-230, 566, 60)):
        trees.bush(brush, x, y, w, ink("5c7d45"))


def _pillar(brush: Brush, x: float, y: float) -> None:
    """A trunk whose crown is above the frame."""
    w = brush.rng.uniform(46, 64)
    brush.cast(x, y, w, 700)
    trees.trunk(brush, x, y, 1000, w * 1.3)
    furrows = skia.Path()
    for i in range(22):
        at = y - 40 - i * 38
        left = x + brush.rng.uniform(-0.34, 0.1) * w
        furrows.addRoundRect(rect(left, at, left + 3, at + brush.rng.uniform(20, 52)), 2, 2)
    brush.fill(furrows, fade(brush.light.near, 0.4))


def _rays(brush: Brush) -> None:
    side = brush.side
    for i in range(4):
        x = side * (150 + i * 120) + brush.rng.uniform(-30, 30)
        wide = brush.rng.uniform(30, 70)
        path = polygon(
            [
                (x, -160),
                (x + wide, -160),
                (x - side * 460 + wide * 2.4, 640),
                (x - side * 460 - wide, 640),
            ]
        )
        shader = linear(
            (x, -100),
            (x - side * 440, 640),
            [fade(brush.light.key, 0.16), fade(brush.light.key, 0.0)],
        )
        brush.canvas.drawPath(path, paint(shader=shader))


def _frame(brush: Brush) -> None:
    half = brush.stage.width / 2
    tone = mix(brush.light.near, brush.dark(trees.PINE), 0.2)
    for sign in (-1, 1):
        path = skia.Path()
        for i in range(7):
            y = -120 + i * 62
            reach = brush.rng.uniform(90, 210) * (1 - i * 0.1)
            x = sign * (half + 60)
            path.addPath(
                polygon(
                    [
                        (x, y - 20),
                        (x - sign * (60 + reach), y + 66),
                        (x - sign * reach * 0.6, y + 40),
                        (x, y + 60),
                    ]
                )
            )
        brush.fill(path, tone)
    blades = skia.Path()
    for _ in range(44):
        x = brush.rng.uniform(brush.stage.left, brush.stage.right)
        if abs(x) > 130:
            ground.tuft(blades, x, 800, brush.rng.uniform(70, 160), brush.rng.uniform(-1, 1))
    brush.fill(blades, tone)


DESIGN = SetDesign(
    name="forest",
    words=listed(
        """
        forest, woods, wood, woodland, trees, trail, grove, glade, clearing, wilderness,
        backwoods, tree, cabin, log cabin, mountain cabin, hut, forest path, lodge, hunting
        lodge, hunting cabin, ranger station, bush, thicket, brush, wooded area, tree line,
        treeline, hollow, redwoods, pine forest, national park, nature trail, hiking trail,
        foret, wald, bosque, dead forest, underbrush, brambles
        """
    ),
    build=build,
    air="forest",
)
