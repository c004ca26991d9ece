"""What a model costs, as its vendor wrote it down on a day; what nobody has written down is unknown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from reelwright.ground.money import ceiled


class Unit(StrEnum):
    """What is counted."""

    CALL = "call"
    IMAGE = "image"
    MEGAPIXEL = "megapixel"
    SECOND = "second"
    CHARACTER = "character"
    STEP = "step"
    INPUT_TOKEN = "input-token"  # noqa: S105  # no secret
    INPUT_IMAGE_TOKEN = "input-image-token"  # noqa: S105  # no secret
    OUTPUT_TOKEN = "output-token"  # noqa: S105  # no secret
    CREDIT = "credit"


Usage = Mapping[Unit, Decimal]
"""How much of each unit was, or will be, used."""

_INPUT = (Unit.INPUT_TOKEN, Unit.INPUT_IMAGE_TOKEN)


@dataclass(frozen=True, slots=True)
class PricePart:
    """What `per` units cost; with `when` only for requests made so (`{"resolution": "1080p"}`).

    `above` and `up_to` bound the tokens of input, all kinds together, for which it is the price:
    some vendors bill long requests, whole, at another rate.
    """

    unit: Unit
    amount: Decimal
    per: int = 1
    when: Mapping[str, str] = field(default_factory=dict)
    above: int | None = None
    up_to: int | None = None

    def applies(self, used: Usage, made_so: Mapping[str, str]) -> bool:
        """Whether a request is billed by this part."""
        tokens = sum(used.get(unit, Decimal(0)) for unit in _INPUT)
        if self.above is not None and tokens <= self.above:
            return False
        if self.up_to is not None and tokens > self.up_to:
            return False
        return self.unit in used and all(made_so.get(k) == v for k, v in self.when.items())


@dataclass(frozen=True, slots=True)
class Price:
    """The parts add up. Without parts the price is unknown; free is a part of amount 0.

    `as_of` and `source` say who said so, and when.
    """

    parts: tuple[PricePart, ...] = ()
    as_of: dt.date | None = None
    source: str = ""
    currency: str = "USD"

    @property
    def known(self) -> bool:
        """Whether anybody has written it down."""
        return bool(self.parts)

    @property
    def free(self) -> bool:
        """Whether it costs nothing, whatever is asked."""
        return self.known and not any(part.amount for part in self.parts)

    def of(self, used: Usage, choices: Mapping[str, str] | None = None) -> int | None:
        """Millionths of the currency for what was used, rounded up; None where that is unknown.

        A unit that was counted and has no price of its own costs nothing: it is in the others.
        Unknown is what no part at all applies to.
        """
        made_so = choices or {}
        fitting = [part for part in self.parts if part.applies(used, made_so)]
        if not fitting:
            return 0 if self.free else None
        total = sum((part.amount * used[part.unit] / part.per for part in fitting), Decimal(0))
        return ceiled(total)


FREE = Price((PricePart(Unit.CALL, Decimal(0)),))
"""Costs nothing."""

UNKNOWN = Price()
"""Nobody has written it down."""
