"""A graveyard: stones in rows, a chapel, iron railings, a bare tree."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.houses import SLATE, STONE
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

TURF = ink("7b925a")
GRAVE = ink("a5a39c")


def build(stage: Stage) -> None:
    """Rows of stones come toward us; the chapel and the yew behind."""
    site = Site(stage)
    site.sky()
    site.layer(0.1, lambda b: trees.treeline(b, 438, 80, ink("6f8a72")), name="wood")
    site.layer(0.3, _chapel, name="chapel")
    site.layer(0.5, _far_rows, name="far rows")
    site.layer(0.84, _ground, name="ground")
    site.layer(0.94, _near_rows, name="stones")
    site.lamps(_lamplight)
    site.foreground(
        lambda b: frames.rail(b, 690), lambda b: frames.fringe(b, TURF, tall=80, count=50)
    )
    site.marks((-40, 655), (110, 645), (-180, 636), (220, 628), (20, 602))
    site.spots((-110, 672), (180, 670), (300, 652))


def _chapel(brush: Brush) -> None:
    ground.plane(brush, 446, TURF)
    x, y, m = brush.side * 60.0 - 170, 472.0, 27.0
    roof = SNOW if brush.snowy else SLATE
    brush.box(x, y - 4.4 * m, x + 9 * m, y, brush.flat(STONE))
    brush.box(
        *(
            (x, y - 4.4 * m, x + 2 * m, y)
            if brush.side > 0
            else (x + 7 * m, y - 4.4 * m, x + 9 * m, y)
        ),
        brush.dark(STONE),
    )
    brush.slope(
        polygon(
            [
                (x - 0.4 * m, y - 4.3 * m),
                (x + 0.3 * m, y - 7.2 * m),
                (x + 8.7 * m, y - 7.2 * m),
                (x + 9.4 * m, y - 4.3 * m),
            ]
        ),
        y - 7.2 * m,
        y - 4.3 * m,
        brush.lit(roof),
        brush.flat(roof),
    )
    _steeple(brush, x - m, y, m)
    glass = brush.lamplit(0.7) if brush.light.lamps else brush.glass()
    for at in (x + 1.8 * m, x + 3.8 * m, x + 5.8 * m, x + 7.6 * m):
        pane = ground.smooth_box(at - 0.4 * m, y - 3.4 * m, at + 0.4 * m, y - 1.2 * m, 0.4 * m)
        brush.fill(pane, glass)
    for at, h in ((-620, 190), (-470, 150), (520, 210), (700, 170)):
        trees.poplar(brush, at, 474, h, ink("4f7358"), shadow=False)


def _steeple(brush: Brush, x: float, y: float, m: float) -> None:
    brush.pillar(x, y, 1.3 * m, 1.3 * m, 8 * m, STONE, m)
    brush.pillar(x, y - 7.9 * m, 1.5 * m, 0, 4.6 * m, SNOW if brush.snowy else SLATE, 0.8 * m)
    brush.box(x - 0.05 * m, y - 13.4 * m, x + 0.05 * m, y - 12.4 * m, brush.light.near)
    brush.box(x - 0.3 * m, y - 13.1 * m, x + 0.3 * m, y - 13.0 * m, brush.light.near)


def _stone(brush: Brush, x: float, y: float, m: float, kind: int) -> None:
    w, h = 0.36 * m, (0.95, 1.05, 1.5, 0.8)[kind] * m
    brush.cast(x, y, 0.7 * m, h)
    lean = brush.rng.uniform(-0.05, 0.05)
    canvas = brush.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.skew(lean, 0)
    tone = mix(GRAVE, STONE, brush.rng.random())
    if kind == 2:
        path = ground.smooth_box(-0.09 * m, -h, 0.09 * m, 0, 1)
        path.addRect(rect(-0.36 * m, -h * 0.78, 0.36 * m, -h * 0.64))
        path.setFillType(skia.PathFillType.kWinding)
    elif kind == 3:
        path = polygon([(-w * 1.1, 0), (-w, -h), (w, -h), (w * 1.1, 0)])
    else:
        path = ground.smooth_box(-w, -h, w, w, w * (1.0 if kind == 0 else 0.4))
        canvas.clipRect(rect(-2 * m, -2 * m, 2 * m, 0))
    brush.body(path, tone, 0.14 * m)
    if kind != 2:
        for i, k in enumerate((0.7, 0.58, 0.46)):
            brush.box(
                -w * (0.55 - i * 0.1),
                -h * k,
                w * (0.55 - i * 0.1),
                -h * k + 0.03 * m,
                fade(brush.dark(tone), 0.8),
            )
    if brush.snowy:
        w = 0.09 * m if kind == 2 else w
        brush.oval(-w * 0.9, -h - 0.07 * m, w * 0.9, -h + 0.1 * m, brush.lit(SNOW))
    canvas.restore()


def _far_rows(brush: Brush) -> None:
    ground.plane(brush, 478, TURF, edge=ground.rolling(brush, 480, 6))
    for y, gap in ((494, 62), (514, 84), (540, 116)):
        x = brush.stage.left + brush.rng.uniform(0, gap)
        while x < brush.stage.right:
            if abs(x - 20) > 40:
                _stone(
                    brush,
                    x,
                    y + brush.rng.uniform(-3, 3),
                    brush.metre(y),
                    brush.rng.choice((0, 0, 1, 1, 2, 3)),
                )
            x += gap * brush.rng.uniform(0.8, 1.5)
    sign = 1 if brush.stage.variant % 2 else -1
    trees.bare(brush, sign * 330, 548, 420)


def _ground(brush: Brush) -> None:
    ground.plane(brush, 566, TURF, edge=ground.rolling(brush, 570, 5))
    path = polygon([(-20, 566), (60, 566), (330, 900), (-170, 900)])
    gravel = ground.snowed(brush, ink("b3a88f"), 0.6)
    brush.slope(path, 566, 800, brush.flat(gravel), brush.dark(gravel))
    ground.patches(brush, 580, 770, 22, fade(brush.dark(TURF), 0.28))
    ground.grass(brush, 574, 780, 380, TURF)
    ground.puddles(brush, 600, 790, 6)


def _near_rows(brush: Brush) -> None:
    for x, y, kind in (
        (-450, 612, 1),
        (-290, 606, 0),
        (300, 604, 2),
        (430, 616, 0),
        (-590, 660, 2),
        (-360, 668, 1),
        (400, 672, 1),
        (580, 664, 0),
    ):
        _stone(brush, x, y, brush.metre(y), kind)
        if not brush.snowy and kind == 0:
            ground_flowers = skia.Path()
            for i in range(7):
                ground_flowers.addCircle(x - 22 + i * 7, y + 2 - (i % 3) * 5, 5)
            brush.fill(ground_flowers, brush.lit(brush.accent, 0.5))
    street.lamp(brush, 246, 590, brush.metre(590), arm=0, tall=3.0)


def _lamplight(brush: Brush) -> None:
    m = brush.metre(590)
    halo(brush, 246, 590 - 3.3 * m, 1.8 * m, 0.6)
    pool(brush, 246, 592, 2.6 * m, 0.3)


DESIGN = SetDesign(
    name="graveyard",
    words=listed(
        """
        graveyard, cemetery, grave, gravesite, churchyard, tomb, tombstone, burial, funeral,
        crypt, mausoleum, graveside, burial ground, burial site, cemetery gate, memorial, war
        memorial, arlington, grave site, friedhof, cimetiere, cementerio, necropolis
        """
    ),
    build=build,
    air="graveyard",
)
