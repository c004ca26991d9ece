"""Ids of assets wherever they stand in what editors keep: in any text, also where names stand."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId


def assets_in(value: Any) -> Iterator[str]:
    """The ids of assets that stand anywhere in a value."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from assets_in(key)
            yield from assets_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from assets_in(one)
    elif isinstance(value, str) and is_asset(value):
        yield value


def is_asset(text: str) -> bool:
    """Whether a text is an asset's id."""
    if not text.startswith(f"{AssetId.prefix}_"):
        return False
    try:
        AssetId.parse(text)
    except InvalidInputError:
        return False
    return True


def renamed(value: Any, name: Callable[[str], str]) -> Any:
    """A value in which every text, also as a key, is what `name` makes of it."""
    if isinstance(value, Mapping):
        return {name(key): renamed(one, name) for key, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, name) for one in value]
    return name(value) if isinstance(value, str) else value
