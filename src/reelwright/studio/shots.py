"""Every clip of the cut as orders: its still, and the still set in motion, by whoever makes them."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from reelwright.film.breakdown.model import Scene, Shot
from reelwright.film.breakdown.people import is_unseen
from reelwright.film.timeline import Clip, Timeline, VoiceClip
from reelwright.providers.contract import Provider
from reelwright.providers.drawings import Caption, Lips, MotionRequest, StillRequest
from reelwright.studio.buying import Buyer
from reelwright.studio.direction import Director
from reelwright.studio.own import OwnShot, file_digest
from reelwright.studio.setups import Setup, commissioned
from reelwright.studio.voices import Voices
from reelwright.studio.workshop import Order, local_order, order


@dataclass(frozen=True, slots=True)
class ShotOrders:
    """What one clip needs. `still` is None where a person's own picture or clip takes its place."""

    clip: Clip
    shot: Shot
    scene: Scene | None
    motion: Order
    still: Order | None


@dataclass(frozen=True)
class ShotList:
    """Writes the orders of all clips of a timeline."""

    timeline: Timeline
    director: Director
    provider: Provider
    voices: Voices
    burn_in: bool
    own: Mapping[str, Path]

    def orders(
        self, shots: Mapping[str, tuple[Scene | None, Shot]], buyer: Buyer
    ) -> list[ShotOrders]:
        """One entry a clip, in film order; `shots` finds a shot and its scene by the shot's id.

        What models make of them is bought here.
        """
        clips = self.timeline.clips
        following = [*clips[1:], None]
        cuts = list(zip(clips, following, strict=True))
        found = [
            self._own_shot(clip, after, *shots[clip.shot_id])
            for clip, after in cuts
            if clip.shot_id in self.own
        ]
        setups = [
            self._setup(clip, after, *shots[clip.shot_id])
            for clip, after in cuts
            if clip.shot_id not in self.own
        ]
        found += [self._drawn(one) for one in commissioned(setups, buyer, self.timeline.rate)]
        return sorted(found, key=lambda one: one.clip.start)

    def _setup(self, clip: Clip, after: Clip | None, scene: Scene | None, shot: Shot) -> Setup:
        picture = self.director.picture(scene, shot) if scene else self.director.card(shot)
        still = order(self.provider, StillRequest(picture))
        return Setup(clip, shot, scene, cut_points(clip, after), picture, still)

    def _own_shot(
        self, clip: Clip, after: Clip | None, scene: Scene | None, shot: Shot
    ) -> ShotOrders:
        line = self.timeline
        request = OwnShot(
            self.own[clip.shot_id], line.width, line.height, line.rate, clip.frames,
            clip.handles, clip.trim, cut_points(clip, after), self._captions_of(clip),
        )  # fmt: skip
        motion = local_order(request, (file_digest(request.file),))
        return ShotOrders(clip, shot, scene, motion, None)

    def _drawn(self, one: Setup) -> ShotOrders:
        moved = one.moved
        if moved is None:
            request = MotionRequest(
                picture=one.picture,
                frames=one.clip.frames,
                rate=self.timeline.rate,
                handles=one.clip.handles,
                keys=one.keys,
                lips=() if one.photograph else self._lips(one.clip, one.shot),
                captions=self._captions_of(one.clip),
                still=one.photograph.stored.path if one.photograph else None,
            )
            begins_at = one.photograph.stored.digest if one.photograph else one.still.digest
            moved = order(self.provider, request, inputs=(begins_at,))
        return ShotOrders(one.clip, one.shot, one.scene, moved, one.still)

    def _captions_of(self, clip: Clip) -> tuple[Caption, ...]:
        return self._captions(clip) if self.burn_in else ()

    def _lips(self, clip: Clip, shot: Shot) -> tuple[Lips, ...]:
        """Mouths of those who are seen to speak: a voice over the picture moves none."""
        cues: dict[str, list[tuple[float, str]]] = {}
        for voice in self._heard.get(clip.shot_id, ()):
            if is_unseen(shot.dialogue[voice.speech].extension):
                continue
            offset = self.timeline.rate.seconds(voice.start - clip.start)
            mouths = self.voices.mouths((voice.shot_id, voice.speech))
            said = cues.setdefault(voice.character, [])
            said += [(round(offset + at, 3), shape) for at, shape in mouths]
        return tuple(Lips(name, tuple(sorted(said))) for name, said in cues.items())

    @cached_property
    def _heard(self) -> Mapping[str, Sequence[VoiceClip]]:
        heard: dict[str, list[VoiceClip]] = {}
        for voice in self.timeline.voices:
            heard.setdefault(voice.shot_id, []).append(voice)
        return heard

    @cached_property
    def _subtitles(self) -> Sequence[Caption]:
        """The film's subtitles in film frames; they stand one after the other."""
        frames = self.timeline.rate.frames
        return [
            Caption(frames(one.start_s), frames(one.end_s), one.lines)
            for one in self.timeline.subtitles
        ]

    def _captions(self, clip: Clip) -> tuple[Caption, ...]:
        first = bisect_right(self._subtitles, clip.start, key=attrgetter("end"))
        last = bisect_left(self._subtitles, clip.end, key=attrgetter("start"))
        return tuple(
            Caption(
                max(0, one.start - clip.start), min(clip.frames, one.end - clip.start), one.lines
            )
            for one in self._subtitles[first:last]
        )


def cut_points(clip: Clip, after: Clip | None) -> tuple[int, ...]:
    """The shown frames of a clip at which the body begins and ends between its transitions."""
    first, last = body(clip, after)
    return tuple(sorted({first, last} - {0, clip.frames}))


def body(clip: Clip, after: Clip | None) -> tuple[int, int]:
    """The shown frames (from, up to) of a clip that belong to no transition: copied, not encoded."""
    leaving = max(clip.fade_out, after.shared if after else 0)
    return max(clip.shared, clip.fade_in), clip.frames - leaving
