"""What an operator says of a model, from a day on, and the rows that come of it: values, no database."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import UserId
from reelwright.providers.catalogue import Model, check_row

CHANGEABLE = ("price", "quality", "speed", "standing", "ends", "replacement", "note")
"""What of a vendor's row an operator may set. What a model is and can do, its vendor says."""


class Deed(StrEnum):
    """What was done."""

    SET = "set"  # some fields of a row
    ADD = "add"  # a row of its own
    RESET = "reset"  # all that was said before is void


@dataclass(frozen=True, slots=True)
class Override:
    """One such word. `change` holds the fields that were set, or the whole row, as JSON."""

    number: int
    model: str
    deed: Deed
    change: Mapping[str, Any]
    valid_from: dt.date
    source: str
    user: UserId
    at: dt.datetime

    def written(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "number": self.number,
            "model": self.model,
            "deed": self.deed.value,
            "change": dict(self.change),
            "valid_from": self.valid_from.isoformat(),
            "source": self.source,
            "user_id": self.user,
            "at": self.at.isoformat(),
        }


def rows_on(
    base: Iterable[Model], overrides: Iterable[Override], day: dt.date, *, ever: bool = False
) -> dict[str, Model]:
    """All rows by their ids as they stand on a day. With `ever`, also those that were added and taken back."""
    rows = {model.id: model for model in base}
    for name, said in _standing(overrides, ever=ever).items():
        row = rows.get(name)
        for one in said:
            if one.valid_from > day and not ever:
                continue
            if one.deed is Deed.ADD:
                row = read_row(one.change)
            elif row is not None:
                row = changed(row, one.change)
        if row is not None:
            rows[name] = row
    return rows


def changed(row: Model, change: Mapping[str, Any]) -> Model:
    """The row with some fields set anew; raises InvalidInputError that names what is wrong."""
    unknown = change.keys() - set(CHANGEABLE)
    if unknown:
        raise InvalidInputError(
            f"{min(unknown)[:40]!r} of a model cannot be set",
            way_out=f"one of {', '.join(CHANGEABLE)}",
        )
    return read_row(_adapter().dump_python(row) | dict(change))


def read_row(values: Mapping[str, Any]) -> Model:
    """A row as it was written; raises InvalidInputError that names what is wrong."""
    from pydantic import ValidationError  # noqa: PLC0415  # takes a tenth of a second

    try:
        row: Model = _adapter().validate_python(dict(values))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInputError(f"the row is wrong at {where}: {first['msg']}") from None
    check_row(row)
    return row


def written_row(row: Model) -> dict[str, Any]:
    """A row as JSON, for `read_row`."""
    told: dict[str, Any] = _adapter().dump_python(row, mode="json")
    return told


def _standing(overrides: Iterable[Override], *, ever: bool) -> dict[str, Sequence[Override]]:
    """What holds of all that was said, in the order in which it takes effect."""
    said: dict[str, list[Override]] = {}
    for one in sorted(overrides, key=lambda one: one.number):
        mine = said.setdefault(one.model, [])
        if one.deed is not Deed.RESET:
            mine.append(one)
        elif ever:
            mine[:] = [each for each in mine if each.deed is Deed.ADD]
        else:
            mine.clear()
    return {
        name: sorted(mine, key=lambda one: (one.valid_from, one.number))
        for name, mine in said.items()
    }


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter  # noqa: PLC0415  # takes a tenth of a second

    return TypeAdapter(Model)
