"""Glasses: round, square, dark."""

from reelwright.engines.media.pencil import skia
from reelwright.providers.sketch.ink import fade, ink, linear, mix, paint, smooth
from reelwright.providers.sketch.people.eyes import sockets
from reelwright.providers.sketch.people.sitter import Sitter


def draw_glasses(canvas: "skia.Canvas", sitter: Sitter) -> None:
    """The sitter's glasses, over eyes and nose, under the hair's front."""
    kind = sitter.look.glasses
    if kind == "none":
        return
    frame = mix(ink("1d1b1f" if kind != "round" else "6b4a2c"), sitter.light.near, 0.25)
    line = paint(frame, stroke=2.3 if kind == "square" else 1.7 if sitter.fine else 2.6)
    far, near = sockets(sitter)
    rims = [_rim(kind, s.x, s.y, s.w) for s in (far, near)]
    for rim in rims:
        box = rim.getBounds()
        if kind == "dark":
            canvas.drawPath(
                rim,
                paint(
                    shader=linear(
                        (0, box.top()),
                        (0, box.bottom()),
                        [mix(frame, ink("0c0d10"), 0.6), mix(frame, sitter.light.air, 0.35)],
                    )
                ),
            )
        elif sitter.fine:
            canvas.drawPath(rim, paint(fade(sitter.light.key, 0.10)))
        if sitter.fine:
            _glint(canvas, sitter, rim, box)
        canvas.drawPath(rim, line)
    a, b = rims[1].getBounds(), rims[0].getBounds()
    y = near.y - 2
    canvas.drawPath(
        smooth(
            [(a.right(), y), ((a.right() + b.left()) / 2, y - 2.4), (b.left(), y)], closed=False
        ),
        line,
    )
    canvas.drawPath(smooth([(a.left(), y - 1), (-30, y - 0.5)], closed=False), line)


def _rim(kind: str, x: float, y: float, w: float) -> "skia.Path":
    path = skia.Path()
    if kind == "round":
        path.addOval(skia.Rect(x - w * 1.34, y - 10.6, x + w * 1.34, y + 11))
    elif kind == "square":
        path.addRoundRect(skia.Rect(x - w * 1.42, y - 9, x + w * 1.42, y + 9.4), 3, 3)
    else:
        out = w * 1.42
        path = smooth(
            [
                (x - out, y - 8),
                (x, y - 9),
                (x + out, y - 8),
                (x + out * 0.86, y + 6),
                (x, y + 9.6),
                (x - out * 0.86, y + 6),
            ]
        )
    return path


def _glint(canvas: "skia.Canvas", sitter: Sitter, rim: "skia.Path", box: "skia.Rect") -> None:
    canvas.save()
    canvas.clipPath(rim, True)
    x = box.centerX() + sitter.side * box.width() * 0.2
    streak = skia.Path()
    streak.moveTo(x + 2, box.top())
    streak.lineTo(x + 7, box.top())
    streak.lineTo(x - 1, box.bottom())
    streak.lineTo(x - 6, box.bottom())
    canvas.drawPath(streak, paint(fade(mix(sitter.light.key, ink("ffffff"), 0.5), 0.22)))
    canvas.restore()
