"""The soundtrack as an order: all sounds in their places, mixed, and encoded for the film."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple

from reelwright.film.timeline import Rate, StemClip, Timeline, VoiceClip
from reelwright.providers.contract import Product
from reelwright.studio.workshop import Order, local_order


@dataclass(frozen=True, slots=True)
class Sound:
    """A clip of sound, its file, and the digest of the recipe it was made by."""

    clip: VoiceClip | StemClip
    file: Path
    digest: str


class Cue(NamedTuple):
    """Where a sound stands: kind (voice, ambience, score), frames of the film, fades in frames."""

    kind: str
    start: int
    frames: int
    fade_in: int
    fade_out: int


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """The mix of `files`, each placed by the cue of the same number; exactly `frames` long."""

    cues: tuple[Cue, ...]
    files: tuple[Path, ...]
    frames: int
    rate: Rate

    operation: ClassVar[str] = "soundtrack"

    def make(self, folder: Path) -> Product:
        """Mix and encode."""
        from reelwright.studio.cut.mix import mix_film  # noqa: PLC0415 - workers only

        target = folder / "soundtrack.m4a"
        facts = mix_film(self, target)
        return Product(target, "audio/mp4", facts)


def soundtrack_order(timeline: Timeline, sounds: Sequence[Sound]) -> Order:
    """The order for the soundtrack of a cut."""
    cues = tuple(_cue(sound.clip) for sound in sounds)
    files = tuple(sound.file for sound in sounds)
    request = Soundtrack(cues, files, timeline.frames, timeline.rate)
    return local_order(request, tuple(sound.digest for sound in sounds))


def _cue(clip: VoiceClip | StemClip) -> Cue:
    if isinstance(clip, StemClip):
        return Cue(clip.kind, clip.start, clip.frames, clip.fade_in, clip.fade_out)
    return Cue("voice", clip.start, clip.frames, 0, 0)
