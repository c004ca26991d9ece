"""Small tools that scripts and plugins are promised; our own code uses the standard library's."""

import copy
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import Id

Item = TypeVar("Item")
_LONGEST_NAME = 255
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(1, 10))}


def generate_unique_id(prefix: str = "id") -> str:
    """A new id: the prefix and 26 signs; ids of one prefix sort by time (to the millisecond)."""
    if not re.fullmatch(r"[a-z][a-z0-9]*", prefix):
        raise InvalidInputError(f"a prefix is lower-case letters and digits, not {prefix!r}")
    kind: type[Id] = type("UniqueId", (Id,), {"prefix": prefix, "__slots__": ()})
    return str(kind.new())


def format_timestamp(when: datetime | float | None = None, form: str | None = None) -> str:
    """A moment in UTC, as ISO 8601 to the second, or in a `form` of strftime; now if none is given.

    A number is seconds since 1970. A datetime without a zone is refused.
    """
    moment = SystemClock().now() if when is None else when
    if isinstance(moment, (int, float)):
        moment = datetime.fromtimestamp(moment, UTC)
    if moment.tzinfo is None:
        raise InvalidInputError("a moment needs its time zone", way_out="datetime.now(UTC)")
    moment = moment.astimezone(UTC)
    return moment.strftime(form) if form else f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def calculate_duration(start: datetime | float, end: datetime | float | None = None) -> float:
    """Seconds between two moments, or from a moment until now; of datetimes or seconds since 1970."""

    def seconds(moment: datetime | float) -> float:
        if isinstance(moment, datetime):
            if moment.tzinfo is None:
                raise InvalidInputError("a moment needs its time zone", way_out="datetime.now(UTC)")
            return moment.timestamp()
        return moment

    return seconds(SystemClock().now() if end is None else end) - seconds(start)


def safe_get_dict_value(data: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path ("a.b.0.c"); the default where something is missing on the way."""
    if isinstance(data, Mapping) and path in data:
        return data[path]
    for part in path.split("."):
        if isinstance(data, Mapping) and part in data:
            data = data[part]
        elif isinstance(data, (list, tuple)) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return default
    return data


def merge_dicts(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """One dict of several, the later before the earlier, nested dicts merged too; inputs are kept."""
    merged: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            there = merged.get(key)
            if isinstance(there, Mapping) and isinstance(value, Mapping):
                merged[key] = merge_dicts(there, value)
            else:
                merged[key] = copy.deepcopy(value)
    return merged


def chunk_list(items: Sequence[Item], size: int) -> list[list[Item]]:
    """The items in lists of `size`, the last one perhaps shorter."""
    if size < 1:
        raise InvalidInputError(f"a chunk has at least 1 item, not {size}")
    return [list(items[at : at + size]) for at in range(0, len(items), size)]


def validate_required_fields(data: Mapping[str, Any], required: Iterable[str]) -> None:
    """Raise InvalidInputError naming every field that is missing, None or blank."""
    missing = [
        name
        for name in required
        if data.get(name) is None or (isinstance(data[name], str) and not data[name].strip())
    ]
    if missing:
        raise InvalidInputError(f"required and missing: {', '.join(missing)}")


def sanitize_filename(name: str, instead: str = "_") -> str:
    """A file name that every system takes: no folders, no control signs, at most 255 bytes of UTF-8."""
    name = unicodedata.normalize("NFC", name)
    name = re.sub(r'[<>:"/\\|?*]', instead, "".join(c for c in name if c.isprintable()))
    name = name.strip(" .") or "unnamed"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 16:
        stem, dot, ending = name, "", ""
    if stem.split(".")[0].upper() in _RESERVED:
        stem = f"_{stem}"
    room = _LONGEST_NAME - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + ending
