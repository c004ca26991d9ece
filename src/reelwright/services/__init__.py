"""The Services System: registry, lifecycle, health and metrics over plain classes.

`from reelwright.services import …` is a door for scripts and plugins (docs/mission.md lists its
names). The product's own code imports the modules here, never this door.
"""

from typing import Any

from reelwright.services import names

__all__ = list(names.ALL)  # pyrefly: ignore[bad-dunder-all] - the names are data, found when asked for


def __getattr__(name: str) -> Any:
    return names.resolve(__name__, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
