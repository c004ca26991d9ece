"""A file on its way here from elsewhere: what has come so far, and going on with it."""

import asyncio
import contextlib
import fcntl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

from reelwright.engines.http.client import Answer
from reelwright.engines.http.failures import UnreachableError
from reelwright.engines.storage.files import environment
from reelwright.ground.errors import Kind, ReelwrightError

_WHOLE, _PART, _PAST_THE_END = 200, 206, 416
_LATER = frozenset({408, 425, 429})
_STEP = 16 * 2**20

Allow = Callable[[int], Awaitable[None]]
"""Raises for more bytes than may come."""

Tell = Callable[[int, int | None], None]
"""Is told how many bytes are here, of how many."""


class DownloadRefusedError(ReelwrightError):
    """The other side does not give the bytes, and will not when it is asked again."""

    code = "download_refused"
    kind = Kind.REFUSED


class DownloadDelayedError(ReelwrightError):
    """The other side does not give the bytes now."""

    code = "download_delayed"
    kind = Kind.UNAVAILABLE


class DownloadBusyError(ReelwrightError):
    """Somebody is bringing the file just now."""

    code = "download_busy"
    kind = Kind.UNAVAILABLE


class Draft:
    """What has come of a file so far, and by which version of it: only that one can be gone on with.

    What was written before the process was killed counts: a file is made of what came in order.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tag = path.with_name(f"{path.name}.etag")
        self._lock = path.with_name(f"{path.name}.lock")

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else on this machine brings the file meanwhile; raises DownloadBusyError.

        The lock goes with the process that has it, however that ends.
        """
        with environment("cannot write to the storage"), self._lock.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DownloadBusyError("this file is being brought by another process") from None
            yield

    def wanted(self) -> dict[str, str]:
        """The headers to ask for the rest by; another version is to come from its beginning."""
        if not (self._tag.exists() and self.path.exists()):
            return {}
        size = self.path.stat().st_size
        tag = self._tag.read_text(encoding="utf-8")
        return {"Range": f"bytes={size}-", "If-Range": tag} if size else {}

    async def take(
        self, answer: Answer, parts: AsyncIterator[bytes], allow: Allow, tell: Tell
    ) -> None:
        """Write down what comes. Raises UnreachableError if it is less than it was to be."""
        size, whole = self._begin(answer)
        allowed = whole or 0
        await allow(allowed)
        with environment("cannot write to the storage"), self.path.open("ab") as file:
            async for some in parts:
                size += len(some)
                if size > allowed:
                    await allow(size)
                    allowed = size + _STEP
                await asyncio.to_thread(file.write, some)
                tell(size, whole)
        if whole is not None and size != whole:
            raise UnreachableError("less came than was announced")

    def _begin(self, answer: Answer) -> tuple[int, int | None]:
        """How much is here that the answer goes on with, and how much it will be, if that is said."""
        tag = answer.headers.get("etag", "")
        if answer.status == _PART and self._tag.exists() and tag == self._tag.read_text("utf-8"):
            size = self.path.stat().st_size
            said, _, whole = answer.headers.get("content-range", "").rpartition("/")
            if said.startswith(f"bytes {size}-"):
                return size, _number(whole)
        if answer.status in {_PART, _PAST_THE_END}:
            self.forget()
            raise UnreachableError("the file was changed on the way")
        if answer.status != _WHOLE:
            told = f"the other side answered {answer.status}"
            final = 400 <= answer.status < 500 and answer.status not in _LATER
            raise DownloadRefusedError(told) if final else DownloadDelayedError(told)
        self.forget()
        if tag and not tag.startswith("W/"):
            self._tag.write_text(tag, encoding="utf-8")
        packed = answer.headers.get("content-encoding", "identity") != "identity"
        return 0, None if packed else _number(answer.headers.get("content-length", ""))

    def forget(self) -> None:
        """Begin again next time, in a new file: the library may have the old one linked."""
        self.path.unlink(missing_ok=True)
        self._tag.unlink(missing_ok=True)

    def end(self) -> None:
        """Nobody goes on with it."""
        self.forget()
        self._lock.unlink(missing_ok=True)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
