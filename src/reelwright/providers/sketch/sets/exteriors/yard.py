"""An industrial yard or a building site: hall, chimneys, containers, a crane, heaps, barriers."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, mix, paint, polygon, rect, smooth
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import ground, land, street
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import cone, halo, pool
from reelwright.providers.sketch.sets.scenery.houses import BRICK, skyline
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

DIRT = ink("9c8a72")
LINE = 498.0
LAMPS = (-300.0, 330.0)


def build(stage: Stage) -> None:
    """Even variants are a works with chimneys, odd ones a building site with a crane."""
    site = Site(stage)
    site.sky()
    site.layer(0.1, lambda b: skyline(b, 448, 60, 190, ink("76808c"), wide=(50, 110)), name="town")
    site.layer(0.3, _works if stage.variant % 2 == 0 else _shell, name="works or shell")
    site.layer(0.5, _containers, name="containers")
    site.layer(0.7, _yard, name="yard")
    site.lamps(_lamplight, depth=0.7)
    site.layer(0.9, _things, name="heaps and barriers")
    site.foreground(
        lambda b: street.mesh_fence(
            b, -b.stage.width / 2 - 300, -b.stage.width * 0.3, 900, 150, tall=3.4
        )
    )
    site.marks((-40, 658), (110, 648), (-185, 640), (220, 632), (20, 606))
    site.spots((-110, 676), (180, 674), (300, 660))


def _works(brush: Brush) -> None:
    y, wall = 470.0, mix(BRICK, ink("7a7470"), 0.35)
    for x, h in ((-300, 300), (-236, 260), (380, 330)):
        brush.pillar(x, y, 16, 11, h, wall, 12)
        brush.box(x - 14, y - h, x + 14, y - h + 10, brush.lit(brush.accent))
        puff = smooth(
            [
                (x - 6, y - h),
                (x - 20, y - h - 50),
                (x - 8, y - h - 96),
                (x - 40, y - h - 150),
                (x + 40, y - h - 168),
                (x + 26, y - h - 90),
                (x + 12, y - h - 40),
                (x + 7, y - h),
            ]
        )
        brush.fill(puff, fade(mix(brush.light.air, brush.light.near, 0.25), 0.5))
    teeth = [(-520.0, y)]
    for i in range(7):
        x = -520 + i * 130
        teeth += [(x, y - 110), (x + 20, y - 168), (x + 130, y - 110)]
    brush.fill(polygon([*teeth, (390, y)]), mix(brush.flat(wall), brush.lit(wall), 0.3))
    panes, bright = skia.Path(), skia.Path()
    for i in range(14):
        x = -500 + i * 64
        (bright if brush.rng.random() < 0.5 else panes).addRect(rect(x, y - 92, x + 40, y - 44))
    brush.fill(panes, brush.glass())
    brush.fill(bright, brush.lamplit(0.8) if brush.light.lamps else brush.glass())
    for i in range(7):
        x = -520 + i * 130
        brush.shape(
            [(x, y - 110), (x + 20, y - 168), (x + 20, y - 110)],
            brush.dark(wall) if brush.side > 0 else brush.lit(wall),
        )
        if brush.snowy:
            brush.line([(x + 20, y - 168), (x + 130, y - 110)], brush.lit(SNOW), 5)


def _shell(brush: Brush) -> None:
    y, grey = 470.0, street.CONCRETE
    for floor in range(5):
        low = y - floor * 52
        brush.box(-340, low - 8, 160, low, brush.lit(ground.snowed(brush, grey, 0.6)))
        brush.box(-336, low - 52, 156, low - 8, fade(brush.light.near, 0.35))
        for x in range(-330, 161, 80):
            brush.box(x, low - 52, x + 12, low, brush.flat(grey))
    bars = skia.Path()
    for x in range(-330, 161, 26):
        bars.addRect(rect(x, y - 294, x + 2, y - 260))
    brush.fill(bars, brush.dark(street.IRON))
    _crane(brush, 270, y, ink("e0b23e"))


def _crane(brush: Brush, x: float, y: float, color: Color) -> None:
    mast, top = skia.Path(), 96.0
    for dx in (-13, 13):
        mast.addRect(rect(x + dx - 2, top, x + dx + 2, y))
    mast.addRect(rect(x - 560, top + 20, x + 170, top + 24))
    mast.addRect(rect(x - 560, top + 44, x + 170, top + 48))
    brush.fill(mast, brush.flat(color))
    lattice = skia.Path()
    step = 26
    for i in range(int((y - top) / step)):
        a = top + i * step
        lattice.moveTo(x - 13, a)
        lattice.lineTo(x + 13, a + step)
    for i in range(28):
        lattice.moveTo(x - 560 + i * step, top + 22)
        lattice.lineTo(x - 547 + i * step, top + 46)
        lattice.lineTo(x - 534 + i * step, top + 22)
    brush.canvas.drawPath(lattice, paint(brush.flat(color), stroke=2))
    brush.box(x + 110, top + 40, x + 165, top + 84, brush.dark(street.CONCRETE))
    brush.box(x - 20, top + 48, x + 20, top + 84, brush.lit(color))
    brush.line([(x, top - 40), (x - 540, top + 22)], brush.dark(street.IRON), 1.6)
    brush.line([(x, top + 20), (x, top - 40), (x + 160, top + 22)], brush.dark(street.IRON), 2.4)
    brush.line([(x - 340, top + 46), (x - 340, 230)], brush.dark(street.IRON), 1.6)
    brush.box(x - 372, 230, x - 308, 242, brush.flat(street.WOOD))


def _containers(brush: Brush) -> None:
    ground.plane(brush, 470, DIRT)
    m = brush.metre(LINE)
    for x, level, color in (
        (-640, 0, brush.secondary),
        (-640, 1, brush.accent),
        (-330, 0, ink("5a7484")),
        (330, 0, brush.accent),
        (620, 0, ink("7a6a54")),
        (480, 1, brush.secondary),
        (900, 0, ink("5a7484")),
    ):
        y = LINE - level * 2.5 * m
        w = 3.0 * m
        brush.box(x - w, y - 2.5 * m, x + w, y, brush.flat(color))
        ribs = skia.Path()
        for i in range(14):
            at = x - w + (i + 0.5) * w / 7
            ribs.addRect(rect(at, y - 2.3 * m, at + w / 24, y - 0.2 * m))
        brush.fill(ribs, fade(brush.dark(color), 0.7))
        brush.box(
            *(
                (x + w - 0.4 * m, y - 2.5 * m, x + w, y)
                if brush.side > 0
                else (x - w, y - 2.5 * m, x - w + 0.4 * m, y)
            ),
            brush.lit(color),
        )
        brush.box(
            x - w, y - 2.56 * m, x + w, y - 2.38 * m, brush.lit(SNOW if brush.snowy else color)
        )
        if level == 0:
            brush.contact(x, LINE, 2 * w, 0.4)


def _yard(brush: Brush) -> None:
    ground.plane(brush, 512, DIRT, edge=ground.rolling(brush, 514, 3))
    ground.patches(brush, 524, 780, 40, fade(brush.dark(DIRT), 0.26))
    ruts = skia.Path()
    for x0, x1 in ((30, -240), (70, -60), (200, 330), (240, 520)):
        ruts.addPath(polygon([(x0, 514), (x0 + 5, 514), (x1 + 34, 880), (x1, 880)]))
    brush.fill(ruts, fade(brush.dark(DIRT), 0.4))
    ground.pebbles(brush, 530, 770, 150, land.ROCK)
    ground.puddles(brush, 540, 790, 18)
    for x in LAMPS:
        street.lamp(brush, x, 540, brush.metre(540), arm=1 if x < 0 else -1, tall=5.6)


def _things(brush: Brush) -> None:
    for x, y, w, h, tone in ((-430, 600, 260, 110, DIRT), (430, 590, 220, 90, ink("b3a58c"))):
        heap = smooth(
            [
                (x - w / 2, y),
                (x - w * 0.22, y - h * 0.7),
                (x, y - h),
                (x + w * 0.24, y - h * 0.66),
                (x + w / 2, y),
                (x, y + 8),
            ],
            tension=0.4,
        )
        brush.cast(x, y, w * 0.8, h)
        brush.body(heap, ground.snowed(brush, tone, 0.7), w * 0.2)
    for x in (-330, 330, 480):
        _barrier(brush, x, 632, brush.metre(632))
    for x, y in ((-260, 616), (258, 612), (-520, 668)):
        brush.cast(x, y, 30, 50)
        brush.pillar(x, y, 20, 4, 52, ink("e2642f"), 11)
        brush.box(x - 12, y - 30, x + 12, y - 20, brush.lit(SNOW))
    for i in range(3):
        log = ground.smooth_box(-640 + i * 10, 660 - i * 18, -440 - i * 10, 678 - i * 18, 8)
        brush.body(log, street.WOOD, 8)


def _barrier(brush: Brush, x: float, y: float, m: float) -> None:
    """A striped plank on two legs."""
    brush.cast(x, y, 1.4 * m, 0.9 * m)
    for leg in (-0.6, 0.6):
        brush.box(x + leg * m - 4, y - 0.9 * m, x + leg * m + 4, y, brush.dark(street.IRON))
    for i in range(7):
        a, b = x + (-0.8 + i * 0.23) * m, x + (-0.57 + i * 0.23) * m
        tone = brush.lit(ink("e2642f")) if i % 2 else brush.lit(ink("f0ebe0"))
        low, slant = y - 0.62 * m, 0.08 * m
        brush.shape([(a, y - 0.9 * m), (b, y - 0.9 * m), (b - slant, low), (a - slant, low)], tone)


def _lamplight(brush: Brush) -> None:
    m = brush.metre(540)
    for x in LAMPS:
        bulb = x + (1.25 if x < 0 else -1.25) * m
        top = 540 - 5.96 * m
        halo(brush, bulb, top, 1.7 * m, 0.6)
        cone(brush, (bulb, top), (bulb, 556), 2.4 * m, 0.16)
        pool(brush, bulb, 556, 3.4 * m, 0.36)


DESIGN = SetDesign(
    name="yard",
    words=listed(
        """
        construction site, building site, industrial yard, factory, warehouse, junkyard,
        scrapyard, scrap yard, shipping yard, container yard, refinery, power plant, industrial,
        loading dock, mill, mine, quarry, steelworks, oil rig, dump, rail yard, prison yard,
        shed, salvage yard, freight yard, depot yard, landfill, soundstage, sound stage, movie
        set, studio lot, backlot, studio, studios, film set, loading platform, pumping station,
        plant, chemical plant, power station, shipping container, tank farm, oil field, oil
        well, derrick, lumber yard, lumberyard, mining camp, mine entrance, mine shaft, foundry,
        brewery, slaughterhouse, meat packing plant, distillery, bus yard, impound lot, tow
        yard, storage facility, storage unit, workshop, boiler house, dam, sawmill, perimeter
        fence, construction, usine, fabrik, rig, drilling rig, site, work site, gravel pit, pit,
        dig site, excavation, film stage
        """
    ),
    build=build,
    air="industry",
)
