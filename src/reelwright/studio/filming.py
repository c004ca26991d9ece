"""Everything a cut is made of, made or found: air, music, stills, shots, the mix."""

from collections.abc import Sequence

from reelwright.film.breakdown.model import Breakdown, Scene, Shot
from reelwright.film.layout.cards import end_card, title_card
from reelwright.ground.progress import Progress
from reelwright.studio.cut.sections import Sound
from reelwright.studio.cut.soundtrack import mixing_orders, soundtrack_order
from reelwright.studio.footage import FilmedShot, Footage
from reelwright.studio.options import FilmOptions
from reelwright.studio.planning import Plan
from reelwright.studio.shots import ShotList, ShotOrders
from reelwright.studio.sounds import StemOrder, stem_orders
from reelwright.studio.workshop import Delivery, Order, Workshop


def film_all(plan: Plan, options: FilmOptions, workshop: Workshop, progress: Progress) -> Footage:
    """Have all sound and picture of the plan made that is not found made."""
    timeline = plan.timeline
    stems, orders = order_all(plan, options)
    sounds = _stems(stems, workshop, progress)
    stem_files = tuple((one.stem, sound.file) for one, sound in zip(stems, sounds, strict=True))
    for voice in timeline.voices:
        key = voice.shot_id, voice.speech
        sounds.append(Sound(voice, plan.voices.file(key), plan.voices.orders[key].digest))
    mixing = mixing_orders(timeline, sounds, workshop)
    shots, mixed = _shots(orders, mixing, workshop, progress)
    soundtrack = soundtrack_order(timeline, [one.stored for one in mixed])
    return Footage(shots, plan.voices, stem_files, *workshop.all_of([soundtrack]))


def order_all(plan: Plan, options: FilmOptions) -> tuple[list[StemOrder], list[ShotOrders]]:
    """All orders of sound and picture; what models make of them is bought here."""
    timeline, breakdown, director = plan.timeline, plan.read.breakdown, plan.director
    scenes = {scene.id: scene for scene in breakdown.scenes}
    stems = stem_orders(timeline, scenes, director, plan.provider, plan.buyer)
    shots = ShotList(
        timeline, director, plan.provider, plan.voices, options.burn_in, plan.read.own_shots
    )
    return stems, shots.orders(shots_of(breakdown), plan.buyer)


def _stems(stems: list[StemOrder], workshop: Workshop, progress: Progress) -> list[Sound]:
    progress.begin("sound", len(stems))
    files = {}
    for at, (delivery,) in workshop.deliver([[one.order] for one in stems]):
        files[at] = delivery.stored.path
        progress.advance("sound")
    return [Sound(one.stem, files[n], one.order.digest) for n, one in enumerate(stems)]


def _shots(
    orders: list[ShotOrders], mixing: Sequence[Order], workshop: Workshop, progress: Progress
) -> tuple[tuple[FilmedShot, ...], list[Delivery]]:
    """All shots, and beside them the sections of the mix."""
    first = len(mixing)
    batches = [[one] for one in mixing]
    batches += [[o.still, o.motion] if o.still else [o.motion] for o in orders]
    progress.begin("shots", len(orders))
    done: dict[int, list[Delivery]] = {}
    for number, deliveries in workshop.deliver(batches):
        done[number] = deliveries
        if number >= first:
            one = orders[number - first]
            where = f"scene {one.scene.number}" if one.scene else "card"
            progress.advance("shots", note=f"{where}, shot {one.shot.number or one.clip.name}")
    filmed = (
        FilmedShot(one, done[n][-1], done[n][0] if one.still else None)
        for n, one in enumerate(orders, first)
    )
    return tuple(filmed), [done[n][0] for n in range(first)]


def shots_of(breakdown: Breakdown) -> dict[str, tuple[Scene | None, Shot]]:
    """Every shot by its id, with its scene; the cards have none."""
    shots: dict[str, tuple[Scene | None, Shot]] = {
        shot.id: (scene, shot) for scene in breakdown.scenes for shot in scene.shots
    }
    for card in (title_card(breakdown), end_card(breakdown)):
        shots[card.id] = None, card
    return shots
