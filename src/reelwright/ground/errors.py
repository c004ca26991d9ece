"""The one root of our errors: a code for machines, a kind for the faces, a way out for people."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar


class Kind(StrEnum):
    """What sort of trouble it is; each face maps a kind once (exit code, HTTP status, retry or not)."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    DENIED = "denied"
    MISSING = "missing"
    CONFLICT = "conflict"
    EXHAUSTED = "exhausted"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    FAULT = "fault"


class ReelwrightError(Exception):
    """Something went wrong that we foresaw; `way_out` says what the person can do about it."""

    code: ClassVar[str] = "fault"
    kind: ClassVar[Kind] = Kind.FAULT

    def __init__(self, message: str, *, way_out: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.message} ({self.way_out})" if self.way_out else self.message


class InvalidInputError(ReelwrightError):
    """What was given cannot be used: a file, an option, a name."""

    code = "invalid_input"
    kind = Kind.INVALID


class EnvironmentFailedError(ReelwrightError):
    """The machine cannot do it now: disk full, folder not writable, a library missing."""

    code = "environment"
    kind = Kind.UNAVAILABLE


class MissingError(ReelwrightError):
    """There is no such thing, or it is another's: the two are never told apart."""

    code = "missing"
    kind = Kind.MISSING


class ConflictError(ReelwrightError):
    """It cannot be done in the state things are in."""

    code = "conflict"
    kind = Kind.CONFLICT


class StaleError(ConflictError):
    """It is not what the caller has seen; `details` has both: what is `there`, and what was `sent`."""

    code = "stale"

    def __init__(
        self, message: str, *, way_out: str, there: Mapping[str, Any], sent: Mapping[str, Any]
    ) -> None:
        super().__init__(message, way_out=way_out)
        self.details = {"there": dict(there), "sent": dict(sent)}


class UnauthenticatedError(ReelwrightError):
    """Nobody known is asking."""

    code = "unauthenticated"
    kind = Kind.UNAUTHENTICATED


class DeniedError(ReelwrightError):
    """Whoever asks may not do this."""

    code = "denied"
    kind = Kind.DENIED


class ExhaustedError(ReelwrightError):
    """A limit is used up: a quota, a queue, a budget."""

    code = "exhausted"
    kind = Kind.EXHAUSTED


class ToldError(ReelwrightError):
    """An error that happened elsewhere (another process, another time), as it was written down."""

    def __init__(self, written: Mapping[str, Any]) -> None:
        super().__init__(str(written.get("message", "")), way_out=written.get("way_out"))
        self.code = str(written.get("code", "fault"))  # pyrefly: ignore[read-only]
        self.kind = Kind(written.get("kind", Kind.FAULT))  # pyrefly: ignore[read-only]


def written_error(error: BaseException) -> dict[str, Any]:
    """An error as JSON; `ToldError` brings it back. What nobody foresaw is told as a fault."""
    if isinstance(error, ReelwrightError):
        told = {"code": error.code, "kind": error.kind.value, "message": error.message}
        return told | {"way_out": error.way_out}
    message = f"{type(error).__name__}: {error}"
    return {"code": "fault", "kind": Kind.FAULT.value, "message": message, "way_out": None}
