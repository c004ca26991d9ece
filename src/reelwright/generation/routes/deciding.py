"""After a failure: who could cure it. Judged by the type of the error alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reelwright.billing.errors import UnpricedError
from reelwright.ground.errors import ReelwrightError, written_error
from reelwright.providers import errors


class Next(StrEnum):
    """What is tried after a failure."""

    AGAIN = "again"  # the same model, after a pause
    ACCOUNT = "account"  # the same model with another account
    MODEL = "model"  # the next model of the route
    WAIT = "wait"  # all accounts are busy: another model, or the same a little later
    SOFTEN = "soften"  # the same model, with a more careful prompt
    POLICY = "policy"  # a model of a vendor with another policy
    UNKNOWN = "unknown"  # nothing before somebody knows
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Failure:
    """How a call ended badly, as it is remembered: the error's own words, and what decides."""

    code: str
    written: Mapping[str, Any]
    stage: str | None = None
    retry_after_s: float | None = None

    @classmethod
    def of(cls, error: ReelwrightError) -> "Failure":
        """Of an error as it was raised."""
        stage = getattr(error, "stage", None)
        after = getattr(error, "retry_after_s", None) or getattr(error, "retry_after", None)
        return cls(error.code, written_error(error), stage, after)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Failure":
        """As `told` wrote it."""
        return cls(told["code"], told["written"], told["stage"], told["retry_after_s"])

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "code": self.code,
            "written": dict(self.written),
            "stage": self.stage,
            "retry_after_s": self.retry_after_s,
        }


_BY_CODE = {
    errors.NotSentError.code: Next.AGAIN,
    errors.UnavailableError.code: Next.AGAIN,
    errors.UnusableError.code: Next.MODEL,
    errors.ProviderError.code: Next.MODEL,
    errors.MisshapenError.code: Next.MODEL,
    errors.ModelGoneError.code: Next.MODEL,
    errors.RateLimitedError.code: Next.ACCOUNT,
    errors.BadKeyError.code: Next.ACCOUNT,
    errors.OutOfCreditsError.code: Next.ACCOUNT,
    "no_account": Next.MODEL,
    UnpricedError.code: Next.MODEL,
    "no_free_account": Next.WAIT,
    errors.UnknownOutcomeError.code: Next.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What has been tried with the model at hand, and what the route allows."""

    times: int = 1
    softened: bool = False
    soften: bool = False
    reroute: bool = False


_AGAIN_AT_MOST = 2
_ACCOUNTS_AT_MOST = 20


def after(failure: Failure, tried: Tried) -> Next:
    """What to try next. What no other vendor could cure stops the chain."""
    if failure.code == errors.RefusedError.code:
        if tried.soften and not tried.softened and failure.stage != "input":
            return Next.SOFTEN
        return Next.POLICY if tried.reroute else Next.STOP
    decided = _BY_CODE.get(failure.code, Next.STOP)
    most = {Next.AGAIN: _AGAIN_AT_MOST, Next.ACCOUNT: _ACCOUNTS_AT_MOST}.get(decided)
    return Next.MODEL if most is not None and tried.times > most else decided
