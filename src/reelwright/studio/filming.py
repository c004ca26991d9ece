"""Everything a cut is made of, made or found: voices, air, music, stills, shots, the mix."""

from collections.abc import Mapping
from pathlib import Path

from reelwright.film.breakdown.model import Scene, Shot
from reelwright.film.timeline import Timeline
from reelwright.ground.progress import Progress
from reelwright.studio.cut.soundtrack import Sound, soundtrack_order
from reelwright.studio.footage import FilmedShot, Footage
from reelwright.studio.shots import ShotList
from reelwright.studio.sounds import StemOrder, stem_orders
from reelwright.studio.workshop import Delivery, Workshop


def film_all(
    timeline: Timeline,
    shots: Mapping[str, tuple[Scene | None, Shot]],
    shot_list: ShotList,
    workshop: Workshop,
    progress: Progress,
) -> Footage:
    """Have all sound and picture of the timeline made; `shots` finds shot and scene by the shot's id."""
    scenes = {scene.id: scene for scene, _ in shots.values() if scene is not None}
    stems = stem_orders(timeline, scenes, shot_list.director, shot_list.provider)
    sounds = _sounds(stems, workshop, progress)
    stem_files = tuple((one.stem, sound.file) for one, sound in zip(stems, sounds, strict=True))
    sounds += [
        Sound(voice, shot_list.voices.file(key), shot_list.voices.orders[key].digest)
        for voice in timeline.voices
        for key in [(voice.shot_id, voice.speech)]
    ]
    mix = soundtrack_order(timeline, sounds)
    orders = shot_list.orders(shots)
    batches = [[mix], *([o.still, o.motion] if o.still else [o.motion] for o in orders)]
    progress.begin("shots", len(orders))
    done: dict[int, list[Delivery]] = {}
    # The mix is begun first: it takes longest, and shots fill the other workers meanwhile.
    for number, deliveries in workshop.deliver(batches):
        done[number] = deliveries
        if number:
            one = orders[number - 1]
            where = f"scene {one.scene.number}" if one.scene else "card"
            progress.advance("shots", note=f"{where}, shot {one.shot.number or one.clip.name}")
    filmed = (
        FilmedShot(one, done[n][-1], done[n][0] if one.still else None)
        for n, one in enumerate(orders, 1)
    )
    return Footage(tuple(filmed), shot_list.voices, stem_files, done[0][0])


def _sounds(stems: list[StemOrder], workshop: Workshop, progress: Progress) -> list[Sound]:
    progress.begin("sound", len(stems))
    found: dict[int, Path] = {}
    for at, (delivery,) in workshop.deliver([[one.order] for one in stems]):
        found[at] = delivery.stored.path
        progress.advance("sound")
    return [Sound(one.stem, found[n], one.order.digest) for n, one in enumerate(stems)]
