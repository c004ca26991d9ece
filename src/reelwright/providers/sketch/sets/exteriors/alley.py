"""An alley: two walls, fire stairs, bins, one lamp, the street at the far end."""

from collections.abc import Callable

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, darker, fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import cone, halo, pool, spill
from reelwright.providers.sketch.sets.scenery.houses import BRICK, skyline, window
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.sets.scenery.walls import FOCAL, SCALE, Wall, along, ground_y
from reelwright.providers.sketch.stage import SetDesign, Stage

HALF = 3.1  # metres from the middle to a wall


def build(stage: Stage) -> None:
    """We look down the alley; the light comes from its end and from one lamp over a door."""
    site = Site(stage)
    site.sky()
    site.layer(
        0.12, lambda b: skyline(b, 450, 110, 300, ink("6f7886"), wide=(40, 80)), name="towers"
    )
    site.layer(0.3, _end, name="far end")
    site.layer(0.55, _floor, name="floor")
    site.layer(0.6, _walls, name="walls")
    site.lamps(_lamplight, depth=0.7)
    site.layer(0.8, _things, name="bins and stairs")
    site.foreground(lambda b: frames.post(b, -b.side, 46))
    site.marks((-50, 655), (100, 642), (-150, 628), (150, 606), (0, 590))
    site.spots((-130, 672), (180, 668), (-20, 680))


def _end(brush: Brush) -> None:
    brush.box(-170, 250, 170, 470, brush.flat(ink("a99f92")))
    for i in range(3):
        for j in range(4):
            window(brush, -140 + i * 100, 268 + j * 44, -100 + i * 100, 296 + j * 44, 16)
    y = ground_y(brush, 34)
    street.car(brush, 20, y + 4, FOCAL / 30, brush.accent)


def _brick(wall: Color, seed: int, lights: int) -> Callable[[Brush, float, float], None]:
    def draw(brush: Brush, length: float, tall: float) -> None:
        brush.box(0, -tall, length, 0, brush.flat(wall))
        joints, step = skia.Path(), SCALE * 0.34
        for i in range(int(tall / step)):
            joints.addRect(rect(0, -i * step, length, -i * step + 1.4))
        bricks = skia.Path()
        for _ in range(46):
            x, y = brush.rng.uniform(0, length), -int(brush.rng.uniform(0, tall / step)) * step
            bricks.addRect(rect(x, y - step, x + SCALE * 0.8, y))
        brush.fill(bricks, fade(brush.dark(wall), 0.4))
        brush.fill(joints, fade(brush.dark(darker(wall, 0.3)), 0.55))
        brush.box(0, -1.1 * SCALE, length, 0, fade(brush.dark(darker(wall, 0.4)), 0.6))
        x = (2.2 + seed % 2) * SCALE
        while x < length:
            for floor in range(1, lights):
                low = -(2.6 + 3.2 * floor - 1.6) * SCALE
                window(brush, x, low - 1.6 * SCALE, x + 1.1 * SCALE, low, SCALE)
            x += 4.2 * SCALE
        x = (4.6 - seed) * SCALE
        brush.box(
            x,
            -2.2 * SCALE,
            x + 1.1 * SCALE,
            0,
            brush.dark(mix(brush.secondary, ink("3a3f3c"), 0.5)),
        )
        brush.box(
            x - 0.12 * SCALE,
            -2.35 * SCALE,
            x + 1.22 * SCALE,
            -2.2 * SCALE,
            brush.lit(street.CONCRETE),
        )

    return draw


def _walls(brush: Brush) -> None:
    for x, base, seed in ((-HALF, BRICK, 0), (HALF, ink("7f7a76"), 1)):
        for near, far, tall in ((11, 30, 15), (2.2, 11, 19)):
            along(brush, Wall(0, x, near, far, tall), _brick(base, seed, 5))


def _floor(brush: Brush) -> None:
    base = mix(street.ASPHALT, ink("6a6258"), 0.4)
    ground.plane(brush, 446, base)
    gutter = polygon([(-2, 446), (2, 446), (11, 880), (-11, 880)])
    brush.slope(gutter, 446, 800, brush.dark(base), brush.light.near)
    ground.patches(brush, 470, 780, 30, fade(brush.light.near, 0.22))
    ground.puddles(brush, 480, 790, 16)
    if not brush.wet:
        brush.fill(_puddle(96, 668, 90), fade(brush.light.sky[2], 0.4))
        brush.fill(_puddle(-70, 560, 40), fade(brush.light.sky[3], 0.4))


def _puddle(x: float, y: float, w: float) -> "skia.Path":
    path = skia.Path()
    path.addOval(rect(x - w, y - w * 0.1, x + w, y + w * 0.1))
    path.addOval(rect(x - w * 0.3, y, x + w * 1.4, y + w * 0.14))
    return path


def _dumpster(brush: Brush, x: float, y: float, m: float, color: Color) -> None:
    brush.cast(x, y, 1.9 * m, 1.2 * m)
    brush.pillar(
        x,
        y,
        0.85 * m,
        0.98 * m,
        1.15 * m,
        color,
        0.5 * m,
    )
    lid = brush.lit(SNOW if brush.snowy else darker(color, 0.2))
    brush.shape(
        [
            (x - 1.05 * m, y - 1.15 * m),
            (x - 0.9 * m, y - 1.42 * m),
            (x + 0.9 * m, y - 1.42 * m),
            (x + 1.05 * m, y - 1.15 * m),
        ],
        lid,
    )
    for side in (-0.5, 0.0, 0.5):
        brush.box(x + side * m - 2, y - 1.1 * m, x + side * m + 2, y - 0.1 * m, brush.dark(color))


def _stairs(brush: Brush, side: int) -> None:
    iron = brush.dark(street.IRON)
    for distance, rise in ((9.0, 4.2), (9.0, 7.4), (9.0, 10.6)):
        m, y = FOCAL / distance, ground_y(brush, distance)
        x, low = side * HALF * m, y - rise * m
        deck = skia.Path()
        inner, outer = sorted((x, x - side * 1.1 * m))
        deck.addRect(rect(inner, low, outer, low + 0.1 * m))
        for i in range(8):
            at = x - side * 1.1 * m * i / 7
            deck.addRect(rect(at - 1, low - 0.95 * m, at + 1, low))
        deck.addRect(
            rect(min(x, x - side * 1.1 * m), low - m, max(x, x - side * 1.1 * m), low - 0.94 * m)
        )
        brush.fill(deck, iron)
        brush.line([(x - side * 0.1 * m, low), (x - side * 0.9 * m, low + 3.1 * m)], iron, 0.07 * m)
        brush.line(
            [(x - side * 0.35 * m, low), (x - side * 1.15 * m, low + 3.1 * m)], iron, 0.05 * m
        )


def _things(brush: Brush) -> None:
    side = 1 if brush.stage.variant % 2 else -1
    _stairs(brush, side)
    for distance, lateral, kind in ((15, 2.2, 0), (11, -2.2, 1), (8.2, 2.0, 2), (6.4, -2.05, 3)):
        m, y = FOCAL / distance, ground_y(brush, distance)
        x = side * lateral * m
        if kind == 3:
            _dumpster(brush, x, y, m, mix(ink("3f6450"), brush.secondary, 0.3))
        elif kind == 1:
            street.crate(brush, x, y, m, 0.9)
            street.crate(brush, x + 0.1 * m, y - 0.76 * m, m, 0.7)
        else:
            street.bin_(brush, x, y, m)
            street.bin_(brush, x - side * 0.75 * m, y + 4, m)


def _lamplight(brush: Brush) -> None:
    side = 1 if brush.stage.variant % 2 else -1
    for distance, lateral in ((8.0, 2.7), (17.0, -2.7)):
        m, y = FOCAL / distance, ground_y(brush, distance)
        x, high = side * lateral * m, y - 3.0 * m
        halo(brush, x, high, 1.4 * m, 0.7)
        cone(brush, (x, high), (x - side * 0.5 * m, y), 1.6 * m, 0.2)
        pool(brush, x - side * 0.5 * m, y, 2.2 * m, 0.4)
    spill(brush, -60, 60, 466, 60, 0.2)


DESIGN = SetDesign(
    name="alley",
    words=listed(
        """
        alley, alleyway, back alley, back street, backstreet, dumpster, fire escape, passage,
        back door, slum, ghetto, behind the building, behind the bar, behind the club, rear
        entrance, rear of building, loading bay, underpass, tunnel, service entrance, stage
        door, ghettos
        """
    ),
    build=build,
    air="city",
)
