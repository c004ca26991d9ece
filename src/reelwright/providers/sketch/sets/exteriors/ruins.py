"""Ruins: broken columns or shelled walls, rubble, weeds, a fallen capital."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

MARBLE, WEED = ink("cfc3aa"), ink("8a9a5c")


def build(stage: Stage) -> None:
    """Even variants are a temple, odd ones a shelled town."""
    site = Site(stage)
    temple = stage.variant % 2 == 0
    site.sky()
    site.layer(0.07, lambda b: land.ridge(b, 424, 80, ink("8595a2")), name="hills")
    site.layer(0.2, _far_columns if temple else _far_walls, name="far ruins")
    site.layer(0.45, _temple if temple else _walls, name="ruins")
    site.layer(0.7, _floor, name="floor")
    site.layer(0.88, _near, name="rubble")
    site.foreground(
        lambda b: frames.stones(b, MARBLE, side=b.side),
        lambda b: frames.fringe(b, WEED, tall=90, count=50),
    )
    site.marks((-45, 655), (105, 645), (-190, 636), (220, 628), (20, 602))
    site.spots((-115, 674), (175, 672), (300, 655))


def _column(brush: Brush, x: float, y: float, w: float, h: float, *, whole: bool) -> None:
    brush.cast(x, y, w, h)
    top = y - h
    if whole:
        head = [(x - w * 0.42, top), (x + w * 0.42, top)]
    else:
        head = [
            (x - w * 0.42, top + w * 0.5),
            (x - w * 0.1, top - w * 0.1),
            (x + w * 0.12, top + w * 0.3),
            (x + w * 0.42, top),
        ]
    shaft = polygon([(x - w / 2, y), *head, (x + w / 2, y)])
    brush.body(shaft, MARBLE, w * 0.34)
    flutes = skia.Path()
    for k in (-0.3, -0.12, 0.06, 0.24):
        flutes.addRect(rect(x + k * w, top + w * 0.5, x + k * w + w * 0.05, y - w * 0.2))
    brush.fill(flutes, fade(brush.dark(MARBLE), 0.55))
    brush.box(x - w * 0.68, y - w * 0.24, x + w * 0.68, y, brush.flat(MARBLE))
    if whole:
        brush.box(
            x - w * 0.62,
            top - w * 0.2,
            x + w * 0.62,
            top,
            brush.lit(SNOW if brush.snowy else MARBLE),
        )


def _far_columns(brush: Brush) -> None:
    ground.plane(brush, 446, WEED)
    for x in range(-700, 760, 96):
        if brush.rng.random() < 0.7:
            _column(brush, x, 462, 19, brush.rng.uniform(44, 124), whole=brush.rng.random() < 0.4)
    trees.treeline(brush, 468, 26, WEED)


def _far_walls(brush: Brush) -> None:
    ground.plane(brush, 446, WEED)
    x = brush.stage.left
    while x < brush.stage.right:
        w, h = brush.rng.uniform(70, 150), brush.rng.uniform(60, 190)
        _broken(brush, x, 470, w, h)
        x += w * brush.rng.uniform(1.0, 1.7)


def _broken(brush: Brush, x: float, y: float, w: float, h: float) -> None:
    rng = brush.rng
    tops = [(x + w * i / 7, y - h * rng.uniform(0.5, 1.0)) for i in range(8)]
    stone = mix(MARBLE, ink("8f7a68"), 0.5)
    path = polygon([(x, y + 10), *tops, (x + w, y + 10)])
    holes = skia.Path()
    step = max(24.0, w / 4)
    at = x + step * 0.4
    while at < x + w - step * 0.4:
        for low in (0.62, 0.3):
            holes.addRect(rect(at, y - h * low - step * 0.6, at + step * 0.45, y - h * low))
        at += step
    brush.canvas.save()
    brush.canvas.clipPath(holes, skia.ClipOp.kDifference, True)
    brush.body(path, stone, w * 0.1)
    brush.canvas.restore()


def _temple(brush: Brush) -> None:
    ground.plane(brush, 480, WEED, edge=ground.rolling(brush, 484, 4))
    for i in range(3):
        brush.box(
            -430 + i * 14,
            508 - i * 10,
            430 - i * 14,
            520 - i * 10,
            brush.lit(ground.snowed(brush, MARBLE)) if i % 2 else brush.flat(MARBLE),
        )
    for i, across in enumerate((-370, -250, -130, 130, 250, 370)):
        x = across * brush.spread
        tall = (250, 250, 74, 150, 250, 110)[i]
        _column(brush, x, 490, 42, tall, whole=tall > 200)
    canvas = brush.canvas
    canvas.save()
    canvas.scale(brush.spread, 1)
    brush.box(-410, 206, -212, 236, brush.flat(MARBLE))
    brush.shape(
        [(-420, 206), (-420, 196), (-196, 196), (-206, 206)],
        brush.lit(SNOW if brush.snowy else MARBLE),
    )
    brush.shape([(-412, 196), (-300, 140), (-262, 168), (-236, 196)], brush.flat(MARBLE))
    canvas.restore()
    trees.poplar(brush, 560, 500, 230)
    trees.poplar(brush, -580, 500, 260)


def _walls(brush: Brush) -> None:
    ground.plane(brush, 486, WEED, edge=ground.rolling(brush, 490, 5))
    for x, w, h in ((-620, 300, 330), (250, 330, 300), (700, 260, 340)):
        _broken(brush, x, 510, w, h)
    for x, w, h in ((-300, 150, 60), (220, 110, 46), (520, 180, 70)):
        land.rock(brush, x, 520, w, h, ink("9a8674"))
    trees.bare(brush, -200, 520, 200)


def _floor(brush: Brush) -> None:
    ground.plane(brush, 530, WEED, edge=ground.rolling(brush, 534, 6))
    slabs = skia.Path()
    for _ in range(46):
        t = brush.rng.random() ** 1.2
        x, y, w = brush.rng.uniform(-460, 460), 540 + 220 * t, 26 + 90 * t
        slabs.addPath(
            polygon(
                [
                    (x - w, y),
                    (x - w * 0.8, y - w * 0.16),
                    (x + w * 0.9, y - w * 0.14),
                    (x + w, y + w * 0.02),
                ]
            )
        )
    brush.fill(slabs, fade(brush.flat(ground.snowed(brush, MARBLE)), 0.7))
    ground.grass(brush, 538, 700, 240, WEED)
    ground.puddles(brush, 560, 790, 8)


def _near(brush: Brush) -> None:
    ground.pebbles(brush, 590, 780, 120, MARBLE)
    brush.cast(-330, 648, 200, 60)
    drum = ground.smooth_box(-440, 578, -240, 648, 30)
    brush.body(drum, MARBLE, 34)
    brush.oval(-262, 578, -222, 648, brush.lit(MARBLE) if brush.side > 0 else brush.flat(MARBLE))
    for y in (594, 610, 626):
        brush.box(-430, y, -250, y + 3, fade(brush.dark(MARBLE), 0.5))
    for x, y, w in ((330, 630, 130), (430, 650, 170), (-540, 670, 140), (270, 600, 60)):
        land.rock(brush, x, y, w, w * 0.55, MARBLE)
    trees.bush(brush, 520, 676, 130, WEED)
    ground.grass(brush, 600, 790, 200, WEED, 1.2)


DESIGN = SetDesign(
    name="ruins",
    words=listed(
        """
        ruins, ruin, temple, rubble, ancient city, bombed out, war zone, bombed city, debris,
        acropolis, amphitheatre, pyramid, post apocalyptic, destroyed city, abandoned city,
        wreckage, wreck, ruined city, ruined house, ruined building, burned house, burnt house,
        burned out building, stonehenge, colosseum, parthenon, shrine, ghost town, ground zero,
        amphitheater, crash site
        """
    ),
    build=build,
    air="desert",
)
