"""What an editor changed in the cut, read back as notes."""

from reelwright.film.conform.changes import Changes, conform

__all__ = ["Changes", "conform"]
