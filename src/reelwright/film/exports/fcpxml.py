"""FCPXML 1.10: the cut for Final Cut Pro, DaVinci Resolve and their friends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from reelwright.film.exports.markup import document, element, relative_url
from reelwright.film.exports.tracks import Shown, Sound, name_sound, picture, sound
from reelwright.film.timecode import is_drop_frame
from reelwright.film.timeline import Chapter, Rate, Timeline, VoiceClip

ROLES = {"ambience": "effects.Ambience", "score": "music.Score"}
TRANSITIONS = {"dissolve": "Cross Dissolve", "wipe": "Wipe"}
CROSS_DISSOLVE = "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"
"""The name under which Final Cut knows its own dissolve."""


def write_fcpxml(timeline: Timeline) -> str:
    """The cut as FCPXML: shots on the spine, voices, ambience and score connected in lanes below.

    Every time is a whole number of frames as a fraction of seconds; scenes are chapter markers;
    each shot's metadata names its shot and scene ids.
    """
    rate = timeline.rate
    root = element(None, "fcpxml", version="1.10")
    resources = element(root, "resources")
    element(
        resources,
        "format",
        id="r1",
        frameDuration=f"{rate.den}/{rate.num}s",
        width=timeline.width,
        height=timeline.height,
        colorSpace="1-1-1 (Rec. 709)",
    )
    element(resources, "effect", id="r2", name="Cross Dissolve", uid=CROSS_DISSOLVE)
    event = element(element(root, "library"), "event", name=timeline.title)
    sequence = element(
        element(event, "project", name=timeline.title),
        "sequence",
        format="r1",
        duration=_time(timeline.frames, rate),
        tcStart="0s",
        tcFormat=_counting(rate),
        audioLayout="stereo",
        audioRate="48k",
    )
    _Spine(timeline, resources, element(sequence, "spine")).write()
    return document(root, "fcpxml")


@dataclass
class _Spine:
    """The spine while it is written; assets go to the resources as they are met."""

    timeline: Timeline
    resources: ET.Element
    spine: ET.Element

    def write(self) -> None:
        """Shots one after the other, each with the sounds and chapters that begin in it."""
        lanes = [
            (-1 - index, one)
            for index, row in enumerate(sound(self.timeline))
            for one in row.sounds
        ]
        for shown in picture(self.timeline):
            if shown.clip.shared:
                self._transition(shown)
            clip = self._shot(shown)
            for lane, one in lanes:
                if shown.start <= one.start < shown.end:
                    self._sound(clip, shown, one, lane)
            self._chapters(clip, shown, self.timeline.chapters)
            about = element(clip, "metadata")
            element(about, "md", key="com.reelwright.shot", value=shown.clip.shot_id)
            element(about, "md", key="com.reelwright.scene", value=shown.clip.scene_id)

    def _shot(self, shown: Shown) -> ET.Element:
        clip = shown.clip
        made = element(
            self.spine,
            "asset-clip",
            ref=self._asset(clip.name, clip.media, shown.available, hasVideo=1, videoSources=1),
            offset=self._time(shown.start),
            name=clip.name,
            start=self._time(shown.source),
            duration=self._time(shown.frames),
            format="r1",
            tcFormat=_counting(self.timeline.rate),
        )
        self._fades(made, "adjust-blend", clip.fade_in, clip.fade_out)
        return made

    def _transition(self, shown: Shown) -> None:
        kind = shown.clip.transition
        made = element(
            self.spine,
            "transition",
            name=TRANSITIONS[kind],
            offset=self._time(shown.clip.start),
            duration=self._time(shown.clip.overlap),
        )
        if kind == "dissolve":
            element(made, "filter-video", ref="r2", name="Cross Dissolve")

    def _sound(self, clip: ET.Element, shown: Shown, one: Sound, lane: int) -> None:
        voice = isinstance(one, VoiceClip)
        channels = 1 if voice else 2
        made = element(
            clip,
            "asset-clip",
            ref=self._asset(
                name_sound(one),
                one.media,
                one.frames,
                hasAudio=1,
                audioSources=1,
                audioChannels=channels,
                audioRate=48000,
            ),
            lane=lane,
            offset=self._time(shown.source + one.start - shown.start),
            name=name_sound(one),
            start="0s",
            duration=self._time(one.frames),
            audioRole=_role(one),
        )
        if not isinstance(one, VoiceClip):
            self._fades(made, "adjust-volume", one.fade_in, one.fade_out)

    def _fades(self, item: ET.Element, what: str, rise: int, fall: int) -> None:
        if rise or fall:
            amount = element(element(item, what), "param", name="amount")
            for tag, frames in (("fadeIn", rise), ("fadeOut", fall)):
                if frames:
                    element(amount, tag, type="linear", duration=self._time(frames))

    def _chapters(self, clip: ET.Element, shown: Shown, chapters: Sequence[Chapter]) -> None:
        for chapter in chapters:
            if shown.start <= chapter.start < shown.end:
                element(
                    clip,
                    "chapter-marker",
                    start=self._time(shown.source + chapter.start - shown.start),
                    duration=self._time(1),
                    value=chapter.title,
                )

    def _asset(self, name: str, media: str, frames: int, **facts: int) -> str:
        made = element(
            self.resources,
            "asset",
            id=f"r{len(self.resources) + 1}",
            name=name,
            start="0s",
            duration=self._time(frames),
            format="r1" if "hasVideo" in facts else None,
            **facts,
        )
        element(made, "media-rep", kind="original-media", src=relative_url(media))
        return made.attrib["id"]

    def _time(self, frames: int) -> str:
        return _time(frames, self.timeline.rate)


def _time(frames: int, rate: Rate) -> str:
    """So many frames in seconds, exactly: `1001/24000s`."""
    return f"{frames * rate.den}/{rate.num}s" if frames else "0s"


def _counting(rate: Rate) -> str:
    return "DF" if is_drop_frame(rate) else "NDF"


def _role(one: Sound) -> str:
    """Whom a sound belongs to; dots would begin a role below a role."""
    if isinstance(one, VoiceClip):
        return f"dialogue.{re.sub(r'[.?]', '', one.character) or 'Voice'}"
    return ROLES[one.kind]
