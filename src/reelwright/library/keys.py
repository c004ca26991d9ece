"""Where a blob lies in storage, readable for people: by month, kind and name."""

import mimetypes
import re
import secrets
import unicodedata
from datetime import datetime
from pathlib import PurePath

from reelwright.ground.ids import WorkspaceId

_OURS = {
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/mxf": ".mxf",
    "audio/aac": ".aac",
    "audio/aiff": ".aiff",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "video/mp2t": ".ts",
    "video/quicktime": ".mov",
    "video/x-matroska": ".mkv",
}
_KINDS = ("audio", "image", "text", "video")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")


def new_key(
    workspace: WorkspaceId,
    at: datetime,
    name: str,
    sha256: str,
    media_type: str,
    folder: str = "",
) -> str:
    """`<workspace>/[<folder>/]<yyyy-mm>/<kind>/<name>-<sha256, 12 signs>-<8 by chance>.<suffix>`.

    The chance makes each key new: an object is never written where another is just being deleted.
    """
    kind = media_type.partition("/")[0]
    above = f"{workspace}/{folder}" if folder else workspace
    folder = f"{above}/{at:%Y-%m}/{kind if kind in _KINDS else 'other'}"
    stem = f"{plain_name(PurePath(name).stem)}-{sha256[:12]}-{secrets.token_hex(4)}"
    return f"{folder}/{stem}{_suffix(name, media_type)}"


def plain_name(name: str, longest: int = 60) -> str:
    """A file's name from any text: ASCII letters, digits, `.`, `_`, `-`; never empty, never hidden."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_-]+", "-", ascii_only).strip("-")[:longest].rstrip("-") or "file"


def _suffix(name: str, media_type: str) -> str:
    known = _OURS.get(media_type) or mimetypes.guess_extension(media_type, strict=False)
    given = PurePath(name).suffix.lower()
    return known or (given if _SUFFIX.fullmatch(given) else ".bin")
