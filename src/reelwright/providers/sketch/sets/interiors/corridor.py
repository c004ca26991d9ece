"""A corridor: doors to both sides in steep perspective, lamps in a row, a window at the far end."""

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.sets.furniture.hangings import plant, side_door
from reelwright.providers.sketch.sets.furniture.lamps import tube
from reelwright.providers.sketch.sets.furniture.seats import chair
from reelwright.providers.sketch.sets.pens import LEFT, RIGHT
from reelwright.providers.sketch.sets.rooms import Lamp, Pen, Room
from reelwright.providers.sketch.sets.shells import Shell, build_shell
from reelwright.providers.sketch.sets.windows import Window, build_air
from reelwright.providers.sketch.stage import Stage

_WINDOW = Window(0.0, 0.9, 1.2, 1.5, (2, 2))


def build(stage: Stage) -> None:
    """A long corridor, the key at its end."""
    lamps = tuple(Lamp(0.0, 2.4, z, 2.4, power=0.9) for z in (5.4, 9.0, 13.0))
    room = Room(stage, width=4.2, height=2.9, back=15.0, lamps=lamps)
    view = ("city", "trees", "yard")[stage.variant % 3]
    floor = room.stuff("8d8f8c", 0.35)
    shell = Shell(
        floor, floor="checker" if stage.variant % 3 else "tiles", windows=(_WINDOW,), view=view
    )
    build_shell(room, shell)
    room.put(11.0, _far, name="far")
    room.put(7.5, _near, name="near")
    build_air(room, (_WINDOW,))
    room.mark(-0.5)
    room.mark(0.6)
    room.mark(0.1, 8.5)
    room.mark(-0.9, 6.4)
    room.spot(1.5, 0.46, 6.9)
    room.spot(-1.6, 0.0, 6.0)
    room.put(3.4, _foreground, blur=3.5, name="foreground")


def _band(pen: Pen, z0: float, z1: float) -> None:
    """The painted lower half of the walls, with a rail."""
    for side in (-1, 1):
        x, normal = side * (pen.room.width / 2 - 0.005), LEFT if side > 0 else RIGHT
        for a, b in ((z0, (z0 + z1) / 2), ((z0 + z1) / 2, z1)):
            tone = pen.tone(pen.main, x, 0.6, (a + b) / 2, normal)
            pen.face([(x, 0.14, a), (x, 1.0, a), (x, 1.0, b), (x, 0.14, b)], tone)
        rail = pen.tone(pen.wood, x, 1.0, z0 + 2, normal)
        pen.face([(x, 1.0, z0), (x, 1.08, z0), (x, 1.08, z1), (x, 1.0, z1)], rail)


def _far(pen: Pen) -> None:
    _band(pen, 2.6, 15.0)
    with pen.sheet(0, 14.95):
        pen.bar(-2.1, 0.14, 2.1, 0.8, pen.main, lit=0)
    for z in (13.4, 11.0, 8.6):
        for side in (-1, 1):
            side_door(
                pen, z, pen.wood if (int(z) + side) % 3 else mix(pen.accent, pen.wood, 0.35), side
            )
    for z in (13.0, 9.0):
        tube(pen, 0.0, z, 1.3, along=True)
    pen.box(-0.7, 0, 14.2, 0.7, 0.45, 14.6, pen.wood)
    plant(pen, 1.2, 13.6, 1.1)


def _near(pen: Pen) -> None:
    for side in (-1, 1):
        side_door(pen, 5.9, mix(pen.wood, pen.main, 0.3), side)
    tube(pen, 0.0, 5.4, 1.3, along=True)
    chair(pen, 1.65, 7.1, pen.wood, -1)
    chair(pen, 1.65, 7.8, pen.wood, -1)
    x = -pen.room.width / 2 + 0.02
    for y0, y1, base in ((1.35, 1.95, pen.dark), (1.4, 1.9, pen.pale), (1.5, 1.7, pen.accent)):
        inset = 0.06 if base is pen.pale else 0.2 if base is pen.accent else 0.0
        tone = pen.tone(base, x, 1.6, 7.2, RIGHT)
        pen.face(
            [
                (x, y0, 6.9 + inset),
                (x, y1, 6.9 + inset),
                (x, y1, 7.7 - inset),
                (x, y0, 7.7 - inset),
            ],
            tone,
        )
    pen.shadow(-1.75, 6.5, 0.4, 0.4)
    with pen.sheet(-1.75, 6.5):
        pen.bar(-0.12, 0, 0.12, 0.6, lighter(pen.metal, 0.1), 0.03)


def _foreground(pen: Pen) -> None:
    x = pen.room.stage.width / 2 / pen.room.scale(3.4)
    with pen.sheet(x, 3.4):
        pen.bar(-0.2, -0.5, 0.9, 3.4, darker(pen.wood, 0.25), lit=0)
        pen.bar(-0.27, -0.5, -0.2, 3.4, pen.wood, lit=0)
        pen.disc(-0.05, 1.05, 0.05, pen.metal)
    with pen.sheet(-x, 3.4):
        pen.bar(-0.9, -0.5, 0.1, 3.4, darker(pen.wood, 0.35), lit=0)
