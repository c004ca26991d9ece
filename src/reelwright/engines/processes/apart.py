"""Doing something with bytes of strangers in a process of its own, bounded, and gone afterwards.

Meant for a child process (see `child`) that has loaded its libraries: forking it costs milliseconds,
so every file gets a process that has seen no other file, and what it answers is plain JSON.
"""

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from reelwright.engines.processes.confining import confine
from reelwright.ground.errors import InvalidInputError

_LONGEST_ANSWER = 1024 * 1024
_PARENT_DEATH = 1


class UnreadableError(InvalidInputError):
    """A file that cannot be read, or that took too much time or memory, or crashed who read it."""

    code = "unreadable"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process may use: bytes of memory and of any file it writes, seconds of CPU and in all."""

    memory: int
    file: int
    cpu_s: int
    wall_s: float


def apart(work: Callable[[], dict[str, Any]], bounds: Bounds) -> dict[str, Any]:
    """What `work` returns, as JSON can say it; it has no network where the system allows to take it away.

    Raises UnreadableError: with the words of one that `work` raised, or for what went beyond the bounds.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _work(work, bounds, writing)
    os.close(writing)
    try:
        answer = _answer(reading, bounds.wall_s)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    if answer is None:
        raise UnreadableError("takes too much time or memory to be looked at")
    if "error" in answer:
        raise UnreadableError(str(answer["error"]), way_out=answer.get("way_out"))
    return answer


def _answer(reading: int, wall_s: float) -> dict[str, Any] | None:
    until, whole = time.monotonic() + wall_s, bytearray()
    while (left := until - time.monotonic()) > 0 and len(whole) <= _LONGEST_ANSWER:
        ready, _, _ = select.select([reading], [], [], left)
        if not ready:
            return None
        part = os.read(reading, 65536)
        if not part:
            break
        whole += part
    try:
        found = json.loads(whole)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _work(work: Callable[[], dict[str, Any]], bounds: Bounds, writing: int) -> NoReturn:
    """Never returns, whatever happens: this is a copy of our parent."""
    try:
        _bind(bounds)
        try:
            answer = work()
        except UnreadableError as error:
            answer = {"error": error.message, "way_out": error.way_out}
        data = json.dumps(answer).encode()
        while data:
            data = data[os.write(writing, data) :]
    except BaseException:  # noqa: BLE001 - what is not said is bounds exceeded
        os._exit(1)
    os._exit(0)


def _bind(bounds: Bounds) -> None:
    for what, most in (
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_FSIZE, bounds.file),
        (resource.RLIMIT_CPU, bounds.cpu_s),
    ):
        resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError, AttributeError):  # Linux only; elsewhere the bounds must do
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
    confine()
