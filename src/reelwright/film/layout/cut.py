"""The whole cut: cards, shots, voices, stems, subtitles and chapters on one line of frames."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from reelwright.film.breakdown.model import Breakdown
from reelwright.film.dialogue import Voices
from reelwright.film.layout.cards import end_card, title_card
from reelwright.film.layout.media import voice_file
from reelwright.film.layout.shots import Placed, Placing, place
from reelwright.film.layout.stems import Span, lay_stems
from reelwright.film.subtitles import subtitle
from reelwright.film.timeline import Chapter, Clip, Rate, Timeline, Timing, VoiceClip
from reelwright.ground.errors import InvalidInputError

NOTHING: Mapping = MappingProxyType({})


def lay_out(
    breakdown: Breakdown,
    voices: Voices = NOTHING,
    *,
    rate: Rate = Rate(),
    size: tuple[int, int] = (1280, 720),
    handles: int = 0,
    timings: Mapping[str, Timing] = NOTHING,
    cards: bool = True,
    folder: str = "media",
) -> Timeline:
    """Lay a breakdown out as a film of `size` (width and height in pixels).

    A shot of dialogue lasts as long as its `voices`; without them it lasts its estimate, and has
    subtitles but no voice clips. `handles` are frames that each shot's file holds beyond both ends
    of what is shown. `timings` are the lengths a person has set. With `cards`, a title card opens
    the film (if it has a title) and an end card closes it; see `film.layout.cards`. Media lie in
    `folder`, relative to the film.

    Raises:
        InvalidInputError: there is no shot at all.
    """
    shots = [shot for scene in breakdown.scenes for shot in scene.shots]
    if not shots:
        raise InvalidInputError(
            "There is no shot to show.", way_out="keep at least one scene and one shot of it"
        )
    if cards:
        opening = [title_card(breakdown)] if breakdown.title else []
        shots = [*opening, *shots, end_card(breakdown)]
    placed = place(shots, Placing(voices, timings, rate, handles, folder))
    return _assembled(breakdown, placed, rate, size, folder)


def _assembled(
    breakdown: Breakdown, placed: Sequence[Placed], rate: Rate, size: tuple[int, int], folder: str
) -> Timeline:
    """The placed shots with everything that accompanies them."""
    clips = _until_all_is_said(placed)
    frames = clips[-1].end
    lines = [line for one in placed for line in one.lines]
    spans = _spans(breakdown, clips)
    return Timeline(
        title=breakdown.title or "Untitled",
        author=breakdown.author or "",
        rate=rate,
        width=size[0],
        height=size[1],
        frames=frames,
        clips=clips,
        voices=_voices(placed, folder),
        stems=lay_stems(spans, frames, rate, folder),
        subtitles=subtitle(lines, frames, rate),
        chapters=_chapters(spans),
    )


def _until_all_is_said(placed: Sequence[Placed]) -> tuple[Clip, ...]:
    """The clips, the last of them long enough for speech that runs on."""
    said = max((line.end for one in placed for line in one.lines), default=0)
    *clips, last = (one.clip for one in placed)
    return (*clips, replace(last, frames=max(last.frames, said - last.start)))


def _voices(placed: Sequence[Placed], folder: str) -> tuple[VoiceClip, ...]:
    return tuple(
        VoiceClip(
            shot_id=line.shot_id,
            character=line.speech.character,
            text=line.speech.text,
            start=line.start,
            frames=line.frames,
            media=voice_file(folder, line),
            speech=line.index,
        )
        for one in placed
        for line in one.lines
        if line.spoken
    )


def _spans(breakdown: Breakdown, clips: Sequence[Clip]) -> list[Span]:
    scenes = {scene.id: scene for scene in breakdown.scenes}
    spans = []
    for scene_id, group in groupby(clips, key=lambda clip: clip.scene_id):
        run = list(group)
        if scene_id in scenes:
            spans.append(Span(scenes[scene_id], run[0].start, run[-1].end))
    return spans


def _chapters(spans: Sequence[Span]) -> tuple[Chapter, ...]:
    """One chapter a scene, each up to the next one's first frame."""
    ends = [*(span.start for span in spans[1:]), spans[-1].end]
    return tuple(
        Chapter(span.scene.id, _heading(span), span.start, end - span.start)
        for span, end in zip(spans, ends, strict=True)
    )


def _heading(span: Span) -> str:
    number, heading = span.scene.number, span.scene.heading
    return f"{number}. {heading}" if number else heading
