"""What each error of a vendor does to an account, and how it comes back."""

from datetime import UTC, datetime, timedelta

import pytest

from reelwright.generation.accounts.account import AccountState, Condition
from reelwright.generation.accounts.conditions import (
    after_failure,
    after_success,
    exhausted,
    rested,
    tried,
)
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.providers import errors

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RULES = AccountSettings()
WELL = Condition()


def limited(seconds=None):
    return errors.RateLimitedError("slower", retry_after_s=seconds)


def failed(was, *many, at=NOW):
    for error in many:
        was = after_failure(was, error, at, RULES)
    return was


def rest_s(condition, at=NOW):
    return (condition.until - at).total_seconds()


def test_a_rate_limited_account_rests_as_long_as_the_vendor_asks_for():
    now = failed(WELL, limited(42))
    assert (now.state, now.reason) == (AccountState.COOLING, "rate_limited")
    assert rest_s(now) == 42


def test_without_a_word_of_the_vendor_rests_double_up_to_a_bound():
    was, at, rests = WELL, NOW, []
    for _ in range(10):
        was = failed(was, limited(), at=at)
        rests.append(rest_s(was, at))
        at = was.until
        was = rested(was)
    assert rests == [15, 30, 60, 120, 240, 480, 900, 900, 900, 900]


def test_many_calls_refused_at_once_are_one_reason_to_rest():
    now = failed(WELL, *[limited()] * 20)
    assert rest_s(now) == 15
    assert failed(now, limited(100)).until == NOW + timedelta(seconds=100)
    assert failed(now, limited(3)).until == now.until


def test_no_vendor_lets_an_account_rest_for_more_than_a_day():
    assert rest_s(failed(WELL, limited(1e9))) == 24 * 3600


def test_a_success_ends_the_doubling_but_no_rest():
    resting = failed(WELL, limited())
    assert after_success(resting) == resting
    assert after_success(rested(resting)) == WELL


def test_a_vendor_that_is_away_several_times_in_a_row_gives_a_short_rest():
    away = errors.UnavailableError("away")
    assert failed(WELL, away, away).state is AccountState.ACTIVE
    assert after_success(failed(WELL, away, away)) == WELL
    now = failed(WELL, away, away, errors.UnknownOutcomeError("lost"))
    assert now.state is AccountState.COOLING
    assert rest_s(now) == 15


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (errors.OutOfCreditsError("empty"), AccountState.EXHAUSTED),
        (errors.BadKeyError("no"), AccountState.DISABLED),
    ],
)
def test_an_account_that_cannot_pay_or_sign_is_out_until_a_trial(error, state):
    now = failed(WELL, error)
    assert (now.state, now.reason) == (state, error.code)
    assert now.probe_at == NOW + timedelta(minutes=5)
    assert failed(now, limited(), errors.UnavailableError("away"), error) == now
    assert after_success(now) == now


def test_a_bad_key_weighs_more_than_empty_pockets():
    empty = failed(WELL, errors.OutOfCreditsError("empty"))
    disabled = failed(empty, errors.BadKeyError("no"))
    assert disabled.state is AccountState.DISABLED
    assert exhausted(disabled, NOW, RULES) == disabled


def test_trials_are_put_off_from_minutes_to_hours_and_further_when_it_falls_ill_again():
    was, waits = failed(WELL, errors.BadKeyError("no")), []
    for _ in range(9):
        was = tried(was, NOW, RULES)
        assert was.probe_at is not None
        waits.append((was.probe_at - NOW).total_seconds() / 60)
    assert waits == [10, 20, 40, 80, 160, 320, 360, 360, 360]
    again = failed(rested(was), errors.BadKeyError("no"))
    assert again.probe_at == NOW + timedelta(hours=6)
    well = after_success(rested(was))
    assert failed(well, errors.BadKeyError("no")).probe_at == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    "error",
    [
        errors.UnsupportedError("too long"),
        errors.BadInputError("wrong"),
        errors.RefusedError("never"),
        errors.ModelGoneError("gone"),
        errors.UnknownTicketError("which"),
        errors.MisshapenError("odd"),
        errors.ProviderError("what nobody foresaw"),
        "Provider timeout",
    ],
)
def test_what_is_not_the_accounts_fault_changes_nothing(error):
    assert failed(WELL, error) == WELL
