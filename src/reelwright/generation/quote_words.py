"""Quotes as people read them, and as JSON."""

from collections.abc import Iterator
from typing import Any

from reelwright.generation.quotes import Choice, Key, LimitCheck, Quote, QuotedCall
from reelwright.ground.money import spelled

_KEYS = {Key.FREE: "", Key.BUSY: ", when an account is free", Key.MISSING: ", which needs a key"}


def in_words(quote: Quote) -> Iterator[str]:
    """A line a call, then the sums where there are several, then the limits that are in the way."""
    for one in quote.calls:
        yield from one.notes
        yield f"{one.choice.model.operation.value}: {_call(one)}"
    if len(quote.calls) > 1:
        for total in quote.totals:
            unknown = f", and {total.unknown} of unknown price" if total.unknown else ""
            most = total.least if total.most is None else total.most
            yield f"together: {spelled_range(total.least, most, total.currency)}{unknown}"
    yield from obstacles(quote)


def obstacles(quote: Quote) -> Iterator[str]:
    """The limits that are in the way."""
    yield from (_obstacle(check) for check in quote.limits if not check.fits)


def written(quote: Quote) -> dict[str, Any]:
    """A quote as JSON; money in millionths of its currency, null where nobody knows."""
    return {
        "calls": [written_call(one) for one in quote.calls],
        "totals": [
            {
                "currency": one.currency,
                "least_micros": one.least,
                "most_micros": one.most,
                "unknown": one.unknown,
            }
            for one in quote.totals
        ],
        "limits": [_written_check(one) for one in quote.limits],
    }


def spelled_range(least: int | None, most: int | None, currency: str) -> str:
    """`0.45 USD`, `0.01 to 0.05 USD`, `nothing`, or that nobody knows."""
    if least is None or most is None:
        return "an unknown amount"
    if most == 0:
        return "nothing"
    if least == most:
        return spelled(most, currency)
    return f"{spelled(least, currency).removesuffix(f' {currency}')} to {spelled(most, currency)}"


def _call(call: QuotedCall) -> str:
    name = f"{call.choice.model.title} ({call.choice.model.id})"
    if call.choice.found:
        return f"found, made by {name} before; it costs nothing"
    if call.repeated:
        return f"made once with its equal above, by {name}; it costs nothing more"
    cost = spelled_range(call.least, call.most, call.choice.currency)
    return f"{name} for {cost}{_KEYS[call.choice.key]}"


def _obstacle(check: LimitCheck) -> str:
    room = check.room
    left, asked = spelled(room.left, room.currency), spelled(check.asked, room.currency)
    what = room.scope.value.replace("_", " ")
    return f"the limit of this {what} leaves {left}, and up to {asked} would be asked"


def written_call(call: QuotedCall) -> dict[str, Any]:
    """One call of a quote as JSON."""
    return {
        "operation": call.choice.model.operation.value,
        "title": call.choice.model.title,
        **_written_choice(call.choice),
        "least_micros": call.least,
        "most_micros": call.most,
        "found": call.choice.found,
        "repeated": call.repeated,
        "notes": list(call.notes),
        "otherwise": [_written_choice(one) for one in call.others],
    }


def _written_choice(choice: Choice) -> dict[str, Any]:
    return {
        "model": choice.model.id,
        "provider": choice.model.provider,
        "account": choice.key.value,
        "currency": choice.currency,
        "least_micros": choice.least,
        "most_micros": choice.most,
    }


def _written_check(check: LimitCheck) -> dict[str, Any]:
    room = check.room
    return {
        "limit_id": room.limit_id,
        "scope": room.scope.value,
        "subject": room.subject,
        "period": room.period,
        "currency": room.currency,
        "left_micros": room.left,
        "asked_micros": check.asked,
        "fits": check.fits,
    }
