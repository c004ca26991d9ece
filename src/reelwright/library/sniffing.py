"""What a file is, by its first bytes; its name is never believed."""

import re
from pathlib import Path

from reelwright.engines.media.brands import picture_type
from reelwright.engines.storage.files import environment

HEAD = 4096
UNKNOWN = "application/octet-stream"

# Where, which bytes, what it is; the first that fits counts.
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"\0\0\x01\xba", "video/mpeg"),
    (0, b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01", "application/mxf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_FORM = {b"AIFF": "audio/aiff", b"AIFC": "audio/aiff"}
_BRANDS = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4"}
_MARKUP = (
    (re.compile(rb"<svg[\s>]", re.IGNORECASE), "image/svg+xml"),
    (
        re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe)[\s>]", re.IGNORECASE),
        "text/html",
    ),
    (re.compile(rb"^\s*<\?xml", re.IGNORECASE), "application/xml"),
)
_MPEG = re.compile(rb"\xff[\xe2-\xff]")
_ADTS = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")  # MPEG audio of layer 0, which is none: AAC
_RATES = 13
_TAG = 10
_PACKETS = ((0, 188), (4, 192))
"""Where the packets of a transport stream begin, and how long they are: of broadcasts, of cameras."""
_BITMAPS = frozenset({12, 40, 52, 56, 64, 108, 124})


def sniff_file(path: Path) -> str:
    """The media type of a file."""
    with environment(f"cannot read {path.name}"), path.open("rb") as file:
        return sniff(file.read(HEAD))


def sniff(head: bytes) -> str:
    """The media type of content that begins so; UNKNOWN if it is none we know."""
    for at, mark, media_type in _MARKS:
        if head[at : at + len(mark)] == mark:
            return media_type
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[:4] == b"FORM":
        return _FORM.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return picture_type(head) or _BRANDS.get(head[8:12], "video/mp4")
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BITMAPS:
        return "image/bmp"
    return _stream(head) or _text(head)


def _stream(head: bytes) -> str | None:
    """The media type of what is sent without a beginning: each of its pieces has a mark."""
    tagged = head[:3] == b"ID3"
    sound = head[_TAG + _tag_size(head) :] if tagged else head
    if _ADTS.match(sound) and len(sound) > 2 and sound[2] >> 2 & 15 < _RATES:
        return "audio/aac"
    if tagged or (_MPEG.match(head) and len(head) > 2 and head[2] >> 4 not in {0, 15}):
        return "audio/mpeg"
    for at, step in _PACKETS:
        marks = head[at : at + 3 * step : step]
        if marks == b"GGG":
            return "video/mp2t"
    return None


def _tag_size(head: bytes) -> int:
    """How long the words before a sound are, as they say: seven bits a byte."""
    size = 0
    for one in head[6:_TAG]:
        size = size << 7 | one & 127
    return size


def _text(head: bytes) -> str:
    for pattern, media_type in _MARKUP:
        if pattern.search(head):
            return media_type
    if not head or b"\0" in head:
        return UNKNOWN
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # not just a sign cut in two
            return UNKNOWN
    return "text/plain"
