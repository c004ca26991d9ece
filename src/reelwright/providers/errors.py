"""What can go wrong with a provider, by type; adapters translate once, by code or type, never by text.

What each type means for the call: `paid` says whether the vendor may have been paid for it, and the
type says who may cure it (the same account later, another account, another model, a person).
"""

from typing import ClassVar

from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.providers.prices import Usage


class ProviderError(ReelwrightError):
    """The root of a provider's trouble; by itself: it answered what nobody foresaw.

    `paid` where the vendor bills the call all the same.
    """

    code = "provider_fault"
    kind = Kind.FAULT
    paid: bool = False


class UnsupportedError(ProviderError):
    """The model cannot do what was asked: wrong operation, size or length. Nothing was paid.

    `field` is the parameter that is wrong, where that is known.
    """

    code = "unsupported"
    kind = Kind.INVALID

    def __init__(
        self, message: str, *, field: str | None = None, way_out: str | None = None
    ) -> None:
        super().__init__(message, way_out=way_out)
        self.field = field


class BadInputError(UnsupportedError):
    """The vendor refused a parameter: asked again, it would do so again."""

    code = "bad_input"


class UnknownTicketError(ProviderError):
    """The provider knows no such submission (any more)."""

    code = "unknown_ticket"
    kind = Kind.MISSING


class UnavailableError(ProviderError):
    """The provider cannot be used now; trying again later may help. Nothing was made."""

    code = "provider_unavailable"
    kind = Kind.UNAVAILABLE


class UnusableError(UnavailableError):
    """What the vendor sent cannot be used: it does not open, or there is nothing in it."""

    code = "unusable_result"


class NotSentError(UnavailableError):
    """The request never left this machine: it may be sent as if for the first time."""

    code = "not_sent"


class RateLimitedError(UnavailableError):
    """Too much at once for this account; `retry_after_s` is what the vendor asks for, if it says."""

    code = "rate_limited"
    kind = Kind.EXHAUSTED

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class RefusedError(ProviderError):
    """The vendor will not make this, on grounds of its policy. `stage` is where that was seen.

    `prompt`, `input` (a picture handed along) or `output`; `paid` where the vendor bills it all the same,
    `used` what it bills, as far as it tells.
    """

    code = "refused"
    kind = Kind.REFUSED

    def __init__(
        self, message: str, *, stage: str = "prompt", paid: bool = False, used: Usage | None = None
    ) -> None:
        super().__init__(message, way_out="word it otherwise")
        self.stage = stage
        self.paid = paid
        self.used: Usage = used or {}


class MisshapenError(ProviderError):
    """What came, and was paid for, has not the shape that was asked for.

    `text` is all that came: whoever wants it mended asks once more, which is another paid call.
    `used` is what the vendor bills, as far as it tells.
    """

    code = "misshapen"
    paid = True

    def __init__(self, message: str, *, text: str = "", used: Usage | None = None) -> None:
        super().__init__(message, way_out="ask once more, with what came and what is wrong with it")
        self.text = text
        self.used: Usage = used or {}


class BadKeyError(ProviderError):
    """The account's key is not accepted, or may not do this."""

    code = "bad_key"
    kind = Kind.UNAUTHENTICATED


class OutOfCreditsError(ProviderError):
    """The account has nothing left to pay with."""

    code = "out_of_credits"
    kind = Kind.EXHAUSTED


class ModelGoneError(ProviderError):
    """The vendor offers this model no longer."""

    code = "model_gone"
    kind = Kind.MISSING


class UnknownOutcomeError(ProviderError):
    """Whether the vendor has taken the request, and will bill it, is not known."""

    code = "unknown_outcome"
    kind = Kind.UNAVAILABLE
    told: ClassVar[str] = "the answer was lost; it is not sent again before that is known"

    def __init__(self, message: str) -> None:
        super().__init__(message, way_out=self.told)
