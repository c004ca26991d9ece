"""The complaints of such servers as our errors: by the codes that are known, else by their status."""

from reelwright.engines.http.client import Answer
from reelwright.providers.complaints import Complaint, by_status, complaint_of
from reelwright.providers.errors import (
    ModelGoneError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    RefusedError,
)

VENDOR = "the server"

_CREDITS = frozenset(("Arrearage", "insufficient_quota"))
_POLICY = frozenset(("data_inspection_failed", "DataInspectionFailed", "content_filter"))
_THROTTLED = "Throttling"


def error_of(answer: Answer) -> ProviderError:
    """What an answer that is none means."""
    return translated(complaint_of(answer))


def translated(complaint: Complaint) -> ProviderError:
    """A complaint as one of our errors. DashScope does not tell whether what was asked or what was made is unfit."""
    told = {complaint.code, complaint.kind}
    if told & _CREDITS:
        return OutOfCreditsError(f"the account at {VENDOR} has nothing left to pay with")
    if told & _POLICY:
        stage = "output" if complaint.status is None else "prompt"
        return RefusedError(f"{VENDOR} will not make this ({complaint.code})", stage=stage)
    if any(one.startswith(_THROTTLED) for one in told):
        return RateLimitedError(
            f"{VENDOR} is asked too much at once ({complaint.code})",
            retry_after_s=complaint.retry_after_s,
        )
    if "model_not_found" in told:
        return ModelGoneError(f"{VENDOR} has no such model")
    return by_status(complaint, VENDOR)
