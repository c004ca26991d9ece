"""A river with a stone bridge: we stand on the bank, the arches cross behind."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo
from reelwright.providers.sketch.sets.scenery.houses import BRICK, PLASTER, STONE, row
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

BANK = ink("8ca35c")
DECK, WATER = 362.0, 470.0
LAMPS = (-620.0, -310.0, 0.0, 310.0, 620.0)


def build(stage: Stage) -> None:
    """Hills, the far bank, the bridge with its mirror image, reeds and a path on our side."""
    site = Site(stage)
    site.sky()
    site.layer(0.06, lambda b: land.ridge(b, 416, 80, ink("7f90a4")), name="hills")
    site.layer(0.2, _far_bank, name="far bank")
    site.layer(
        0.32, lambda b: land.water(b, 452, 900, ink("487f8c"), waves=110, calm=0.8), name="river"
    )
    site.layer(0.45, _bridge, name="bridge")
    site.lamps(_lamplight, depth=0.45)
    site.layer(0.86, _bank, name="bank")
    site.foreground(
        lambda b: frames.bough(b, -b.side),
        lambda b: frames.fringe(b, trees.OLIVE, tall=170, count=70),
    )
    site.marks((-50, 655), (105, 648), (-195, 642), (225, 640), (15, 622))
    site.seats((-300, 640, 0.45))
    site.spots((-120, 674), (180, 674), (300, 660))


def _far_bank(brush: Brush) -> None:
    if brush.stage.variant % 2:
        row(brush, 450, 14.0, [PLASTER, BRICK, ink("b0a08a")])
    trees.treeline(brush, 450, 52, ink("6d9663"))
    ground.plane(brush, 448, BANK)


def _bridge(brush: Brush) -> None:
    stage, path, mirror = brush.stage, skia.Path(), skia.Path()
    path.addRect(rect(stage.left, DECK - 26, stage.right, WATER))
    span = 310.0
    arches = skia.Path()
    for i in range(-4, 5):
        x = i * span
        for target in (arches, mirror):
            target.addOval(
                rect(x + 22 - span / 2, DECK + 12, x - 22 + span / 2, WATER * 2 - DECK - 12)
            )
    canvas = brush.canvas
    canvas.save()
    canvas.clipRect(rect(stage.left, 0, stage.right, WATER))
    canvas.clipPath(arches, skia.ClipOp.kDifference, True)
    brush.slope(path, DECK - 26, WATER, brush.lit(STONE), brush.dark(STONE))
    joints = skia.Path()
    for y in range(int(DECK) - 10, int(WATER), 15):
        joints.addRect(rect(stage.left, y, stage.right, y + 1.2))
    brush.fill(joints, fade(brush.dark(STONE), 0.5))
    canvas.restore()
    rim = skia.Path()
    for i in range(-4, 5):
        rim.addArc(
            rect(
                i * span + 22 - span / 2, DECK + 12, i * span - 22 + span / 2, WATER * 2 - DECK - 12
            ),
            180,
            180,
        )
    canvas.drawPath(rim, paint(brush.lit(STONE), stroke=7))
    canvas.drawPath(rim, paint(fade(brush.dark(STONE), 0.8), stroke=1.5))
    brush.box(
        stage.left, DECK - 34, stage.right, DECK - 24, brush.lit(SNOW if brush.snowy else STONE)
    )
    brush.box(stage.left, DECK - 4, stage.right, DECK + 3, brush.dark(STONE))
    _piers(brush, span)
    _mirrored(brush, arches, span)


def _piers(brush: Brush, span: float) -> None:
    for i in range(-4, 4):
        x = (i + 0.5) * span
        brush.body(
            polygon(
                [(x - 30, WATER + 8), (x - 22, DECK - 24), (x + 22, DECK - 24), (x + 30, WATER + 8)]
            ),
            STONE,
            16,
        )
    for x in LAMPS:
        street.lamp(brush, x, DECK - 30, 22, arm=0, tall=3.0)


def _mirrored(brush: Brush, arches: "skia.Path", span: float) -> None:
    canvas, stage = brush.canvas, brush.stage
    canvas.save()
    canvas.clipRect(rect(stage.left, WATER, stage.right, WATER + 90))
    canvas.clipPath(arches, skia.ClipOp.kDifference, True)
    path = skia.Path()
    path.addRect(rect(stage.left, WATER, stage.right, WATER + 90))
    brush.slope(
        path, WATER, WATER + 90, fade(brush.dark(STONE), 0.75), fade(brush.dark(STONE), 0.15)
    )
    canvas.restore()
    strips = skia.Path()
    for i in range(26):
        x, y = brush.rng.uniform(stage.left, stage.right), WATER + 6 + brush.rng.random() * 84
        strips.addOval(rect(x - span * 0.2, y, x + span * 0.2, y + 2.2 + i % 3))
    brush.fill(strips, fade(brush.light.sky[2], 0.5))


def _bank(brush: Brush) -> None:
    edge = ground.rolling(brush, 592, 8, 1.2)
    ground.plane(brush, 584, BANK, edge=edge)
    brush.line(edge, brush.dark(land.EARTH), 5)
    ground.patches(brush, 610, 780, 22, fade(brush.flat(ground.snowed(brush, land.EARTH)), 0.4))
    ground.grass(brush, 594, 790, 520, BANK, 1.1)
    reeds = skia.Path()
    for x in (-420, -380, -352, 330, 372, 410, 446):
        for _ in range(5):
            at = x + brush.rng.uniform(-22, 22)
            ground.tuft(reeds, at, 616, brush.rng.uniform(60, 110), brush.rng.uniform(-0.5, 0.5))
    brush.fill(reeds, brush.flat(trees.OLIVE))
    street.bench(brush, -300, 640, brush.metre(640))
    land.rock(brush, 350, 660, 140, 66)
    land.rock(brush, 450, 668, 90, 40)
    trees.broadleaf(brush, brush.side * 590, 640, 520)


def _lamplight(brush: Brush) -> None:
    for x in LAMPS:
        halo(brush, x, DECK - 103, 70, 0.7)
    ground.mirror(brush, [(x, WATER + 6, 5, brush.light.lamp) for x in LAMPS], 80)


DESIGN = SetDesign(
    name="river",
    words=listed(
        """
        river, riverbank, riverside, stream, creek, canal, embankment, waterfall, under the
        bridge, footbridge, brook, levee, river bank, ford, rapids, river crossing, riverbed,
        dry river, falls, aqueduct, sewer outlet, drainage ditch, culvert, seine, thames,
        mississippi, ganges, nile, riviere, fluss, rowboat, canoe, kayak, gondola, viaduct,
        covered bridge, storm drain, below the bridge, beneath the bridge, stone bridge, wooden
        bridge, rope bridge, foot bridge, bridge over the river
        """
    ),
    build=build,
    air="river",
)
