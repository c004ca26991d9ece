"""Every clip of the cut as orders: its still, and the still set in motion."""

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
from reelwright.studio.direction import Director
from reelwright.studio.own import OwnShot, file_digest
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

    def orders(self, shots: Mapping[str, tuple[Scene | None, Shot]]) -> list[ShotOrders]:
        """One entry a clip, in film order; `shots` finds a shot and its scene by the shot's id."""
        clips = self.timeline.clips
        following = [*clips[1:], None]
        return [
            self._orders(clip, after, *shots[clip.shot_id])
            for clip, after in zip(clips, following, strict=True)
        ]

    def _orders(
        self, clip: Clip, after: Clip | None, scene: Scene | None, shot: Shot
    ) -> ShotOrders:
        captions = self._captions(clip) if self.burn_in else ()
        keys = cut_points(clip, after)
        if clip.shot_id in self.own:
            line = self.timeline
            request = OwnShot(
                self.own[clip.shot_id], line.width, line.height, line.rate,
                clip.frames, clip.handles, clip.trim, keys, captions,
            )  # fmt: skip
            return ShotOrders(
                clip, shot, scene, local_order(request, (file_digest(request.file),)), None
            )
        picture = self.director.picture(scene, shot) if scene else self.director.card(shot)
        still = order(self.provider, StillRequest(picture))
        motion = MotionRequest(
            picture=picture,
            frames=clip.frames,
            rate=self.timeline.rate,
            handles=clip.handles,
            keys=keys,
            lips=self._lips(clip, shot),
            captions=captions,
        )
        return ShotOrders(
            clip, shot, scene, order(self.provider, motion, inputs=(still.digest,)), still
        )

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
