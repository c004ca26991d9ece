"""People: any look, any acting, at any scale."""

from reelwright.providers.sketch.people.actor import Actor, Face
from reelwright.providers.sketch.people.crowds import draw_crowd

__all__ = ["Actor", "Face", "draw_crowd"]
