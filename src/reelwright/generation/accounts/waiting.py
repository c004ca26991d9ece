"""Why no account is free, and when one may be again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import RowMapping

from reelwright.generation.accounts.account import AccountState
from reelwright.generation.accounts.errors import NoAccountError, NoFreeAccountError
from reelwright.ground.errors import ReelwrightError


def none_free(
    provider: str,
    prospects: Sequence[RowMapping],
    needs: float,
    now: datetime,
    busy: timedelta,
) -> ReelwrightError:
    """The error to raise: there is no account at all, or none of those there are is free.

    When one that is at work will be free nobody knows: it is asked for again after `busy`.
    """
    if not prospects:
        return NoAccountError(provider)
    reasons, moments = Counter[str](), list[datetime]()
    for one in prospects:
        held_up = list(_reasons(one, needs, now, busy))
        # It is free when the last of what holds it up is over; None is never over by itself.
        reasons[held_up[-1][0] if held_up else "just taken"] += 1
        ends = [end for _, end in held_up] or [now + busy]
        if None not in ends:
            moments.append(max(end for end in ends if end is not None))
    why = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
    named = f"account of {provider}" if provider else "such account"
    return NoFreeAccountError(
        f"no {named} is free: {why}", now=now, retry_at=min(moments, default=None)
    )


def _reasons(
    one: RowMapping, needs: float, now: datetime, busy: timedelta
) -> Iterator[tuple[str, datetime | None]]:
    """What holds an account up, and until when; what weighs most comes last."""
    if one["running"] >= one["max_concurrent_jobs"]:
        yield f"with all {one['max_concurrent_jobs']} slots taken", now + busy
    if one["minute_over"] is not None:
        yield "at its limit of requests a minute", one["minute_over"]
    state = AccountState(one["state"])
    if state is AccountState.COOLING and one["until"] > now:
        yield "resting", one["until"]
    if state in {AccountState.EXHAUSTED, AccountState.DISABLED}:
        yield state.value, one["probe_at"]
    elif one["spare"] is not None and not one["spare"] >= max(needs, 1e-9):
        promised = one["credits"] > 0 and one["credits"] >= needs  # to calls that may not use them
        yield f"without the {needs:g} credits it takes", now + busy if promised else None
    if one["shut_until"] is not None:
        yield "left alone for this model, which has failed", max(one["shut_until"], now)
    if one["paused"]:
        yield "paused", None
