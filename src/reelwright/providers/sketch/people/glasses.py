"""glasses."""

from typing import Any


def draw_glasses(*a: Any) -> None:
    """."""
