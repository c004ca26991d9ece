"""Brave's troubles as ours, by their codes; the status alone does not tell a bad key from a bad request."""

from pydantic import ValidationError

from reelwright.engines.http.client import Answer, retry_after
from reelwright.providers.brave.shapes import Error, Trouble
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    UnavailableError,
)

_KEY_CODES = frozenset(
    ("SUBSCRIPTION_TOKEN_INVALID", "SUBSCRIPTION_TOKEN_MISSING", "SUBSCRIPTION_NOT_FOUND")
)


def error_of(answer: Answer) -> ProviderError:
    """What an answer other than 200 means."""
    told = _told(answer)
    fault = told.meta.errors[0].loc if told.meta.errors else []
    match told.code, answer.status:
        case (code, _) if code in _KEY_CODES:
            return BadKeyError("Brave does not accept the subscription token")
        case ("VALIDATION", _) if fault[:1] == ["header"]:
            return BadKeyError("Brave was sent no subscription token it can read")
        case ("QUOTA_LIMITED", _) | ("", 402):
            return OutOfCreditsError("the Brave plan's requests are used up")
        case ("RATE_LIMITED", _) | (_, 429):
            return RateLimitedError("too many searches at once", retry_after_s=_wait(answer))
        case ("VALIDATION", _) | (_, 400 | 422):
            field = str(fault[-1]) if fault else None
            what = told.detail[:300] or "no reason was given"
            return BadInputError(f"Brave refuses the search: {what}", field=field)
        case (_, 401 | 403):
            return BadKeyError(f"Brave does not let this key search (HTTP {answer.status})")
        case (_, status) if status >= 500:
            return UnavailableError(f"Brave cannot search now (HTTP {status})")
        case (code, status):
            return ProviderError(f"Brave answered what nobody foresaw (HTTP {status} {code})")


def _told(answer: Answer) -> Error:
    try:
        return Trouble.model_validate_json(answer.body).first
    except ValidationError:
        return Error()  # a gateway's page: the status says all there is


def _wait(answer: Answer) -> float | None:
    """Seconds until the shortest window begins anew: `X-RateLimit-Reset: 1, 1419704`."""
    windows = answer.headers.get("x-ratelimit-reset", "").split(",")
    first = windows[0].strip()
    asked = retry_after(answer)
    if asked is None and first.isascii() and first.isdigit():
        return float(first)
    return asked
