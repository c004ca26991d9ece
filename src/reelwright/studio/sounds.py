"""Ambience and score of every scene as orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reelwright.film.breakdown.model import Scene
from reelwright.film.timeline import Clip, Rate, StemClip, Timeline
from reelwright.providers.contract import Provider
from reelwright.studio.buying import Buyer
from reelwright.studio.direction import Director
from reelwright.studio.workshop import Order, order


@dataclass(frozen=True, slots=True)
class StemOrder:
    """A stem of the timeline and the order that makes it."""

    stem: StemClip
    order: Order


def stem_orders(
    timeline: Timeline,
    scenes: Mapping[str, Scene],
    director: Director,
    provider: Provider,
    buyer: Buyer,
) -> list[StemOrder]:
    """One entry a stem. Sounds lie where their shots begin; music rests while shots ask for silence."""
    clips: dict[str, list[Clip]] = {}
    for clip in timeline.clips:
        clips.setdefault(clip.scene_id, []).append(clip)
    found, scores = [], {}
    for number, stem in enumerate(timeline.stems):
        scene, run = scenes[stem.scene_id], clips[stem.scene_id]
        seconds = timeline.rate.seconds(stem.frames)
        if stem.kind == "ambience":
            starts = {clip.shot_id: timeline.rate.seconds(clip.start - stem.start) for clip in run}
            request = director.ambience(scene, seconds, starts)
        else:
            request = director.score(scene, seconds, _silences(scene, run, stem, timeline.rate))
            scores[number] = f"scene {scene.number}: score", request
        found.append(StemOrder(stem, order(provider, request)))
    for number, bought in buyer.score(scores).items():
        found[number] = replace(found[number], order=bought)
    return found


def _silences(
    scene: Scene, clips: Sequence[Clip], stem: StemClip, rate: Rate
) -> list[tuple[float, float]]:
    """When the silent shots of a scene are seen, in seconds of its stem; neighbours are one span."""
    silent = {shot.id for shot in scene.shots if shot.silent}
    spans: list[tuple[int, int]] = []
    for clip in clips:
        if clip.shot_id in silent:
            start, end = max(0, clip.start - stem.start), min(stem.frames, clip.end - stem.start)
            joined = spans and start <= spans[-1][1]
            spans.append((spans.pop()[0] if joined else start, end))
    return [(rate.seconds(start), rate.seconds(end)) for start, end in spans if start < end]
