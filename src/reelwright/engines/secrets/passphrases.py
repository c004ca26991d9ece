"""Keys from passphrases: scrypt, with its parameters kept beside the key's name."""

import secrets
import unicodedata
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from reelwright.ground.errors import InvalidInputError

_LARGEST_N = 2**20


@dataclass(frozen=True, slots=True)
class Scrypting:
    """How a passphrase became a key. 2**16 x 8 takes 64 MiB and about 150 ms."""

    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    n: int = 2**16
    r: int = 8
    p: int = 1

    def __post_init__(self) -> None:
        if not (2**14 <= self.n <= _LARGEST_N and 8 <= self.r <= 16 and 1 <= self.p <= 8):
            raise InvalidInputError("these scrypt parameters are too weak, or too costly")
        if len(self.salt) < 16:
            raise InvalidInputError("a salt has at least 16 bytes")

    def key(self, passphrase: str) -> bytes:
        """The 32 bytes; equal texts give equal keys, however their signs are composed."""
        text = unicodedata.normalize("NFKC", passphrase).encode()
        return Scrypt(self.salt, 32, self.n, self.r, self.p).derive(text)
