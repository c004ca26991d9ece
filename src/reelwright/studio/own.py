"""A person's own picture, clip or recording in place of a made one, brought into the film's form."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError
from reelwright.providers.contract import Product
from reelwright.providers.drawings import Caption

PICTURES = frozenset({".avif", ".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class OwnShot:
    """A picture or a clip as a shot: fitted into the frame, black around it, held at its last frame."""

    file: Path
    width: int
    height: int
    rate: Rate
    frames: int
    handles: int = 0
    trim: int = 0
    keys: tuple[int, ...] = ()
    captions: tuple[Caption, ...] = ()

    operation: ClassVar[str] = "own_shot"

    def make(self, folder: Path) -> Product:
        """Write its segment."""
        from reelwright.engines.media.brought import bring_picture, bring_video  # noqa: PLC0415
        from reelwright.engines.media.video import SegmentWriter  # noqa: PLC0415 - workers only

        total = self.frames + 2 * self.handles
        start = self.trim - self.handles
        bring = bring_picture if self.file.suffix.lower() in PICTURES else bring_video
        frames = bring(self.file, self.width, self.height, self.rate, start)
        target = folder / "own.mp4"
        keys = [self.handles + key for key in (0, *self.keys, self.frames)]
        with SegmentWriter(target, self.width, self.height, self.rate, keys) as segment:
            for _ in range(total):
                segment.write(next(frames))
        return Product(target, "video/mp4", {"frames": total})


@dataclass(frozen=True, slots=True)
class OwnRecording:
    """A recording as a voice: mono, 48 kHz; the mouth moves with its loudness."""

    file: Path

    operation: ClassVar[str] = "own_recording"

    def make(self, folder: Path) -> Product:
        """Write it as a voice."""
        from reelwright.engines.media.brought import bring_voice  # noqa: PLC0415 - workers only

        target = folder / "own.wav"
        seconds, mouths = bring_voice(self.file, target)
        facts = {"seconds": seconds, "spoken_s": seconds, "mouths": mouths, "words": []}
        return Product(target, "audio/wav", facts)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InvalidInputError(
            f"{path}: {error.strerror}",
            way_out="the notes name this file: put it there or change the notes",
        ) from error
