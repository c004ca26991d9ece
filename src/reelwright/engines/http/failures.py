"""What can go wrong between us and others; messages name the host and path, never the query."""

from typing import ClassVar
from urllib.parse import urlsplit

from reelwright.ground.errors import Kind, ReelwrightError


class UnreachableError(ReelwrightError):
    """The other side cannot be reached, or broke off."""

    code: ClassVar[str] = "unreachable"
    kind: ClassVar[Kind] = Kind.UNAVAILABLE


class NotSentError(UnreachableError):
    """No connection came about: the other side has seen nothing of the request."""

    code: ClassVar[str] = "not_sent"


class TimedOutError(UnreachableError):
    """The other side took too long. Of a write nobody knows whether it was done."""

    code: ClassVar[str] = "timed_out"


class AddressRefusedError(ReelwrightError):
    """The address is one that requests may not go to."""

    code: ClassVar[str] = "address_refused"
    kind: ClassVar[Kind] = Kind.DENIED


class TooLargeError(ReelwrightError):
    """The answer is larger than we take."""

    code: ClassVar[str] = "answer_too_large"
    kind: ClassVar[Kind] = Kind.REFUSED


def shown(url: str) -> str:
    """A URL as it may be written down: no user, password, query or fragment."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "(an address that cannot be read)"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
