"""A camp in the field: tents, a fire, crates, a flag; in odd variants trenches and wire."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import Color, fade, ink, mix, paint, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

EARTH, CANVAS = ink("8f8058"), ink("b8a97c")
FIRE = (-235.0, 628.0)


def build(stage: Stage) -> None:
    """Tents in rows toward the wood; the fire is where people sit."""
    site = Site(stage)
    war = stage.variant % 2 == 1
    site.sky()
    site.layer(0.07, lambda b: land.ridge(b, 424, 90, ink("8594a0")), name="hills")
    site.layer(0.18, lambda b: trees.treeline(b, 446, 60, ink("6a8068"), pines=True), name="wood")
    site.layer(0.35, _far_rows, name="far tents")
    site.layer(0.55, _front if war else _tents, name="wire" if war else "tents")
    site.layer(0.85, _ground, name="ground")
    site.layer(0.93, _things, name="fire and crates")
    site.layer(0.94, _firelight, glow=True, name="firelight")
    site.foreground(
        lambda b: frames.fringe(b, trees.OLIVE, tall=120),
        lambda b: frames.bough(b, -b.side, trees.PINE),
    )
    site.marks((-30, 655), (120, 645), (-130, 618), (230, 632), (30, 602))
    site.seats((-330, 640, 0.35))
    site.spots((-90, 674), (185, 672), (300, 655))


def _tent(brush: Brush, x: float, y: float, w: float, color: Color) -> None:
    h = w * 0.62
    brush.cast(x, y, w, h)
    front, back = x - brush.side * w * 0.12, x
    left, right = (
        [(x - w / 2, y), (front, y - h), (front, y)],
        [(x + w / 2, y), (front, y - h), (front, y)],
    )
    brush.shape(left, brush.lit(color) if brush.side < 0 else brush.dark(color, 0.8))
    brush.shape(right, brush.lit(color) if brush.side > 0 else brush.dark(color, 0.8))
    glow = brush.lamplit(0.8) if brush.light.lamps else brush.light.near
    brush.shape([(front - w * 0.1, y), (front, y - h * 0.78), (front + w * 0.1, y)], glow)
    brush.shape(
        [(front + w * 0.1, y), (front, y - h * 0.78), (front + w * 0.2, y)], brush.flat(color)
    )
    if brush.snowy:
        brush.line(
            [(back - w * 0.3, y - h * 0.42), (front, y - h), (back + w * 0.3, y - h * 0.42)],
            brush.lit(SNOW),
            w * 0.03,
        )
    brush.line([(x - w * 0.68, y + 2), (front, y - h)], fade(brush.light.near, 0.7), 1.2)
    brush.line([(x + w * 0.68, y + 2), (front, y - h)], fade(brush.light.near, 0.7), 1.2)


def _far_rows(brush: Brush) -> None:
    ground.plane(brush, 446, EARTH)
    for y, w, gap in ((462, 44, 74), (480, 66, 112)):
        x = brush.stage.left + brush.rng.uniform(0, gap)
        while x < brush.stage.right:
            if abs(x) > 30:
                _tent(brush, x, y, w, CANVAS)
            x += gap * brush.rng.uniform(0.9, 1.3)


def _tents(brush: Brush) -> None:
    ground.plane(brush, 496, EARTH, edge=ground.rolling(brush, 500, 5))
    for x, y, w in ((-500, 552, 300), (290, 540, 260), (600, 560, 320), (-820, 560, 300)):
        _tent(brush, x, y, w, mix(CANVAS, brush.secondary, 0.25))
    m = brush.metre(540)
    street.flag(brush, 120, 540, 4.4 * m, 88, brush.accent)


def _front(brush: Brush) -> None:
    ground.plane(
        brush, 492, mix(EARTH, ink("5f5648"), 0.5), edge=ground.rolling(brush, 498, 12, 1.6)
    )
    trees.bare(brush, -430, 520, 240)
    trees.bare(brush, 370, 516, 190)
    wire, posts = skia.Path(), skia.Path()
    for row, y in ((0, 532.0), (1, 556.0)):
        for i in range(-12, 13):
            x = i * 92 + row * 40
            posts.addPath(
                polygon([(x - 4, y + 8), (x + 30, y - 46), (x + 35, y - 44), (x + 3, y + 8)])
            )
            posts.addPath(
                polygon([(x + 32, y + 8), (x - 2, y - 46), (x - 7, y - 44), (x + 25, y + 8)])
            )
        for lift in (12, 26, 38):
            wire.moveTo(brush.stage.left, y - lift)
            for i in range(46):
                x = brush.stage.left + i * 46
                wire.quadTo(x + 23, y - lift + (9 if i % 2 else -5), x + 46, y - lift)
    brush.fill(posts, brush.dark(street.WOOD))
    brush.canvas.drawPath(wire, paint(brush.dark(street.IRON), stroke=1.4))
    smoke = skia.Path()
    for x in (-260, 300):
        for i in range(6):
            smoke.addOval(
                rect(x - 26 - i * 10 + i * 14, 430 - i * 54, x + 30 + i * 26, 490 - i * 46)
            )
    brush.fill(smoke, fade(mix(brush.light.near, brush.light.air, 0.6), 0.3))


def _ground(brush: Brush) -> None:
    ground.plane(brush, 574, EARTH, edge=ground.rolling(brush, 580, 6))
    ground.patches(brush, 590, 780, 34, fade(brush.dark(EARTH), 0.28))
    ground.grass(brush, 586, 790, 300, trees.OLIVE)
    ground.pebbles(brush, 590, 770, 70, land.ROCK)
    ground.puddles(brush, 600, 790, 12)


def _things(brush: Brush) -> None:
    m, (x, y) = brush.metre(640), FIRE
    for dx in (-44, -24, 0, 26, 46):
        land.rock(brush, x + dx, y + (6 if abs(dx) < 30 else 0), 26, 15)
    logs = skia.Path()
    for a, b in ((-30, 22), (30, -20), (-8, 12)):
        logs.addPath(
            polygon([(x + a, y - 2), (x + a + 6, y + 4), (x + b + 3, y - 26), (x + b - 3, y - 28)])
        )
    brush.fill(logs, brush.dark(street.WOOD))
    for k, tone in ((1.0, ink("f0642c")), (0.66, ink("ffa23e")), (0.36, ink("ffe08a"))):
        flame = skia.Path()
        flame.moveTo(x - 24 * k, y - 4)
        flame.cubicTo(x - 34 * k, y - 40 * k, x - 4 * k, y - 50 * k, x - 6 * k, y - 86 * k)
        flame.cubicTo(x + 18 * k, y - 62 * k, x + 34 * k, y - 36 * k, x + 24 * k, y - 4)
        flame.close()
        brush.fill(flame, tone)
    brush.cast(-340, 650, 150, 30)
    brush.body(ground.smooth_box(-420, 616, -270, 650, 16), street.WOOD, 14)
    street.crate(brush, 330, 646, m, 0.8)
    street.crate(brush, 440, 654, m, 0.95)
    street.crate(brush, 350, 646 - 0.68 * m, m, 0.6)
    bags, lit = skia.Path(), skia.Path()
    for row in range(3):
        for i in range(6 - row):
            at = 520 + i * 62 + row * 31
            bags.addRoundRect(rect(at, 650 - row * 26, at + 58, 678 - row * 26), 13, 13)
            lit.addRoundRect(rect(at + 4, 651 - row * 26, at + 54, 661 - row * 26), 6, 6)
    brush.fill(bags, brush.dark(CANVAS))
    brush.fill(lit, brush.lit(SNOW if brush.snowy else CANVAS))


def _firelight(brush: Brush) -> None:
    strong = 1.0 if brush.light.lamps else 0.35
    x, y = FIRE
    halo(brush, x, y - 36, 230, 0.55 * strong, ink("ff9a4a"))
    pool(brush, x, y + 4, 380, 0.5 * strong, ink("ff9a4a"))


DESIGN = SetDesign(
    name="camp",
    words=listed(
        """
        camp, campsite, campfire, battlefield, trench, trenches, army camp, military camp, tent,
        base camp, encampment, refugee camp, front line, campground, barracks, military base, no
        man land, bonfire, base, fort, outpost, compound, bunker, army base, air force base,
        marine base, boot camp, training camp, training ground, parade ground, guard tower,
        guard post, concentration camp, labor camp, prison camp, pow camp, prisoner camp, work
        camp, summer camp, perimeter, foxhole, battle, shooting range, firing range, rifle
        range, gypsy camp, hobo camp, rebel base, command post, guard shack, main gate,
        gatehouse, security gate, firebase, camp grounds, bivouac
        """
    ),
    build=build,
    air="camp",
)
