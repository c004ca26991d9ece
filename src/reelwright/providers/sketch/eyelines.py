"""Eyelines: where each figure looks, so that people look at each other and not past each other."""

from reelwright.film.breakdown.model import Angle, ShotKind
from reelwright.film.picture import Picture
from reelwright.providers.sketch.blocking import Standing
from reelwright.providers.sketch.framing import Composition

_AT_SOMEONE = 0.72
_AHEAD = 0.45
_INTO_LENS = -0.12  # heads are drawn half turned: their eyes come back to the lens


def eyeline(one: Standing, picture: Picture, composition: Composition) -> float:
    """A figure's gaze on the screen, -1 left to 1 right.

    Listeners look at who speaks, speakers at whoever is there, a single one at a partner beyond the
    frame; who is seen through someone's eyes looks into the lens.
    """
    facing = one.figure.facing or 1
    if picture.framing.kind is ShotKind.POV or picture.framing.angle is Angle.POV:
        return _INTO_LENS * facing
    others = [other for other in composition.cast if other is not one]
    speaking = [other for other in others if other.figure.speaking]
    if not others:
        talks = picture.framing.kind is ShotKind.DIALOGUE or one.figure.speaking
        return facing * (_AT_SOMEONE if talks else _AHEAD)
    nearest = min(speaking or others, key=lambda other: abs(other.x - one.x))
    return _AT_SOMEONE if nearest.x > one.x else -_AT_SOMEONE
