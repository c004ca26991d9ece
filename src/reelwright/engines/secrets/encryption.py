"""Encrypting single texts with a key of one's own, for scripts and plugins; the house uses the Vault."""

import asyncio
import base64
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reelwright.engines.secrets.passphrases import Scrypting
from reelwright.engines.secrets.vault import SealBrokenError
from reelwright.ground.errors import InvalidInputError

ALGORITHM = "AES-GCM"


@dataclass(frozen=True, slots=True)
class EncryptedData:
    """Ciphertext and nonce as base64, and the algorithm."""

    encrypted: str
    iv: str
    algorithm: str = ALGORITHM


class EncryptionService:
    """AES-256-GCM."""

    async def generate_key(self) -> bytes:
        """A new key of 256 bits."""
        return AESGCM.generate_key(256)

    async def encrypt(self, data: str, key: bytes) -> EncryptedData:
        """Encrypt a text under a nonce of its own."""
        nonce = secrets.token_bytes(12)
        content = _cipher(key).encrypt(nonce, data.encode(), None)
        return EncryptedData(base64.b64encode(content).decode(), base64.b64encode(nonce).decode())

    async def decrypt(self, encrypted: EncryptedData, key: bytes) -> str:
        """The text; raises SealBrokenError if the key is another, or anything was changed."""
        if encrypted.algorithm != ALGORITHM:
            raise InvalidInputError(f"this is not {ALGORITHM}")
        try:
            nonce = base64.b64decode(encrypted.iv, validate=True)
            content = base64.b64decode(encrypted.encrypted, validate=True)
            return _cipher(key).decrypt(nonce, content, None).decode()
        except (InvalidTag, ValueError):
            raise SealBrokenError("this does not open with that key") from None

    async def derive_key(self, password: str, salt: bytes) -> bytes:
        """A key from a password (scrypt) and at least 16 bytes of salt, in a thread."""
        return await asyncio.to_thread(Scrypting(salt).key, password)


def _cipher(key: bytes) -> AESGCM:
    if len(key) != 32:
        raise InvalidInputError("a key has 32 bytes", way_out="generate_key makes one")
    return AESGCM(key)
