"""The slot that the start of the app fills, so that scripts and plugins find the running house.

A plain module variable: a context variable set at start would read unset in a web server's handlers.
"""

from typing import Any

from reelwright.services.house import House

_house: House | None = None


def current() -> House:
    """The running house; an empty one of the script's own when nothing was started."""
    global _house  # noqa: PLW0603 - the slot is one variable, on purpose
    if _house is None:
        _house = House()
    return _house


def fill(house: House) -> None:
    """Put the running house in."""
    global _house  # noqa: PLW0603 - the slot is one variable, on purpose
    _house = house


def empty() -> None:
    """Take the house out, when it was stopped."""
    global _house  # noqa: PLW0603 - the slot is one variable, on purpose
    _house = None


class Current:
    """Stands for a part of whatever house is in the slot at the time of use."""

    def __init__(self, *path: str) -> None:
        object.__setattr__(self, "_path", path)

    def __getattr__(self, name: str) -> Any:
        return getattr(_follow(object.__getattribute__(self, "_path")), name)

    def __contains__(self, item: object) -> bool:
        return item in _follow(self._path)

    def __iter__(self) -> Any:
        return iter(_follow(self._path))

    def __len__(self) -> int:
        return len(_follow(self._path))

    def __repr__(self) -> str:
        return f"<the current {'.'.join(self._path)}>"


class Named:
    """Stands for a service of whatever house is in the slot at the time of use; MissingServiceError."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(current().container.get(self._name), name)

    def __repr__(self) -> str:
        return f"<the current {self._name}>"


def _follow(path: tuple[str, ...]) -> Any:
    found: Any = current()
    for name in path:
        found = getattr(found, name)
    return found
