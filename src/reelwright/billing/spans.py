"""Days of which somebody asks what was spent on them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from reelwright.ground.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Span:
    """Days (UTC) from `since` until before `before`; None: without an end."""

    since: date | None = None
    before: date | None = None

    @classmethod
    def of(cls, first: date | None, last: date | None) -> Self:
        """From a first day to a last one, both included; raises InvalidInputError where they are swapped."""
        if first is not None and last is not None and last < first:
            raise InvalidInputError("the last day is before the first", way_out="swap them")
        if last is None or last == date.max:
            return cls(first)
        return cls(first, last + timedelta(days=1))
