"""Fountain 1.1: plain text that is a screenplay. Reading and writing give back the same text."""

from reelwright.film.screenplay.fountain.reader import read_fountain
from reelwright.film.screenplay.fountain.writer import write_fountain

__all__ = ["read_fountain", "write_fountain"]
