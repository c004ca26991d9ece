"""The cut as tracks: picture with its cut points, voices and stems packed so that nothing overlaps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from reelwright.film.timeline import Clip, StemClip, Timeline, VoiceClip

LEADS = 8
"""So many characters get a voice track of their own; the others share."""

Sound = VoiceClip | StemClip
SoundT = TypeVar("SoundT", VoiceClip, StemClip)


@dataclass(frozen=True, slots=True)
class Shown:
    """A clip between its cut points: editors cut in the middle of a dissolve.

    `start` and `end` are film frames; `source` is the first frame of its media between them.
    `head` and `tail` are how many frames of a transition lie outside its cut points.
    """

    clip: Clip
    start: int
    end: int
    head: int
    tail: int

    @property
    def source(self) -> int:
        """The media frame that is seen at `start`."""
        return self.clip.handles + self.head

    @property
    def frames(self) -> int:
        """Its length between the cut points."""
        return self.end - self.start

    @property
    def available(self) -> int:
        """The length of its media file."""
        return self.clip.frames + 2 * self.clip.handles


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """Sounds of one kind (`voice`, `ambience`, `score`) that never overlap, in order."""

    name: str
    kind: str
    sounds: tuple[Sound, ...]


def picture(timeline: Timeline) -> tuple[Shown, ...]:
    """The picture track, cut in the middle of each dissolve or wipe."""
    clips = timeline.clips
    cuts = [0, *(after.start + after.shared // 2 for after in clips[1:]), timeline.frames]
    return tuple(
        Shown(clip, start, end, start - clip.start, clip.end - end)
        for clip, (start, end) in zip(clips, pairwise(cuts), strict=True)
    )


def sound(timeline: Timeline) -> tuple[SoundTrack, ...]:
    """All sound tracks: a voice track for each of the leads, then the others, ambience, score."""
    words = Counter[str]()
    for voice in timeline.voices:
        words[voice.character] += len(voice.text.split())
    leads = [name for name, _ in words.most_common(LEADS if len(words) > LEADS + 1 else None)]
    tracks: list[SoundTrack] = []
    for name in sorted(leads):
        tracks += _packed(name, "voice", [one for one in timeline.voices if one.character == name])
    others = [one for one in timeline.voices if one.character not in leads]
    tracks += _packed("Others", "voice", others)
    for kind in ("ambience", "score"):
        stems = [one for one in timeline.stems if one.kind == kind]
        tracks += _packed(kind.capitalize(), kind, stems)
    return tuple(tracks)


def name_sound(one: Sound) -> str:
    """What an editor sees on a sound clip: who speaks, or which scene's ambience or score it is."""
    return one.character if isinstance(one, VoiceClip) else f"{one.scene_id} {one.kind}"


def _packed(name: str, kind: str, sounds: Sequence[SoundT]) -> list[SoundTrack]:
    """As few tracks as it takes for no two sounds of a track to overlap."""
    rows: list[list[SoundT]] = []
    for one in sorted(sounds, key=lambda one: one.start):
        free = next((row for row in rows if row[-1].end <= one.start), None)
        if free is None:
            rows.append([one])
        else:
            free.append(one)
    return [
        SoundTrack(name if not index else f"{name} {index + 1}", kind, tuple(row))
        for index, row in enumerate(rows)
    ]
