"""."""

from typing import Any


def draw_thing(*a: Any) -> None:
    """."""
