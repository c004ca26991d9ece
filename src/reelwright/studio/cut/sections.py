"""The film's sound in sections, about one a scene, each mixed and encoded on its own.

A section knows its sounds relative to its own beginning and nothing of where in the film it stands,
so a line that grows longer in one scene leaves the other scenes' sound as it was. For that, a
section begins on the nearest AAC packet: at most 10.7 ms, a quarter of a picture frame, off the
picture. No border cuts through a voice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from reelwright.film.timeline import Rate, StemClip, Timeline, VoiceClip
from reelwright.providers.contract import Product

if TYPE_CHECKING:
    from reelwright.studio.cut.mix import Mixture

SAMPLES = 48_000
"""A second of sound."""
PACKET = 1024
"""Samples in one AAC packet."""
_LEAD = 4
"""Packets encoded before a section's first, after which the encoder has forgotten where it began."""
_TAIL = 3
_REACH = 6 * PACKET
"""How far before and after what is encoded a sound still counts: for the limiter's view."""
_SPEECH_REACH = SAMPLES
"""The same for voices: they push the music down a little before and after they are heard."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A clip of sound, its file, and the digest of the recipe it was made by."""

    clip: VoiceClip | StemClip
    file: Path
    digest: str


class Cue(NamedTuple):
    """Where a sound stands: kind (voice, ambience, score), samples from the section's beginning."""

    kind: str
    start: int
    length: int
    fade_in: int
    fade_out: int


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the film's sound: the sounds heard in it, their files and digests."""

    length: int
    cues: tuple[Cue, ...]
    files: tuple[Path, ...]
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """A section's loudness before any gain; facts: powers (of tenths of a second, K-weighted)."""

    cues: tuple[Cue, ...]
    files: tuple[Path, ...]
    length: int

    operation: ClassVar[str] = "hearing"

    def make(self, folder: Path) -> Product:
        """Mix it once to measure it."""
        from reelwright.engines.media.loudness import LoudnessMeter  # noqa: PLC0415 - workers only

        meter = LoudnessMeter()
        for block in _mixture(self.cues, self.files).blocks(0, self.length):
            meter.feed(block)
        powers = [float(f"{power:.6g}") for power in meter.powers()]
        target = folder / "hearing.txt"
        target.write_text("\n".join(str(power) for power in powers), encoding="utf-8")
        return Product(target, "text/plain", {"powers": powers})


@dataclass(frozen=True, slots=True)
class Mixing:
    """A section mixed, made louder by `decibels`, limited and encoded.

    Packet `first_packet()` of the file is the section's first; as many follow as it can need.
    """

    cues: tuple[Cue, ...]
    files: tuple[Path, ...]
    length: int
    decibels: float

    operation: ClassVar[str] = "section"

    def make(self, folder: Path) -> Product:
        """Write its M4A."""
        from reelwright.engines.media.audio_track import AudioTrack  # noqa: PLC0415 - workers only

        target = folder / "section.m4a"
        first, last = _encoded(self.length)
        with AudioTrack(target) as track:
            for block in _mixture(self.cues, self.files).mastered(first, last, self.decibels):
                track.write(block)
        return Product(target, "audio/mp4", {"packets": (last - first) // PACKET})


def first_packet() -> int:
    """Where a section's own packets begin in its file."""
    return _LEAD


def section_borders(timeline: Timeline) -> list[int]:
    """The samples at which sections begin, and the film's end: scene changes, mostly."""
    return [samples(frame, timeline.rate) for frame in _borders(timeline)]


def lay_sections(timeline: Timeline, sounds: Sequence[Sound]) -> list[Section]:
    """Cut the film's sound into sections; together they cover it without a gap."""
    borders = section_borders(timeline)
    placed = [(_cue(sound.clip, timeline.rate), sound) for sound in sounds]
    return [_section(first, last - first, placed) for first, last in pairwise(borders)]


def samples(frames: int, rate: Rate) -> int:
    """How many samples so many frames last, to the nearest."""
    return round(frames * SAMPLES * rate.den / rate.num)


def _borders(timeline: Timeline) -> list[int]:
    """Frames at which sections meet: scene changes, moved before a voice that leads the cut."""
    borders = [0]
    for chapter in timeline.chapters:
        border = chapter.start
        while cut := [v.start for v in timeline.voices if v.start < border < v.end]:
            border = min(cut)
        if borders[-1] < border < timeline.frames:
            borders.append(border)
    return [*borders, timeline.frames]


def _section(start: int, length: int, placed: Sequence[tuple[Cue, Sound]]) -> Section:
    first, last = _encoded(length)
    heard: list[tuple[Cue, Sound]] = []
    for cue, sound in placed:
        here = cue._replace(start=cue.start - start)
        reach = _SPEECH_REACH if here.kind == "voice" else _REACH
        if here.start < last + reach and here.start + here.length > first - reach:
            heard.append((here, sound))
    return Section(
        length,
        tuple(cue for cue, _ in heard),
        tuple(sound.file for _, sound in heard),
        tuple(sound.digest for _, sound in heard),
    )


def _encoded(length: int) -> tuple[int, int]:
    """The samples of a section that are encoded, from its beginning: more than its own."""
    return -_LEAD * PACKET, (length // PACKET + _TAIL) * PACKET


def _cue(clip: VoiceClip | StemClip, rate: Rate) -> Cue:
    start = samples(clip.start, rate)
    length = samples(clip.end, rate) - start
    if isinstance(clip, StemClip):
        return Cue(
            clip.kind, start, length, samples(clip.fade_in, rate), samples(clip.fade_out, rate)
        )
    return Cue("voice", start, length, 0, 0)


def _mixture(cues: Sequence[Cue], files: Sequence[Path]) -> "Mixture":
    from reelwright.studio.cut.mix import Mixture, Placed  # noqa: PLC0415 - workers only

    pairs: Iterator[tuple[Cue, Path]] = zip(cues, files, strict=True)
    return Mixture([Placed(kind, file, *times) for (kind, *times), file in pairs])
