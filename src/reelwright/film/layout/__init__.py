"""The breakdown and its real voices laid out as a cut."""

from reelwright.film.layout.cut import lay_out

__all__ = ["lay_out"]
