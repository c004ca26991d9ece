"""A prison cell: a bunk, a barred window high up, a basin, marks on the wall, bars in front."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, lighter, mix, paint
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(0.55, 1.75, 0.95, 0.65, (4, 1), frame="5d625f")


def build(stage: Stage) -> None:
    """A cell seen through its open gate."""
    lamps = (Lamp(-0.6, 2.5, 6.6, 2.9, 0xFFF2F0CF),)
    room = Room(stage, width=5.4, height=2.7, back=7.8, lamps=lamps, windowless=stage.light.lamps)
    floor = room.stuff("77786f", 0.35)
    walls = "brick" if stage.variant % 2 else "stone"
    shell = Shell(
        floor, walls=walls, floor="stone", windows=(_WINDOW,), view="yard", skirting=False
    )
    build_shell(room, shell)
    room.put(7.5, _wall, name="wall")
    build_air(room, (_WINDOW,))
    room.put(6.0, _bunk, name="bunk")
    room.mark(-0.35)
    room.mark(0.85)
    room.mark(-1.15, 5.7, seat=0.5)
    room.mark(1.5, 6.2)
    room.spot(1.75, 0.86, 7.2)
    room.spot(0.4, 0.0, 5.4)
    room.put(3.9, _bars, blur=1.5, name="bars")


def _wall(pen: Pen) -> None:
    scratches = skia.Path()
    for group in range(5):
        x, y = -0.75 + (group % 3) * 0.26, 1.62 - (group // 3) * 0.24
        for i in range(4):
            scratches.moveTo(*pen.room.at(x + i * 0.035, y, 7.78))
            scratches.lineTo(*pen.room.at(x + i * 0.035 + 0.01, y + 0.14, 7.78))
        scratches.moveTo(*pen.room.at(x - 0.02, y + 0.02, 7.78))
        scratches.lineTo(*pen.room.at(x + 0.14, y + 0.13, 7.78))
    pen.canvas.drawPath(
        scratches, paint(fade(lighter(pen.tone(pen.wall, -0.5, 1.6, 7.5), 0.4), 0.8), stroke=1.6)
    )
    white = mix(pen.pale, pen.metal, 0.4)
    with pen.sheet(1.75, 7.4):
        pen.blob([(-0.26, 0.86), (-0.2, 0.7), (0, 0.64), (0.2, 0.7), (0.26, 0.86)], white)
        pen.bar(-0.27, 0.83, 0.27, 0.88, lighter(white, 0.2), 0.02)
        pen.line([(0, 0.88), (0, 1.06), (0.08, 1.04)], pen.metal, 0.03)
        pen.line([(0.05, 0.64), (0.05, 0.3), (0.2, 0.26)], pen.metal, 0.05)
        pen.bar(-0.18, 1.3, 0.18, 1.66, mix(pen.metal, pen.room.light.sky[2], 0.3), 0.01, 0.9)
    pen.shadow(2.2, 6.9, 0.6, 0.5)
    with pen.sheet(2.2, 6.9):
        pen.blob([(-0.14, 0), (-0.22, 0.4), (0.22, 0.4), (0.14, 0)], white)
        pen.bar(-0.24, 0.38, 0.24, 0.44, lighter(white, 0.15), 0.03)
    with pen.sheet(-0.6, 6.6):
        pen.bar(-0.02, 2.55, 0.02, 2.7, pen.dark)
        pen.poly([(-0.2, 2.44), (-0.1, 2.56), (0.1, 2.56), (0.2, 2.44)], pen.metal)
        if pen.lamplit:
            pen.shine(0, 2.44, 0.8, pen.room.lamps[0].color, 0.5)
            pen.bare(-0.14, 2.41, 0.14, 2.45, 0xFFFFF6D8, 0.02)


def _bunk(pen: Pen) -> None:
    steel = darker(pen.metal, 0.2)
    pen.shadow(-1.75, 6.5, 1.8, 1.4, 0.6)
    for y, cloth in ((0.42, pen.main), (1.45, mix(pen.main, pen.wall, 0.4))):
        pen.box(-2.6, y - 0.08, 6.0, -0.95, y, 7.7, steel)
        pen.box(-2.58, y, 6.02, -0.98, y + 0.12, 7.68, mix(pen.pale, pen.metal, 0.25))
        pen.box(-2.58, y + 0.11, 6.0, -0.97, y + 0.15, 6.9, cloth)
    with pen.sheet(-1.3, 7.5, 0.54):
        pen.bar(-0.6, 0, 0.2, 0.16, lighter(pen.pale, 0.1), 0.07)
    for x in (-0.98, -2.62):
        for z in (7.7, 6.0):
            pen.box(x - 0.03, 0, z - 0.03, x + 0.03, 2.0, z + 0.03, steel)
    with pen.sheet(-0.95, 5.98):
        for i in range(4):
            pen.bar(-0.0, 0.62 + i * 0.2, 0.3, 0.65 + i * 0.2, steel, 0.01)
        pen.bar(0.3, 0, 0.34, 1.9, steel, 0.01)
    with pen.sheet(-1.45, 6.1, 0.57):
        pen.bar(-0.16, 0, 0.1, 0.04, pen.accent, 0.01)


def _bars(pen: Pen) -> None:
    wide = pen.room.stage.width / 2 / pen.room.scale(3.9) + 0.9
    steel = pen.room.stuff("4a4f55", 0.15)
    with pen.sheet(0, 3.9):
        for side in (-1, 1):
            x = 1.12
            while x < wide:
                pen.bar(side * (x - 0.028), -0.5, side * (x + 0.028), 3.2, steel, lit=0.9)
                x += 0.21
            for y in (0.12, 2.15):
                pen.bar(side * 1.05, y, side * wide, y + 0.09, darker(steel, 0.2), lit=0)
        pen.bar(-1.3, 0.95, -1.06, 1.25, darker(steel, 0.3), 0.02)
        pen.disc(-1.17, 1.12, 0.03, pen.accent)
