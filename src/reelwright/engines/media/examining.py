"""Looking at files of strangers, in a child process: pictures drawn anew, the rest only looked at.

Nothing of a picture is kept but its pixels, its colour profile and, if it moves, its times: no place
where it was taken, and nothing that hides behind its end.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin

from reelwright.engines.media.archives import look_at_gzip, look_at_zip
from reelwright.engines.media.brands import AS_ANOTHER, UNDRAWN
from reelwright.engines.media.brought import LARGEST_PICTURE
from reelwright.engines.media.clips import CONTAINERS, look_at_clip
from reelwright.engines.media.stills import more_than_seen, moves
from reelwright.engines.processes.apart import Bounds, UnreadableError, apart
from reelwright.engines.processes.child import serve

_GB = 1024**3
_BOUNDS = Bounds(memory=2 * _GB, file=_GB, cpu_s=60, wall_s=90)
_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}
_MOST_MOVING = 60_000_000
"""Pixels of all frames together: drawn anew within seconds, whatever they show."""
_FEW, _SWOLLEN = 10_000_000, 2_000
"""Above so many pixels there are at most so many for a byte of the file."""
_SIDE = 30_000
_LARGEST_PROFILE = 4 * 1024 * 1024
_UNKNOWN = "application/octet-stream"
_AS_A_CLIP = "bring it as a clip, as MP4 or WebM"
_KEPT = ("transparency", "duration", "loop", "background", "disposal", "blend", "default_image")


def examine(path: Path, media_type: str, target: Path) -> dict[str, Any]:
    """Facts of a file, and its `media_type`; a picture is drawn anew into `target` (`redrawn` says so).

    A TIFF of pages, or a camera's raw picture, is kept as it is, as a file of no type: drawn, it would be less.
    Raises UnreadableError for what cannot be read, or is made to be too large for who reads it.
    """
    if media_type in _FORMATS:
        return _redraw(path, media_type, target)
    if media_type in UNDRAWN:
        raise UnreadableError("cannot be drawn here", way_out=AS_ANOTHER)
    if media_type in CONTAINERS:
        return look_at_clip(path, media_type)
    if look := _ARCHIVES.get(media_type):
        look(path)
    return {"media_type": media_type, "facts": {}}


_ARCHIVES: dict[str, Callable[[Path], None]] = {
    "application/zip": look_at_zip,
    "application/gzip": look_at_gzip,
}


def _redraw(path: Path, media_type: str, target: Path) -> dict[str, Any]:
    kind = _FORMATS[media_type]
    try:
        with Image.open(path, formats=[kind]) as picture:
            _check_size(picture)
            if more_than_seen(picture):
                return {"media_type": _UNKNOWN, "facts": {}}
            frames = getattr(picture, "n_frames", 1) if moves(picture) else 1
            _check_frames(picture, frames, path.stat().st_size)
            (_draw_frames if frames > 1 else _draw)(picture, kind, target, path)
            facts = {"frames": frames} if frames > 1 else {}
        with Image.open(target) as drawn:
            facts |= {"width": drawn.width, "height": drawn.height}
    except Image.DecompressionBombError:
        raise _too_large() from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError) as error:
        way_out = None if kind in {"PNG", "JPEG"} else AS_ANOTHER
        raise UnreadableError(
            f"cannot be read ({type(error).__name__})", way_out=way_out
        ) from error
    return {"media_type": media_type, "facts": facts, "redrawn": True}


def _check_size(picture: Image.Image) -> None:
    """Before anything is decoded."""
    large = picture.width * picture.height > LARGEST_PICTURE
    if large or max(picture.size) > _SIDE:
        raise _too_large()


def _check_frames(picture: Image.Image, frames: int, size: int) -> None:
    """Before they are drawn: others wait until they are."""
    if frames == 1:
        return
    pixels = frames * picture.width * picture.height
    if pixels > _MOST_MOVING or (pixels > _FEW and pixels > _SWOLLEN * size):
        raise UnreadableError("has too many frames, or too large ones", way_out=_AS_A_CLIP)
    if picture.format == "AVIF":  # would be drawn in minutes
        raise UnreadableError("moves", way_out=_AS_A_CLIP)


def _too_large() -> UnreadableError:
    return UnreadableError("has more than 100 million pixels, or a side of more than 30,000")


def _draw(picture: Image.Image, kind: str, target: Path, source: Path) -> None:
    """A picture that stands still, the right way up."""
    more = _how(picture, kind, source)
    upright = ImageOps.exif_transpose(picture)
    plain = upright.copy()
    plain.info = {k: v for k, v in upright.info.items() if k == "transparency"}
    plain.save(target, kind, **more)


def _draw_frames(picture: Image.Image, kind: str, target: Path, source: Path) -> None:
    """A picture that moves: frame by frame, with its times."""
    more = _how(picture, kind, source)
    times = []
    for frame in range(getattr(picture, "n_frames", 1)):  # all can be read, before one is written
        picture.seek(frame)
        picture.load()
        times.append(round(picture.info.get("duration", 0)))
    picture.seek(0)
    more["duration"] = times
    loop = picture.info.get("loop")
    picture.info = {k: v for k, v in picture.info.items() if k in _KEPT}
    if kind == "GIF":
        more["comment"] = b""
    if loop is not None:
        more["loop"] = loop
    picture.save(target, kind, save_all=True, **more)


def _how(picture: Image.Image, kind: str, source: Path) -> dict[str, Any]:
    """How it is written: as it was, as nearly as its format allows."""
    more: dict[str, Any] = {}
    profile = picture.info.get("icc_profile")
    if profile and len(profile) <= _LARGEST_PROFILE:
        more["icc_profile"] = profile
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        more["qtables"] = picture.quantization
        sampling = JpegImagePlugin.get_sampling(picture)
        more["subsampling"] = max(sampling, 0)
    elif kind == "WEBP":
        with source.open("rb") as file:
            more |= {"lossless": True} if b"VP8L" in file.read(65536) else {"quality": 95}
    elif kind == "PNG":
        more["compress_level"] = 4
    elif kind == "AVIF":
        more["quality"] = 90
    elif kind == "TIFF":
        more["compression"] = "tiff_lzw"
    return more


def _handle(message: dict[str, Any]) -> dict[str, Any]:
    path, target = Path(message["path"]), Path(message["target"])
    return apart(lambda: examine(path, message["media_type"], target), _BOUNDS)


if __name__ == "__main__":
    Image.init()
    serve(_handle)
