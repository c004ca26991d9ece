"""beards."""

from typing import Any


def draw_beard(*a: Any) -> None:
    """."""


def draw_moustache(*a: Any) -> None:
    """."""
