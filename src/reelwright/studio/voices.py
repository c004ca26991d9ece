"""Every speech of the film spoken, or a person's own recording in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.film.breakdown.model import Breakdown
from reelwright.film.dialogue import Spoken
from reelwright.ground.progress import Progress
from reelwright.providers.contract import Provider
from reelwright.providers.drawings import VoiceRequest
from reelwright.studio.buying import Buyer
from reelwright.studio.direction import Director
from reelwright.studio.own import OwnRecording, file_digest
from reelwright.studio.reading import SpeechKey
from reelwright.studio.workshop import Delivery, Order, Workshop, local_order, order


@dataclass(frozen=True, slots=True)
class Voices:
    """The film's voices by shot id and speech."""

    orders: Mapping[SpeechKey, Order]
    deliveries: Mapping[SpeechKey, Delivery]

    def spoken(self) -> dict[SpeechKey, Spoken]:
        """How long each lasts, and when its words begin: what the layout needs."""
        return {key: _spoken(one.stored.facts) for key, one in self.deliveries.items()}

    def mouths(self, key: SpeechKey) -> tuple[tuple[float, str], ...]:
        """Mouth shapes of a speech with their times in seconds."""
        return tuple(
            (float(at), shape) for at, shape in self.deliveries[key].stored.facts["mouths"]
        )

    def file(self, key: SpeechKey) -> Path:
        """Where the voice lies."""
        return self.deliveries[key].stored.path


def speak_all(
    breakdown: Breakdown,
    director: Director,
    provider: Provider,
    workshop: Workshop,
    own: Mapping[SpeechKey, Path],
    progress: Progress,
    buyer: Buyer,
) -> Voices:
    """Have every speech of the breakdown spoken; speeches without a word are left silent."""
    wanted: dict[SpeechKey, tuple[str, VoiceRequest]] = {}
    orders: dict[SpeechKey, Order] = {}
    for scene in breakdown.scenes:
        for shot in scene.shots:
            for index, speech in enumerate(shot.dialogue):
                key = shot.id, index
                if key in own:
                    orders[key] = local_order(OwnRecording(own[key]), (file_digest(own[key]),))
                elif any(sign.isalnum() for sign in speech.text):
                    name = f"scene {scene.number}, {speech.character}: voice"
                    wanted[key] = name, director.voice(scene, speech)
    orders |= {key: order(provider, request) for key, (_, request) in wanted.items()}
    orders |= buyer.voices(wanted)
    progress.begin("voices", len(orders))
    keys = list(orders)
    deliveries: dict[SpeechKey, Delivery] = {}
    for at, (delivery,) in workshop.deliver([[orders[key]] for key in keys]):
        deliveries[keys[at]] = delivery
        progress.advance("voices")
    return Voices(orders, deliveries)


def _spoken(facts: Mapping[str, Any]) -> Spoken:
    words = tuple((float(at), word) for at, word in facts["words"])
    return Spoken(float(facts.get("spoken_s", facts["seconds"])), words)
