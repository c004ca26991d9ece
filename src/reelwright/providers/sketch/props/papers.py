"""Things of paper: letter, book, photograph, money, map, newspaper, file."""

from itertools import pairwise

from reelwright.providers.sketch.ink import darker, lighter, mix
from reelwright.providers.sketch.props.brush import Brush


def letter(b: Brush) -> None:
    """A letter half out of its envelope."""
    b.rest(46)
    paper = lighter(b.pale, 0.3)
    b.poly([(-36, 6), (36, 2), (40, 52), (-32, 56)], darker(b.pale, 0.12))
    b.poly([(-30, 28), (32, 24), (35, 92), (-27, 96)], paper, 0.5)
    b.scribble(-20, 26, [86 - i * 6 for i in range(8)], b.dark, 1.0)
    b.line([(4, 38), (12, 41), (18, 36), (26, 41)], mix(b.accent, b.dark, 0.4), 1.2, soft=True)
    b.poly([(-36, 6), (36, 2), (38.6, 34), (2, 20), (-34, 38)], b.pale)
    b.poly([(-36, 6), (2, 28), (36, 2)], darker(b.pale, 0.06))
    b.line([(-36, 6), (2, 28), (36, 2)], darker(b.pale, 0.3), 0.7)
    b.disc(2, 24, 7, b.accent)
    b.ring(2, 24, 4.2, darker(b.accent, 0.25), 1.0)


def book(b: Brush) -> None:
    """A thick bound book, standing open towards us a little."""
    b.rest(44)
    cover = b.main
    b.poly([(-34, 2), (20, 0), (20, 88), (-34, 92)], cover)
    b.poly([(20, 0), (36, 8), (36, 92), (20, 88)], lighter(b.pale, 0.1), 0.6)
    for i in range(6):
        x = 22 + i * 2.4
        b.line([(x, 2 + i * 1.2), (x, 88 + i * 0.6)], darker(b.pale, 0.3), 0.5)
    b.poly([(-34, 92), (20, 88), (36, 92), (-18, 96)], lighter(cover, 0.12), 0.3)
    b.poly([(-34, 2), (-28, 1.6), (-28, 91.6), (-34, 92)], darker(cover, 0.3))
    b.poly([(-22, 14), (14, 12), (14, 76), (-22, 79)], lighter(cover, 0.1), 0.4)
    b.line([(-22, 14), (14, 12), (14, 76), (-22, 79), (-22, 14)], b.brass, 1.1)
    b.scribble(-16, 10, [64, 56], b.brass, 2.2)
    b.disc(-4, 36, 9, b.accent)
    b.ring(-4, 36, 12, b.brass, 1.1)
    b.poly([(6, 0), (10, 0), (10, -4), (8, -2), (6, -4)], b.accent)


def photograph(b: Brush) -> None:
    """A framed photograph: two people before a horizon."""
    b.rest(42)
    b.poly([(20, 0), (34, 0), (16, 60)], darker(b.wood, 0.5))
    b.bar(-38, 0, 38, 96, b.wood, 2)
    b.bar(-33, 5, 33, 91, lighter(b.wood, 0.18), 1, 0.4)
    b.bar(-30, 8, 30, 88, lighter(b.pale, 0.3), 0, 0.2)
    tone = mix(b.pale, b.wood, 0.3)
    b.bar(-23, 16, 23, 80, lighter(tone, 0.25), 0, 0.4)
    b.blob([(-23, 16), (-23, 44), (-8, 50), (10, 43), (23, 47), (23, 16)], mix(tone, b.main, 0.5))
    for x, h, color in ((-8, 36, b.dark), (8, 31, b.accent)):
        b.blob(
            [
                (x - 9, 16),
                (x - 8, 16 + h * 0.72),
                (x, 16 + h * 0.9),
                (x + 8, 16 + h * 0.72),
                (x + 9, 16),
            ],
            mix(color, tone, 0.2),
        )
        b.disc(x, 16 + h * 1.12, 5.6, mix(tone, b.wood, 0.25))
        b.blob(
            [
                (x - 6, 18 + h * 1.1),
                (x - 4, 22 + h * 1.2),
                (x + 4, 22 + h * 1.2),
                (x + 6, 18 + h * 1.1),
                (x, 19 + h * 1.22),
            ],
            b.dark,
        )
    b.gleam([(-20, 60), (-4, 79)], 2.6, 0.28)
    b.gleam([(-20, 50), (4, 79)], 1.2, 0.2)


def money(b: Brush) -> None:
    """A banded stack of notes with coins beside it."""
    b.rest(48)
    green = mix(b.own("7fa07a"), b.pale, 0.25)
    for i in range(7):
        y, dx = 4 + i * 4, (i % 3 - 1) * 1.2
        b.poly(
            [(-42 + dx, y), (30 + dx, y), (30 + dx, y + 3.4), (-42 + dx, y + 3.4)],
            lighter(green, 0.1 * (i % 2)),
            0.4,
        )
    b.poly([(-42, 32), (30, 32), (40, 66), (-30, 66)], green, 0.5)
    b.line([(-37, 35), (28, 35), (36, 63), (-27, 63), (-37, 35)], darker(green, 0.4), 0.9)
    b.disc(0, 49, 12, lighter(green, 0.25), 0.8)
    b.ring(0, 49, 12, darker(green, 0.4), 0.9, 0.8)
    b.blob([(-5, 42), (-3, 52), (0, 56), (3, 52), (5, 42)], darker(green, 0.35))
    b.poly([(-15, 3), (-4, 3), (-4, 32), (6, 66), (-5, 66), (-15, 32)], lighter(b.pale, 0.2), 0.5)
    for x, y in ((38, 4), (40, 8), (37, 12), (20, 2)):
        b.disc(x, y, 9, darker(b.brass, 0.25), 0.4)
        b.disc(x, y + 1.6, 9, b.brass, 0.4)
        b.ring(x, y + 1.6, 6.4, lighter(b.brass, 0.35), 0.8, 0.4)


def chart(b: Brush) -> None:
    """A folded map with a river, roads and a red cross."""
    b.rest(48)
    paper, fold = mix(b.pale, b.brass, 0.2), 4
    for i in range(4):
        x, dy = -46 + i * 23, fold if i % 2 else 0
        base = darker(paper, 0.1 if i % 2 else 0.0)
        b.poly(
            [(x, 4 + dy), (x + 23, 4 + fold - dy), (x + 23, 88 + fold - dy), (x, 88 + dy)],
            base,
            0.35,
        )
    land = mix(b.own("8fa872"), paper, 0.35)
    b.blob([(-42, 50), (-30, 82), (-8, 80), (-4, 60), (-20, 44)], land, 0.3)
    b.blob([(8, 12), (0, 30), (18, 44), (40, 34), (38, 14)], land, 0.3)
    b.line(
        [(-44, 24), (-24, 34), (-6, 26), (8, 52), (26, 58), (45, 82)],
        mix(b.own("5f8fb0"), paper, 0.15),
        3.2,
        soft=True,
    )
    b.line([(-40, 84), (-18, 58), (6, 70), (20, 34), (44, 22)], darker(paper, 0.5), 1.0, soft=True)
    path = [(-30, 14), (-22, 26), (-8, 38), (4, 44), (16, 62), (28, 72)]
    for one, two in pairwise(path):
        b.line([one, ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)], b.accent, 1.4)
    b.line([(24, 68), (33, 77)], b.own("c0392b"), 2.4)
    b.line([(24, 77), (33, 68)], b.own("c0392b"), 2.4)
    b.ring(36, 16, 6, b.dark, 0.8)
    b.poly([(36, 8), (38, 16), (36, 24), (34, 16)], b.dark, 0)


def newspaper(b: Brush) -> None:
    """A folded newspaper: masthead, a picture, columns."""
    b.rest(46)
    paper = mix(b.pale, b.metal, 0.15)
    b.poly([(-38, 2), (42, 0), (44, 94), (-36, 96)], darker(paper, 0.16))
    b.poly([(-42, 4), (38, 2), (40, 96), (-40, 98)], paper, 0.5)
    b.bar(-34, 82, 33, 91, b.dark, 0.5, 0)
    b.scribble(-30, 33, [86.5], paper, 3.6)
    b.line([(-36, 79), (35, 78)], b.dark, 0.7)
    b.scribble(-34, 40, [72, 66], b.dark, 3.2)
    b.bar(-34, 30, 4, 60, mix(b.metal, b.main, 0.3), 0, 0.5)
    b.poly(
        [(-34, 30), (-34, 42), (-22, 50), (-12, 40), (-4, 46), (4, 38), (4, 30)],
        darker(b.metal, 0.5),
        0.3,
    )
    b.disc(-22, 54, 3, lighter(b.pale, 0.3))
    for x0, x1, top in ((9, 34, 58), (-34, -14, 26), (-10, 6, 26), (9, 34, 26)):
        b.scribble(
            x0,
            x1,
            [top - i * 3.4 for i in range(8 if top > 30 else 6)],
            mix(b.dark, paper, 0.3),
            0.8,
        )
    b.line([(-42, 50), (39, 48)], darker(paper, 0.22), 0.8)


def dossier(b: Brush) -> None:
    """A file: a folder with papers, a clip and a stamp."""
    b.rest(46)
    card = mix(b.own("d9b77a"), b.pale, 0.2)
    b.poly(
        [(-40, 3), (40, 3), (43, 88), (10, 88), (6, 96), (-26, 96), (-30, 88), (-38, 88)],
        darker(card, 0.15),
    )
    b.poly([(-34, 8), (38, 6), (40, 84), (-32, 86)], lighter(b.pale, 0.3), 0.3)
    b.poly([(-42, 2), (38, 0), (40, 76), (-40, 80)], card)
    b.scribble(-32, 6, [68, 62], b.dark, 1.6)
    b.ring(14, 30, 15, b.accent, 2.2)
    b.scribble(2, 28, [32, 27], b.accent, 2.2)
    b.line([(-20, 70), (-20, 88), (-15, 88), (-15, 66)], b.metal, 1.6)
