"""A meadow: rolling grass, a lone tree, a fence, hills."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, paint
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import Brush
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

GRASS = ink("9aae5c")


def build(stage: Stage) -> None:
    """Hills behind hills, one big tree, wild flowers."""
    site = Site(stage)
    site.sky()
    site.layer(0.06, lambda b: land.ridge(b, 384, 120, ink("7f93a8")), name="far hills")
    site.layer(0.16, _hills, name="hills")
    site.layer(0.35, _wood, name="wood")
    site.layer(0.6, _slope, name="slope")
    site.layer(0.85, _meadow, name="meadow")
    site.foreground(
        lambda b: frames.fringe(b, GRASS, tall=170, count=110),
        lambda b: frames.bough(b, -b.side),
    )
    site.marks((-60, 650), (95, 640), (-205, 628), (215, 618), (10, 596))
    site.seats((356, 644, 0.36))
    site.spots((-130, 668), (165, 670), (290, 640))


def _hills(brush: Brush) -> None:
    land.ridge(brush, 418, 70, ink("83a072"))
    for y, tone in ((430, ink("c9b566")), (440, ink("86a458")), (448, ink("b9c06a"))):
        crest = ground.rolling(brush, y, 7)
        fields = [*crest, (brush.stage.right, y + 30), (brush.stage.left, y + 30)]
        brush.shape(fields, brush.flat(ground.snowed(brush, tone)))
    trees.treeline(brush, 436, 15, trees.PINE)


def _wood(brush: Brush) -> None:
    ground.plane(brush, 452, ink("8aa65e"), edge=ground.rolling(brush, 456, 10))
    x = brush.stage.left
    while x < brush.stage.right:
        x += brush.rng.uniform(20, 110)
        if brush.rng.random() < 0.8:
            trees.broadleaf(brush, x, 464, brush.rng.uniform(40, 92), shadow=False)
    furrows = skia.Path()
    for i in range(26):
        furrows.moveTo(-320 + i * 13, 474)
        furrows.lineTo(-760 + i * 30, 512)
    brush.canvas.drawPath(furrows, paint(fade(brush.dark(ink("c0a85a")), 0.5), stroke=3))


def _slope(brush: Brush) -> None:
    ground.plane(brush, 486, GRASS, edge=ground.rolling(brush, 496, 14))
    sign = 1 if brush.stage.variant % 2 else -1
    trees.broadleaf(brush, sign * 270 * brush.spread, 540, 380)
    trees.broadleaf(brush, -sign * 520, 520, 230)
    trees.poplar(brush, -sign * 430 * brush.spread**2, 516, 150)
    trees.bush(brush, sign * 420, 538, 90)
    street.rail_fence(brush, brush.stage.left, brush.stage.right, 528, 52)
    ground.grass(brush, 500, 580, 240, GRASS, 0.7)


def _meadow(brush: Brush) -> None:
    ground.plane(brush, 560, mix(GRASS, ink("b8a95a"), 0.25), edge=ground.rolling(brush, 566, 9))
    ground.patches(brush, 580, 770, 24, fade(brush.dark(GRASS), 0.28))
    ground.grass(brush, 572, 790, 780, GRASS, 1.3)
    if not brush.snowy:
        ground.flowers(brush, 580, 760, 110, brush.accent)
        ground.flowers(brush, 580, 760, 90, ink("f3eccb"))
    land.rock(brush, 356, 640, 120, 56)
    land.rock(brush, -400, 606, 80, 38)


DESIGN = SetDesign(
    name="meadow",
    words=listed(
        """
        meadow, field, fields, grass, grassland, pasture, prairie, hill, hillside, hilltop,
        countryside, plain, plains, cornfield, wheat, moor, sky, open field, country, rolling
        hills, landscape, steppe, savannah, savanna, skies, clouds, rolling fields, knoll,
        heath, range, open range, hayfield, corn field, rice paddy, rice paddies, paddy, feld,
        wiese, campo, open land, vista, overlook, lookout, slope
        """
    ),
    build=build,
    air="meadow",
)
