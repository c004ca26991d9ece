"""Anthropic's complaints as our errors, by their codes and types."""

from reelwright.engines.http.client import Answer
from reelwright.providers.complaints import Complaint, by_status, complaint_of
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    ModelGoneError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    UnavailableError,
)

VENDOR = "Anthropic"

_CREDITS = frozenset(
    (
        "billing_error",
        "contract_spend_limit_reached",
        "enforced_spend_limit_reached",
        "linked_organization_billing_unavailable",
        "linked_organization_spend_limit_reached",
    )
)
# Of a limit the account has set itself nothing tells but these words.
_LIMIT_OF_ITS_OWN = "You have reached your specified API usage limits"
_BUSY = frozenset(("api_error", "overloaded_error", "timeout_error"))
_KEY = frozenset(("authentication_error", "permission_error"))


def error_of(answer: Answer) -> ProviderError:
    """What an answer that is none means."""
    return translated(complaint_of(answer))


def translated(complaint: Complaint) -> ProviderError:
    """A complaint as one of our errors; by its type where it came in the midst of an answer."""
    kind, named = complaint.kind, complaint.code or complaint.kind
    if {complaint.code, kind} & _CREDITS or complaint.message.startswith(_LIMIT_OF_ITS_OWN):
        return OutOfCreditsError(f"the account at {VENDOR} has nothing left to pay with ({named})")
    if complaint.status is not None:
        return by_status(complaint, VENDOR)
    if kind in _BUSY:
        return UnavailableError(f"{VENDOR} broke off ({named})")
    if kind in _KEY:
        return BadKeyError(f"{VENDOR} does not take this key, or not for this ({named})")
    if kind == "rate_limit_error":
        return RateLimitedError(f"{VENDOR} is asked too much at once ({named})")
    if kind == "not_found_error":
        return ModelGoneError(f"{VENDOR} has no such model ({named})")
    if kind == "invalid_request_error":
        return BadInputError(f"{VENDOR} refuses a parameter: {complaint.message}")
    return by_status(complaint, VENDOR)
