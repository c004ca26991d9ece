"""An airport: apron and runway, an aeroplane, the tower, the terminal."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, mix, polygon, rect
from reelwright.providers.sketch.sets.names import listed
from reelwright.providers.sketch.sets.scenery import frames, ground, land, street, trees
from reelwright.providers.sketch.sets.scenery.brush import SNOW, Brush
from reelwright.providers.sketch.sets.scenery.glow import halo, pool
from reelwright.providers.sketch.sets.scenery.site import Site
from reelwright.providers.sketch.stage import SetDesign, Stage

APRON, WHITE = ink("8d8f92"), ink("eceae4")


def build(stage: Stage) -> None:
    """The aeroplane stands across the picture with its stairs down."""
    site = Site(stage)
    site.sky()
    site.layer(0.07, lambda b: land.ridge(b, 426, 50, ink("8494a6")), name="hills")
    site.layer(0.22, _terminal, name="terminal and tower")
    site.layer(0.4, _field, name="field")
    site.layer(0.6, _plane, name="aeroplane")
    site.layer(0.72, _apron, name="apron")
    site.lamps(_lamplight, depth=0.72)
    site.layer(0.9, _things, name="carts and cones")
    site.foreground(lambda b: frames.post(b, b.side, 26))
    site.marks((-40, 660), (110, 652), (-185, 645), (225, 640), (20, 622))
    site.spots((-110, 676), (180, 674), (300, 662))


def _terminal(brush: Brush) -> None:
    trees.treeline(brush, 448, 26, ink("6f8f68"))
    side = brush.side
    x0, x1 = sorted((-side * 180.0, -side * 900.0))
    brush.box(x0, 392, x1, 452, brush.flat(ink("c9c6be")))
    brush.box(x0 - 14, 382, x1 + 14, 394, brush.lit(SNOW if brush.snowy else ink("d8d6ce")))
    panes = skia.Path()
    x = x0 + 10
    while x < x1 - 30:
        panes.addRect(rect(x, 402, x + 26, 440))
        x += 32
    brush.fill(panes, brush.lamplit(0.8) if brush.light.lamps else brush.glass())
    t = side * 330
    brush.pillar(t, 452, 16, 11, 452 - 290, street.CONCRETE, 12)
    brush.pillar(t, 292, 24, 38, 292 - 254, ink("6f7c86"), 20)
    brush.shape(
        [(t - 33, 268), (t - 37, 256), (t + 37, 256), (t + 33, 268)],
        brush.lamplit(0.9) if brush.light.lamps else brush.glass(),
    )
    brush.box(t - 42, 244, t + 42, 255, brush.lit(WHITE))
    brush.line([(t, 244), (t, 204)], brush.dark(street.IRON), 3)


def _field(brush: Brush) -> None:
    grass = ink("98a866")
    ground.plane(brush, 446, grass)
    brush.box(
        brush.stage.left,
        462,
        brush.stage.right,
        480,
        brush.flat(ground.snowed(brush, street.ASPHALT, 0.4)),
    )
    marks, x = skia.Path(), brush.stage.left
    while x < brush.stage.right:
        marks.addRect(rect(x, 469.5, x + 44, 472.5))
        x += 84
    brush.fill(marks, fade(brush.lit(WHITE), 0.8))
    lamps = skia.Path()
    for i in range(-14, 15):
        lamps.addCircle(i * 76, 482, 2.4)
    brush.fill(lamps, brush.light.lamp if brush.light.lamps else brush.lit(WHITE))


def _plane(brush: Brush) -> None:
    brush.canvas.save()
    if brush.stage.variant % 2:
        brush.canvas.scale(-1, 1)
    y = 424.0
    flip = -1 if brush.stage.variant % 2 else 1
    lit_tail = brush.side * flip > 0
    brush.oval(-480, 540, 470, 562, fade(brush.light.near, 0.4))
    _wheels(brush, y)
    tail = polygon([(330, y - 40), (430, y - 190), (496, y - 190), (468, y - 30)])
    brush.fill(tail, brush.lit(brush.accent) if lit_tail else brush.flat(brush.accent))
    _fuselage(brush, y)
    wing = brush.flat(ink("b9bec2"))
    brush.shape([(-60, y + 34), (170, y + 30), (300, y + 116), (228, y + 118)], wing)
    brush.body(ground.smooth_box(-30, y + 62, 96, y + 112, 24), ink("c9ccce"), 26)
    brush.oval(-38, y + 62, -14, y + 112, brush.light.near)
    brush.shape([(400, y - 44), (540, y - 84), (566, y - 80), (470, y - 36)], wing)
    _stairs(brush, y)
    brush.canvas.restore()


def _wheels(brush: Brush, y: float) -> None:
    for x in (-330, 40, 90):
        brush.box(x - 4, y + 60, x + 4, 548, brush.dark(street.IRON))
        brush.oval(x - 17, 522, x + 17, 556, brush.light.near)
        brush.oval(x - 8, 531, x + 8, 547, brush.flat(street.CHROME))


def _fuselage(brush: Brush, y: float) -> None:
    body = skia.Path()
    body.moveTo(-470, y + 30)
    body.cubicTo(-450, y - 40, -390, y - 56, -320, y - 58)
    body.lineTo(320, y - 58)
    body.cubicTo(400, y - 56, 470, y - 48, 500, y - 44)
    body.cubicTo(440, y + 24, 360, y + 70, 240, y + 74)
    body.lineTo(-340, y + 74)
    body.cubicTo(-420, y + 74, -470, y + 60, -470, y + 30)
    body.close()
    brush.slope(body, y - 58, y + 74, brush.lit(SNOW if brush.snowy else WHITE), brush.dark(WHITE))
    brush.canvas.save()
    brush.canvas.clipPath(body, True)
    brush.box(-520, y + 12, 520, y + 26, brush.flat(brush.accent))
    brush.box(-520, y + 30, 520, y + 36, brush.flat(brush.secondary))
    brush.canvas.restore()
    panes = skia.Path()
    for i in range(21):
        panes.addRoundRect(rect(-270 + i * 27, y - 22, -257 + i * 27, y - 3), 6, 6)
    brush.fill(panes, brush.lamplit(0.9) if brush.light.lamps else brush.glass())
    brush.shape([(-446, y - 12), (-430, y - 32), (-386, y - 40), (-386, y - 14)], brush.glass())


def _stairs(brush: Brush, y: float) -> None:
    brush.fill(
        ground.smooth_box(-340, y - 34, -304, y + 40, 8),
        brush.lamplit(1.0) if brush.light.lamps else brush.light.near,
    )
    flight = polygon([(-345, y + 40), (-299, y + 40), (-214, 552), (-290, 552)])
    brush.fill(flight, brush.flat(street.CONCRETE))
    steps = skia.Path()
    for i in range(9):
        t = i / 9
        a, b = -345 + 55 * t, -299 + 85 * t
        at = y + 40 + (552 - y - 40) * t
        steps.addRect(rect(a, at, b, at + 3 + 2 * t))
    brush.fill(steps, brush.dark(street.CONCRETE))
    brush.line([(-299, y + 8), (-214, 516), (-214, 552)], brush.lit(street.CHROME), 3)


def _apron(brush: Brush) -> None:
    ground.plane(brush, 556, APRON)
    ground.paving(brush, 558, brush.dark(APRON), x=0, wide=300, rows=5)
    ground.dashes(brush, 556, -30, -320, 16, ink("e6b93e"), solid=True)
    ground.patches(brush, 580, 780, 14, fade(brush.light.near, 0.18))
    ground.puddles(brush, 580, 790, 14)


def _things(brush: Brush) -> None:
    m = brush.metre(620)
    for x, color in ((330, brush.secondary), (470, brush.accent)):
        brush.cast(x, 626, 0.9 * m, 0.9 * m)
        brush.body(
            ground.smooth_box(x - 0.45 * m, 626 - 0.9 * m, x + 0.45 * m, 626 - 0.2 * m, 4),
            mix(street.CHROME, color, 0.5),
            0.2 * m,
        )
        for i in range(3):
            at = x + (-0.3 + i * 0.3) * m
            brush.box(
                at - 0.12 * m,
                626 - (1.15 + 0.1 * (i % 2)) * m,
                at + 0.12 * m,
                626 - 0.88 * m,
                brush.flat((ink("7a4a3a"), color, ink("4a5a66"))[i]),
            )
        for wheel in (-0.32, 0.32):
            brush.oval(
                x + (wheel - 0.1) * m, 626 - 0.2 * m, x + (wheel + 0.1) * m, 628, brush.light.near
            )
    for x, y in ((-330, 612), (-420, 650), (250, 600), (-250, 596)):
        brush.cast(x, y, 26, 44)
        brush.pillar(x, y, 17, 4, 46, ink("e2642f"), 10)
        brush.box(x - 11, y - 27, x + 11, y - 18, brush.lit(SNOW))
    street.lamp(brush, -480, 600, brush.metre(600), arm=1, tall=6.5)


def _lamplight(brush: Brush) -> None:
    m = brush.metre(600)
    street.lamplight(brush, -480 + 1.25 * m, 600 - 6.86 * m, 610, m)
    for i in range(-9, 10):
        halo(brush, i * 76, 482, 16, 0.6)
    pool(brush, -260, 566, 240, 0.3)


DESIGN = SetDesign(
    name="airport",
    words=listed(
        """
        airport, runway, tarmac, airfield, hangar, airstrip, airplane, aeroplane, plane, jet,
        air base, helicopter, airport terminal, landing strip, landing pad, landing platform,
        landing field, flight line, flight deck, cessna, airliner, bomber, fighter jet, cargo
        plane, 747, launch pad, launch site, heliport, control tower, chopper, jetway,
        flughafen, terminal, lax, hangar bay
        """
    ),
    build=build,
    air="airport",
)
