"""Key material: files only we may read, and keys derived from them."""

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reelwright.engines.storage.files import environment
from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError

LENGTH = 32


class KeyFileError(EnvironmentFailedError):
    """A file with key material is damaged, or others may read it."""

    code = "key_file"


def house_key(home: Path, purpose: str, *, given: str | None = None) -> bytes:
    """32 bytes for one purpose, from the house's secret: `given` in base64, or home/keys/house.key.

    The file is made on first use; of processes that make it at once, all get the same one.
    """
    root = decode_key(given, "the house key") if given else _house_secret(home)
    return derive(root, f"reelwright/house/{purpose}")


def derive(root: bytes, purpose: str, length: int = LENGTH) -> bytes:
    """A key for one purpose from good key material (HKDF-SHA-256); never from a passphrase."""
    return HKDF(hashes.SHA256(), length, salt=None, info=purpose.encode()).derive(root)


def decode_key(text: str, what: str, *, longest: int = 1024) -> bytes:
    """A key written as base64 (either alphabet), of 32 to `longest` bytes; raises InvalidInputError."""
    try:
        key = base64.b64decode(
            text.strip().translate(str.maketrans("-_", "+/")) + "==", validate=False
        )
    except (ValueError, binascii.Error):
        key = b""
    if not LENGTH <= len(key) <= longest:
        raise InvalidInputError(
            f"{what} is no base64 text of {LENGTH} bytes",
            way_out="make one with: openssl rand -base64 32",
        )
    return key


def encode_key(key: bytes) -> str:
    """A key as text."""
    return base64.b64encode(key).decode()


def private_file(path: Path, first: Callable[[], bytes]) -> bytes:
    """The content of a file only we may read; where there is none, `first()` is written, once.

    Raises KeyFileError when others may read it: then it has to be taken for known.
    """
    with environment("cannot keep keys"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _create(path, first())
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if os.fstat(handle).st_mode & 0o077:
                raise KeyFileError(
                    f"others may read the keys in {path}",
                    way_out=f"chmod 600 {path}, and change what it protected if others were there",
                )
            return file.read()


def replace_private(path: Path, content: bytes) -> None:
    """Replace a private file whole."""
    with environment("cannot keep keys"):
        draft = _draft(path, content)
        draft.replace(path)
        _sync_folder(path.parent)


def _house_secret(home: Path) -> bytes:
    path = home / "keys" / "house.key"
    text = private_file(path, lambda: encode_key(secrets.token_bytes(LENGTH)).encode())
    try:
        return decode_key(text.decode("ascii"), "the house key")
    except (InvalidInputError, UnicodeDecodeError) as error:
        raise KeyFileError(f"{path} is damaged", way_out="restore it from a backup") from error


def _create(path: Path, content: bytes) -> None:
    """Give the name to a whole file; who comes second finds it taken, and leaves it."""
    draft = _draft(path, content)
    try:
        os.link(draft, path)
        _sync_folder(path.parent)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(path: Path, content: bytes) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
