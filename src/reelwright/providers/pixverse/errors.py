"""PixVerse's troubles as ours, by the code in the envelope.

The codes are those on which two tables of strangers and the titles of PixVerse's own pages agree.
"""

from collections.abc import Callable

from pydantic import ValidationError

from reelwright.engines.http.client import Answer, retry_after
from reelwright.providers.errors import (
    BadInputError,
    BadKeyError,
    OutOfCreditsError,
    ProviderError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
)
from reelwright.providers.pixverse.shapes import Envelope
from reelwright.providers.wire import Shape, shaped


def opened(answer: Answer, shape: type[Shape], *, paid: bool = False) -> Shape:
    """What is in the envelope. Raises what the vendor says is wrong; `paid` for an answer that is billed."""
    if answer.status != 200:
        raise _of_status(answer, paid=paid)
    envelope = shaped(answer, Envelope, paid=paid)
    if envelope.code != 0:
        raise error_of(envelope)
    return _held(envelope, shape, paid=paid)


def error_of(envelope: Envelope) -> ProviderError:
    """What a code other than 0 means."""
    for codes, meaning in _MEANING:
        if envelope.code in codes:
            return meaning(envelope.message[:300] or f"code {envelope.code}")
    return ProviderError(f"PixVerse answered what nobody foresaw (code {envelope.code})")


def _held(envelope: Envelope, shape: type[Shape], *, paid: bool) -> Shape:
    try:
        return shape.model_validate(envelope.content)
    except ValidationError as error:
        what = f"PixVerse sent something else than {shape.__name__.lower()} ({error.error_count()} faults)"
        raise (UnknownOutcomeError(what) if paid else ProviderError(what)) from None


def _of_status(answer: Answer, *, paid: bool) -> ProviderError:
    try:
        envelope = Envelope.model_validate_json(answer.body)
    except ValidationError:
        pass  # no word of PixVerse's own: a gateway's
    else:
        if envelope.code != 0:
            return error_of(envelope)
    status = answer.status
    if status == 429:
        return RateLimitedError("too much at once", retry_after_s=retry_after(answer))
    if status in {401, 403}:
        return BadKeyError(f"PixVerse does not accept the key (HTTP {status})")
    if status < 500:
        return ProviderError(f"PixVerse answered what nobody foresaw (HTTP {status})")
    if paid:  # sent again under the same key, it is the same call
        return UnknownOutcomeError(f"PixVerse is not to be reached (HTTP {status})")
    return UnavailableError(f"PixVerse is not to be reached (HTTP {status})")


def _bad_input(what: str) -> ProviderError:
    return BadInputError(f"PixVerse refuses a parameter: {what}")


def _bad_prompt(what: str) -> ProviderError:
    return BadInputError(f"PixVerse refuses the prompt: {what}", field="prompt")


def _bad_picture(what: str) -> ProviderError:
    return BadInputError(f"PixVerse cannot take the picture: {what}")


def _bad_key(_: str) -> ProviderError:
    return BadKeyError("PixVerse does not accept the key")


def _no_credits(_: str) -> ProviderError:
    return OutOfCreditsError("the PixVerse account has too few credits left")


def _too_much(what: str) -> ProviderError:
    return RateLimitedError(f"PixVerse makes no more for this account now: {what}")


def _busy(what: str) -> ProviderError:
    return UnavailableError(f"PixVerse cannot do it now: {what}")


def _unfit_prompt(what: str) -> ProviderError:
    return RefusedError(f"PixVerse will not make this: {what}")


def _unfit_picture(what: str) -> ProviderError:
    return RefusedError(f"PixVerse will not take this picture: {what}", stage="input")


def _unfit_shot(what: str) -> ProviderError:
    return RefusedError(f"PixVerse will not show what it made: {what}", stage="output")


_MEANING: tuple[tuple[frozenset[int], Callable[[str], ProviderError]], ...] = (
    (frozenset((400012, 500201)), _bad_key),
    (frozenset((500043, 500090)), _no_credits),
    (frozenset((500044, 500045, 500060)), _too_much),  # at once, too soon, this month
    (frozenset((500069, 500041, 500100, 99999)), _busy),
    (frozenset((500063,)), _unfit_prompt),
    (frozenset((500052,)), _unfit_picture),
    (frozenset((500054,)), _unfit_shot),
    (frozenset((400018,)), _bad_prompt),
    (frozenset((500030, 500031, 500032, 500033)), _bad_picture),
    (frozenset((400011, 400013, 400017, 400019, 500020, 500042, 500070, 500071)), _bad_input),
)
