"""Locks on files, which vanish with their process however it dies."""

import contextlib
import os
import time
import weakref
from pathlib import Path
from typing import Self

with contextlib.suppress(ImportError):  # Windows has none; `machine.require_supported` says so
    import fcntl


class Lock:
    """One holder's claim on a file; two of one process are two claims.

    Neither a started nor a forked child keeps it alive, unless the descriptor is passed on purpose.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        _open.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        return self._file is None

    @property
    def descriptor(self) -> int:
        assert self._file is not None
        return self._file

    def take(self, *, shared: bool, wait_s: float = 0) -> bool:
        """Take the lock; false if others still held it after `wait_s` seconds."""
        way = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(self.descriptor, way)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.005)
            else:
                return True

    def wait(self) -> None:
        """Block until nobody holds the lock exclusively, however long it takes."""
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def release(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def touch(self) -> None:
        """Leave word that somebody was here just now."""
        os.utime(self.descriptor)

    def touched(self) -> float:
        """When somebody was here last, seconds since 1970."""
        return os.fstat(self.descriptor).st_mtime

    def still_there(self) -> bool:
        """Whether the file at the path is still the one that is locked."""
        try:
            return os.path.samestat(self._path.stat(), os.fstat(self.descriptor))
        except OSError:
            return False

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


def is_taken(path: Path) -> bool:
    """Whether somebody holds the file's lock exclusively."""
    try:
        with Lock(path) as lock:
            return not lock.take(shared=True)
    except FileNotFoundError:
        return False


_open: weakref.WeakSet[Lock] = weakref.WeakSet()


def _forget() -> None:
    for lock in list(_open):
        lock.close()


if hasattr(os, "register_at_fork"):
    # A fork shares its parent's locks; a child that lives on would hold them for ever.
    os.register_at_fork(after_in_child=_forget)
