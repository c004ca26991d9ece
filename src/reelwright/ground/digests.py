"""Stable digests: the same value gives the same name on every machine and in every run."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from pathlib import PurePath
from typing import Any


def plain(value: Any) -> Any:
    """Turn dataclasses, enums, tuples, sets and paths into plain JSON values, in a stable order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(v) for v in value)
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, PurePath):
        return value.as_posix()
    return value


def canonical(value: Any) -> bytes:
    """The one way to write a value down: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def digest(value: Any) -> str:
    """Name a value by its content: 64 hexadecimal signs (SHA-256 of its canonical form)."""
    return hashlib.sha256(canonical(value)).hexdigest()


def draw(*parts: Any) -> int:
    """A number from 0 to 2**64 - 1 that depends on `parts` alone; never Python's own hash()."""
    return int.from_bytes(hashlib.sha256(canonical(parts)).digest()[:8], "big")
