"""pydantic-ai's errors as ours: by their types, and by the vendors' codes where a type says too little."""

from typing import Any

from pydantic_ai import exceptions as theirs

from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    ModelGoneError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
    UnsupportedError,
)

_POLICY = frozenset(
    ("invalid_prompt", "content_filter", "content_policy_violation", "moderation_blocked",
     "data_inspection_failed")
)  # fmt: skip
_ALWAYS_OWN = frozenset((500, 503, 529))


def translated(error: Exception, title: str) -> ProviderError:
    """One of their errors as one of ours. Their messages are left out: they may hold what was sent."""
    code = getattr(error, "provider_error_code", None) or getattr(
        error, "provider_error_type", None
    )
    named = f" ({code})" if code else ""
    of_account = _of_account(error, title, named)
    if of_account is not None:
        return of_account
    match error:
        case theirs.ModelRequestRejectedError() if code in _POLICY:
            return RefusedError(f"the vendor of {title} will not write this{named}", stage="prompt")
        case theirs.ModelRequestRejectedError():
            return BadInputError(
                f"the vendor of {title} refuses a parameter{named}", field=_field(error)
            )
        case theirs.ModelConnectionError() | theirs.ModelRequestTimeout():
            return UnknownOutcomeError(f"what became of the call of {title} is not known")
        case theirs.ModelAPIError() if error.in_stream:
            return ProviderError(f"the vendor of {title} broke off{named}")
        case theirs.ModelHTTPError() if error.status_code >= 500:
            return _of_status(error, title, named)
        case theirs.ModelAPIError():
            return ProviderError(f"the vendor of {title} answered what nobody foresaw{named}")
        case theirs.UserError():
            return UnsupportedError(f"{title} cannot be asked so: {str(error)[:200]}")
        case _:
            return UnknownOutcomeError(f"what became of the call of {title} is not known")


def _of_account(error: Exception, title: str, named: str) -> ProviderError | None:
    """What another account, or another model, could cure."""
    match error:
        case theirs.ContentFilterError():
            return RefusedError(f"the vendor of {title} will not write this", stage="output")
        case theirs.ModelQuotaExceededError():
            return OutOfCreditsError(f"the account for {title} has nothing left to pay with{named}")
        case theirs.ModelRateLimitError():
            return RateLimitedError(
                f"the vendor of {title} is asked too much at once{named}",
                retry_after_s=error.retry_after,
            )
        case theirs.ModelAuthenticationError():
            return BadKeyError(f"the vendor of {title} does not take this key{named}")
        case theirs.ModelNotFoundError():
            return ModelGoneError(f"its vendor has no {title}{named}")
        case _:
            return None


def _of_status(error: theirs.ModelHTTPError, title: str, named: str) -> ProviderError:
    if error.body or error.status_code in _ALWAYS_OWN:
        return UnavailableError(
            f"the vendor of {title} is not to be had (HTTP {error.status_code}){named}"
        )
    # A gateway that gave up does not know what became of the request behind it.
    return UnknownOutcomeError(f"what stands before {title} gave up (HTTP {error.status_code})")


def _field(error: Any) -> str | None:
    body = error.body if isinstance(error.body, dict) else {}
    inner = body.get("error")
    told = inner if isinstance(inner, dict) else body
    found = told.get("param")
    return found if isinstance(found, str) else None
