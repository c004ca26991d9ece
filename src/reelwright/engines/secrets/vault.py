"""The vault: values that are worthless without our keys, and anywhere but in their own place.

A sealed value reads `v1|<key's name>|<wrapped key>|<nonce>|<ciphertext>`: each is encrypted with a
key of its own (AES-256-GCM), which is wrapped by the vault's (AES key wrap). Changing the vault's
key wraps the small keys anew and touches no data. What a value is bound to (`workspace:table:
column:row`) is checked, not stored: a value copied to another row does not open there.
"""

import base64
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from reelwright.engines.secrets.keyring import Keyring
from reelwright.ground.errors import ReelwrightError

_VERSION = "v1"


class SealBrokenError(ReelwrightError):
    """A sealed value was changed, moved to another place, or never was one."""

    code = "seal_broken"


@dataclass(frozen=True, slots=True)
class _Sealed:
    key_id: str
    wrapped: bytes
    nonce: bytes
    content: bytes

    def __str__(self) -> str:
        parts = (_text(one) for one in (self.wrapped, self.nonce, self.content))
        return "|".join((_VERSION, self.key_id, *parts))


class Vault:
    """Seals and opens values."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def seal(self, plain: bytes, bound_to: str) -> str:
        """Seal a value for one place."""
        key = self._keyring.current()
        own, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
        content = AESGCM(own).encrypt(nonce, plain, _bound(bound_to))
        return str(_Sealed(key.id, aes_key_wrap(key.key, own), nonce, content))

    def open(self, sealed: str, bound_to: str) -> bytes:
        """The value; raises SealBrokenError, or UnknownKeyError when its key is not here."""
        parts = _parse(sealed)
        try:
            return AESGCM(self._own_key(parts)).decrypt(
                parts.nonce, parts.content, _bound(bound_to)
            )
        except (InvalidTag, ValueError):
            raise _broken() from None

    def rotate(self) -> str:
        """Seal with a new key from now on; returns its name. Old values open as before.

        Then `rewrap` each sealed value, and `retire` the old keys.
        """
        return self._keyring.rotate()

    def is_current(self, sealed: str) -> bool:
        """Whether a value is sealed with the current key."""
        return _parse(sealed).key_id == self._keyring.current().id

    def rewrap(self, sealed: str) -> str:
        """The same value under the current key; its content is not opened."""
        parts, key = _parse(sealed), self._keyring.current()
        if parts.key_id == key.id:
            return sealed
        wrapped = aes_key_wrap(key.key, self._own_key(parts))
        return str(_Sealed(key.id, wrapped, parts.nonce, parts.content))

    def retire(self, key_id: str) -> None:
        """Forget an old key, when nothing is sealed with it any more."""
        self._keyring.retire(key_id)

    def _own_key(self, parts: _Sealed) -> bytes:
        try:
            return aes_key_unwrap(self._keyring.find(parts.key_id).key, parts.wrapped)
        except (InvalidUnwrap, ValueError):
            raise _broken() from None


def _bound(bound_to: str) -> bytes:
    if not bound_to:
        raise ValueError("a sealed value is bound to a place")
    return f"{_VERSION}|{bound_to}".encode()


def _parse(sealed: str) -> _Sealed:
    version, _, rest = sealed.partition("|")
    parts = rest.split("|")
    if version != _VERSION or len(parts) != 4:
        raise _broken()
    try:
        return _Sealed(parts[0], *(base64.urlsafe_b64decode(_padded(one)) for one in parts[1:]))
    except ValueError:
        raise _broken() from None


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)


def _broken() -> SealBrokenError:
    return SealBrokenError("a sealed value does not open here", way_out="restore it from a backup")
