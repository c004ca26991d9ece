"""Money: whole millionths of a currency, never a fraction, never a float."""

import re
from decimal import ROUND_CEILING, Decimal, InvalidOperation

from reelwright.ground.errors import InvalidInputError

MICROS = 1_000_000
"""Money is counted in whole millionths."""

MOST = 10**15
"""No single amount is above a thousand million units: sums stay far from where numbers end."""

_CURRENCY = re.compile(r"[A-Z]{3}")


def checked_micros(micros: int, what: str) -> int:
    """An amount that may be spent; raises InvalidInputError below zero and above `MOST`."""
    if isinstance(micros, bool) or not isinstance(micros, int) or not 0 <= micros <= MOST:
        raise InvalidInputError(f"{what} is 0 to {MOST} millionths, not {micros!r}")
    return micros


def checked_currency(currency: str) -> str:
    """A currency's three letters; raises InvalidInputError for anything else."""
    if not _CURRENCY.fullmatch(currency):
        raise InvalidInputError(
            f"{currency[:10]!r} is no currency", way_out="write three capital letters, such as USD"
        )
    return currency


def decimal_of(micros: int) -> Decimal:
    """The amount in units of its currency, exactly."""
    return Decimal(micros).scaleb(-6)


def spelled(micros: int, currency: str) -> str:
    """An amount for people: at least two places, and no more than it has."""
    whole = decimal_of(micros)
    places = max(2, -int(whole.normalize().as_tuple().exponent))
    return f"{whole:.{places}f} {currency}"


def read_decimal(text: str) -> Decimal:
    """An amount as others write it; raises InvalidInputError when it is none."""
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) * MICROS > MOST:
        raise InvalidInputError(
            f"{text[:40]!r} is no amount", way_out="write it with a point and nothing else: 1234.56"
        )
    return amount


def ceiled(amount: Decimal) -> int:
    """Millionths of an amount, rounded up where it is finer."""
    return int((amount * MICROS).to_integral_value(ROUND_CEILING))
