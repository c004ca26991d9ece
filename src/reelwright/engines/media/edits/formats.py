"""The forms a finished file can have."""

from dataclasses import dataclass
from enum import StrEnum


class Medium(StrEnum):
    """What sort of thing a file holds. A GIF that moves is video, one that does not a picture."""

    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"


class Quality(StrEnum):
    """How much is kept against how much space it takes; lossless forms do not know it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Format:
    """A form: its container and codecs as libav names them, or Pillow's name for pictures.

    `rates` are the sample rates its sound may have; empty: any up to 192 kHz.
    """

    name: str
    medium: Medium
    media_type: str
    suffix: str
    container: str
    picture: str = ""
    sound: str = ""
    rates: tuple[int, ...] = ()

    def rate(self, wanted: int) -> int:
        """The sample rate nearest above the wanted one, or the highest there is."""
        if not self.rates:
            return min(wanted, 192_000)
        return min((one for one in self.rates if one >= wanted), default=max(self.rates))


_CD_OR_FILM = (32_000, 44_100, 48_000)
_OPUS = (48_000,)
FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("mp4", Medium.VIDEO, "video/mp4", ".mp4", "mp4", "libx264", "aac", _CD_OR_FILM),
        Format(
            "mov", Medium.VIDEO, "video/quicktime", ".mov", "mov", "libx264", "aac", _CD_OR_FILM
        ),
        Format("webm", Medium.VIDEO, "video/webm", ".webm", "webm", "libvpx-vp9", "libopus", _OPUS),
        Format("gif", Medium.VIDEO, "image/gif", ".gif", "GIF"),
        Format("wav", Medium.SOUND, "audio/wav", ".wav", "wav", sound="pcm_s16le"),
        Format("mp3", Medium.SOUND, "audio/mpeg", ".mp3", "mp3", "", "libmp3lame", _CD_OR_FILM),
        Format("flac", Medium.SOUND, "audio/flac", ".flac", "flac", sound="flac"),
        Format("ogg", Medium.SOUND, "audio/ogg", ".ogg", "ogg", sound="libopus", rates=_OPUS),
        Format("m4a", Medium.SOUND, "audio/mp4", ".m4a", "ipod", "", "aac", _CD_OR_FILM),
        Format("png", Medium.PICTURE, "image/png", ".png", "PNG"),
        Format("jpeg", Medium.PICTURE, "image/jpeg", ".jpg", "JPEG"),
        Format("webp", Medium.PICTURE, "image/webp", ".webp", "WEBP"),
    )
}
USUAL = {Medium.VIDEO: "mp4", Medium.SOUND: "wav", Medium.PICTURE: "png"}
"""What a medium becomes when neither the request nor the file it came from says more."""
