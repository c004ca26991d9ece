"""Circuits: one model of an account that fails again and again is left alone, and then tried by one call.

An account rests as a whole when several of its models are away; see `conditions.py`. Here are the
rules of a single model, and no database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from reelwright.generation.accounts.settings import AccountSettings
from reelwright.providers.errors import RateLimitedError, UnavailableError, UnknownOutcomeError

_REMEMBERED = 20


class CircuitState(StrEnum):
    """Whether calls go through."""

    CLOSED = "closed"  # they do
    OPEN = "open"  # none does, until a moment
    HALF_OPEN = "half-open"  # one may try


@dataclass(frozen=True, slots=True)
class Circuit:
    """How one model has fared through one account, lately.

    `failures` are those in a row, `recent` the last calls since the first failure (True: failed),
    newest last. `opens` counts how often it has opened without a success in between. `trial_until`:
    one call is trying it, and until then no other does.
    """

    model: str
    failures: int = 0
    recent: Sequence[bool] = ()
    opens: int = 0
    open_until: datetime | None = None
    trial_until: datetime | None = None
    reason: str | None = None

    def state(self, now: datetime) -> CircuitState:
        """Whether a call may go through now."""
        if self.open_until is None:
            return CircuitState.CLOSED
        shut = self.open_until > now or (self.trial_until is not None and self.trial_until > now)
        return CircuitState.OPEN if shut else CircuitState.HALF_OPEN

    @property
    def healthy(self) -> bool:
        """Whether nothing is left to be remembered."""
        return self.open_until is None and not any(self.recent)


def counts(error: BaseException | str) -> bool:
    """Whether a failure says that the model is away; being refused, or asked wrongly, says nothing."""
    away = isinstance(error, UnavailableError | UnknownOutcomeError)
    return away and not isinstance(error, RateLimitedError)


def failed(was: Circuit, reason: str, now: datetime, rules: AccountSettings) -> Circuit:
    """How it stands after such a failure."""
    recent = (*was.recent, True)[-_REMEMBERED:]
    seen = replace(was, failures=was.failures + 1, recent=recent, trial_until=None, reason=reason)
    if was.open_until is not None and was.open_until > now:
        return seen  # of a call that was under way when it opened
    tried = was.open_until is not None
    often = len(recent) >= rules.circuit_calls and sum(recent) >= rules.circuit_ratio * len(recent)
    if not (tried or seen.failures >= rules.unavailable_after or often):
        return seen
    rest = min(rules.cool_s * 2.0 ** min(was.opens, 40), rules.longest_outage_s)
    return replace(seen, opens=was.opens + 1, open_until=now + timedelta(seconds=rest))


def succeeded(was: Circuit, now: datetime) -> Circuit:
    """How it stands after a call was answered. One that was under way when it opened closes nothing."""
    recent = (*was.recent, False)[-_REMEMBERED:]
    if was.open_until is not None and was.open_until > now:
        return replace(was, recent=recent)
    if was.open_until is not None:
        return Circuit(was.model)  # the trial has shown that it works
    return replace(was, failures=0, recent=recent)
