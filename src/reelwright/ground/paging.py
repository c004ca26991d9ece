"""Lists in pages, each going on after the last row of the one before (keyset, never offset)."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reelwright.ground.errors import InvalidInputError

Row = TypeVar("Row")
LARGEST = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the cursor of the next page (None: these were the last)."""

    rows: Sequence[Row]
    next: str | None


@dataclass(frozen=True, slots=True)
class Paging:
    """What a caller asks for: at most `limit` rows after `cursor`."""

    limit: int = 50
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LARGEST:
            raise InvalidInputError(f"a page has 1 to {LARGEST} rows, not {self.limit}")

    def after(self) -> list[Any] | None:
        """The key of the row to go on after; None at the beginning."""
        if self.cursor is None:
            return None
        try:
            key = json.loads(base64.urlsafe_b64decode(self.cursor.encode()))
        except (ValueError, binascii.Error):
            key = None
        if not isinstance(key, list):
            raise InvalidInputError("this cursor is not one of ours", way_out="leave it away")
        return key

    def page(self, rows: Sequence[Row], key: Callable[[Row], list[Any]]) -> Page[Row]:
        """The page of `rows`, which were asked for with `limit + 1`."""
        if len(rows) <= self.limit:
            return Page(rows, None)
        shown = rows[: self.limit]
        text = json.dumps(key(shown[-1]), separators=(",", ":"), default=str)
        return Page(shown, base64.urlsafe_b64encode(text.encode()).decode())
