"""Prices as an operator types them: `megapixel=0.03`, `input-token=5/1000000`, `second=0.05@resolution=720p`."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from reelwright.ground.errors import InvalidInputError
from reelwright.providers.prices import Unit


def read_parts(texts: Sequence[str], currency: str = "USD") -> dict[str, Any]:
    """A price as JSON; `free` and `unknown` stand alone. Raises InvalidInputError."""
    if list(texts) == ["unknown"]:
        return {"parts": [], "currency": currency}
    if list(texts) == ["free"]:
        texts = ["call=0"]
    if not texts:
        raise InvalidInputError("no price was given", way_out="as in second=0.05, free or unknown")
    return {"parts": [_part(text) for text in texts], "currency": currency}


def _part(text: str) -> dict[str, Any]:
    price, _, when = text.partition("@")
    unit, equals, amount = price.partition("=")
    amount, _, per = amount.partition("/")
    if unit not in set(Unit) or not equals:
        known = ", ".join(Unit)
        raise InvalidInputError(f"{text[:60]!r} is no price", way_out=f"UNIT=AMOUNT of {known}")
    try:
        told = {"unit": unit, "amount": str(Decimal(amount)), "per": int(per or "1")}
    except (InvalidOperation, ValueError):
        raise InvalidInputError(
            f"{text[:60]!r} is no price", way_out="as in input-token=5/1000000"
        ) from None
    return told | {"when": dict(_choice(one, text) for one in when.split(",") if one)}


def _choice(one: str, text: str) -> tuple[str, str]:
    name, equals, value = one.partition("=")
    if not (name and equals and value):
        raise InvalidInputError(f"{text[:60]!r}: {one[:40]!r} is NAME=VALUE, as resolution=720p")
    return name, value
