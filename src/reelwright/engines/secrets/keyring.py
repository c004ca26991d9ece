"""The vault's keys: one is current, old ones are kept until nothing is sealed with them any more."""

import base64
import contextlib
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from typing_extensions import override

from reelwright.engines.secrets.keys import (
    LENGTH,
    KeyFileError,
    decode_key,
    derive,
    encode_key,
    private_file,
    replace_private,
)
from reelwright.engines.secrets.passphrases import Scrypting
from reelwright.engines.secrets.settings import SecretsSettings
from reelwright.engines.storage.files import environment
from reelwright.ground.errors import ConflictError, DeniedError, ReelwrightError


class UnknownKeyError(ReelwrightError):
    """Something is sealed with a key we do not have."""

    code = "unknown_key"


class WrongPassphraseError(DeniedError):
    """The passphrase is not the one the keys were made from."""

    code = "wrong_passphrase"


@dataclass(frozen=True, slots=True)
class KeyKey:
    """A key that wraps keys, and its name (which follows from it)."""

    key: bytes

    def __repr__(self) -> str:
        return f"KeyKey({self.id})"

    @property
    def id(self) -> str:
        """The name that stands in what is sealed with it; tells nothing about the key."""
        named = derive(self.key, "reelwright/vault/key name")
        return "k" + hashlib.sha256(named).hexdigest()[:15]


class Keyring(Protocol):
    """Where a vault has its keys from."""

    def current(self) -> KeyKey:
        """The key to seal with."""
        ...

    def find(self, key_id: str) -> KeyKey:
        """The key of that name; raises UnknownKeyError."""
        ...

    def rotate(self) -> str:
        """Make a new key the current one, and keep the others; returns its name."""
        ...

    def retire(self, key_id: str) -> None:
        """Forget an old key: what is still sealed with it is lost. The current one is never retired."""
        ...


class GivenKeys(Keyring):
    """Keys from the settings: the first is current."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = [KeyKey(key) for key in keys]

    @override
    def current(self) -> KeyKey:
        return self._keys[0]

    @override
    def find(self, key_id: str) -> KeyKey:
        for one in self._keys:
            if one.id == key_id:
                return one
        raise _unknown(key_id)

    @override
    def rotate(self) -> str:
        raise ConflictError(
            "the vault's key comes from the settings",
            way_out="set the new key, put the old one into old_keys, restart, and re-wrap",
        )

    @override
    def retire(self, key_id: str) -> None:
        raise ConflictError(
            "the vault's key comes from the settings", way_out="take it out of old_keys"
        )


class KeyFile(Keyring):
    """Keys in home/keys/vault.json (0600); other processes' rotations are noticed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._keys: dict[str, KeyKey] = {}
        self._current = ""

    @override
    def current(self) -> KeyKey:
        self._look()
        return self._keys[self._current]

    @override
    def find(self, key_id: str) -> KeyKey:
        self._look()
        try:
            return self._keys[key_id]
        except KeyError:
            raise _unknown(key_id) from None

    @override
    def rotate(self) -> str:
        with _alone(self._path):
            self._look()
            new = KeyKey(secrets.token_bytes(LENGTH))
            self._write(new.id, {**self._keys, new.id: new})
        return new.id

    @override
    def retire(self, key_id: str) -> None:
        with _alone(self._path):
            self._look()
            if key_id == self._current:
                raise ConflictError("the current key cannot be retired", way_out="rotate first")
            self._write(self._current, {k: v for k, v in self._keys.items() if k != key_id})

    def _look(self) -> None:
        """Read the file if it is not the one we know."""
        with contextlib.suppress(OSError):
            stat = self._path.stat()
            if self._stamp == (stat.st_ino, stat.st_mtime_ns):
                return
        text = private_file(self._path, _first_ring)
        stat = self._path.stat()
        try:
            said = json.loads(text)
            keys = [KeyKey(decode_key(one, "a key")) for one in said["keys"].values()]
            self._keys = {one.id: one for one in keys}
            self._current = said["current"]
            _ = self._keys[self._current]
        except (ValueError, KeyError, TypeError, AttributeError, ReelwrightError) as error:
            raise KeyFileError(
                f"{self._path} is damaged", way_out="restore it from a backup"
            ) from error
        self._stamp = stat.st_ino, stat.st_mtime_ns

    def _write(self, current: str, keys: Mapping[str, KeyKey]) -> None:
        replace_private(self._path, _ring(current, keys))
        self._stamp = None


def passphrase_keys(folder: Path, passphrase: str, old: Sequence[str] = ()) -> GivenKeys:
    """Keys derived from passphrases; how each was derived stands in folder/passphrases.json.

    The file holds salts, parameters and the names of the keys, by which a wrong passphrase is known:
    raises WrongPassphraseError when the first one was never used here but others were, and none
    of `old` fits. A new passphrase is taken on when an old one proves who is asking.
    """
    path = folder / "passphrases.json"
    with _alone(path):  # of two that come first, the second finds what the first wrote
        return _derived(path, passphrase, old)


def _derived(path: Path, passphrase: str, old: Sequence[str]) -> GivenKeys:
    made = _derivations(private_file(path, lambda: b"[]"), path)
    found: dict[str, bytes] = {}
    for text in (passphrase, *old):
        for key_id, how in made.items():
            key = how.key(text)
            if KeyKey(key).id == key_id:
                found.setdefault(text, key)
    if passphrase in found:
        return GivenKeys([found[passphrase], *(k for t, k in found.items() if t != passphrase)])
    if made and not found:
        raise WrongPassphraseError(
            "this is not the passphrase the keys were made from",
            way_out="give the old one as well, among old_passphrases, to change it",
        )
    how = Scrypting()
    key = how.key(passphrase)
    replace_private(path, _derivations_text({**made, KeyKey(key).id: how}))
    return GivenKeys([key, *found.values()])


def open_keyring(settings: SecretsSettings, home: Path) -> Keyring:
    """The keys that the settings name: given ones, derived ones, or those in home/keys."""
    if settings.key is not None:
        texts = [one.get_secret_value() for one in (settings.key, *settings.old_keys)]
        return GivenKeys([decode_key(one, "the vault's key", longest=LENGTH) for one in texts])
    if settings.passphrase is not None:
        old = [one.get_secret_value() for one in settings.old_passphrases]
        return passphrase_keys(home / "keys", settings.passphrase.get_secret_value(), old)
    return KeyFile(home / "keys" / "vault.json")


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Be the only process that changes a key file."""
    with environment("cannot keep keys"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        lock = os.open(path.with_suffix(".lock"), flags, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _unknown(key_id: str) -> UnknownKeyError:
    return UnknownKeyError(
        f"the key {key_id} is not here", way_out="give it among old_keys, or restore home/keys"
    )


def _first_ring() -> bytes:
    first = KeyKey(secrets.token_bytes(LENGTH))
    return _ring(first.id, {first.id: first})


def _ring(current: str, keys: Mapping[str, KeyKey]) -> bytes:
    held = {name: encode_key(one.key) for name, one in keys.items()}
    return json.dumps({"current": current, "keys": held}, indent=1).encode()


def _derivations(text: bytes, path: Path) -> dict[str, Scrypting]:
    try:
        return {
            one["id"]: Scrypting(base64.b64decode(one["salt"]), one["n"], one["r"], one["p"])
            for one in json.loads(text)
        }
    except (ValueError, KeyError, TypeError, ReelwrightError) as error:
        raise KeyFileError(f"{path} is damaged", way_out="restore it from a backup") from error


def _derivations_text(made: Mapping[str, Scrypting]) -> bytes:
    rows: list[dict[str, Any]] = [
        {
            "id": key_id,
            "kdf": "scrypt",
            "salt": encode_key(how.salt),
            "n": how.n,
            "r": how.r,
            "p": how.p,
        }
        for key_id, how in made.items()
    ]
    return json.dumps(rows, indent=1).encode()
