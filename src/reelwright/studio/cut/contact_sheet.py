"""The contact sheet: the whole film at one glance."""

import math
from collections.abc import Sequence
from pathlib import Path

from reelwright.engines.media.pencil import skia
from reelwright.engines.media.text import Paragraph, Type, draw_text
from reelwright.studio.cut.panels import Head
from reelwright.studio.cut.pictures import load_small

WIDTH = 2000
MARGIN, GAP, HEAD, LABEL = 48, 20, 110, 34
_PAPER, _INK, _PALE = 0xFF17181C, 0xFFF2EEE6, 0xFF8E9098
_TITLE = Type(44, _INK, bold=True)
_SUMMARY = Type(22, _PALE, align="right")
_LABEL = Type(17, _PALE)


def draw_contact_sheet(
    head: Head, labels: Sequence[str], files: Sequence[Path], target: Path
) -> None:
    """Write the sheet as a JPEG."""
    columns = min(len(files), max(3, round(math.sqrt(len(files) * 1.1 / head.aspect * 1.78))))
    columns = max(1, min(columns, 10))
    cell = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns
    tall = cell / head.aspect
    rows = math.ceil(len(files) / columns)
    height = int(HEAD + MARGIN + rows * (tall + LABEL + GAP))
    surface = skia.Surface(WIDTH, height)
    canvas = surface.getCanvas()
    canvas.clear(_PAPER)
    draw_text(canvas, head.title, _TITLE, MARGIN, 34, WIDTH * 0.7)
    summary = Paragraph(head.summary, _SUMMARY, WIDTH * 0.3)
    summary.draw(canvas, WIDTH * 0.7 - MARGIN, 50)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
    for n, (path, label) in enumerate(zip(files, labels, strict=True)):
        x = MARGIN + n % columns * (cell + GAP)
        y = HEAD + n // columns * (tall + LABEL + GAP)
        picture = load_small(path, cell, tall)
        canvas.drawImageRect(picture, skia.Rect.MakeXYWH(x, y, cell, tall), sampling)
        draw_text(canvas, label, _LABEL, x, y + tall + 6, cell)
    surface.makeImageSnapshot().save(str(target), skia.kJPEG, 88)
