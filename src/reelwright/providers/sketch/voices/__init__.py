"""Voices of the built-in artist: espeak-ng in a process of its own, then a small studio."""

from reelwright.providers.sketch.voices.speech import speak

__all__ = ["speak"]
