"""The storyboard: six panels a page, A4 across, pictures passed through as they are."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from reelwright.engines.media.fonts import TYPEWRITER
from reelwright.engines.media.pencil import skia
from reelwright.engines.media.text import Paragraph, Type, draw_text
from reelwright.studio.cut.panels import Head, Panel
from reelwright.studio.cut.pictures import load_picture

PAGE = 842.0, 595.0  # A4 across, in points
MARGIN, GAP, COLUMNS, ROWS = 36.0, 18.0, 3, 2
HEAD, FOOT = 34.0, 22.0
_INK, _PALE, _LINE = 0xFF1B1C20, 0xFF74767E, 0xFFCFCBC3
_TITLE = Type(40, _INK, bold=True, align="center")
_AUTHOR = Type(16, _INK, align="center")
_SUMMARY = Type(12, _PALE, align="center")
_HEADING = Type(10, _INK, bold=True)
_PAGE = Type(9, _PALE, align="right")
_NUMBER = Type(10, _INK, bold=True)
_CAMERA = Type(7.5, _PALE, align="right")
_ACTION = Type(8, _INK)
_SPEECH = Type(8, _INK, family=TYPEWRITER)
_NAME = Type(7.5, _INK, bold=True)


def draw_storyboard(
    head: Head, panels: Sequence[Panel], files: Sequence[Path], target: Path
) -> int:
    """Write the PDF; returns how many pages it has."""
    pages = list(_pages(panels))
    stream = skia.FILEWStream(str(target))
    metadata = skia.PDF.Metadata()
    metadata.fTitle, metadata.fAuthor = f"{head.title}: storyboard", head.author
    metadata.fCreator = metadata.fProducer = "reelwright"
    document = skia.PDF.MakeDocument(stream, metadata)
    _draw_title(document.beginPage(*PAGE), head)
    document.endPage()
    for number, (heading, page) in enumerate(pages, 2):
        canvas = document.beginPage(*PAGE)
        _draw_frame(canvas, heading, f"{head.title}   {number} / {len(pages) + 1}")
        for place, panel in enumerate(page):
            _draw_panel(canvas, panel, files[panel.picture], head.aspect, place)
        document.endPage()
    document.close()
    stream.flush()
    return len(pages) + 1


def _pages(panels: Sequence[Panel]) -> Iterator[tuple[str, list[Panel]]]:
    """A scene begins a new page, so that pages can be taken out when scenes are."""
    for heading, scene in groupby(panels, key=lambda panel: panel.heading):
        shots = list(scene)
        for start in range(0, len(shots), COLUMNS * ROWS):
            more = " (continued)" if start else ""
            yield heading + more, shots[start : start + COLUMNS * ROWS]


def _draw_title(canvas: "skia.Canvas", head: Head) -> None:
    width = PAGE[0] - 2 * MARGIN
    y = 190.0
    for text, kind in ((head.title, _TITLE), (head.author, _AUTHOR), (head.summary, _SUMMARY)):
        if text:
            y += draw_text(canvas, text, kind, MARGIN, y, width) + 14


def _draw_frame(canvas: "skia.Canvas", heading: str, page: str) -> None:
    width = PAGE[0] - 2 * MARGIN
    draw_text(canvas, heading, _HEADING, MARGIN, MARGIN - 12, width)
    line = skia.Paint(Color=_LINE, StrokeWidth=0.7, Style=skia.Paint.kStroke_Style)
    canvas.drawLine(MARGIN, MARGIN + 6, PAGE[0] - MARGIN, MARGIN + 6, line)
    draw_text(canvas, page, _PAGE, MARGIN, PAGE[1] - MARGIN + 4, width)


def _draw_panel(
    canvas: "skia.Canvas", panel: Panel, picture: Path, aspect: float, place: int
) -> None:
    width = (PAGE[0] - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
    height = (PAGE[1] - 2 * MARGIN - HEAD - FOOT - (ROWS - 1) * GAP) / ROWS + GAP / 2
    x = MARGIN + place % COLUMNS * (width + GAP)
    y = MARGIN + HEAD / 2 + place // COLUMNS * (height + GAP)
    tall = min(width / aspect, height * 0.62)
    wide = tall * aspect
    frame = skia.Rect.MakeXYWH(x + (width - wide) / 2, y, wide, tall)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
    canvas.drawImageRect(load_picture(picture), frame, sampling)
    canvas.drawRect(frame, skia.Paint(Color=_INK, StrokeWidth=0.6, Style=skia.Paint.kStroke_Style))
    y += tall + 4
    bottom = y + height - tall - 4
    draw_text(canvas, panel.number, _NUMBER, x, y, width)
    draw_text(canvas, panel.camera, _CAMERA, x, y, width)
    draw_text(canvas, panel.timing, _CAMERA, x, y + 10, width)
    _draw_words(canvas, panel, x, y + 23, width, bottom)


def _draw_words(
    canvas: "skia.Canvas", panel: Panel, x: float, y: float, width: float, bottom: float
) -> None:
    """Action, then speeches; what does not fit any more ends with an ellipsis."""
    lines = [(panel.action, _ACTION, 0.0)] if panel.action else []
    for name, text in panel.dialogue:
        lines += [(name, _NAME, 14.0), (text, _SPEECH, 14.0)]
    for text, kind, indent in lines:
        words = text.split()
        laid = Paragraph(text, kind, width - indent)
        while laid.height > bottom - y and len(words) > 1:
            words = words[: max(1, len(words) * 4 // 5)]
            laid = Paragraph(" ".join(words) + " …", kind, width - indent)
        if laid.height > bottom - y:
            return
        laid.draw(canvas, x + indent, y)
        y += laid.height + 1.5
