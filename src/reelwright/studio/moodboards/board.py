"""A moodboard as an order: its words, its pictures, and the sheet they are put on."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from reelwright.providers.contract import Product
from reelwright.studio.moodboards.words import Words


@dataclass(frozen=True, slots=True)
class Moodboard:
    """The board; the first picture is the large one. `form` is png or pdf."""

    words: Words
    captions: tuple[str, ...]
    files: tuple[Path, ...]
    form: str = "png"

    operation: ClassVar[str] = "moodboard"

    def make(self, folder: Path) -> Product:
        """Draw it."""
        from reelwright.studio.moodboards.drawing import draw_board  # noqa: PLC0415 - workers only

        target = folder / f"moodboard.{self.form}"
        palette = draw_board(self.words, self.captions, self.files, target)
        kind = "application/pdf" if self.form == "pdf" else "image/png"
        return Product(target, kind, {"pictures": len(self.files), "palette": list(palette)})
