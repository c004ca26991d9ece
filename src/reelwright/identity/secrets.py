"""The text form of tokens, sessions, invitations: `rw_<id>_<secret>`, and what is kept of it.

The secret has 256 bits of chance, so its plain SHA-256 is safe to keep: there is nothing to guess,
and a slow hash would only make each request slow.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from reelwright.ground.errors import InvalidInputError, UnauthenticatedError
from reelwright.ground.ids import Id

_BYTES = 32
NOBODYS = "0" * 64
"""Compared with when there is no such thing, so that the answer takes as long."""

Kind = TypeVar("Kind", bound=Id)


@dataclass(frozen=True, slots=True)
class SecretText(Generic[Kind]):
    """A token, or the like, as its holder knows it; the secret shows in no repr."""

    id: Kind
    secret: str = field(repr=False)

    @staticmethod
    def new(kind: type[Kind]) -> "SecretText[Kind]":
        """A new one of a kind."""
        return SecretText(kind.new(), secrets.token_hex(_BYTES))

    @staticmethod
    def parse(text: str, kind: type[Kind]) -> "SecretText[Kind]":
        """Read the text form; raises UnauthenticatedError, which never repeats the text."""
        head, _, rest = text.strip().partition("_")
        number, _, secret = rest.rpartition("_")
        try:
            known = kind.parse(number)
        except InvalidInputError:
            raise refused() from None
        if head != "rw" or len(secret) != 2 * _BYTES or not secret.isascii():
            raise refused()
        return SecretText(known, secret)

    def reveal(self) -> str:
        """The text form, to be shown once."""
        return f"rw_{self.id}_{self.secret}"

    def hash(self) -> str:
        """What is kept: SHA-256 of the secret, in hexadecimal."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def fits(self, kept: str | None) -> bool:
        """Whether this is the secret a hash was kept of; takes as long when there is none."""
        return hmac.compare_digest(kept or NOBODYS, self.hash()) and kept is not None


def refused() -> UnauthenticatedError:
    """The one answer to every token that does not work: it tells nothing apart."""
    return UnauthenticatedError(
        "this token is not valid",
        way_out="sign in, or create a token and send it as a bearer token",
    )
