"""The air of places and the sounds that scripts name, all synthesised."""

from reelwright.providers.sketch.ambience.air import make_ambience

__all__ = ["make_ambience"]
