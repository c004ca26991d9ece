"""Final Draft documents (.fdx): XML whose paragraphs name their kind."""

from reelwright.film.screenplay.fdx.reader import read_fdx
from reelwright.film.screenplay.fdx.writer import write_fdx

__all__ = ["read_fdx", "write_fdx"]
