"""Text: shaped, wrapped and drawn, in any script a font is at hand for."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from reelwright.engines.media.fonts import SANS, cabinet
from reelwright.engines.media.pencil import skia

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: size in units of the canvas, colour 0xAARRGGBB, `leading` in line heights."""

    size: float
    color: int = 0xFFFFFFFF
    family: str = SANS
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    leading: float = 1.25
    tracking: float = 0.0


class Paragraph:
    """A text laid out to a width; characters that no font has are boxes."""

    def __init__(self, text: str, kind: Type, width: float) -> None:
        """Shape and wrap the text; lines of the text stay lines."""
        fonts = cabinet()
        text = fonts.legible(text)
        layout = skia.textlayout
        style = layout.ParagraphStyle()
        style.setTextAlign(getattr(layout.TextAlign, f"k{kind.align.capitalize()}"))
        builder = layout.ParagraphBuilder.make(style, fonts.collection, _unicode())
        builder.pushStyle(_style(kind, fonts.families(kind.family, text)))
        builder.addText(text)
        self._laid = builder.Build()
        self._laid.layout(width)
        self.width: float = self._laid.LongestLine
        self.height: float = self._laid.Height

    def draw(self, canvas: "skia.Canvas", x: float, y: float) -> None:
        """Draw it with its top left corner at x, y."""
        self._laid.paint(canvas, x, y)


def draw_text(
    canvas: "skia.Canvas", text: str, kind: Type, x: float, y: float, width: float
) -> float:
    """Lay out and draw in one; gives the height it took."""
    paragraph = Paragraph(text, kind, width)
    paragraph.draw(canvas, x, y)
    return paragraph.height


def _style(kind: Type, families: list[str]) -> "skia.textlayout.TextStyle":
    style = skia.textlayout.TextStyle()
    style.setFontFamilies(families)
    style.setFontSize(kind.size)
    paint = skia.Paint(AntiAlias=True, Color=kind.color)
    style.setForegroundPaint(paint)
    weight = skia.FontStyle.kSemiBold_Weight if kind.bold else skia.FontStyle.kNormal_Weight
    slant = skia.FontStyle.kItalic_Slant if kind.italic else skia.FontStyle.kUpright_Slant
    style.setFontStyle(skia.FontStyle(weight, skia.FontStyle.kNormal_Width, slant))
    style.setHeight(kind.leading)
    style.setHeightOverride(True)
    style.setLetterSpacing(kind.tracking)
    return style


@cache
def _unicode() -> "skia.Unicode":
    return skia.Unicodes.ICU.Make()
