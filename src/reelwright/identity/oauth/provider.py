"""A place where people have accounts: what it is asked, and what it says of them."""

from dataclasses import dataclass, field
from typing import Protocol

from reelwright.ground.errors import UnauthenticatedError


class OAuthFailedError(UnauthenticatedError):
    """The place elsewhere did not say, in a way we can believe, who this is."""

    code = "oauth_failed"

    def __init__(self, message: str) -> None:
        super().__init__(message, way_out="begin again, or sign in another way")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One going out and coming back. All but the address is secret, and of this attempt only."""

    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Who somebody is elsewhere. `subject` never changes there; `verified`: the address is theirs."""

    subject: str
    email: str | None
    verified: bool
    name: str | None
    groups: frozenset[str] = frozenset()


class OAuthProvider(Protocol):
    """A place where people have accounts."""

    async def way(self, attempt: Attempt) -> str:
        """The address to send the browser to."""
        ...

    async def recognise(self, attempt: Attempt, code: str, issuer: str | None) -> Outsider:
        """Who came back with this code. Raises OAuthFailedError, UnreachableError.

        `issuer` is who says so, where that is told with the code.
        """
        ...
