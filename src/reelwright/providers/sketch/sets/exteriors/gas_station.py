"""A filling station with its parking lot: canopy, pumps, shop, parked cars, a tall sign."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, lighter, paint, polygon
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool, spill
from reelwright.providers.sketch.sets.scenery.houses import shop
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

LINE = 500.0
CANOPY = (-430.0, 70.0, 236.0)  # left, right, top


def build(stage: Stage) -> None:
    """Odd variants leave the canopy away: then it is a parking lot before a shop."""
    site = Site(stage)
    site.sky()
    site.layer(0.07, lambda b: land.ridge(b, 424, 70, ink("8494a6")), name="hills")
    site.layer(0.2, lambda b: trees.treeline(b, 446, 50, ink("6f8f68")), name="trees")
    site.layer(0.45, _shop, name="shop")
    site.layer(0.6, _apron, name="apron")
    if stage.variant % 2 == 0:
        site.layer(0.72, _canopy, name="canopy")
    site.lamps(_lamplight, depth=0.72)
    site.layer(0.86, _cars, name="cars")
    site.layer(0.9, _near, name="near asphalt")
    site.foreground(lambda b: frames.post(b, b.side, 30))
    site.marks((-20, 660), (130, 650), (-170, 645), (250, 640), (40, 622))
    site.spots((-90, 676), (190, 674), (300, 662))


def _shop(brush: Brush) -> None:
    ground.plane(brush, 446, ink("97a06a"))
    m = brush.metre(LINE - 14)
    for x0, x1, color in ((-120, 190, brush.accent), (190, 460, brush.secondary)):
        shop(brush, x0, x1, LINE - 10, m, color, awning=False)
        top = LINE - 10 - 3.3 * m
        brush.box(x0 - 4, top - 0.8 * m, x1 + 4, top, brush.flat(ink("d8d2c4")))
        brush.box(
            x0 - 4,
            top - 0.95 * m,
            x1 + 4,
            top - 0.78 * m,
            brush.lit(SNOW if brush.snowy else ink("d8d2c4")),
        )
        brush.box(x0 + 0.6 * m, top - 0.62 * m, x1 - 0.6 * m, top - 0.2 * m, brush.lit(color))
    for x, h in ((-640, 150), (-560, 110), (620, 160), (760, 120)):
        trees.broadleaf(brush, x, LINE - 12, h)


def _apron(brush: Brush) -> None:
    ground.plane(brush, LINE - 12, street.ASPHALT)
    bays = skia.Path()
    for i in range(-9, 10):
        x = i * 96.0
        bays.addPath(polygon([(x, 516), (x + 3, 516), (x * 1.22 + 5, 552), (x * 1.22, 552)]))
    brush.fill(bays, fade(brush.lit(ink("efe9d8")), 0.2 if brush.snowy else 0.7))
    street.mesh_fence(brush, 470, brush.stage.right, 512, brush.metre(512))
    _price_sign(brush, 330, 536, brush.metre(536))


def _price_sign(brush: Brush, x: float, y: float, m: float) -> None:
    brush.cast(x, y, 0.5 * m, 6 * m)
    brush.pillar(
        x,
        y,
        0.16 * m,
        0.16 * m,
        4.4 * m,
        street.CONCRETE,
        0.1 * m,
    )
    brush.fill(
        ground.smooth_box(x - 0.95 * m, y - 6.6 * m, x + 0.95 * m, y - 3.2 * m, 0.2 * m),
        brush.flat(ink("e6e0d2")),
    )
    brush.fill(
        ground.smooth_box(x - 0.85 * m, y - 6.5 * m, x + 0.85 * m, y - 5.1 * m, 0.16 * m),
        brush.lit(brush.accent),
    )
    brush.oval(
        x - 0.4 * m, y - 6.2 * m, x + 0.4 * m, y - 5.4 * m, brush.lit(lighter(brush.accent, 0.7))
    )
    for i in range(3):
        low = y - (4.9 - 0.55 * i) * m
        brush.box(x - 0.7 * m, low, x - 0.1 * m, low + 0.26 * m, brush.dark(ink("4a4e52")))
        brush.box(x + 0.1 * m, low, x + 0.7 * m, low + 0.26 * m, brush.lit(brush.secondary))


def _canopy(brush: Brush) -> None:
    x0, x1, top = CANOPY
    y, m = 572.0, brush.metre(572)
    for x in (x0 + 70, x1 - 70):
        brush.cast(x, y, 0.5 * m, 3.4 * m)
        brush.pillar(
            x,
            y,
            0.2 * m,
            0.2 * m,
            y - top,
            ink("d8d4ca"),
            0.14 * m,
        )
        _pump(brush, x + 0.75 * m, y, m)
        _pump(brush, x - 0.75 * m, y, m)
        brush.box(
            x - 1.4 * m,
            y - 0.1 * m,
            x + 1.4 * m,
            y + 0.06 * m,
            brush.lit(ground.snowed(brush, street.CONCRETE)),
        )
    brush.shape(
        [(x0 + 40, top + 56), (x1 - 40, top + 56), (x1, top + 44), (x0, top + 44)],
        brush.lamplit(1.0) if brush.light.lamps else brush.dark(ink("d8d4ca")),
    )
    brush.box(x0 - 12, top - 6, x1 + 12, top + 46, brush.flat(ink("ece7dc")))
    brush.box(x0 - 12, top + 8, x1 + 12, top + 32, brush.flat(brush.accent))
    end = (x1 - 60, x1 + 12) if brush.side > 0 else (x0 - 12, x0 + 60)
    brush.box(end[0], top - 6, end[1], top + 46, fade(brush.lit(SNOW), 0.25))
    brush.box(x0 - 12, top - 12, x1 + 12, top - 5, brush.lit(SNOW))


def _pump(brush: Brush, x: float, y: float, m: float) -> None:
    brush.body(
        ground.smooth_box(x - 0.32 * m, y - 1.7 * m, x + 0.32 * m, y, 0.08 * m),
        brush.accent,
        0.18 * m,
    )
    brush.box(
        x - 0.22 * m,
        y - 1.55 * m,
        x + 0.22 * m,
        y - 1.15 * m,
        brush.lamplit(0.8) if brush.light.lamps else brush.lit(SNOW),
    )
    brush.box(x - 0.22 * m, y - m, x + 0.22 * m, y - 0.9 * m, brush.light.near)
    hose = skia.Path()
    hose.moveTo(x + 0.32 * m, y - 1.2 * m)
    hose.cubicTo(x + 0.7 * m, y - 0.9 * m, x + 0.5 * m, y - 0.2 * m, x + 0.34 * m, y - 0.7 * m)
    brush.canvas.drawPath(hose, paint(brush.light.near, stroke=0.06 * m))


def _cars(brush: Brush) -> None:
    street.car(brush, 400, 604, brush.metre(604) * 0.94, brush.secondary, facing=-1)
    if brush.stage.variant % 2:
        street.car(brush, -390, 596, brush.metre(596) * 0.94, brush.accent)
        street.lamp(brush, -150, 570, brush.metre(570), arm=1, tall=5.4)


def _near(brush: Brush) -> None:
    ground.plane(
        brush, 618, street.ASPHALT, edge=[(brush.stage.left, 622), (brush.stage.right, 618)]
    )
    ground.patches(brush, 640, 780, 18, fade(brush.light.near, 0.22))
    cracks = skia.Path()
    for _ in range(9):
        x, y = brush.rng.uniform(brush.stage.left, brush.stage.right), brush.rng.uniform(640, 760)
        cracks.moveTo(x, y)
        for _ in range(4):
            x, y = x + brush.rng.uniform(20, 60), y + brush.rng.uniform(-9, 12)
            cracks.lineTo(x, y)
    brush.canvas.drawPath(cracks, paint(fade(brush.light.near, 0.4), stroke=1.8))
    ground.puddles(brush, 630, 790, 10)
    if brush.wet and brush.light.lamps:
        ground.mirror(brush, [(x, 640.0, 30.0, brush.light.lamp) for x in (-330, -180, -20)], 110)


def _lamplight(brush: Brush) -> None:
    if brush.stage.variant % 2:
        m = brush.metre(570)
        street.lamplight(brush, -150 + 1.25 * m, 570 - 5.76 * m, 590, m)
    else:
        x0, x1, top = CANOPY
        for i in range(4):
            x = x0 + (x1 - x0) * (i + 0.5) / 4
            halo(brush, x, top + 52, 120, 0.4)
        pool(brush, (x0 + x1) / 2, 600, 360, 0.4)
    spill(brush, -110, 100, LINE - 10, 80, 0.3)


DESIGN = SetDesign(
    name="gas_station",
    words=listed(
        """
        gas station, petrol station, filling station, parking lot, car park, parking,
        convenience store, motel, diner, truck stop, rest stop, mall, supermarket, strip mall,
        drive in, drive thru, roadside diner, parking garage, holiday inn, motor inn, motor
        lodge, car wash, burger joint, fast food, drive in theater, drive through, mini mart,
        truckstop, service station, roadhouse, used car lot, car lot, auto shop, body shop,
        mechanic shop, parking structure, parking space, parking area, lot, weigh station, toll
        booth, shopping center, shopping mall, auto repair, gas
        """
    ),
    build=build,
    air="road",
)
