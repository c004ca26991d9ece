"""ElevenLabs' troubles as ours, by their codes.

The status does not tell: 401 is a bad key as well as an account without credits, 429 a busy service
as well as too many requests of this account. Codes and the older statuses are both looked at.
"""

from collections.abc import Callable

from pydantic import ValidationError

from reelwright.engines.http.client import Answer, retry_after
from reelwright.providers.elevenlabs.shapes import Detail, Trouble
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
)


def error_of(answer: Answer, *, paid: bool = False) -> ProviderError:
    """What an answer other than 200 means; `paid` when it answers a request that is billed."""
    told = _told(answer)
    for word in (told.status, told.code, told.type):
        if word in _MEANING:
            return _MEANING[word](told, answer)
    if paid and answer.status in {502, 504}:
        # No word of ElevenLabs': a gateway gave up waiting, and what it waited for may be made.
        return UnknownOutcomeError(f"a gateway of ElevenLabs gave up (HTTP {answer.status})")
    meaning = _MEANING_OF_STATUS.get(answer.status)
    if meaning is None and answer.status >= 500:
        meaning = _busy
    if meaning is None:
        word = told.code or told.status
        return ProviderError(
            f"ElevenLabs answered what nobody foresaw (HTTP {answer.status} {word})"
        )
    return meaning(told, answer)


def lacks_permission(answer: Answer) -> bool:
    """Whether the key is good, but was not given the right to ask this."""
    words = {"missing_permissions", "insufficient_permissions"}
    told = _told(answer) if answer.status in {401, 403} else Detail()
    return bool(words & {told.status, told.code})


def _told(answer: Answer) -> Detail:
    try:
        detail = Trouble.model_validate_json(answer.body).detail
    except ValidationError:
        return Detail()  # a gateway's page: the status says all there is
    if isinstance(detail, list):
        first = detail[0] if detail else None
        field = str(first.loc[-1]) if first and first.loc else None
        return Detail(type="validation_error", message=first.msg if first else "", param=field)
    return Detail(message=detail) if isinstance(detail, str) else detail


def _bad_key(_: Detail, answer: Answer) -> ProviderError:
    return BadKeyError(f"ElevenLabs does not accept the key (HTTP {answer.status})")


def _not_allowed(told: Detail, _: Answer) -> ProviderError:
    return BadKeyError(f"this account may not do that at ElevenLabs ({told.code or told.status})")


def _no_credits(_: Detail, __: Answer) -> ProviderError:
    return OutOfCreditsError("the ElevenLabs account has too few credits left")


def _too_fast(_: Detail, answer: Answer) -> ProviderError:
    return RateLimitedError(
        "too many requests of this account at once", retry_after_s=retry_after(answer)
    )


def _busy(_: Detail, answer: Answer) -> ProviderError:
    return UnavailableError(f"ElevenLabs cannot do it now (HTTP {answer.status})")


def _refused(told: Detail, _: Answer) -> ProviderError:
    return RefusedError(f"ElevenLabs will not make this{_said(told)}")


def _bad_input(told: Detail, _: Answer) -> ProviderError:
    return BadInputError(f"ElevenLabs refuses a parameter{_said(told)}", field=told.param)


def _no_voice(_: Detail, __: Answer) -> ProviderError:
    return BadInputError(
        "ElevenLabs knows no such voice",
        field="voice",
        way_out="choose one of the account's own voices",
    )


def _gone(_: Detail, __: Answer) -> ProviderError:
    return ModelGoneError("ElevenLabs offers this model no longer")


def _said(told: Detail) -> str:
    return f": {told.message[:300]}" if told.message else ""


_Meaning = Callable[[Detail, Answer], ProviderError]

_MEANING: dict[str, _Meaning] = {
    # what it was called before, and is still sent as `status`
    "quota_exceeded": _no_credits,
    "invalid_api_key": _bad_key,
    "needs_authorization": _bad_key,
    "missing_permissions": _not_allowed,
    "too_many_concurrent_requests": _too_fast,
    "max_character_limit_exceeded": _bad_input,
    "content_against_policy": _refused,
    "bad_prompt": _refused,
    "bad_composition_plan": _refused,
    # codes
    "insufficient_credits": _no_credits,
    "rate_limit_exceeded": _too_fast,
    "concurrent_limit_exceeded": _too_fast,
    "system_busy": _busy,
    "voice_not_found": _no_voice,
    "invalid_voice_id": _no_voice,
    "model_not_found": _gone,
    "unsupported_model": _gone,
    # families
    "payment_required": _no_credits,
    "authentication_error": _bad_key,
    "authorization_error": _not_allowed,
    "rate_limit_error": _too_fast,
    "validation_error": _bad_input,
    "invalid_request": _bad_input,
    "internal_error": _busy,
    "service_unavailable": _busy,
}

_MEANING_OF_STATUS: dict[int, _Meaning] = {
    400: _bad_input,
    401: _bad_key,
    402: _no_credits,
    403: _not_allowed,
    413: _bad_input,
    422: _bad_input,
    429: _too_fast,
}
