"""Fitting a request to a model: the nearest of what it has, where whoever asks leaves it that choice."""

from dataclasses import replace
from typing import TypeVar, cast

from reelwright.film.voices import VoiceTraits
from reelwright.providers.catalogue import Limits, Model
from reelwright.providers.contract import Request
from reelwright.providers.prompts import SpeechRequest, VideoRequest

R = TypeVar("R", bound=Request)


def fitted(model: Model, request: R) -> R:
    """The request as this model gets it; unchanged where nothing was left open, or nothing fits."""
    match request:
        case VideoRequest(nearest=True):
            return cast("R", _fitted_shot(model.limits, request))
        case SpeechRequest(traits=VoiceTraits() as traits):
            voice = request.voice or cast_voice(model.limits, traits)
            return cast("R", replace(request, voice=voice, traits=None))
        case _:
            return request


def cast_voice(limits: Limits, traits: VoiceTraits) -> str | None:
    """The voice of a model that suits; None where it tells of none, and its own choice is heard."""
    voices = limits.women if traits.sex == "woman" else limits.men
    if not voices:
        return None
    # The timbre moves to a neighbour, so that two people of one pitch are told apart.
    place = round(traits.pitch * (len(voices) - 1)) + traits.timbre
    return voices[place % len(voices)]


def _fitted_shot(limits: Limits, request: VideoRequest) -> VideoRequest:
    aspect = min(
        limits.aspects or (request.aspect,),
        key=lambda one: abs(_shape(one) / _shape(request.aspect) - 1),
    )
    return replace(
        request,
        seconds=limits.fit(request.seconds) or request.seconds,
        aspect=aspect,
        resolution=_sharp_enough(limits.resolutions, request.resolution),
        nearest=False,
    )


def _sharp_enough(known: tuple[str, ...], wished: str | None) -> str | None:
    """The least resolution that is not below the wished one, or the best there is."""
    if wished is None or not known:
        return None
    enough = [one for one in known if _lines(one) >= _lines(wished)]
    return min(enough, key=_lines) if enough else max(known, key=_lines)


def _lines(resolution: str) -> int:
    return {"2k": 1440, "4k": 2160}.get(resolution.lower()) or int(resolution.rstrip("pP"))


def _shape(aspect: str) -> float:
    width, _, height = aspect.partition(":")
    return float(width) / float(height)
