"""Space seen from a moon: dust, craters, a station, a planet over the horizon, stars at every hour."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, linear, mix, paint, radial, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street
from reelwright.providers.sketch.sets.scenery.brush import Brush, ramp
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

DUST, METAL = ink("9a98a4"), ink("c4c9d2")


def build(stage: Stage) -> None:
    """There is no air: the sky is black, the planet lends the colour."""
    site = Site(stage)
    site.layer(0.0, _void, name="sky")
    site.layer(0.03, _planet, name="planet")
    site.layer(0.15, _rims, name="crater rims")
    site.layer(0.35, _base, name="base")
    site.layer(0.6, _plain, name="plain")
    site.layer(0.88, _near, name="near dust")
    site.layer(0.9, _lights, glow=True, name="lamps")
    site.foreground(lambda b: frames.stones(b, DUST, side=b.side))
    site.marks((-45, 655), (105, 645), (-190, 636), (220, 628), (20, 602))
    site.spots((-115, 674), (175, 672), (300, 655))


def _void(brush: Brush) -> None:
    stage, rng = brush.stage, brush.rng
    tint = brush.light.sky[1]
    shades = [ink("05060d"), mix(ink("0b1024"), tint, 0.10), mix(ink("18203c"), tint, 0.22)]
    brush.canvas.drawRect(stage.everything, paint(shader=ramp(-160, 470, shades)))
    for size, count, alpha in ((0.8, 220, 0.7), (1.3, 80, 0.85), (2.0, 18, 1.0)):
        path = skia.Path()
        for _ in range(count):
            path.addCircle(rng.uniform(stage.left, stage.right), rng.uniform(-160, 460), size)
        brush.fill(path, fade(ink("e8eeff"), alpha))
    cloud = skia.Path()
    for i in range(26):
        x = stage.left + (stage.right - stage.left) * i / 25
        y = 330 - i * 15 + rng.uniform(-30, 30)
        cloud.addOval(rect(x - 90, y - 26, x + 90, y + 26))
    brush.fill(cloud, fade(mix(brush.dominant, ink("8fa2e0"), 0.5), 0.07))


def _planet(brush: Brush) -> None:
    x, y, r = -brush.side * 210.0, 214.0, 190.0
    globe = mix(ink("3f7fae"), brush.secondary, 0.35)
    canvas = brush.canvas
    air = radial((x, y), r * 1.16, [fade(globe, a) for a in (0.6, 0.35, 0.0)], [0, 0.86, 1])
    canvas.drawCircle(x, y, r * 1.16, paint(shader=air))
    disc = skia.Path()
    disc.addCircle(x, y, r)
    brush.fill(disc, globe)
    canvas.save()
    canvas.clipPath(disc, True)
    for i in range(9):
        at = y - r + i * 44 + brush.rng.uniform(-10, 10)
        wide = brush.rng.uniform(90, 200)
        cx = x + brush.rng.uniform(-90, 90)
        tone = ink("e9eef4") if i % 3 else mix(ink("7a9a6a"), brush.accent, 0.2)
        brush.oval(cx - wide, at - 9, cx + wide, at + 12, fade(tone, 0.5))
    side = brush.side
    shades = [fade(ink("ffffff"), 0.2), fade(ink("05060d"), 0.1), fade(ink("05060d"), 0.92)]
    day, night = (x + side * r, y - r * 0.5), (x - side * r, y + r * 0.6)
    canvas.drawRect(disc.getBounds(), paint(shader=linear(day, night, shades, [0.0, 0.4, 0.85])))
    canvas.restore()


def _rims(brush: Brush) -> None:
    tops = [
        (x + brush.rng.uniform(-60, 60), brush.rng.uniform(50, 130), brush.rng.uniform(200, 320))
        for x in range(-1000, 1100, 260)
    ]
    land.peaks(brush, 446, tops, ink("7f7f92"), snow=0.0)
    brush.box(brush.stage.left, 444, brush.stage.right, 900, brush.dark(DUST))


def _base(brush: Brush) -> None:
    ground.plane(brush, 446, DUST)
    side = brush.side
    for x, r in ((side * 220, 86), (side * 360, 56), (side * 110, 40)):
        dome = skia.Path()
        dome.addArc(rect(x - r, 480 - r, x + r, 480 + r), 180, 180)
        dome.close()
        brush.body(dome, METAL, r * 0.5)
        panes = skia.Path()
        for i in range(5):
            at = x - r * 0.6 + i * r * 0.3
            panes.addRoundRect(rect(at, 480 - r * 0.36, at + r * 0.18, 480 - r * 0.18), 3, 3)
        brush.fill(panes, brush.light.lamp)
        brush.contact(x, 480, r * 2)
    brush.box(min(side * 110, side * 360), 464, max(side * 110, side * 360), 480, brush.flat(METAL))
    for i in range(4):
        x = side * (460 + i * 74)
        brush.line([(x, 482), (x, 452)], brush.dark(street.IRON), 3)
        brush.shape(
            [(x - 34, 456), (x + 14, 428), (x + 34, 436), (x - 14, 464)], brush.lit(ink("3a5fa8"))
        )
    brush.line([(side * 220, 394), (side * 220, 330)], brush.flat(METAL), 3)
    dish = skia.Path()
    dish.addArc(rect(side * 60 - 30, 400, side * 60 + 30, 460), 20 if side > 0 else 100, 180)
    brush.fill(dish, brush.lit(METAL))


def _craters(brush: Brush, y0: float, y1: float, count: int) -> None:
    rims, holes = skia.Path(), skia.Path()
    for _ in range(count):
        t = brush.rng.random()
        x, y, w = (
            brush.rng.uniform(brush.stage.left, brush.stage.right),
            y0 + (y1 - y0) * t,
            (20 + 80 * t) * brush.rng.uniform(0.6, 1.3),
        )
        rims.addOval(rect(x - w, y - w * 0.17, x + w, y + w * 0.17))
        holes.addOval(
            rect(
                x - w * 0.88 + brush.side * w * 0.06,
                y - w * 0.14,
                x + w * 0.88 + brush.side * w * 0.06,
                y + w * 0.11,
            )
        )
    brush.fill(rims, brush.lit(DUST, 0.8))
    brush.fill(holes, brush.dark(DUST, 0.9))


def _plain(brush: Brush) -> None:
    ground.plane(brush, 492, DUST, edge=ground.rolling(brush, 496, 6))
    _craters(brush, 508, 590, 16)
    x, y, m = -brush.side * 330, 560.0, brush.metre(560)
    brush.cast(x, y, 2.8 * m, 1.2 * m)
    brush.fill(
        ground.smooth_box(x - 1.5 * m, y - 1.0 * m, x + 1.5 * m, y - 0.45 * m, 0.1 * m),
        brush.flat(METAL),
    )
    brush.body(
        ground.smooth_box(x - 0.6 * m, y - 1.7 * m, x + 1.0 * m, y - 0.95 * m, 0.25 * m),
        brush.accent,
        0.4 * m,
    )
    for wheel in (-1.1, 0.0, 1.1):
        brush.oval(
            x + (wheel - 0.4) * m,
            y - 0.78 * m,
            x + (wheel + 0.4) * m,
            y + 0.02 * m,
            brush.light.near,
        )
        brush.oval(
            x + (wheel - 0.18) * m,
            y - 0.56 * m,
            x + (wheel + 0.18) * m,
            y - 0.2 * m,
            brush.flat(METAL),
        )


def _near(brush: Brush) -> None:
    ground.plane(brush, 586, DUST, edge=ground.rolling(brush, 592, 8))
    _craters(brush, 620, 770, 9)
    ground.pebbles(brush, 600, 780, 130, DUST)
    for x, y, w in ((-400, 644, 170), (390, 640, 120), (480, 664, 80)):
        land.rock(brush, x, y, w, w * 0.6, DUST)
    m = brush.metre(620)
    brush.line([(300, 620), (300, 620 - 2.0 * m)], brush.lit(METAL), 4)
    brush.shape(
        [
            (302, 620 - 2.0 * m),
            (302 + 0.8 * m, 620 - 2.0 * m),
            (302 + 0.8 * m, 620 - 1.5 * m),
            (302, 620 - 1.5 * m),
        ],
        brush.lit(brush.accent),
    )


def _lights(brush: Brush) -> None:
    side = brush.side
    for x, r in ((side * 220, 150), (side * 360, 90)):
        halo(brush, x, 458, r, 0.4)
    x = -side * 330 + 100 * side
    halo(brush, x, 510, 60, 0.6)
    pool(brush, x + side * 90, 566, 150, 0.35)


DESIGN = SetDesign(
    name="space",
    words=listed(
        """
        space, outer space, moon, lunar surface, planet, mars, asteroid, galaxy, orbit, space
        station, alien planet, alien world, moon base, spacecraft, spaceship, starship, deep
        space, earth orbit, lunar orbit, asteroid field, asteroid belt, hyperspace, saturn,
        nebula, wormhole, black hole, moon surface, planet surface, lunar module, airlock, space
        shuttle, void of space, starfield, star field, warp
        """
    ),
    build=build,
    air="space",
)
