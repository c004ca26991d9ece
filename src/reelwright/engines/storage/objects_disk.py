"""Objects on this machine's disk."""

import asyncio
import contextlib
import errno
import itertools
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar

from typing_extensions import override

from reelwright.engines.storage.files import copy, environment, place, sweep
from reelwright.engines.storage.objects import (
    CHUNK,
    ObjectInfo,
    ObjectMissingError,
    Objects,
    OpenRange,
    StorageFullError,
    Told,
    bounds,
    checked_key,
)
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.errors import EnvironmentFailedError
from reelwright.ground.transactions import forbid_in_transaction

_DRAFTS = ".drafts"  # no key begins with a dot
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NOT_LINKED = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES)
_NONE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
_LISTED = 500
_Args = ParamSpec("_Args")
_Answer = TypeVar("_Answer")


class DiskObjects(Objects):
    """Objects as files below a folder, under their keys; files of the same disk are linked in."""

    def __init__(self, root: Path, urls: SignedUrls) -> None:
        self.root = root
        self._urls = urls

    @property
    @override
    def drafts(self) -> Path:
        folder = self.root / _DRAFTS
        with environment("cannot write to the storage"):
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    @override
    def answers_itself(self) -> bool:
        return True

    @override
    async def put(self, key: str, data: bytes | Path, *, media_type: str) -> None:
        if isinstance(data, Path):
            await self.put_file(key, data, media_type=media_type)
            return
        await _aside("a put", self._write, checked_key(key), data)

    @override
    async def put_file(
        self,
        key: str,
        path: Path,
        *,
        media_type: str,
        name: str | None = None,
        told: Told | None = None,
    ) -> None:
        await self.put_files([(key, path, media_type)])
        if told:
            told(await _aside("a look-up", _size, self.root / key, key))

    @override
    async def put_files(self, files: Sequence[tuple[str, Path, str]]) -> None:
        wanted = [(checked_key(key), path) for key, path, _ in files]
        await _aside("a put", self._place, wanted)

    @override
    async def get(self, key: str) -> bytes:
        path = self.root / checked_key(key)
        return await _aside("a get", _reading, path, key)

    @override
    async def open_range(self, key: str, start: int = 0, end: int | None = None) -> OpenRange:
        path = self.root / checked_key(key)
        size = await _aside("a get", _size, path, key)
        begin, stop = bounds(size, start, end)
        return OpenRange(size, begin, stop, _chunks(path, key, begin, stop), path)

    @override
    async def stream(
        self, key: str, start: int = 0, end: int | None = None
    ) -> AsyncIterator[bytes]:
        opened = await self.open_range(key, start, end)
        async for chunk in opened.chunks:
            yield chunk

    @override
    async def fetch(
        self, key: str, path: Path, *, own: bool = False, told: Told | None = None
    ) -> None:
        source = self.root / checked_key(key)
        size = await _aside("a fetch", _fetch, source, key, path, own)
        if told:
            told(size)

    @override
    async def exists(self, key: str) -> bool:
        return await _aside("a look-up", (self.root / checked_key(key)).is_file)

    @override
    async def delete(self, keys: Sequence[str]) -> None:
        paths = [self.root / checked_key(key) for key in keys]
        await _aside("a delete", self._delete, paths)

    @override
    async def list(self, prefix: str = "") -> AsyncIterator[ObjectInfo]:
        forbid_in_transaction("a list of objects")
        folder = self.root / checked_key(prefix.rstrip("/")) if prefix else self.root
        walk = _walk(folder, self.root)
        while some := await asyncio.to_thread(_take, walk):
            for one in some:
                yield one

    @override
    async def url(
        self, key: str, *, media_type: str, name: str | None = None, expires: int | None = None
    ) -> str:
        return self._urls.sign(key, media_type=media_type, name=name, expires=expires)

    @override
    async def sweep_drafts(self, older_than: timedelta) -> int:
        return await _aside("clean-up", sweep, self.drafts, older_than)

    def _write(self, key: str, data: bytes) -> None:
        draft = self._draft()
        with _writing(draft):
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self._settle([(draft, self.root / key)])

    def _place(self, wanted: Sequence[tuple[str, Path]]) -> None:
        """Link (or copy) each file to a draft, make sure it is on the disk, and give it its name."""
        made: list[tuple[Path, Path]] = []
        with contextlib.ExitStack() as drafts:
            for key, path in wanted:
                draft = self._draft()
                drafts.enter_context(_writing(draft))
                _link_or_copy(path, draft)
                _sync(draft)
                made.append((draft, self.root / key))
            self._settle(made)

    def _settle(self, made: Sequence[tuple[Path, Path]]) -> None:
        """Rename drafts into place; their folders reach the disk once each."""
        fresh: dict[Path, None] = {}
        for draft, target in made:
            folder = target.parent
            while folder != self.root and not folder.exists():
                fresh[folder.parent] = None
                folder = folder.parent
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh[target.parent] = None
            draft.replace(target)
        for folder in fresh:
            _sync(folder)

    def _draft(self) -> Path:
        return self.drafts / secrets.token_hex(12)

    def _delete(self, paths: Sequence[Path]) -> None:
        with environment("cannot delete from the storage"):
            for path in paths:
                with contextlib.suppress(*_NONE):
                    path.unlink()


async def _aside(
    what: str, call: Callable[_Args, _Answer], *args: _Args.args, **kwargs: _Args.kwargs
) -> _Answer:
    """Run something slow in a thread."""
    forbid_in_transaction(f"{what} of an object")
    return await asyncio.to_thread(call, *args, **kwargs)


@contextlib.contextmanager
def _writing(draft: Path) -> Iterator[None]:
    """Whatever happens, no draft stays behind (of two names of one file, rename keeps both)."""
    try:
        with environment("cannot write to the storage"):
            yield
    except EnvironmentFailedError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno in _FULL:
            raise StorageFullError(error.message, way_out=error.way_out) from error
        raise
    finally:
        draft.unlink(missing_ok=True)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=True)
    except OSError as error:
        if error.errno not in _NOT_LINKED:
            raise
        shutil.copyfile(source, target)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _finding(key: str) -> Iterator[None]:
    try:
        with environment("cannot read the storage"):
            yield
    except EnvironmentFailedError as error:
        if isinstance(error.__cause__, _NONE):
            raise ObjectMissingError(f"there is no object {key}") from None
        raise


def _reading(path: Path, key: str) -> bytes:
    with _finding(key):
        return path.read_bytes()


def _size(path: Path, key: str) -> int:
    with _finding(key), path.open("rb") as file:  # a folder is no object
        return os.fstat(file.fileno()).st_size


async def _chunks(path: Path, key: str, start: int, end: int) -> AsyncIterator[bytes]:
    at = start
    with _finding(key), path.open("rb") as file:
        while at < end:
            chunk = await asyncio.to_thread(os.pread, file.fileno(), min(CHUNK, end - at), at)
            if not chunk:
                raise OSError(errno.EIO, "the object became shorter", str(path))
            at += len(chunk)
            yield chunk


def _fetch(source: Path, key: str, path: Path, own: bool) -> int:
    size = _size(source, key)
    try:
        (copy if own else place)(source, path)
    except EnvironmentFailedError:
        _size(source, key)  # deleted meanwhile: then it is missing
        raise
    return size


def _walk(folder: Path, root: Path) -> Iterator[ObjectInfo]:
    """The time of a linked file is when it was linked (ctime): its content may be much older."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            with contextlib.suppress(FileNotFoundError):
                stat = path.stat()
                at = datetime.fromtimestamp(max(stat.st_ctime, stat.st_mtime), UTC)
                yield ObjectInfo(path.relative_to(root).as_posix(), stat.st_size, at)


def _take(walk: Iterator[ObjectInfo]) -> list[ObjectInfo]:
    return list(itertools.islice(walk, _LISTED))
