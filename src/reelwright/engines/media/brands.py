"""Files of the ISO family (MP4, MOV, AVIF, HEIF): what they say they are, and whether they hold a film."""

from pathlib import Path

_AVIF = {b"avif", b"avis"}
_HEIF = {
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2",
    b"msf1", b"miaf", b"avci", b"avcs", b"j2ki", b"j2is", b"jpeg", b"jpgs", b"vvic", b"1pic",
}  # fmt: skip
_RAW = {b"crx "}
HEAD = 4096
"""Bytes of a file in which its brands stand."""
_MOST_BOXES = 10_000
UNDRAWN = frozenset({"image/heic", "image/x-canon-cr3"})
"""Types of pictures that cannot be drawn with what we have."""
AS_ANOTHER = "save it as JPEG or PNG"


def picture_type(head: bytes) -> str | None:
    """The media type of a file that begins so and holds a picture in a film's boxes; None for all others.

    What a file is most of all may be any brand of the family: the others it has are read as well.
    """
    if head[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, end, 4)}
    if head[8:12] in _RAW:
        return "image/x-canon-cr3"
    if brands & _AVIF:
        return "image/avif"
    return "image/heic" if brands & _HEIF else None


def type_of_picture(path: Path) -> str | None:
    """The same of a file."""
    with path.open("rb") as file:
        return picture_type(file.read(HEAD))


def holds_film(path: Path) -> bool:
    """Whether a file of the family has the box that films have; a picture has none, whatever its brands."""
    size, at = path.stat().st_size, 0
    with path.open("rb") as file:
        for _ in range(_MOST_BOXES):
            file.seek(at)
            head = file.read(16)
            if head[4:8] == b"moov":
                return True
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            at += length
            if length < 8 or at >= size:
                return False
    return False
