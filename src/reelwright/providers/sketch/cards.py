"""Cards: the title before the film and the end after it, set with room and one warm line."""

from reelwright.engines.media.pencil import skia
from reelwright.engines.media.text import Paragraph, Type
from reelwright.film.picture import Picture
from reelwright.providers.sketch.ink import fade, ink, lighter, linear, mix, paint, radial
from reelwright.providers.sketch.palettes import palette_of
from reelwright.providers.sketch.plates import Piece
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Palette

_PAPER = ink("f4efe4")
_LARGEST, _SMALLEST = 96.0, 30.0
_HORIZON = 566.0


def card_pieces(picture: Picture) -> list[Piece]:
    """A card's ground and its lines: the first is the title, the others stand small below it."""
    width = FRAME_HEIGHT * picture.width / picture.height
    palette = palette_of(picture.place, picture.mood)
    return [
        Piece(0.0, lambda canvas: _ground(canvas, width, palette)),
        Piece(1.0, lambda canvas: _lines(canvas, picture.lines, width, palette)),
    ]


def _ground(canvas: "skia.Canvas", width: float, palette: Palette) -> None:
    """A dark sky over a far horizon, and behind it the light that is to come."""
    hue = mix(palette.dominant, palette.secondary, 0.4)
    night, dusk = mix(ink("05070d"), hue, 0.10), mix(ink("10131f"), hue, 0.38)
    warm = mix(palette.accent, ink("ff8f45"), 0.78)
    sky = skia.Rect(-width / 2, 0, width / 2, _HORIZON)
    reach = 0.55 * max(width, FRAME_HEIGHT)
    canvas.drawRect(
        sky, paint(shader=linear((0, 0), (0, _HORIZON), [night, night, dusk], [0, 0.35, 1]))
    )
    canvas.save()
    canvas.clipRect(sky)
    canvas.translate(0, _HORIZON)
    canvas.scale(1, 0.42)
    glow = radial(
        (0, 0),
        reach,
        [fade(warm, 0.85), fade(warm, 0.34), fade(warm, 0.08), fade(warm, 0)],
        [0, 0.25, 0.6, 1],
    )
    canvas.drawCircle(0, 0, reach, paint(shader=glow, mode=skia.BlendMode.kScreen))
    canvas.restore()
    sea = skia.Rect(-width / 2, _HORIZON, width / 2, FRAME_HEIGHT)
    tones = [mix(night, warm, 0.16), mix(ink("030408"), hue, 0.05)]
    canvas.drawRect(sea, paint(shader=linear((0, _HORIZON), (0, FRAME_HEIGHT), tones)))
    edge = [fade(warm, 0), fade(lighter(warm, 0.55), 0.9), fade(warm, 0)]
    line = linear((-0.36 * width, 0), (0.36 * width, 0), edge)
    canvas.drawRect(
        skia.Rect(-0.36 * width, _HORIZON - 1, 0.36 * width, _HORIZON + 1), paint(shader=line)
    )
    for i in range(7):
        y, half = (
            _HORIZON + 9 + 6 * i + 1.6 * i * i,
            (0.13 - 0.012 * i) * width * (0.6 + 0.4 * (i % 2)),
        )
        shader = linear(
            (-half, 0), (half, 0), [fade(warm, 0), fade(warm, 0.30 - 0.035 * i), fade(warm, 0)]
        )
        canvas.drawRect(skia.Rect(-half, y, half, y + 1.6), paint(shader=shader))


def _lines(canvas: "skia.Canvas", lines: tuple[str, ...], width: float, palette: Palette) -> None:
    if not lines:
        return
    room = 0.84 * width
    title = _fitted(lines[0], room)
    rest = [Paragraph(line, _small(width), room) for line in lines[1:] if line.strip()]
    top = 286 - title.height / 2
    title.draw(canvas, -room / 2, top)
    y = top + title.height + 26
    canvas.drawRect(skia.Rect(-34, y - 8, 34, y - 5.5), paint(mix(palette.accent, _PAPER, 0.25)))
    y += 16
    for paragraph in rest:
        paragraph.draw(canvas, -room / 2, y)
        y += paragraph.height + 4


def _small(width: float) -> Type:
    return Type(
        min(27.0, width / 22), fade(_PAPER, 0.82), align="center", leading=1.45, tracking=0.6
    )


def _fitted(text: str, room: float) -> Paragraph:
    """The title as large as its longest word and three lines allow."""
    size = _LARGEST
    while True:
        kind = Type(size, _PAPER, bold=True, align="center", leading=1.12, tracking=-0.012 * size)
        longest = max(Paragraph(word, kind, 1e5).width for word in text.split() or [" "])
        laid = Paragraph(text, kind, room)
        if size <= _SMALLEST or (longest <= room and laid.height <= 3.4 * size):
            return laid
        size *= 0.9
