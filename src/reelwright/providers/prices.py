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
    OUTPUT_TOKEN = "output-token"  # noqa: S105  # no secret
    CREDIT = "credit"


Usage = Mapping[Unit, Decimal]
"""How much of each unit was, or will be, used."""


@dataclass(frozen=True, slots=True)
class PricePart:
    """What `per` units cost; with `when` only for requests made so (`{"resolution": "1080p"}`)."""

    unit: Unit
    amount: Decimal
    per: int = 1
    when: Mapping[str, str] = field(default_factory=dict)


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
        fitting = [
            part
            for part in self.parts
            if part.unit in used and all(made_so.get(k) == v for k, v in part.when.items())
        ]
        if not fitting:
            return 0 if self.free else None
        total = sum((part.amount * used[part.unit] / part.per for part in fitting), Decimal(0))
        return ceiled(total)


FREE = Price((PricePart(Unit.CALL, Decimal(0)),))
"""Costs nothing."""

UNKNOWN = Price()
"""Nobody has written it down."""
