"""What Postgres does beside a statement that is sent anyway: no round trip more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement


@dataclass(frozen=True, slots=True)
class Beside:
    """A column that acts, with parameters of its own; one and the same `column` for all calls."""

    column: ColumnElement[Any]
    told: Mapping[str, Any]
