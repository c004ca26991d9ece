"""Captions burnt into the picture: white, shadowed, inside the safe area, two lines at most."""

from collections.abc import Hashable

from reelwright.engines.media.pencil import skia
from reelwright.engines.media.text import Paragraph, Type
from reelwright.providers.drawings import Caption
from reelwright.providers.sketch.plates import Piece, Plate, Raster, flatten
from reelwright.providers.sketch.stage import FRAME_HEIGHT

_SAFE = 0.075  # of the frame's height, free below the text


class CaptionCel:
    """The captions of a shot, on the glass over the finished picture."""

    depth: float | None = None

    def __init__(self, captions: tuple[Caption, ...], raster: Raster) -> None:
        self._captions = captions
        self._plates = [_plate(caption, raster) for caption in captions]

    def state(self, frame: int) -> Hashable:
        """The number of the caption that is shown; None between captions."""
        shown = (i for i, one in enumerate(self._captions) if one.start <= frame < one.end)
        return next(shown, None)

    def area(self, before: Hashable, after: Hashable) -> "skia.IRect":
        """Where either of the two captions is."""
        area = skia.IRect.MakeEmpty()
        for state in (before, after):
            if isinstance(state, int) and (plate := self._plates[state]):
                area.join(plate.box)
        return area

    def draw(self, canvas: "skia.Canvas", state: Hashable, *, moving: bool) -> None:
        """Lay the caption's plate."""
        del moving
        if isinstance(state, int) and (plate := self._plates[state]):
            plate.lay(canvas, moving=False)


def _plate(caption: Caption, raster: Raster) -> Plate | None:
    width = raster.width / raster.scale
    room = 0.88 * width
    size = min(31.0, width / 15)
    text = "\n".join(caption.lines)
    laid = Paragraph(text, Type(size, align="center", bold=True, leading=1.22), room)
    shade = Paragraph(text, Type(size, 0xE0000000, align="center", bold=True, leading=1.22), room)
    top = FRAME_HEIGHT * (1 - _SAFE) - laid.height

    def shadow(canvas: "skia.Canvas") -> None:
        for dx, dy in ((-1.2, 0.4), (1.2, 0.4), (0, -1.0), (0, 1.8)):
            shade.draw(canvas, dx - room / 2, top + dy)

    pieces = [
        Piece(1.0, shadow, blur=2.6),
        Piece(1.0, shadow),
        Piece(1.0, lambda canvas: laid.draw(canvas, -room / 2, top)),
    ]
    box = raster.pixels(skia.Rect(-room / 2 - 8, top - 12, room / 2 + 8, FRAME_HEIGHT))
    return flatten(pieces, raster, box=box)
