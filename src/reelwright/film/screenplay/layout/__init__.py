"""Screenplays as they look on paper: what a line is, its place on the page tells."""

from reelwright.film.screenplay.layout.reader import is_laid_out, read_text
from reelwright.film.screenplay.layout.writer import write_text

__all__ = ["is_laid_out", "read_text", "write_text"]
