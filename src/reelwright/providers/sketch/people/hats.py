"""hats."""

from typing import Any


def draw_hat(*a: Any) -> None:
    """."""
