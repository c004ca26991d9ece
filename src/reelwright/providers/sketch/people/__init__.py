"""The people of the built-in artist."""

from reelwright.providers.sketch.people.actor import Actor, Face

__all__ = ["Actor", "Face"]
