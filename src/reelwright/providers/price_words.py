"""Prices as people read them, and as JSON: who said so, when, and what nobody has said."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from reelwright.providers.prices import Price, PricePart, Unit

NOBODY_KNOWS = "unknown"
"""What is said of a price that nobody has written down."""

_HOW_MANY = {1_000: "a thousand", 1_000_000: "a million"}


def in_words(price: Price) -> str:
    """`0.025 USD a megapixel`, `0.05 to 0.23 USD a second`, `free` or `unknown`."""
    if not price.known:
        return NOBODY_KNOWS
    if price.free:
        return "free"
    kinds: dict[tuple[Unit, int], list[PricePart]] = {}
    for part in price.parts:
        kinds.setdefault((part.unit, part.per), []).append(part)
    return " + ".join(
        f"{_amounts(parts)} {price.currency} {_each(unit, per)}"
        for (unit, per), parts in kinds.items()
    )


def written_price(price: Price) -> dict[str, Any]:
    """A price as JSON, its amounts exact; without parts it is unknown."""
    return {
        "parts": [_written(part) for part in price.parts],
        "as_of": price.as_of.isoformat() if price.as_of else None,
        "source": price.source,
        "currency": price.currency,
    }


def read_price(told: Mapping[str, Any]) -> Price:
    """A price as `written_price` wrote it down."""
    parts = tuple(
        PricePart(
            Unit(part["unit"]),
            Decimal(part["amount"]),
            part["per"],
            dict(part["when"]),
            part["above"],
            part["up_to"],
        )
        for part in told.get("parts", ())
    )
    as_of = told.get("as_of")
    day = dt.date.fromisoformat(as_of) if as_of else None
    return Price(parts, day, told.get("source", ""), told.get("currency", "USD"))


def _amounts(parts: Sequence[PricePart]) -> str:
    amounts = sorted({part.amount for part in parts})
    ends = dict.fromkeys((amounts[0], amounts[-1]))
    return " to ".join(f"{one.normalize():f}" for one in ends)


def _each(unit: Unit, per: int) -> str:
    name = unit.value.replace("-", " ")
    if per != 1:
        return f"{_HOW_MANY.get(per, f'per {per}')} {name}s"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _written(part: PricePart) -> dict[str, Any]:
    told = {"unit": part.unit.value, "amount": str(part.amount), "per": part.per}
    return told | {"when": dict(part.when), "above": part.above, "up_to": part.up_to}
