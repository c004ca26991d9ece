"""Pictures of any make: opened, and brought into the colours of a screen (sRGB), upright."""

import io
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageCms, ImageOps

from reelwright.engines.media.brands import HEAD, picture_type

PICTURES: Final = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")
"""What is opened as a picture, by Pillow's names: nothing that runs another program."""
MOVING: Final = frozenset({"PNG", "GIF", "WEBP", "AVIF"})
_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I;16N")
_KIND_OF_PAGE, _DNG = 254, 50706
_STEPS = 257
"""Values of sixteen bits for one of eight."""


def is_picture(path: Path) -> bool:
    """Whether a file is one of PICTURES, by its first bytes."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    boxed = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return head.startswith(_MARKS) or boxed or picture_type(head) == "image/avif"


def moves(picture: Image.Image) -> bool:
    """Whether it has several frames, one after the other in time."""
    return picture.format in MOVING and getattr(picture, "n_frames", 1) > 1


def more_than_seen(picture: Image.Image) -> bool:
    """Whether a TIFF holds pages of which one alone would be drawn, or stands for a camera's raw picture."""
    if picture.format != "TIFF":
        return False
    tags = getattr(picture, "tag_v2", {})
    reduced = bool(tags.get(_KIND_OF_PAGE, 0) & 1)
    return getattr(picture, "n_frames", 1) > 1 or reduced or _DNG in tags


def as_seen(picture: Image.Image) -> Image.Image:
    """The picture upright, as RGB or RGBA in sRGB, with nothing else that it brought along."""
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in _SIXTEEN_BITS:
        grey = np.rint(np.asarray(upright, np.float32) / _STEPS).astype(np.uint8)
        upright = Image.fromarray(grey)
    clear = upright.convert("RGBA").getchannel("A") if upright.has_transparency_data else None
    if upright.mode not in {"RGB", "CMYK", "L", "LAB"}:
        upright = upright.convert("L" if upright.mode in {"LA", "1"} else "RGB")
    seen = _in_srgb(upright, profile) if profile else upright.convert("RGB")
    if clear is not None:
        seen.putalpha(clear)
    seen.info = {}
    return seen


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """By its profile; one that is broken or of other colours than the picture's counts for nothing."""
    try:
        made = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        made = None
    return picture.convert("RGB") if made is None else made
