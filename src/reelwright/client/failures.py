"""What the service refuses, as errors: one class a kind, as everywhere else in reelwright."""

from collections.abc import Mapping
from typing import Any

from reelwright.ground.errors import (
    ConflictError,
    DeniedError,
    ExhaustedError,
    InvalidInputError,
    Kind,
    MissingError,
    ReelwrightError,
    UnauthenticatedError,
)


class NoAnswerError(ReelwrightError):
    """The service was not reached, or broke off; a write without a key may have been done."""

    code = "no_answer"
    kind = Kind.UNAVAILABLE


class ApiError(ReelwrightError):
    """A problem (RFC 9457) that the service answered.

    `code` is the service's; `errors` are the parts of the request that cannot be used; `retry_after` is
    in seconds; `incident` names a fault in the service's log. `details` is what a program needs to go
    on, such as both versions of what was changed meanwhile.
    """

    code = "api"

    def __init__(self, status: int, problem: Mapping[str, Any], retry_after: float | None) -> None:
        detail = str(problem.get("detail") or problem.get("title") or f"HTTP {status}")
        super().__init__(detail, way_out=problem.get("way_out"))
        self.code = str(problem.get("code", "http"))  # pyrefly: ignore[read-only]
        self.status = status
        self.retry_after = retry_after
        self.request_id: str | None = problem.get("request_id")
        self.incident: str | None = problem.get("incident")
        self.details: Mapping[str, Any] = dict(problem.get("details") or {})
        self.errors: list[Mapping[str, str]] = list(problem.get("errors") or ())


class ApiInvalidError(ApiError, InvalidInputError):
    """What was sent cannot be used."""


class ApiUnauthenticatedError(ApiError, UnauthenticatedError):
    """The token is not known, or there is none."""


class ApiDeniedError(ApiError, DeniedError):
    """Whoever asks may not do this."""


class ApiMissingError(ApiError, MissingError):
    """There is no such thing, or it is another's."""


class ApiConflictError(ApiError, ConflictError):
    """It cannot be done in the state things are in."""


class ApiExhaustedError(ApiError, ExhaustedError):
    """Too often, or too much: a limit is used up."""


class ApiUnavailableError(ApiError):
    """Not now."""

    kind = Kind.UNAVAILABLE


_CLASSES: dict[int, type[ApiError]] = {
    400: ApiInvalidError,
    401: ApiUnauthenticatedError,
    403: ApiDeniedError,
    404: ApiMissingError,
    409: ApiConflictError,
    412: ApiConflictError,
    413: ApiInvalidError,
    415: ApiInvalidError,
    422: ApiInvalidError,
    429: ApiExhaustedError,
    451: ApiDeniedError,
    502: ApiUnavailableError,
    503: ApiUnavailableError,
    504: ApiUnavailableError,
}


def failure(status: int, problem: Mapping[str, Any], retry_after: float | None) -> ApiError:
    """The error of an answer."""
    return _CLASSES.get(status, ApiError)(status, problem, retry_after)
