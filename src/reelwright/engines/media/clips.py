"""Clips and recordings of strangers, looked at: what is in them, and that it can be read."""

from pathlib import Path
from typing import Any

import av

from reelwright.engines.media.brands import AS_ANOTHER, holds_film
from reelwright.engines.media.brought import LARGEST_PICTURE
from reelwright.engines.processes.apart import UnreadableError

CONTAINERS = {
    "application/mxf": "mxf",
    "audio/aac": "aac",
    "audio/aiff": "aiff",
    "audio/flac": "flac",
    "audio/mp4": "mp4",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "video/mp2t": "mpegts",
    "video/mp4": "mp4",
    "video/mpeg": "mpeg",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "video/x-matroska": "matroska",
    "video/x-msvideo": "avi",
}
"""How each media type is read: as nothing else, whatever the file says (a list of other addresses)."""
_BOXED = frozenset({"audio/mp4", "video/mp4", "video/quicktime"})
_NO_OTHER_NAME = frozenset({"video/mp2t", "video/mpeg"})
_MOST_STREAMS = 64
_MOST_PACKETS = 200


def look_at_clip(path: Path, media_type: str) -> dict[str, Any]:
    """Facts of a clip or a recording; its first picture or sound is decoded. Raises UnreadableError.

    A clip without pictures is a recording. A picture in a film's boxes is no clip, whatever its
    brands: as a clip it would be kept with the place where it was taken.
    """
    if media_type in _BOXED and not holds_film(path):
        raise UnreadableError("holds no film", way_out=AS_ANOTHER)
    try:
        with av.open(
            str(path),
            format=CONTAINERS[media_type],
            options={"protocol_whitelist": "file"},
            metadata_errors="replace",
        ) as clip:
            return _facts(clip, media_type)
    except av.FFmpegError as error:
        raise UnreadableError(f"cannot be read ({type(error).__name__})") from error
    except (ValueError, OverflowError, ZeroDivisionError, IndexError) as error:
        raise UnreadableError("cannot be read") from error


def _facts(clip: Any, media_type: str) -> dict[str, Any]:
    if len(clip.streams) > _MOST_STREAMS:
        raise UnreadableError(f"has more than {_MOST_STREAMS} streams")
    covers = [
        one for one in clip.streams.video if one.disposition & av.stream.Disposition.attached_pic
    ]
    pictures = [one for one in clip.streams.video if one not in covers]
    facts: dict[str, Any] = {}
    if clip.duration and clip.duration > 0:
        facts["duration_s"] = round(clip.duration / av.time_base, 3)
    if pictures and not media_type.startswith("audio/"):
        facts |= _seen(clip, pictures[0])
    if sounds := list(clip.streams.audio):
        facts |= _heard(clip, sounds[0], decode="width" not in facts)
    if "width" not in facts:
        if "sample_rate" not in facts:
            raise UnreadableError("has neither pictures nor sound")
        if media_type not in _NO_OTHER_NAME:
            media_type = media_type.replace("video/", "audio/")
    return {"media_type": media_type, "facts": facts}


def _seen(clip: Any, stream: Any) -> dict[str, Any]:
    if stream.codec_context is None or not 0 < stream.width * stream.height <= LARGEST_PICTURE:
        raise UnreadableError("has no size, or more than 100 million pixels")
    frame = _first(clip, stream)
    facts = {"width": frame.width, "height": frame.height, "video_codec": stream.codec_context.name}
    rate = stream.average_rate
    return facts | ({"fps": round(float(rate), 3)} if rate else {})


def _heard(clip: Any, stream: Any, *, decode: bool) -> dict[str, Any]:
    if stream.codec_context is None:
        raise UnreadableError("has sound that cannot be read")
    if decode:
        _first(clip, stream)
    return {
        "sample_rate": stream.codec_context.sample_rate,
        "channels": stream.codec_context.channels,
        "audio_codec": stream.codec_context.name,
    }


def _first(clip: Any, stream: Any) -> Any:
    """The first picture or sound of a stream that can be read, within its beginning."""
    stream.thread_type = "NONE"
    for number, packet in enumerate(clip.demux(stream)):
        if number > _MOST_PACKETS:
            break
        for frame in packet.decode():
            return frame
    raise UnreadableError("holds nothing that can be seen or heard")
