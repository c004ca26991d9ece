"""What passes between the helper process and those in it who make things."""

from collections.abc import Callable
from typing import Any

Tell = Callable[[float], None]
"""Hears of each step, 0 to 1; raises StoppedError when nobody wants the thing any more."""

Made = list[dict[str, Any]]
"""Products as JSON: name of the file in `made/`, media_type, facts."""
