"""The sheet of a moodboard: words and colours in a column, pictures in a mosaic beside it."""

from collections.abc import Sequence
from pathlib import Path

from reelwright.engines.media.pencil import skia
from reelwright.engines.media.text import Paragraph, Type, draw_text
from reelwright.studio.cut.pictures import load_small
from reelwright.studio.moodboards.colours import palette_of
from reelwright.studio.moodboards.words import Words

WIDTH, HEIGHT = 2400, 1350
MARGIN, COLUMN, GAP, CAPTION = 64.0, 520.0, 20.0, 38.0
_PAPER, _INK, _PALE, _LINE = 0xFFF3F0E9, 0xFF211F1C, 0xFF7C776E, 0xFFD6D0C4
_KIND = Type(19, _PALE, bold=True, tracking=4.0)
_SUBTITLE = Type(24, _PALE)
_SUMMARY = Type(24, _INK, leading=1.4)
_HEAD = Type(17, _PALE, bold=True, tracking=3.0)
_NOTE = Type(21, _INK, leading=1.35)
_HEX = Type(15, _PALE, align="center")
_CAPTION = Type(18, _PALE)
_SWATCH = 92.0
Box = tuple[float, float, float, float]


def draw_board(
    words: Words, captions: Sequence[str], files: Sequence[Path], target: Path
) -> Sequence[str]:
    """Write the board as PNG or PDF, by the suffix; gives the palette as #RRGGBB."""
    places = _mosaic(len(files))
    pictures = [load_small(path, w, h) for path, (_, _, w, h) in zip(files, places, strict=True)]
    palette = palette_of(files)
    if target.suffix == ".pdf":
        stream = skia.FILEWStream(str(target))
        document = skia.PDF.MakeDocument(stream)
        _draw(document.beginPage(WIDTH, HEIGHT), words, captions, pictures, palette)
        document.endPage()
        document.close()
        stream.flush()
    else:
        surface = skia.Surface(WIDTH, HEIGHT)
        _draw(surface.getCanvas(), words, captions, pictures, palette)
        surface.makeImageSnapshot().save(str(target), skia.kPNG)
    return palette


def _draw(
    canvas: "skia.Canvas",
    words: Words,
    captions: Sequence[str],
    pictures: "Sequence[skia.Image]",
    palette: Sequence[str],
) -> None:
    canvas.clear(_PAPER)
    _draw_words(canvas, words, palette)
    places = _mosaic(len(pictures))
    for picture, caption, place in zip(pictures, captions, places, strict=True):
        _draw_picture(canvas, picture, caption, place)


def _draw_words(canvas: "skia.Canvas", words: Words, palette: Sequence[str]) -> None:
    """The column from the top down; notes that find no room any more are left out."""
    y = MARGIN
    y += draw_text(canvas, "MOODBOARD", _KIND, MARGIN, y, COLUMN) + 16
    size = 66 if len(words.title) <= 14 else 50 if len(words.title) <= 30 else 38
    title = Type(size, _INK, bold=True, leading=1.08)
    y += draw_text(canvas, words.title, title, MARGIN, y, COLUMN) + 10
    if words.subtitle:
        y += draw_text(canvas, words.subtitle, _SUBTITLE, MARGIN, y, COLUMN)
    y += 26
    if words.summary:
        y += _fitting(canvas, words.summary, _SUMMARY, y, 210) + 30
    y += _draw_palette(canvas, palette, y) + 30
    notes = [("MOOD", (" · ".join(words.moods),))] if words.moods else []
    for head, lines in (*notes, *words.notes):
        told = [Paragraph(line, _NOTE, COLUMN) for line in lines]
        if not told or y + 30 + told[0].height > HEIGHT - MARGIN:
            continue
        y += draw_text(canvas, head.upper(), _HEAD, MARGIN, y, COLUMN) + 8
        for one in told:
            if y + one.height > HEIGHT - MARGIN:
                break
            one.draw(canvas, MARGIN, y)
            y += one.height + 6
        y += 22


def _fitting(canvas: "skia.Canvas", text: str, kind: Type, y: float, room: float) -> float:
    """As much of a text as there is room for; the height it takes."""
    words = text.split()
    laid = Paragraph(text, kind, COLUMN)
    while laid.height > room and len(words) > 1:
        words = words[: len(words) * 9 // 10]
        laid = Paragraph(" ".join(words).rstrip(",.;") + " …", kind, COLUMN)
    laid.draw(canvas, MARGIN, y)
    return laid.height


def _draw_palette(canvas: "skia.Canvas", palette: Sequence[str], y: float) -> float:
    if not palette:
        return 0.0
    wide = COLUMN / len(palette)
    for n, colour in enumerate(palette):
        paint = skia.Paint(Color=0xFF000000 | int(colour[1:], 16))
        canvas.drawRect(skia.Rect.MakeXYWH(MARGIN + n * wide, y, wide, _SWATCH), paint)
        draw_text(canvas, colour, _HEX, MARGIN + n * wide, y + _SWATCH + 8, wide)
    edge = skia.Paint(Color=_LINE, StrokeWidth=1.5, Style=skia.Paint.kStroke_Style)
    canvas.drawRect(skia.Rect.MakeXYWH(MARGIN, y, COLUMN, _SWATCH), edge)
    return _SWATCH + 28


def _draw_picture(canvas: "skia.Canvas", picture: "skia.Image", caption: str, place: Box) -> None:
    x, y, w, h = place
    scale = max(w / picture.width(), h / picture.height())
    wide, tall = w / scale, h / scale
    seen = skia.Rect.MakeXYWH(
        (picture.width() - wide) / 2, (picture.height() - tall) * 0.42, wide, tall
    )
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    canvas.drawImageRect(picture, seen, skia.Rect.MakeXYWH(x, y, w, h), sampling)
    line = caption
    while Paragraph(line, _CAPTION, 4000).width > w and len(line) > 4:
        line = line[: len(line) * 9 // 10].rstrip(" …,") + " …"
    draw_text(canvas, line, _CAPTION, x, y + h + 7, w + 4)


def _mosaic(count: int) -> Sequence[Box]:
    """Where pictures lie: a large one, two beside it, the others in rows below. Captions fit under each."""
    left, top = MARGIN + COLUMN + MARGIN, MARGIN
    wide, tall = WIDTH - left - MARGIN, HEIGHT - 2 * MARGIN + 12
    rest = max(0, count - 3)
    rows = [] if not rest else [rest] if rest <= 4 else [rest - rest // 2, rest // 2]
    below = 0.0 if not rows else tall * (0.36 if len(rows) == 1 else 0.52)
    high = tall - below
    side = (wide - GAP) / 3 if count >= 2 else 0.0
    large = wide - (side + GAP if side else 0.0)
    boxes = [(left, top, large, high - CAPTION)]
    beside = min(2, count - 1)
    for n in range(beside):
        each = high / beside
        boxes.append((left + large + GAP, top + n * each, side, each - CAPTION))
    y = top + high
    for row in rows:
        cell = (wide - (row - 1) * GAP) / row
        each = below / len(rows)
        boxes += [(left + n * (cell + GAP), y, cell, each - CAPTION) for n in range(row)]
        y += each
    return boxes[:count]
