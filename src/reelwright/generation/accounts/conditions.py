"""What the errors of vendors do to an account, and how it comes back: all rules, and no database."""

from dataclasses import replace
from datetime import datetime, timedelta

from reelwright.generation.accounts.account import AccountState, Condition
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.providers.errors import (
    BadKeyError,
    MisshapenError,
    ModelGoneError,
    OutOfCreditsError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
    UnknownTicketError,
    UnsupportedError,
)

_BLAMELESS = (
    UnsupportedError,
    RefusedError,
    ModelGoneError,
    UnknownTicketError,
    MisshapenError,
)
_ILL = frozenset((AccountState.EXHAUSTED, AccountState.DISABLED))
_LONGEST_S = 24 * 3600.0
"""No vendor's word lets an account rest longer."""


def is_blameless(error: BaseException | str) -> bool:
    """Whether the call failed for reasons that are not the account's: what was asked, and of which model."""
    return isinstance(error, _BLAMELESS)


def after_failure(
    was: Condition, error: BaseException | str, now: datetime, rules: AccountSettings
) -> Condition:
    """How it stands after a call has failed; what nobody can judge changes nothing."""
    if isinstance(error, BadKeyError):
        return _ill(was, AccountState.DISABLED, error.code, now, rules)
    if isinstance(error, OutOfCreditsError) and was.state is not AccountState.DISABLED:
        return _ill(was, AccountState.EXHAUSTED, error.code, now, rules)
    if was.state in _ILL or is_blameless(error):
        return was
    if isinstance(error, RateLimitedError):
        return _slowed(was, error, now, rules)
    if isinstance(error, UnavailableError | UnknownOutcomeError):
        return _out_of_reach(was, error.code, now, rules)
    return was


def after_success(was: Condition) -> Condition:
    """How it stands after a call was answered. One that came late changes nothing."""
    return was if was.state is not AccountState.ACTIVE else Condition()


def exhausted(was: Condition, now: datetime, rules: AccountSettings) -> Condition:
    """How it stands when its credits are used up by our own count."""
    return after_failure(was, OutOfCreditsError("its credits are used up"), now, rules)


def rested(was: Condition) -> Condition:
    """How it stands after its rest: as before, and warned, until a call succeeds."""
    return Condition(failures=was.failures, probes=was.probes)


def tried(was: Condition, now: datetime, rules: AccountSettings) -> Condition:
    """How it stands while it is tried whether it works again: the next trial is further away."""
    probes = was.probes + 1
    return replace(was, probes=probes, probe_at=_next_probe(probes, now, rules))


def _ill(
    was: Condition, state: AccountState, reason: str, now: datetime, rules: AccountSettings
) -> Condition:
    if was.state is state:
        return was
    probe_at = _next_probe(was.probes, now, rules)
    return Condition(state, None, reason, was.failures + 1, was.probes, probe_at)


def _slowed(
    was: Condition, error: RateLimitedError, now: datetime, rules: AccountSettings
) -> Condition:
    asked = error.retry_after_s
    if _rests(was, now):  # many calls are refused at once: that is one reason to rest, not many
        return was if asked is None else _cooled(was, error.code, now, asked, was.failures)
    rest = _doubled(rules.cool_s, was.failures, rules.longest_cool_s) if asked is None else asked
    return _cooled(was, error.code, now, rest, was.failures + 1)


def _out_of_reach(was: Condition, reason: str, now: datetime, rules: AccountSettings) -> Condition:
    if _rests(was, now):
        return was
    failures = was.failures + 1
    if failures < rules.unavailable_after:
        return replace(was, failures=failures)
    rest = _doubled(rules.cool_s, failures - rules.unavailable_after, rules.longest_outage_s)
    return _cooled(was, reason, now, rest, failures)


def _rests(was: Condition, now: datetime) -> bool:
    return was.until is not None and was.until > now


def _cooled(was: Condition, reason: str, now: datetime, rest_s: float, failures: int) -> Condition:
    until = now + timedelta(seconds=min(max(rest_s, 0.0), _LONGEST_S))
    until = max(until, was.until or until)
    return Condition(AccountState.COOLING, until, reason, failures, was.probes)


def _next_probe(probes: int, now: datetime, rules: AccountSettings) -> datetime:
    return now + timedelta(seconds=_doubled(rules.probe_s, probes, rules.longest_probe_s))


def _doubled(first_s: float, times: int, longest_s: float) -> float:
    return min(first_s * 2.0 ** min(times, 40), longest_s)
