"""Voices and sounds by words."""

from reelwright.generation.asking import Tell
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import SoundEffectRequest, SpeechRequest
from reelwright.studio.hands.artists import Artists, silent
from reelwright.studio.hands.made import Made, Terms
from reelwright.studio.hands.sketching import Sketches, sketched

SKETCHED = (
    "There is no key of a model that speaks, so this is the built-in artist's temporary voice."
)


class Sounds:
    """Has lines spoken, and sounds made."""

    def __init__(self, artists: Artists, sketches: Sketches) -> None:
        self._artists = artists
        self._sketches = sketches

    async def speak(
        self,
        who: Principal,
        text: str,
        terms: Terms,
        *,
        voice: str = "",
        directions: str = "",
        language: str | None = None,
        tell: Tell = silent,
    ) -> Made:
        """One line, said as `directions` want it (`whispers`, `furious`).

        `voice` is a vendor's name of a voice; to the built-in artist it is a description (`old woman`).
        """
        if not text.strip():
            raise InvalidInputError("there is nothing to say", way_out="give a line")
        if not await self._artists.hired(who, Operation.SPEECH, terms):
            said = await self._sketches.speech(
                who, text, voice, directions, language or "en", terms
            )
            return sketched(said, told=SKETCHED)
        request = SpeechRequest(text, voice or None, language, directions)
        return await self._artists.make(who, [request], terms, tell=tell)

    async def effect(
        self,
        who: Principal,
        prompt: str,
        terms: Terms,
        *,
        seconds: float | None = None,
        tell: Tell = silent,
    ) -> Made:
        """A sound; raises KeyNeededError without a key of a vendor that makes them."""
        await self._artists.need(who, Operation.SOUND_EFFECT, "a sound effect")
        return await self._artists.make(
            who, [SoundEffectRequest(prompt, seconds)], terms, tell=tell
        )
