"""What a file is, by its first bytes; its name is never believed."""

import re
from pathlib import Path

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
    (0, b"ID3", "audio/mpeg"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"avif": "image/avif"}
_MARKUP = (
    (re.compile(rb"<svg[\s>]", re.IGNORECASE), "image/svg+xml"),
    (
        re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe)[\s>]", re.IGNORECASE),
        "text/html",
    ),
    (re.compile(rb"^\s*<\?xml", re.IGNORECASE), "application/xml"),
)
_MPEG = re.compile(rb"\xff[\xe2-\xff]")


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
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if _MPEG.match(head) and len(head) > 2 and head[2] >> 4 not in {0, 15}:
        return "audio/mpeg"
    return _text(head)


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
