"""The socket's folder: a short path, ours alone, though others may write beside it."""

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from reelwright.engines.database.embedded import machine
from reelwright.engines.database.embedded.account import Account
from reelwright.engines.database.embedded.address import socket_file

_LONGEST = 80  # bytes; a socket's path may have about 100


def claim(data: Path, account: Account) -> Path:
    """Make the folder for a data directory's socket; the same each time, so clients find it again.

    A folder of that name that is not ours (somebody was there before us) is left alone, and one
    with a name that nobody can guess is made instead.
    """
    name = f"reelwright-{hashlib.sha256(f'{os.geteuid()} {data}'.encode()).hexdigest()[:16]}"
    uid = os.geteuid() if account.uid is None else account.uid
    for root in _roots(account):
        folder = root / name
        if _make(folder, uid):
            return folder
    folder = Path(tempfile.mkdtemp(prefix="reelwright-", dir=machine.SHORT))
    os.chown(folder, uid, -1)
    return folder


def sweep(folder: Path) -> None:
    """Remove what a server left there. Only when it is known that none is left."""
    socket = socket_file(folder)
    for file in (socket, socket.with_name(f"{socket.name}.lock")):
        file.unlink(missing_ok=True)


def leave(folder: Path) -> None:
    """Remove the folder of a server that has ended."""
    with contextlib.suppress(OSError):
        sweep(folder)
        folder.rmdir()


def _roots(account: Account) -> list[Path]:
    named = os.environ.get("XDG_RUNTIME_DIR")
    if not named or account.uid is not None or len(named.encode()) > _LONGEST - 30:
        return [machine.SHORT]
    root = Path(named)
    ours = root.is_absolute() and root.is_dir() and root.stat().st_uid == os.geteuid()
    return [root, machine.SHORT] if ours else [machine.SHORT]


def _make(folder: Path, uid: int) -> bool:
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
            return False
        # In a sticky folder nobody can put another in the place of what is ours.
        folder.chmod(0o700)
        os.chown(folder, uid, -1)
    except OSError:
        return False
    return True
