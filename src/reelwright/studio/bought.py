"""What models made, brought into the film's form: size, rate, length, level."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from reelwright.film.timeline import Rate
from reelwright.providers.contract import Product


@dataclass(frozen=True, slots=True)
class BoughtStill:
    """A picture as a still: it fills the frame, what sticks out is cut off evenly."""

    file: Path
    width: int
    height: int

    operation: ClassVar[str] = "bought_still"

    def make(self, folder: Path) -> Product:
        """Write it as JPEG."""
        from reelwright.engines.media.brought import fill_picture  # noqa: PLC0415 - workers only

        target = folder / "still.jpg"
        fill_picture(self.file, self.width, self.height).save(target, quality=94, subsampling=0)
        return Product(target, "image/jpeg", {"width": self.width, "height": self.height})


@dataclass(frozen=True, slots=True)
class LastFrame:
    """The picture of a clip at film frame `at`: what the next take goes on from."""

    file: Path
    width: int
    height: int
    rate: Rate
    at: int

    operation: ClassVar[str] = "last_frame"

    def make(self, folder: Path) -> Product:
        """Write it as JPEG."""
        from reelwright.engines.media.brought import bring_video  # noqa: PLC0415 - workers only

        frame = next(bring_video(self.file, self.width, self.height, self.rate, self.at, fill=True))
        target = folder / "last.jpg"
        frame.to_image().save(target, quality=94, subsampling=0)
        return Product(target, "image/jpeg", {"width": self.width, "height": self.height})


@dataclass(frozen=True, slots=True)
class BoughtShot:
    """Pieces of clips as one shot: they fill the frame; one that ends early is held at its last frame.

    `spans` are (first film frame, count) in each of `files`; they give `frames` and the handles.
    """

    files: tuple[Path, ...]
    spans: tuple[tuple[int, int], ...]
    width: int
    height: int
    rate: Rate
    frames: int
    handles: int = 0
    keys: tuple[int, ...] = ()

    operation: ClassVar[str] = "bought_shot"

    def make(self, folder: Path) -> Product:
        """Write its segment."""
        from reelwright.engines.media.brought import bring_video  # noqa: PLC0415 - workers only
        from reelwright.engines.media.video import SegmentWriter  # noqa: PLC0415

        target = folder / "bought.mp4"
        keys = [self.handles + key for key in (0, *self.keys, self.frames)]
        with SegmentWriter(target, self.width, self.height, self.rate, keys) as segment:
            for file, (start, count) in zip(self.files, self.spans, strict=True):
                frames = bring_video(file, self.width, self.height, self.rate, start, fill=True)
                for _ in range(count):
                    segment.write(next(frames))
        return Product(target, "video/mp4", {"frames": self.frames + 2 * self.handles})


@dataclass(frozen=True, slots=True)
class BoughtVoice:
    """A speech in its room and through its channel, at the level of all voices."""

    file: Path
    channel: str
    room: str

    operation: ClassVar[str] = "bought_voice"

    def make(self, folder: Path) -> Product:
        """Write it as a voice."""
        from reelwright.engines.media.brought import place_voice  # noqa: PLC0415 - workers only

        target = folder / "voice.wav"
        spoken, seconds, mouths = place_voice(self.file, target, self.channel, self.room)
        facts = {"seconds": seconds, "spoken_s": spoken, "mouths": mouths, "words": []}
        return Product(target, "audio/wav", facts)


@dataclass(frozen=True, slots=True)
class BoughtScore:
    """Music of exactly so many seconds; begun again where it is too short, resting in `silences`."""

    file: Path
    seconds: float
    silences: tuple[tuple[float, float], ...] = ()

    operation: ClassVar[str] = "bought_score"

    def make(self, folder: Path) -> Product:
        """Write it as a stem."""
        from reelwright.engines.media.brought import bring_score  # noqa: PLC0415 - workers only

        target = folder / "score.wav"
        bring_score(self.file, target, self.seconds, self.silences)
        return Product(target, "audio/wav", {"seconds": self.seconds})
