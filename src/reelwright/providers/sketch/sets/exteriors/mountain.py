"""Mountains: peaks behind peaks, a ledge with firs and rocks where we stand."""

from reelwright.providers.sketch.ink import fade, ink
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

ALP, STONE = ink("8b9a63"), ink("8d8890")


def build(stage: Stage) -> None:
    """One great peak off the middle, lower ones before it, mist in the valley."""
    site = Site(stage)
    site.sky()
    site.layer(0.05, _far, name="far peaks")
    site.layer(0.14, _great, name="great peak")
    site.layer(0.3, _valley, name="wooded slopes")
    site.layer(0.55, _slope, name="firs")
    site.layer(0.88, _ledge, name="ledge")
    site.foreground(
        lambda b: frames.stones(b, STONE, side=-b.side),
        lambda b: frames.fringe(b, ALP, tall=70, count=40),
    )
    site.marks((-40, 652), (110, 644), (-190, 634), (225, 626), (20, 606))
    site.spots((-120, 670), (180, 668), (290, 650))


def _far(brush: Brush) -> None:
    tops = [
        (x + brush.rng.uniform(-60, 60), brush.rng.uniform(120, 210), brush.rng.uniform(210, 300))
        for x in range(-1100, 1200, 260)
    ]
    land.peaks(brush, 430, tops, ink("8a92aa"), snow=0.34)


def _great(brush: Brush) -> None:
    sign = 1 if brush.stage.variant % 2 else -1
    land.peaks(
        brush,
        450,
        [
            (sign * 620, 270, 420),
            (-sign * 470, 230, 400),
            (-sign * 960, 300, 420),
            (sign * 150, 372, 470),
        ],
        ink("7f86a0"),
        snow=0.36,
    )


def _valley(brush: Brush) -> None:
    land.ridge(brush, 432, 60, ink("6f8a7a"), fall=90)
    trees.treeline(brush, 462, 44, ink("5f8570"), pines=True)


def _slope(brush: Brush) -> None:
    ground.plane(brush, 488, ALP, edge=ground.rolling(brush, 494, 16))
    x = brush.stage.left
    while x < brush.stage.right:
        x += brush.rng.uniform(34, 110)
        if abs(x) > 150:
            trees.pine(
                brush,
                x,
                506 + brush.rng.uniform(-6, 12),
                brush.rng.uniform(90, 200) * (0.7 + abs(x) / 1400),
            )
    for x in (-90, 40, 120):
        land.rock(brush, x, 520, 50, 24, STONE)


def _ledge(brush: Brush) -> None:
    ground.plane(brush, 574, ALP, edge=ground.rolling(brush, 580, 12, 1.3))
    ground.patches(brush, 600, 780, 26, fade(brush.flat(ground.snowed(brush, STONE)), 0.55))
    ground.grass(brush, 586, 780, 360, ALP)
    ground.pebbles(brush, 600, 770, 70, STONE)
    trees.pine(brush, brush.side * 560, 634, 460)
    for x, y, w, h in (
        (-390, 640, 220, 130),
        (-250, 618, 90, 44),
        (350, 622, 150, 84),
        (470, 650, 210, 140),
        (70, 596, 56, 22),
    ):
        land.rock(brush, x, y, w, h, STONE)
    if not brush.snowy:
        ground.flowers(brush, 600, 760, 60, brush.accent)


DESIGN = SetDesign(
    name="mountain",
    words=listed(
        """
        mountain, mountains, peak, summit, ridge, alps, mountain pass, mountainside, mountain
        top, valley, canyon rim, gorge, ravine, glacier, volcano, highlands, plateau, cave, cave
        entrance, rock face, pass, foothills, crag, crevasse, cliff face, mountain road,
        mountain trail, everest, himalayas, sierra, mountain range, crater, cavern, mouth of
        cave, mountain peak, montagne, berg, rock, boulders, cave mouth, grotto, lair, chasm,
        abyss
        """
    ),
    build=build,
    air="mountain",
)
