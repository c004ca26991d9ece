"""Google's errors by their status: an HTTP answer's, or the number of google.rpc.Code inside a result."""

import re
from collections.abc import Callable

from pydantic import ValidationError

from reelwright.engines.http.client import Answer, retry_after
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    ModelGoneError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    UnavailableError,
)
from reelwright.providers.google.shapes import Camel

_BY_HTTP = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
    413: "INVALID_ARGUMENT", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 502: "UNAVAILABLE",
    503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED",
}  # fmt: skip
_BY_RPC = {
    3: "INVALID_ARGUMENT", 4: "DEADLINE_EXCEEDED", 5: "NOT_FOUND", 7: "PERMISSION_DENIED",
    8: "RESOURCE_EXHAUSTED", 9: "FAILED_PRECONDITION", 11: "OUT_OF_RANGE", 13: "INTERNAL",
    14: "UNAVAILABLE", 16: "UNAUTHENTICATED",
}  # fmt: skip
# Until September 2026 exhausted credits were a 429 as too many calls are; only the words differ.
_NO_CREDITS = "prepayment credits"
_BAD_KEY_REASONS = frozenset({"API_KEY_INVALID", "API_KEY_EXPIRED", "API_KEY_SERVICE_BLOCKED"})
_KEY = re.compile(r"AIza[\w-]{10,}|ya29\.[\w.-]+|\bAQ\.[\w-]{10,}")
_LONGEST = 300


class _Violation(Camel):
    field: str = ""


class _Detail(Camel):
    reason: str = ""
    retry_delay: str = ""
    field_violations: tuple[_Violation, ...] = ()


class Fault(Camel):
    """The object `error`, of an answer or of an event."""

    code: int | str = 0
    status: str = ""
    message: str = ""
    details: tuple[_Detail, ...] = ()


class _Body(Camel):
    error: Fault = Fault()


def error_of(answer: Answer) -> ProviderError:
    """What an answer that is no success means."""
    try:
        fault = _Body.model_validate_json(answer.body).error
    except ValidationError:  # a proxy on the way writes what it likes
        fault = Fault()
    return error_of_fault(fault, answer.status, retry_after(answer))


def error_of_fault(fault: Fault, code: int, again_after_s: float | None = None) -> ProviderError:
    """What a fault means that came with that HTTP status, or would have."""
    if code == 402 or _NO_CREDITS in fault.message:
        return OutOfCreditsError("Google: this account's credits are used up")
    if any(detail.reason in _BAD_KEY_REASONS for detail in fault.details):
        return _bad_key("API_KEY_INVALID")
    status = fault.status or _BY_HTTP.get(code, "")
    if status == "RESOURCE_EXHAUSTED":
        return RateLimitedError(
            "Google: too much at once", retry_after_s=_pause(fault, again_after_s)
        )
    if status == "INVALID_ARGUMENT":
        fields = [one.field for detail in fault.details for one in detail.field_violations]
        return BadInputError(_says(fault.message, status), field=next(iter(fields), None))
    return error_of_status(status or f"HTTP {code}", fault.message)


def error_of_rpc(code: int, message: str) -> ProviderError:
    """What a google.rpc.Code inside a result means."""
    return error_of_status(_BY_RPC.get(code, f"code {code}"), message)


def error_of_status(status: str, message: str) -> ProviderError:
    """What a status means by itself."""
    make = _BY_STATUS.get(status)
    return make(message, status) if make else ProviderError(_says(message, status))


def _bad_key(status: str) -> BadKeyError:
    # Their words are not repeated: they name the key.
    return BadKeyError(f"Google does not accept this account's key, or not for this ({status})")


def _says(message: str, status: str) -> str:
    """Their words, short and without a key; they are for people, nothing is decided by them."""
    told = _KEY.sub("...", message)[:_LONGEST]
    return f"Google: {told or 'no reason given'} ({status})"


def _pause(fault: Fault, again_after_s: float | None) -> float | None:
    """Seconds to wait, as they ask: `"17.5s"` in the body, else a header."""
    told = next((one.retry_delay for one in fault.details if one.retry_delay), "")
    try:
        return max(0.0, float(told.removesuffix("s")))
    except ValueError:
        return again_after_s


_BY_STATUS: dict[str, Callable[[str, str], ProviderError]] = {
    "INVALID_ARGUMENT": lambda message, status: BadInputError(_says(message, status)),
    "OUT_OF_RANGE": lambda message, status: BadInputError(_says(message, status)),
    # No billing, or a region where they do not offer it: the account may not do this.
    "FAILED_PRECONDITION": lambda _, status: _bad_key(status),
    "UNAUTHENTICATED": lambda _, status: _bad_key(status),
    "PERMISSION_DENIED": lambda _, status: _bad_key(status),
    "NOT_FOUND": lambda message, status: ModelGoneError(_says(message, status)),
    "RESOURCE_EXHAUSTED": lambda message, status: RateLimitedError(_says(message, status)),
    "INTERNAL": lambda message, status: UnavailableError(_says(message, status)),
    "UNAVAILABLE": lambda message, status: UnavailableError(_says(message, status)),
    "DEADLINE_EXCEEDED": lambda message, status: UnavailableError(_says(message, status)),
}
