"""What vendors say when they say no: the one shape most of them share, and what a status means by itself."""

from dataclasses import dataclass, field

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
    UnknownOutcomeError,
)
from reelwright.providers.wire import Told

_LONGEST = 300
_OWN_ENDS = frozenset((500, 503))


class _Details(Told):
    error_code: str | None = None


class _Moderation(Told):
    moderation_stage: str | None = None


class Trouble(Told):
    """The object `error` of an answer or an event, as OpenAI, those like it and Anthropic have it."""

    message: str | None = None
    type: str | None = None
    code: str | int | None = None
    param: str | None = None
    details: _Details | None = None
    moderation_details: _Moderation | None = None


class Body(Told):
    """An answer, or an event, that holds nothing but trouble."""

    error: Trouble


@dataclass(frozen=True, slots=True)
class Complaint:
    """A vendor's no. `code` is its most exact word for the cause; `own` whether the vendor itself spoke.

    Without a status it came in the midst of an answer that had begun well.
    """

    status: int | None
    kind: str = ""
    code: str = ""
    message: str = field(default="", repr=False)
    param: str | None = None
    stage: str | None = None
    retry_after_s: float | None = None
    own: bool = True


def complaint_of(answer: Answer) -> Complaint:
    """The complaint in an answer, whatever its body."""
    try:
        trouble = Body.model_validate_json(answer.body).error
    except ValidationError:
        return Complaint(answer.status, own=False, retry_after_s=retry_after(answer))
    return spoken(trouble, answer.status, retry_after(answer))


def spoken(
    trouble: Trouble, status: int | None = None, again_after_s: float | None = None
) -> Complaint:
    """What the object `error` says."""
    code = trouble.details.error_code if trouble.details else None
    moderated = trouble.moderation_details
    return Complaint(
        status,
        trouble.type or "",
        code or str(trouble.code or ""),
        (trouble.message or "")[:_LONGEST],
        trouble.param,
        moderated.moderation_stage if moderated else None,
        again_after_s,
    )


def by_status(complaint: Complaint, vendor: str) -> ProviderError:
    """What a status means where no code says more. The words of a refused key are left out: they may hold it."""
    status, why = complaint.status, complaint.code or complaint.kind
    named = f" ({why})" if why else ""
    said = f": {complaint.message}" if complaint.message else named
    match status:
        case None:
            return ProviderError(f"{vendor} broke off{said}")
        case 401 | 403:
            return BadKeyError(f"{vendor} does not take this key, or not for this{named}")
        case 402:
            return OutOfCreditsError(f"{vendor} wants to be paid first{named}")
        case 404 | 410:
            return ModelGoneError(f"{vendor} has no such model{named}")
        case 429:
            return RateLimitedError(
                f"{vendor} is asked too much at once{named}", retry_after_s=complaint.retry_after_s
            )
        case 408 | 409:
            return UnavailableError(f"{vendor} could not take it now{named}")
        case _ if 400 <= status < 500:
            return BadInputError(f"{vendor} refuses a parameter{said}", field=complaint.param)
        case _ if status >= 500 and (complaint.own or status in _OWN_ENDS):
            return UnavailableError(f"{vendor} is not to be had (HTTP {status}){named}")
        case _ if status >= 500:
            # A gateway that gave up does not know what became of the request behind it.
            return UnknownOutcomeError(f"what stands before {vendor} gave up (HTTP {status})")
        case _:
            return ProviderError(f"{vendor} answered what nobody foresaw (HTTP {status})")
