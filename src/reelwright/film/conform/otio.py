"""An edit out of an OpenTimelineIO file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reelwright.film.conform.edits import Use
from reelwright.film.timeline import Rate
from reelwright.ground.errors import InvalidInputError

Item = Mapping[str, Any]
WAY_OUT = "export the timeline again as .otio, or as a CMX 3600 .edl"


def read_otio(text: str, rate: Rate, name: str) -> list[Use]:
    """The clips of all picture tracks of the first timeline in the file, in frames of `rate`.

    Raises:
        InvalidInputError: it is no OTIO, or has no timeline.
    """
    try:
        root = json.loads(text)
        timeline = next(_timelines(root), None)
        if timeline is None:
            raise InvalidInputError(f"{name} has no timeline in it.", way_out=WAY_OUT)
        uses: list[Use] = []
        for track in timeline["tracks"]["children"]:
            if _schema(track) == "Track" and track.get("kind", "Video") == "Video":
                uses += _track(track, rate)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidInputError(
            f"{name} is not OpenTimelineIO as we know it ({type(error).__name__}: {error}).",
            way_out=WAY_OUT,
        ) from error
    return sorted(uses, key=lambda use: use.record)


def _timelines(root: Any) -> Iterator[Item]:
    if isinstance(root, dict) and _schema(root) == "Timeline":
        yield root
    elif isinstance(root, dict):
        for child in root.get("children", ()):
            yield from _timelines(child)


def _track(track: Item, rate: Rate) -> Iterator[Use]:
    items: Sequence[Item] = track["children"]
    at = 0
    for index, item in enumerate(items):
        if _schema(item) == "Transition":
            continue
        start, frames = _span(item, rate)
        before = items[index - 1] if index else None
        after = items[index + 1] if index + 1 < len(items) else None
        # What a transition shows of a clip beyond its cut belongs to the clip.
        head = _offset(before, "in_offset", rate)
        tail = _offset(after, "out_offset", rate)
        if _schema(item) == "Clip" and item.get("enabled", True):
            yield _use(item, start - head, frames + head + tail, at)
        at += frames


def _use(item: Item, source: int, frames: int, record: int) -> Use:
    about = (item.get("metadata") or {}).get("reelwright") or {}
    remarks = tuple(
        f"its effect '{effect.get('effect_name') or effect.get('name') or _schema(effect)}'"
        for effect in item.get("effects") or ()
        if effect.get("effect_name") not in ("fade_in", "fade_out")
    )
    return Use(
        source,
        frames,
        record,
        shot_id=str(about.get("shot", "")),
        name=str(item.get("name") or ""),
        made=(int(about.get("handles", 0)), int(about.get("trim", 0))) if about else None,
        media=str(_reference(item).get("target_url") or ""),
        remarks=remarks,
    )


def _reference(item: Item) -> Item:
    references = item.get("media_references") or {}
    key = item.get("active_media_reference_key", "DEFAULT_MEDIA")
    return references.get(key) or item.get("media_reference") or {}


def _span(item: Item, rate: Rate) -> tuple[int, int]:
    """First source frame and length; a clip without a range of its own shows all of its media."""
    span = item.get("source_range") or _reference(item).get("available_range")
    if span:
        return _frames(span["start_time"], rate), _frames(span["duration"], rate)
    children = [child for child in item.get("children", ()) if _schema(child) != "Transition"]
    lengths = [_span(child, rate)[1] for child in children]
    return 0, sum(lengths) if _schema(item) == "Track" else max(lengths, default=0)


def _offset(item: Item | None, side: str, rate: Rate) -> int:
    return _frames(item[side], rate) if item and _schema(item) == "Transition" else 0


def _frames(time: Item, rate: Rate) -> int:
    return round(time["value"] * rate.num / (rate.den * time["rate"])) if time["value"] else 0


def _schema(item: Item) -> str:
    return str(item.get("OTIO_SCHEMA", "")).partition(".")[0]
