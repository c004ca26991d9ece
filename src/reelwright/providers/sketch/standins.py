"""A plain set and a plain figure, for a place or a person nobody has drawn yet."""

from reelwright.engines.media.pencil import skia
from reelwright.film.looks import COLOURS, HAIR_COLOURS, SKINS
from reelwright.providers.sketch.ink import ink, linear, mix, paint, rect
from reelwright.providers.sketch.stage import Mark, Stage, SetDesign
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    mouth: str = "rest"
    blink: float = 0.0
    gaze: float = 0.0


class Actor:
    def __init__(self, figure, x, y, height, light, palette):
        self.figure, self.x, self.y, self.height, self.light = figure, x, y, height, light
        k = height / 100
        self.bounds = skia.Rect(x - 16 * k, y - 102 * k, x + 16 * k, y + 3 * k)
        self.head = skia.Rect(x - 6 * k, y - 100 * k, x + 6 * k, y - 85 * k)
        self.eyes_y = y - 93.5 * k
        self.face_area = skia.Rect(x - 5 * k, y - 97 * k, x + 5 * k, y - 86 * k)

    def draw(self, canvas, face=Face(), phase=0.0):
        k, x, y, L = self.height / 100, self.x, self.y, self.light
        coat, skin = ink(COLOURS[self.figure.look.colour]), ink(SKINS[self.figure.look.skin])
        canvas.drawOval(
            rect(x - 14 * k, y - 2 * k, x + 14 * k, y + 3 * k), paint(0x70000000, blur=2 * k)
        )
        canvas.drawRoundRect(
            rect(x - 8 * k, y - 55 * k, x + 8 * k, y), 3 * k, 3 * k, paint(L.dark(0xFF333344))
        )
        canvas.drawRoundRect(
            rect(x - 13 * k, y - 84 * k, x + 13 * k, y - 40 * k),
            8 * k,
            8 * k,
            paint(
                shader=linear(
                    (x - 13 * k * -L.side, 0), (x - 13 * k * L.side, 0), [L.lit(coat), L.dark(coat)]
                )
            ),
        )
        canvas.drawRect(rect(x - 2.4 * k, y - 88 * k, x + 2.4 * k, y - 82 * k), paint(L.dark(skin)))
        canvas.drawOval(
            self.head,
            paint(
                shader=linear(
                    (x + 6 * k * L.side, 0), (x - 6 * k * L.side, 0), [L.lit(skin), L.dark(skin)]
                )
            ),
        )
        canvas.drawArc(
            self.head,
            180,
            180,
            False,
            paint(L.dark(ink(HAIR_COLOURS[self.figure.look.hair_colour]))),
        )
        for sx in (-2.4, 2.4):
            e = 0.3 if face.blink > 0.5 else 0.8
            canvas.drawOval(
                rect(
                    x + (sx - 0.9) * k, y - (93.2 + e) * k, x + (sx + 0.9) * k, y - (93.2 - e) * k
                ),
                paint(0xFF201818),
            )
        m = {"rest": 0.15, "closed": 0.1, "small": 0.5, "open": 1.4, "wide": 0.8, "round": 1.0}.get(
            face.mouth, 0.4
        )
        canvas.drawOval(
            rect(x - 2 * k, y - (88.2 + m) * k, x + 2 * k, y - (88.2 - m) * k), paint(0xFF5A2024)
        )


def _build(stage: Stage) -> None:
    L, P = stage.light, stage.palette
    E = stage.everything
    stage.layer(
        0.0,
        lambda c: c.drawRect(
            E, paint(shader=linear((0, -100), (0, 460), list(L.sky), [0, 0.4, 0.75, 1]))
        ),
    )

    def hills(d, y, col, n):
        def dr(c):
            for i in range(n):
                x = stage.left + (stage.right - stage.left) * (i + 0.5) / n
                c.drawOval(
                    rect(x - 300, y - 40 + 30 * (i % 3), x + 300, y + 400),
                    paint(L.far(L.flat(col), d)),
                )

        stage.layer(d, dr)

    hills(0.15, 380, P.secondary, 5)
    hills(0.4, 420, P.dominant, 4)
    stage.layer(
        0.8,
        lambda c: c.drawRect(
            rect(stage.left, 480, stage.right, 900),
            paint(shader=linear((0, 480), (0, 760), [L.lit(P.dominant), L.dark(P.dominant)])),
        ),
    )

    def posts(c):
        for x in range(-900, 901, 300):
            c.drawRect(rect(x, 360, x + 14, 560), paint(L.dark(P.secondary)))

    stage.layer(0.85, posts)
    stage.layer(
        1.6,
        lambda c: c.drawOval(rect(stage.left - 100, 640, stage.left + 420, 1000), paint(L.near)),
    )
    stage.marks += [
        Mark(-80, 640, 235),
        Mark(90, 646, 235),
        Mark(-260, 630, 225),
        Mark(250, 632, 225),
    ]
    stage.spots += [Mark(20, 640, 235)]


def choose_set(place):
    return SetDesign("plain", (), _build)
