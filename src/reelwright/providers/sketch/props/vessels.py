"""Things one drinks from and eats: cup, glass, bottle, bowl, cake, plate."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import darker, fade, ink, lighter, mix, paint, rect, smooth
from reelwright.providers.sketch.props.brush import Brush


def cup(b: Brush) -> None:
    """A cup of coffee on a saucer, steaming."""
    b.rest(48)
    china = lighter(b.pale, 0.15)
    b.disc(0, 8, 46, darker(china, 0.12), 0.2)
    b.disc(0, 10, 46, china, 0.2)
    b.disc(0, 11, 30, darker(china, 0.1), 0.2)
    b.ring(38 * -b.light.side * -1 if b.light.side < 0 else 36, 40, 13, china, 5.5)
    b.blob([(-32, 66), (-31, 40), (-22, 16), (0, 11), (22, 16), (31, 40), (32, 66)], china)
    b.blob([(-31.4, 50), (-30.6, 42), (0, 37), (30.6, 42), (31.4, 50), (0, 45)], b.accent)
    b.disc(0, 66, 32, lighter(china, 0.3), 0.24)
    b.disc(0, 65, 28.5, b.own("4a2c1c"), 0.22)
    b.disc(-6, 65.6, 12, b.own("6b4128"), 0.16)
    b.gleam([(b.light.side * 24, 56), (b.light.side * 22, 34), (b.light.side * 16, 22)], 2.2, 0.5)
    for x in (-10, 2, 12):
        path = smooth([(x, 70), (x + 4, 78), (x - 3, 87), (x + 2, 97)], closed=False)
        b.canvas.drawPath(path, paint(fade(0xFFFFFFFF, 0.28), stroke=2.4))


def wine_glass(b: Brush) -> None:
    """A glass of wine."""
    b.rest(30)
    b.disc(0, 3, 24, b.glass, 0.18)
    b.ring(0, 3, 24, lighter(b.glass, 0.4), 0.9, 0.18)
    b.bar(-1.8, 4, 1.8, 42, lighter(b.glass, 0.1), 1)
    bowl = smooth(
        [(-21, 97), (-25, 74), (-17, 51), (0, 42), (17, 51), (25, 74), (21, 97)], closed=False
    )
    b.canvas.drawPath(bowl, paint(fade(b.light.lit(b.glass), 0.34)))
    wine = mix(b.own("7a1f35"), b.accent, 0.15)
    b.blob([(-24.2, 74), (-17, 52), (0, 43.5), (17, 52), (24.2, 74)], wine)
    b.disc(0, 74, 24.2, lighter(wine, 0.18), 0.14)
    b.canvas.drawPath(bowl, paint(fade(0xFFFFFFFF, 0.5), stroke=1.0))
    b.ring(0, 97, 21, lighter(b.glass, 0.4), 1.0, 0.14)
    b.gleam([(b.light.side * 17, 92), (b.light.side * 20, 76), (b.light.side * 15, 60)], 2.4, 0.75)
    b.gleam([(-b.light.side * 12, 90), (-b.light.side * 16, 80)], 1.2, 0.4)


def bottle(b: Brush) -> None:
    """A bottle with a label."""
    b.rest(22)
    green = mix(b.own("2f5a3c"), b.main, 0.2)
    path = skia.Path()
    path.moveTo(-15, 0)
    path.lineTo(-15, 52)
    path.cubicTo(-15, 66, -5.5, 66, -5.5, 78)
    path.lineTo(-5.5, 96)
    path.lineTo(5.5, 96)
    path.lineTo(5.5, 78)
    path.cubicTo(5.5, 66, 15, 66, 15, 52)
    path.lineTo(15, 0)
    path.close()
    b.fill(path, green)
    b.bar(-6.2, 86, 6.2, 98, mix(b.accent, b.dark, 0.25), 1)
    b.bar(-6.6, 90, 6.6, 92, darker(b.accent, 0.4), 0.5)
    b.bar(-15, 14, 15, 46, b.pale, 0.5, 0.6)
    b.bar(-12, 17, 12, 43, lighter(b.pale, 0.2), 0, 0.3)
    b.disc(0, 35, 5, b.accent)
    b.scribble(-9, 9, [27, 23.5, 20], b.dark, 1.0)
    b.gleam([(b.light.side * 10.5, 58), (b.light.side * 11.5, 48)], 2.0, 0.7)
    b.gleam([(b.light.side * 3, 92), (b.light.side * 3, 76), (b.light.side * 8, 62)], 1.3, 0.6)
    b.gleam([(b.light.side * 11.5, 12), (b.light.side * 11.5, 3)], 1.8, 0.4)


def tumbler(b: Brush) -> None:
    """A glass of whisky or water with ice."""
    b.rest(34)
    body = skia.Path()
    body.addPoly(
        [skia.Point(-30, 84), skia.Point(-25, 4), skia.Point(25, 4), skia.Point(30, 84)], True
    )
    b.canvas.drawPath(body, paint(fade(b.light.lit(b.glass), 0.38)))
    amber = mix(b.own("c07a2a"), b.accent, 0.15)
    b.poly([(-27.6, 46), (-25, 9), (25, 9), (27.6, 46)], amber)
    b.disc(0, 46, 27.6, lighter(amber, 0.25), 0.16)
    for x, y, turn in ((-10, 38, 5), (9, 42, -4)):
        b.poly(
            [
                (x - 9, y - 8),
                (x + 9, y - 8 + turn),
                (x + 9 - turn / 2, y + 10),
                (x - 9 - turn / 2, y + 9),
            ],
            lighter(amber, 0.5),
            0.5,
        )
        b.gleam([(x - 6, y + 6), (x + 5, y + 6 + turn / 2)], 1.2, 0.6)
    b.canvas.drawPath(body, paint(fade(0xFFFFFFFF, 0.5), stroke=1.2))
    b.ring(0, 84, 30, lighter(b.glass, 0.4), 1.3, 0.15)
    b.disc(0, 5, 25, lighter(b.glass, 0.1), 0.12)
    b.gleam([(b.light.side * 25, 78), (b.light.side * 21, 12)], 2.2, 0.6)


def cake(b: Brush) -> None:
    """A birthday cake with burning candles."""
    b.rest(50)
    cream, sponge = lighter(b.pale, 0.3), mix(b.accent, b.pale, 0.45)
    b.disc(0, 5, 48, b.metal, 0.16)
    b.bar(-40, 6, 40, 40, sponge, 3)
    b.disc(0, 40, 40, cream, 0.2)
    b.bar(-27, 40, 27, 62, sponge, 3)
    b.disc(0, 62, 27, lighter(cream, 0.2), 0.2)
    for r, y, n in ((40, 38, 8), (27, 60, 6)):
        for i in range(n):
            x = -r + (i + 0.5) * 2 * r / n
            drop = 5 + 6 * b.rng.random()
            b.blob(
                [
                    (x - r / n, y + 3),
                    (x - r / n * 0.7, y - drop),
                    (x + r / n * 0.7, y - drop),
                    (x + r / n, y + 3),
                ],
                cream,
                0.4,
            )
    for i in range(9):
        b.disc(-36 + i * 9, 12, 3.2, cream)
    for i in range(5):
        x, y = -18 + i * 9, 64 + 2 * (i % 2)
        b.bar(x - 1.3, y, x + 1.3, y + 17, b.main if i % 2 else b.accent, 0.6)
        b.shine(x, y + 22, 13, b.light.lamp, 0.55)
        b.bare(
            smooth([(x - 2, y + 19), (x, y + 17.5), (x + 2, y + 19), (x, y + 26)]), ink("ffd977")
        )


def bowl(b: Brush) -> None:
    """A bowl of fruit."""
    b.rest(46)
    red, orange, green = b.own("b8433a"), b.own("d98a3a"), b.own("8fa04a")
    for x, y, r, c in (
        (-20, 50, 15, orange),
        (16, 52, 16, red),
        (-2, 62, 16, green),
        (30, 46, 12, orange),
        (-33, 44, 11, red),
    ):
        b.disc(x, y, r, c)
        b.gleam(
            [(x + b.light.side * r * 0.4, y + r * 0.5), (x + b.light.side * r * 0.6, y + r * 0.25)],
            2.2,
            0.4,
        )
    b.line([(-2, 76), (1, 84)], b.wood, 1.6)
    b.blob([(1, 82), (8, 88), (15, 85), (8, 81)], darker(green, 0.3))
    path = skia.Path()
    path.addArc(rect(-46, -2, 46, 88), 180, 180)
    path.close()
    b.fill(path, b.main)
    b.bar(-48, 41, 48, 46, lighter(b.main, 0.12), 2.5)
    b.line([(-38, 26), (-12, 20), (12, 20), (38, 26)], b.accent, 2.2, soft=True)
    b.bar(-18, 0, 18, 4, darker(b.main, 0.2), 1)
