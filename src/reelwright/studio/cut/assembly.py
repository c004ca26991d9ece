"""The pieces of the film in order: bodies of shots copied, transitions between them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from reelwright.engines.media.join import Mark, Part
from reelwright.film.timeline import Clip, Timeline
from reelwright.studio.shots import body


def parts(
    clips: Sequence[Clip], files: Sequence[Path], transitions: Mapping[tuple[int, str], Path]
) -> list[Part]:
    """Every piece of picture from first to last; their frames add up to the film's."""
    pieces: list[Part] = []
    following = [*clips[1:], None]
    for n, (clip, after) in enumerate(zip(clips, following, strict=True)):
        first, last = body(clip, after)
        if (n, "in") in transitions:
            pieces.append(Part(transitions[n, "in"], 0, first))
        if last > first:
            pieces.append(Part(files[n], clip.handles + first, last - first))
        if (n, "out") in transitions:
            pieces.append(Part(transitions[n, "out"], 0, clip.fade_out))
    return pieces


def chapters(timeline: Timeline) -> list[Mark]:
    """One chapter a scene; the first one begins with the film, so that the title belongs to it."""
    marks = [Mark(chapter.title, chapter.start, chapter.frames) for chapter in timeline.chapters]
    if marks and marks[0].start:
        first = marks[0]
        marks[0] = Mark(first.title, 0, first.frames + first.start)
    return marks


def metadata(timeline: Timeline) -> dict[str, str]:
    """Title and author as players show them."""
    values = {"title": timeline.title, "artist": timeline.author, "encoder": "reelwright"}
    return {key: value for key, value in values.items() if value}
