"""The text form of tokens: `rw_<token id>_<secret>`, and what is kept of it.

The secret has 256 bits of chance, so its plain SHA-256 is safe to keep: there is nothing to guess,
and a slow hash would only make each request slow.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Self

from reelwright.ground.errors import InvalidInputError, UnauthenticatedError
from reelwright.ground.ids import TokenId

_BYTES = 32


@dataclass(frozen=True, slots=True)
class TokenText:
    """A token as its holder knows it; the secret shows in no repr."""

    id: TokenId
    secret: str = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """A new token."""
        return cls(TokenId.new(), secrets.token_hex(_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form; raises UnauthenticatedError, which never repeats the text."""
        head, _, rest = text.strip().partition("_")
        number, _, secret = rest.rpartition("_")
        try:
            known = TokenId.parse(number)
        except InvalidInputError:
            raise refused() from None
        if head != "rw" or len(secret) != 2 * _BYTES or not secret.isascii():
            raise refused()
        return cls(known, secret)

    def reveal(self) -> str:
        """The text form, to be shown once."""
        return f"rw_{self.id}_{self.secret}"

    def hash(self) -> str:
        """What is kept: SHA-256 of the secret, in hexadecimal."""
        return hashlib.sha256(self.secret.encode()).hexdigest()


def refused() -> UnauthenticatedError:
    """The one answer to every token that does not work: it tells nothing apart."""
    return UnauthenticatedError(
        "this token is not valid", way_out="create a token and send it as a bearer token"
    )
