"""A rooftop: parapet, water tank, vents, aerials, the city below and beyond."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import cone, halo, pool
from reelwright.providers.sketch.sets.scenery.houses import BRICK, skyline
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

FELT = ink("83807c")
EDGE = 540.0


def build(stage: Stage) -> None:
    """Towers rise from below the parapet; the stair house and its lamp on one side."""
    site = Site(stage)
    site.sky()
    site.layer(
        0.08, lambda b: skyline(b, 500, 130, 270, ink("7c8696"), wide=(40, 84)), name="far towers"
    )
    site.layer(
        0.18, lambda b: skyline(b, 520, 160, 350, ink("767f8c"), wide=(70, 130)), name="towers"
    )
    site.layer(0.32, _near_towers, name="near towers")
    site.layer(0.7, _roof, name="roof")
    site.layer(0.85, _things, name="tank and vents")
    site.lamps(_lamplight, depth=0.85)
    site.foreground(_cable)
    site.marks((-40, 655), (110, 648), (-180, 640), (220, 636), (20, 614))
    site.spots((-110, 674), (180, 672), (300, 660))


def _near_towers(brush: Brush) -> None:
    skyline(brush, 600, 110, 250, ink("6c6a70"), wide=(130, 230))


def _roof(brush: Brush) -> None:
    ground.plane(brush, EDGE, FELT)
    ground.paving(brush, EDGE + 20, brush.dark(FELT), x=40, wide=260, rows=4)
    ground.puddles(brush, EDGE + 30, 790, 16)
    wall = mix(BRICK, brush.dominant, 0.25)
    brush.box(brush.stage.left, EDGE - 46, brush.stage.right, EDGE + 8, brush.dark(wall))
    joints = skia.Path()
    for i in range(4):
        joints.addRect(
            rect(brush.stage.left, EDGE - 34 + i * 11, brush.stage.right, EDGE - 32.6 + i * 11)
        )
    brush.fill(joints, fade(brush.light.near, 0.3))
    brush.box(
        brush.stage.left,
        EDGE - 58,
        brush.stage.right,
        EDGE - 44,
        brush.lit(SNOW if brush.snowy else street.CONCRETE),
    )
    brush.box(
        brush.stage.left, EDGE + 8, brush.stage.right, EDGE + 22, fade(brush.light.near, 0.35)
    )


def _things(brush: Brush) -> None:
    side = 1 if brush.stage.variant % 2 else -1
    _laundry(brush, -side)
    _stairhouse(brush, side * 420, 612, brush.metre(612) * 0.9)
    _tank(brush, -side * 330, 586, brush.metre(586))
    for x, y, tall in ((-side * 140, 576, 0.9), (side * 220, 580, 0.7), (-side * 520, 640, 1.1)):
        m = brush.metre(y)
        brush.cast(x, y, 0.8 * m, tall * m)
        brush.pillar(
            x,
            y,
            0.4 * m,
            0.4 * m,
            tall * m,
            ink("a9adb0"),
            0.26 * m,
        )
        brush.box(
            x - 0.5 * m,
            y - (tall + 0.14) * m,
            x + 0.5 * m,
            y - tall * m,
            brush.lit(SNOW if brush.snowy else ink("c0c4c6")),
        )
        for i in range(4):
            brush.box(
                x - 0.3 * m,
                y - (0.15 + i * 0.14) * m,
                x + 0.3 * m,
                y - (0.1 + i * 0.14) * m,
                brush.light.near,
            )
    mast, iron = side * 190, brush.dark(street.IRON)
    brush.line([(mast, 584), (mast, 300)], iron, 4)
    for i in range(5):
        w = 46 - i * 7
        brush.line([(mast - w, 318 + i * 16), (mast + w, 318 + i * 16)], iron, 2)


def _stairhouse(brush: Brush, x: float, y: float, m: float) -> None:
    wall = ink("b3a694")
    brush.cast(x, y, 3.2 * m, 2.6 * m)
    brush.pillar(
        x,
        y,
        1.6 * m,
        1.6 * m,
        2.7 * m,
        wall,
        0.9 * m,
    )
    brush.box(
        x - 1.75 * m,
        y - 2.85 * m,
        x + 1.75 * m,
        y - 2.65 * m,
        brush.lit(SNOW if brush.snowy else street.CONCRETE),
    )
    brush.box(x - 0.5 * m, y - 2.05 * m, x + 0.5 * m, y, brush.flat(brush.accent))
    brush.box(
        x - 0.4 * m,
        y - 1.9 * m,
        x + 0.4 * m,
        y - 1.2 * m,
        brush.lamplit() if brush.light.lamps else brush.glass(),
    )
    brush.oval(
        x - 0.14 * m,
        y - 2.4 * m,
        x + 0.14 * m,
        y - 2.2 * m,
        brush.light.lamp if brush.light.lamps else brush.lit(SNOW),
    )


def _tank(brush: Brush, x: float, y: float, m: float) -> None:
    brush.cast(x, y, 1.8 * m, 4.0 * m)
    wood, iron = ink("8a6248"), brush.dark(street.IRON)
    for dx in (-0.75, -0.25, 0.25, 0.75):
        brush.line([(x + dx * m, y), (x + dx * 0.9 * m, y - 1.6 * m)], iron, 4)
    brush.line([(x - 0.75 * m, y - 0.3 * m), (x + 0.75 * m, y - 1.4 * m)], iron, 2.4)
    brush.line([(x + 0.75 * m, y - 0.3 * m), (x - 0.75 * m, y - 1.4 * m)], iron, 2.4)
    brush.body(
        polygon(
            [
                (x - 1.0 * m, y - 1.6 * m),
                (x - 0.94 * m, y - 3.6 * m),
                (x + 0.94 * m, y - 3.6 * m),
                (x + 1.0 * m, y - 1.6 * m),
            ]
        ),
        wood,
        0.8 * m,
    )
    for k in (1.8, 2.4, 3.0, 3.4):
        brush.box(x - m, y - k * m, x + m, y - k * m + 2.4, fade(brush.light.near, 0.5))
    brush.body(
        polygon([(x - 1.1 * m, y - 3.55 * m), (x, y - 4.5 * m), (x + 1.1 * m, y - 3.55 * m)]),
        SNOW if brush.snowy else ink("6f6a68"),
        0.7 * m,
    )


def _laundry(brush: Brush, side: int) -> None:
    a, b = side * 240, side * 640
    brush.line([(a, 520), ((a + b) / 2, 534), (b, 512)], brush.dark(street.IRON), 1.6)
    brush.line([(a, 600), (a, 506)], brush.dark(street.IRON), 4)
    for i, color in enumerate((ink("e8e2d4"), brush.accent, ink("cfd8dc"), brush.secondary)):
        x = a + side * (60 + i * 74)
        brush.shape([(x - 24, 528), (x + 24, 529), (x + 26, 586), (x - 22, 590)], brush.flat(color))
        brush.shape(
            [
                (x + brush.side * 8, 529),
                (x + brush.side * 24, 529),
                (x + brush.side * 24, 587),
                (x + brush.side * 12, 588),
            ],
            brush.lit(color),
        )


def _lamplight(brush: Brush) -> None:
    side = 1 if brush.stage.variant % 2 else -1
    m = brush.metre(612) * 0.9
    x, y = side * 420, 612 - 2.3 * m
    halo(brush, x, y, 1.7 * m, 0.7)
    cone(brush, (x, y), (x - side * 40, 640), 1.9 * m, 0.2)
    pool(brush, x - side * 40, 640, 3.2 * m, 0.36)


def _cable(brush: Brush) -> None:
    frames.post(brush, -brush.side, 20)
    half = brush.stage.width / 2 + 200
    brush.line(
        [(-half, 30), (-half / 2, 66), (0, 60), (half / 2, 30), (half, -20)], brush.light.near, 3
    )


DESIGN = SetDesign(
    name="rooftop",
    words=listed(
        """
        rooftop, roof, roof top, balcony, terrace rooftop, skyscraper, skyline, penthouse
        terrace, tower top, ledge, helipad, above the city, city skyline, building roof, roof
        terrace, roof garden, water tower, clock tower, observation deck, tower, fire escape
        landing, crane, parapet, balconies, window ledge, high above
        """
    ),
    build=build,
    air="city",
)
