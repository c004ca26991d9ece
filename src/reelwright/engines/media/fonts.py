"""Fonts: our own first, then the person's folder, then the system's; what none has is shown as a box.

Put TTF or OTF files into a folder and name it in the environment variable `REELWRIGHT_FONTS`, and
they are used for the characters that the bundled fonts (Inter, Courier Prime, Noto Emoji) lack.
"""

import os
import unicodedata
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from reelwright.engines.media.pencil import skia
from reelwright.ground.errors import InvalidInputError

FOLDER = "REELWRIGHT_FONTS"
SANS, TYPEWRITER, EMOJI = "Inter", "Courier Prime", "Noto Emoji"
_BUNDLED = (
    ("Inter-Regular.ttf", SANS),
    ("Inter-SemiBold.ttf", SANS),
    ("CourierPrime-Regular.ttf", TYPEWRITER),
    ("CourierPrime-Bold.ttf", TYPEWRITER),
    ("NotoEmoji-Regular.ttf", EMOJI),
)
_BOX = "\u25a1"
_INVISIBLE = (
    "Cc",
    "Cf",
    "Mn",
    "Zs",
    "Zl",
    "Zp",
)  # joiners, directions, marks, spaces: no glyph needed


class Cabinet:
    """The typefaces at hand, and which families a text needs, in order of preference."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load the bundled typefaces, and those of a folder of the person's own."""
        self._provider = skia.textlayout.TypefaceFontProvider()
        opener = skia.FontMgr.New_Custom_Empty()  # reads files without waking the system's fonts
        self._faces: dict[str, list[skia.Typeface]] = {}
        for name, family in _BUNDLED:
            with as_file(files("reelwright.engines.media") / "fonts" / name) as path:
                self._take(opener.makeFromFile(str(path)), family)
        for path in sorted(folder.iterdir()) if folder else ():
            if path.suffix.lower() in (".ttf", ".otf", ".ttc"):
                face = opener.makeFromFile(str(path))
                if face is not None:
                    self._take(face, face.getFamilyName())
        self.collection = skia.textlayout.FontCollection()
        self.collection.setDefaultFontManager(self._provider)
        self._home: dict[str, str | None] = {}

    def families(self, first: str, text: str) -> list[str]:
        """The families that draw a text, `first` before all others."""
        found = {self._family_of(char) for char in text if not _plain(char)}
        return [first, *sorted(f for f in found if f and f != first)]

    def missing(self, text: str) -> str:
        """The characters no typeface has, each once, in order."""
        lost = (char for char in text if not _plain(char) and self._family_of(char) is None)
        return "".join(dict.fromkeys(lost))

    def legible(self, text: str) -> str:
        """The text with a box in place of every character that no typeface has."""
        lost = self.missing(text)
        return text.translate(dict.fromkeys(map(ord, lost), _BOX)) if lost else text

    def _take(self, face: "skia.Typeface", family: str) -> None:
        self._provider.registerTypeface(face, family)
        self._faces.setdefault(family, []).append(face)

    def _family_of(self, char: str) -> str | None:
        if char not in self._home:
            self._home[char] = self._look_up(char)
        return self._home[char]

    def _look_up(self, char: str) -> str | None:
        if unicodedata.category(char) in _INVISIBLE:
            return SANS
        for family, faces in self._faces.items():
            if faces[0].unicharToGlyph(ord(char)):
                return family
        style = skia.FontStyle.Normal()
        face = skia.FontMgr().matchFamilyStyleCharacter("", style, ["ja", "zh", "ko"], ord(char))
        if face is None or not face.unicharToGlyph(ord(char)):
            return None
        self._take(face, face.getFamilyName())
        return face.getFamilyName()


def _plain(char: str) -> bool:
    return " " <= char <= "~" or char == "\n"


@cache
def cabinet() -> Cabinet:
    """The cabinet of this process, with the folder that `REELWRIGHT_FONTS` names."""
    named = os.environ.get(FOLDER)
    if named and not Path(named).is_dir():
        raise InvalidInputError(
            f"{FOLDER} names {named}, which is not a folder",
            way_out="name a folder of TTF or OTF files",
        )
    return Cabinet(Path(named) if named else None)


def warning_of(text: str) -> str | None:
    """A sentence for the person if some characters will be shown as boxes; None if all are drawn."""
    lost = cabinet().missing(text)
    if not lost:
        return None
    shown = " ".join(f"{char} (U+{ord(char):04X})" for char in lost[:8])
    more = f" and {len(lost) - 8} more" if len(lost) > 8 else ""
    return f"no font has {shown}{more}: shown as {_BOX}; put a font that has them into the folder {FOLDER}"
