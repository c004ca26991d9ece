"""The film as an order: pieces of picture, the soundtrack, chapters and title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from reelwright.engines.storage.store import Stored
from reelwright.film.timeline import Clip, Rate, Timeline
from reelwright.providers.contract import Product
from reelwright.studio.footage import Footage
from reelwright.studio.shots import body
from reelwright.studio.workshop import Order, local_order

Piece = tuple[Stored, int, int]
"""A segment, the file's first frame that is taken, and how many."""


@dataclass(frozen=True, slots=True)
class Join:
    """Pieces (number of the file, first frame, frames) of `files` joined with `audio` to a film."""

    pieces: tuple[tuple[int, int, int], ...]
    files: tuple[Path, ...]
    audio: Path
    rate: Rate
    chapters: tuple[tuple[str, int, int], ...]
    metadata: tuple[tuple[str, str], ...]

    operation: ClassVar[str] = "film"

    def make(self, folder: Path) -> Product:
        """Write the film."""
        from reelwright.engines.media.join import Mark, Part, join  # noqa: PLC0415 - workers only

        target = folder / "film.mp4"
        parts = [Part(self.files[number], first, frames) for number, first, frames in self.pieces]
        marks = [Mark(*chapter) for chapter in self.chapters]
        join(parts, self.audio, target, self.rate, chapters=marks, metadata=dict(self.metadata))
        return Product(target, "video/mp4", {"frames": sum(part.frames for part in parts)})


def film_order(
    timeline: Timeline,
    segments: Sequence[Stored],
    transitions: Mapping[tuple[int, str], Stored],
    footage: Footage,
) -> Order:
    """The order for the finished film; `segments` are the clips' files, in order."""
    pieces = _pieces(timeline.clips, segments, transitions)
    audio = footage.soundtrack.stored
    request = Join(
        pieces=tuple((n, first, frames) for n, (_, first, frames) in enumerate(pieces)),
        files=tuple(stored.path for stored, _, _ in pieces),
        audio=audio.path,
        rate=timeline.rate,
        chapters=_chapters(timeline),
        metadata=tuple((k, v) for k, v in _metadata(timeline).items() if v),
    )
    return local_order(request, (audio.digest, *(stored.digest for stored, _, _ in pieces)))


def _pieces(
    clips: Sequence[Clip], segments: Sequence[Stored], transitions: Mapping[tuple[int, str], Stored]
) -> list[Piece]:
    """Bodies of shots, transitions between them; their frames add up to the film's."""
    pieces: list[Piece] = []
    following = [*clips[1:], None]
    for n, (clip, after) in enumerate(zip(clips, following, strict=True)):
        first, last = body(clip, after)
        if (n, "in") in transitions:
            pieces.append((transitions[n, "in"], 0, first))
        if last > first:
            pieces.append((segments[n], clip.handles + first, last - first))
        if (n, "out") in transitions:
            pieces.append((transitions[n, "out"], 0, clip.fade_out))
    return pieces


def _chapters(timeline: Timeline) -> tuple[tuple[str, int, int], ...]:
    """One chapter a scene; the first one begins with the film, so that the title belongs to it."""
    marks = [(chapter.title, chapter.start, chapter.frames) for chapter in timeline.chapters]
    if marks:
        title, start, frames = marks[0]
        marks[0] = title, 0, frames + start
    return tuple(marks)


def _metadata(timeline: Timeline) -> dict[str, str]:
    return {"title": timeline.title, "artist": timeline.author}
