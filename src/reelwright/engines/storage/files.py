"""Files that are there whole or not at all."""

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from reelwright.ground.errors import EnvironmentFailedError

_WAYS_OUT = {
    errno.ENOSPC: "free some space, or choose another folder; what is finished is kept",
    errno.EFBIG: "choose a folder on a disk that takes larger files",
    errno.EDQUOT: "free some space, or choose another folder; what is finished is kept",
    errno.EACCES: "choose a folder you may write to",
    errno.EPERM: "choose a folder you may write to",
    errno.EROFS: "choose a folder you may write to",
    errno.ENOTDIR: "a file stands where a folder is needed: choose another folder",
    errno.EEXIST: "a file stands where a folder is needed: choose another folder",
    errno.ENAMETOOLONG: "choose a shorter path",
}

_DRAFT = ".reelwright-"


@contextlib.contextmanager
def environment(doing: str) -> Iterator[None]:
    """Turn the system's file errors into one clear sentence: `doing` says what was tried."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        where = f": {error.filename}" if error.filename else ""
        way_out = _WAYS_OUT.get(error.errno or 0, "look at the disk and the folder's rights")
        raise EnvironmentFailedError(f"{doing}: {reason}{where}", way_out=way_out) from error


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it takes `path`'s place at once."""
    with environment(f"cannot write {path.name}"):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_DRAFT, suffix=path.suffix, dir=path.parent)
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
            draft.chmod(0o666 & ~_umask())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


@contextlib.contextmanager
def alone_in(*folders: Path) -> Iterator[None]:
    """Wait until nobody else is in the folders; clear away what killed runs left half-written there."""
    with contextlib.ExitStack() as stack:
        for folder in folders:
            with environment(f"cannot write to {folder}"):
                handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            with contextlib.suppress(OSError):  # some disks know no locks: then nothing is cleared
                fcntl.flock(handle, fcntl.LOCK_EX)
                for draft in folder.glob(f"{_DRAFT}*"):
                    draft.unlink(missing_ok=True)
        yield


def sweep(folder: Path, older_than: timedelta) -> int:
    """Remove from a folder what has lain there for long; returns how many."""
    swept, before = 0, time.time() - older_than.total_seconds()
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_ctime < before:
                if path.is_dir() and not path.is_symlink():  # a request's, of a killed process
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()
                swept += 1
    return swept


def write_text(path: Path, text: str) -> None:
    """Write a text file whole, as UTF-8, line ends as they are."""
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")


def place(source: Path, target: Path) -> None:
    """Put a file's content at `target` whole: a hard link where the disk allows, else a copy."""
    with whole_file(target) as draft:
        draft.unlink()
        try:
            os.link(source, draft)
        except OSError:
            shutil.copyfile(source, draft)


def copy(source: Path, target: Path) -> None:
    """Put a copy of a file at `target` whole: its owner may change it freely."""
    with whole_file(target) as draft:
        shutil.copyfile(source, draft)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
