"""OpenAI's complaints as our errors, by their codes; in an answer, or in the midst of one."""

from reelwright.engines.http.client import Answer
from reelwright.providers.complaints import Complaint, by_status, complaint_of
from reelwright.providers.errors import (
    BadInputError,
    ModelGoneError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
)
from reelwright.providers.prices import Usage

VENDOR = "OpenAI"

_CREDITS = frozenset(
    (
        "insufficient_quota",
        "credit_balance_exhausted",
        "organization_usage_limit_exceeded",
        "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded",
    )
)
_POLICY = {
    "moderation_blocked": "prompt",
    "invalid_prompt": "prompt",
    "bio_policy": "prompt",
    "misalignment_policy_violation": "output",
    "image_content_policy_violation": "input",
}
_STAGES = {"input": "prompt", "output": "output"}
_BUSY = frozenset(("server_error", "vector_store_timeout"))
_PICTURES = "image"


def error_of(answer: Answer) -> ProviderError:
    """What an answer that is none means."""
    return translated(complaint_of(answer))


def translated(complaint: Complaint, used: Usage | None = None) -> ProviderError:
    """A complaint as one of our errors. `used` is what was billed before it came."""
    code = complaint.code
    if code in _CREDITS or complaint.kind in _CREDITS:
        return OutOfCreditsError(f"the account at {VENDOR} has nothing left to pay with ({code})")
    if code in _POLICY:
        stage = _STAGES.get(complaint.stage or "", _POLICY[code])
        return RefusedError(
            f"{VENDOR} will not make this ({code})", stage=stage, paid=bool(used), used=used
        )
    if code == "model_not_found":
        return ModelGoneError(f"{VENDOR} has no such model ({code})")
    if complaint.status is None:
        return _midway(complaint)
    return by_status(complaint, VENDOR)


def _midway(complaint: Complaint) -> ProviderError:
    code = complaint.code
    if code == "rate_limit_exceeded":
        return RateLimitedError(f"{VENDOR} is asked too much at once ({code})")
    if code in _BUSY:
        return UnavailableError(f"{VENDOR} broke off ({code})")
    if _PICTURES in code:
        return BadInputError(f"{VENDOR} cannot read a picture ({code})", field="images")
    return by_status(complaint, VENDOR)
