"""Ambience and score of every scene as orders."""

from collections.abc import Mapping
from dataclasses import dataclass

from reelwright.film.breakdown.model import Scene
from reelwright.film.timeline import StemClip, Timeline
from reelwright.providers.contract import Provider
from reelwright.studio.direction import Director
from reelwright.studio.workshop import Order, order


@dataclass(frozen=True, slots=True)
class StemOrder:
    """A stem of the timeline and the order that makes it."""

    stem: StemClip
    order: Order


def stem_orders(
    timeline: Timeline, scenes: Mapping[str, Scene], director: Director, provider: Provider
) -> list[StemOrder]:
    """One entry a stem. A scene's sounds are placed by where its shots begin."""
    starts: dict[str, dict[str, float]] = {}
    firsts: dict[str, int] = {}
    for clip in timeline.clips:
        first = firsts.setdefault(clip.scene_id, clip.start)
        seconds = timeline.rate.seconds(clip.start - first)
        starts.setdefault(clip.scene_id, {})[clip.shot_id] = seconds
    found = []
    for stem in timeline.stems:
        scene = scenes[stem.scene_id]
        seconds = timeline.rate.seconds(stem.frames)
        if stem.kind == "ambience":
            lead = timeline.rate.seconds(firsts[stem.scene_id] - stem.start)
            moved = {shot: at + lead for shot, at in starts[stem.scene_id].items()}
            request = director.ambience(scene, seconds, moved)
        else:
            request = director.score(scene, seconds)
        found.append(StemOrder(stem, order(provider, request)))
    return found
