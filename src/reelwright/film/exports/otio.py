"""OpenTimelineIO, as its library 0.18 writes it: the cut for every tool of the trade."""

import json
from typing import Any

from reelwright.film.exports.tracks import Shown, Sound, SoundTrack, name_sound, picture, sound
from reelwright.film.timeline import Clip, Rate, Timeline, VoiceClip

TRANSITIONS = {"dissolve": "SMPTE_Dissolve", "wipe": "SMPTE_Wipe"}


def write_otio(timeline: Timeline) -> str:
    """The cut as OTIO JSON: a picture track, voice tracks, ambience and score, a marker for each scene.

    Clips carry `reelwright` metadata (shot and scene ids), by which an edit finds its way back.
    Fades from and to black are effects of their clips: OTIO has no word for black.
    """
    rate = timeline.rate
    top = _item("Stack.1", "tracks", None)
    top["markers"] = [
        _marker(chapter.title, chapter.start, chapter.frames, rate, {"scene": chapter.scene_id})
        for chapter in timeline.chapters
    ]
    top["children"] = [_picture_track(timeline), *(_track(one, rate) for one in sound(timeline))]
    whole = {
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": {
            "reelwright": {
                "author": timeline.author,
                "width": timeline.width,
                "height": timeline.height,
                "frames": timeline.frames,
            }
        },
        "name": timeline.title,
        "global_start_time": _time(0, rate),
        "tracks": top,
    }
    return json.dumps(whole, indent=4, ensure_ascii=False) + "\n"


def _picture_track(timeline: Timeline) -> dict[str, Any]:
    track = _item("Track.1", "Picture", None)
    children: list[dict[str, Any]] = []
    for shown in picture(timeline):
        if shown.clip.shared:
            children.append(_transition(shown, timeline.rate))
        children.append(_shot(shown, timeline.rate))
    return track | {"children": children, "kind": "Video"}


def _shot(shown: Shown, rate: Rate) -> dict[str, Any]:
    clip = shown.clip
    about = {"shot": clip.shot_id, "scene": clip.scene_id}
    about |= {"handles": clip.handles, "trim": clip.trim}
    item = _clip(clip.name, (shown.source, shown.frames), shown.available, clip.media, about, rate)
    item["effects"] = _fades(clip)
    return item


def _fades(clip: Clip) -> list[dict[str, Any]]:
    lengths = {"fade_in": clip.fade_in, "fade_out": clip.fade_out}
    return [
        {
            "OTIO_SCHEMA": "Effect.1",
            "metadata": {"reelwright": {"frames": frames}},
            "name": name.replace("_", " "),
            "effect_name": name,
            "enabled": True,
        }
        for name, frames in lengths.items()
        if frames
    ]


def _transition(shown: Shown, rate: Rate) -> dict[str, Any]:
    """The transition into a clip; its offsets reach from the cut to both ends."""
    return {
        "OTIO_SCHEMA": "Transition.1",
        "metadata": {},
        "name": shown.clip.transition,
        "in_offset": _time(shown.head, rate),
        "out_offset": _time(shown.clip.overlap - shown.head, rate),
        "transition_type": TRANSITIONS[shown.clip.transition],
    }


def _track(track: SoundTrack, rate: Rate) -> dict[str, Any]:
    children: list[dict[str, Any]] = []
    at = 0
    for one in track.sounds:
        if one.start > at:
            children.append(_item("Gap.1", "", _range(0, one.start - at, rate)))
        children.append(_sound(one, rate))
        at = one.end
    item = _item("Track.1", track.name, None, {"kind": track.kind})
    return item | {"children": children, "kind": "Audio"}


def _sound(one: Sound, rate: Rate) -> dict[str, Any]:
    about: dict[str, Any]
    if isinstance(one, VoiceClip):
        about = {"shot": one.shot_id, "speech": one.speech, "text": one.text}
    else:
        about = {"scene": one.scene_id, "fade_in": one.fade_in, "fade_out": one.fade_out}
    return _clip(name_sound(one), (0, one.frames), one.frames, one.media, about, rate)


def _clip(
    name: str, source: tuple[int, int], available: int, media: str, about: Any, rate: Rate
) -> dict[str, Any]:
    reference = {
        "OTIO_SCHEMA": "ExternalReference.1",
        "metadata": {},
        "name": "",
        "available_range": _range(0, available, rate),
        "available_image_bounds": None,
        "target_url": media,
    }
    return _item("Clip.2", name, _range(*source, rate), about) | {
        "media_references": {"DEFAULT_MEDIA": reference},
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def _marker(name: str, start: int, frames: int, rate: Rate, about: Any) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "Marker.2",
        "metadata": {"reelwright": about},
        "name": name,
        "color": "GREEN",
        "marked_range": _range(start, frames, rate),
        "comment": "",
    }


def _item(schema: str, name: str, source: Any, about: Any = None) -> dict[str, Any]:
    """What tracks, stacks, clips and gaps have in common."""
    return {
        "OTIO_SCHEMA": schema,
        "metadata": {"reelwright": about} if about else {},
        "name": name,
        "source_range": source,
        "effects": [],
        "markers": [],
        "enabled": True,
        "color": None,
    }


def _range(start: int, frames: int, rate: Rate) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "duration": _time(frames, rate),
        "start_time": _time(start, rate),
    }


def _time(frames: int, rate: Rate) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": rate.num / rate.den, "value": float(frames)}
