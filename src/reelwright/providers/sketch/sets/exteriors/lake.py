"""A lake; in the odd variants a swamp: still water, a landing stage, reeds, drowned trees, mist."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush, ramp
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

SHORE = ink("7f8f56")
WATER = 458.0


def build(stage: Stage) -> None:
    """Mountains or drowned trees over the mirror, the landing stage leads out from our shore."""
    site = Site(stage)
    swamp = stage.variant % 2 == 1
    site.sky()
    site.layer(0.06, _hills if swamp else _peaks, name="hills")
    site.layer(0.2, _far_shore, name="far shore")
    site.layer(0.34, _water, name="lake")
    if swamp:
        site.layer(0.5, _drowned, name="drowned trees")
    site.layer(0.62, _mist, name="mist")
    site.layer(0.78, _jetty, name="landing stage")
    site.layer(0.9, _shore, name="shore")
    site.foreground(_reeds)
    site.marks((-110, 660), (60, 654), (-230, 648), (205, 648), (-20, 632))
    site.spots((-160, 676), (140, 676), (300, 664))


def _peaks(brush: Brush) -> None:
    tops = [
        (x + brush.rng.uniform(-70, 70), brush.rng.uniform(110, 230), brush.rng.uniform(220, 330))
        for x in range(-1000, 1100, 330)
    ]
    land.peaks(brush, 440, tops, ink("7f8aa2"), snow=0.25)


def _hills(brush: Brush) -> None:
    land.ridge(brush, 424, 60, ink("7f92a0"))


def _far_shore(brush: Brush) -> None:
    trees.treeline(brush, 450, 66, ink("5f8468"), pines=brush.stage.variant % 2 == 0)
    mirrored = skia.Path()
    mirrored.addRect(rect(brush.stage.left, 450, brush.stage.right, WATER + 4))
    brush.fill(mirrored, brush.dark(SHORE))


def _water(brush: Brush) -> None:
    land.water(brush, WATER, 900, ink("4a7a80"), waves=46, calm=1.3)
    band = skia.Path()
    x = brush.stage.left
    while x < brush.stage.right:
        w, h = brush.rng.uniform(14, 40), brush.rng.uniform(26, 66)
        band.addOval(rect(x - w, WATER - h * 0.5, x + w, WATER + h))
        x += w * 1.1
    brush.canvas.save()
    brush.canvas.clipRect(rect(brush.stage.left, WATER, brush.stage.right, 640))
    brush.fill(band, fade(brush.dark(ink("4d6f5c")), 0.55))
    brush.canvas.restore()


def _drowned(brush: Brush) -> None:
    for x, y, h in (
        (-520, 540, 330),
        (-330, 520, 260),
        (290, 516, 280),
        (470, 548, 380),
        (-760, 530, 340),
        (800, 540, 360),
    ):
        trees.bare(brush, x, y, h, ink("5f5a4e"))
        brush.oval(x - h * 0.12, y - 3, x + h * 0.12, y + 5, fade(brush.light.sky[2], 0.5))
    pads = skia.Path()
    for _ in range(36):
        t = brush.rng.random()
        x, y, w = brush.rng.uniform(brush.stage.left, brush.stage.right), 500 + 120 * t, 8 + 20 * t
        pads.addOval(rect(x - w, y - w * 0.2, x + w, y + w * 0.2))
    brush.fill(pads, brush.flat(ink("7a9a58")))


def _mist(brush: Brush) -> None:
    band = skia.Path()
    band.addRect(rect(brush.stage.left, 440, brush.stage.right, 500))
    veil = brush.light.air
    brush.canvas.drawPath(
        band,
        paint(shader=ramp(440, 500, [fade(veil, 0.0), fade(veil, 0.42), fade(veil, 0.0)])),
    )


def _jetty(brush: Brush) -> None:
    wood = street.WOOD
    far, near, x0, x1 = 512.0, 690.0, 210.0, 120.0
    posts = (
        (x0 - 22, far),
        (x0 + 30, far),
        (170 - 46, 560.0),
        (170 + 66, 560.0),
        (140 - 76, 622.0),
        (140 + 104, 622.0),
    )
    for x, y in posts:
        brush.box(x - 5, y - 16, x + 5, y + 34, brush.dark(wood))
        brush.box(x - 5, y - 18, x + 5, y - 13, brush.lit(SNOW if brush.snowy else wood))
    deck = polygon([(x0 - 24, far), (x0 + 32, far), (x1 + 150, near), (x1 - 110, near)])
    level = ground.snowed(brush, wood, 0.7)
    brush.slope(deck, far, near, brush.lit(level), brush.flat(level))
    gaps = skia.Path()
    for i in range(1, 16):
        t = (i / 16) ** 1.6
        y = far + (near - far) * t
        gaps.addRect(
            rect(x0 - 24 + (x1 - 86 - x0) * t, y, x0 + 32 + (x1 + 118 - x0) * t, y + 1.2 + 2 * t)
        )
    brush.fill(gaps, fade(brush.light.near, 0.5))
    _rowboat(brush, -290, 560)


def _rowboat(brush: Brush, x: float, y: float) -> None:
    brush.oval(x - 120, y - 6, x + 120, y + 16, fade(brush.light.near, 0.35))
    hull = skia.Path()
    hull.moveTo(x - 126, y - 40)
    hull.quadTo(x, y - 18, x + 122, y - 44)
    hull.quadTo(x + 96, y + 6, x + 50, y + 8)
    hull.lineTo(x - 66, y + 8)
    hull.quadTo(x - 104, y + 4, x - 126, y - 40)
    brush.body(hull, brush.accent, 20)
    brush.line([(x - 124, y - 39), (x, y - 25), (x + 120, y - 43)], brush.lit(street.WOOD), 5)
    brush.line([(x - 30, y - 34), (x + 96, y + 14)], brush.flat(street.WOOD), 4)


def _shore(brush: Brush) -> None:
    edge = ground.rolling(brush, 622, 9, 1.4)
    ground.plane(brush, 612, SHORE, edge=edge)
    brush.line(edge, brush.dark(land.EARTH), 6)
    ground.grass(brush, 626, 790, 460, SHORE, 1.1)
    ground.pebbles(brush, 628, 770, 60, land.ROCK)
    land.rock(brush, -390, 660, 150, 70)
    land.rock(brush, 400, 668, 110, 50)
    reeds, heads = skia.Path(), skia.Path()
    for base in (-480, -330, 330, 470, 540):
        for i in range(7):
            x, h = base + brush.rng.uniform(-40, 40), brush.rng.uniform(70, 140)
            ground.tuft(reeds, x, 640, h, brush.rng.uniform(-0.4, 0.4))
            if i % 3 == 0:
                heads.addRoundRect(rect(x - 3.4, 640 - h * 1.12, x + 3.4, 640 - h * 0.88), 3, 3)
    brush.fill(reeds, brush.flat(trees.OLIVE))
    brush.fill(heads, brush.dark(ink("6a4a30")))


def _reeds(brush: Brush) -> None:
    frames.fringe(brush, trees.OLIVE, tall=190, count=80)
    frames.bough(brush, -brush.side, trees.OLIVE)


DESIGN = SetDesign(
    name="lake",
    words=listed(
        """
        lake, swamp, pond, marsh, lakeside, lakeshore, bayou, bog, wetland, lagoon, reservoir,
        everglades, boathouse, lake house, loch, shoreline, fishing hole, lake cabin, crystal
        lake, swampland, boat ramp, lac, lago, hot spring
        """
    ),
    build=build,
    air="lake",
)
