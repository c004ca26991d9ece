"""The process that owns the server. It belongs to no command: each may die, the last one ends it.

Started as `python -m`, it detaches, brings the server up, says so on its standard output, and
stays until nobody has been attached for a while.
"""

import argparse
import contextlib
import json
import os
import select
import signal
import sys
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path

from reelwright.engines.database.embedded import binaries as programs
from reelwright.engines.database.embedded.account import choose
from reelwright.engines.database.embedded.address import Address, socket_file
from reelwright.engines.database.embedded.cluster import prepare
from reelwright.engines.database.embedded.folder import claim, leave
from reelwright.engines.database.embedded.locks import Lock
from reelwright.engines.database.embedded.place import Place
from reelwright.engines.database.embedded.server import Server, end_leftover
from reelwright.engines.database.embedded.trouble import failed
from reelwright.ground.errors import ReelwrightError

_START_S = 25.0  # a recovery after a crash may take a while
_LOG_BYTES = 1_000_000
_DEATHS = 3  # within a minute: then it is no accident


class Supervisor:
    """Keeps one server up while somebody is attached. Made by whoever holds the supervisor's lock."""

    def __init__(self, place: Place, *, idle_s: float, durable: bool) -> None:
        self._place = place
        self._idle_s = idle_s
        self._durable = durable
        self._account = choose(place.data)
        self._binaries = programs.find(place.data)
        if self._account.uid is not None:
            self._binaries = programs.readable(self._binaries)
        self._passwords = prepare(place, self._account, self._binaries, durable=durable)
        self._version = self._binaries.version()
        self._deaths: deque[float] = deque(maxlen=_DEATHS)
        self._start()

    def _start(self) -> None:
        self._folder = claim(self._place.data, self._account)
        self._server = Server(
            self._place, self._account, self._binaries, self._folder, durable=self._durable
        )
        try:
            self._server.wait_until_ready(_START_S)
        except BaseException:
            self._server.stop()
            raise
        self._since = datetime.now(UTC).isoformat(timespec="seconds")
        Address(
            folder=str(self._folder),
            supervisor=os.getpid(),
            postmaster=self._server.pid,
            version=self._version,
            since=self._since,
            passwords=self._passwords,
        ).write(self._place)

    def watch(self, wake: int) -> None:
        """Return when the server is to stop: nobody needs it, somebody said so, the folder is gone."""
        pause = min(1.0, self._idle_s / 4)
        with Lock(self._place.attached) as attached:
            idle_since = time.time()
            while attached.still_there():
                if select.select([wake], [], [], pause)[0] and _told_to_stop(wake):
                    return
                self._keep_up()
                self._bound_log()
                if not attached.take(shared=False):
                    idle_since = time.time()
                elif time.time() - max(idle_since, attached.touched()) >= self._idle_s:
                    self.stop()  # while the lock is ours: who comes now waits, then starts anew
                    return
                else:
                    attached.release()

    def stop(self) -> None:
        self._place.dsn.unlink(missing_ok=True)
        self._server.stop()
        leave(self._folder)

    def _keep_up(self) -> None:
        if self._server.alive and socket_file(self._folder).exists():
            return
        now = time.monotonic()
        if len(self._deaths) == _DEATHS and now - self._deaths[0] < 60:
            raise failed("Postgres died again and again", f"look into {self._place.log}")
        self._deaths.append(now)
        self._place.dsn.unlink(missing_ok=True)
        self._server.stop()
        end_leftover(self._place, _START_S)
        self._start()

    def _bound_log(self) -> None:
        log = self._place.log
        with contextlib.suppress(OSError):  # a full disk, a log that somebody removed
            if log.stat().st_size > _LOG_BYTES:
                # The server has the file open and appends: it is emptied, not renamed.
                log.with_name("log.old").write_bytes(log.read_bytes()[-_LOG_BYTES:])
                os.truncate(log, 0)


def main() -> None:
    """Run as a process of its own; see the module."""
    told = argparse.ArgumentParser()
    told.add_argument("root", type=Path)
    told.add_argument("--idle", type=float, required=True)
    told.add_argument("--fast", action="store_true")
    given = told.parse_args()
    if os.fork():
        os._exit(0)  # detached: the command that started us has no child to bury
    place = Place(given.root)
    wake = _listen()
    with Lock(place.supervised) as lock:
        # Others look for a moment whether it is taken: hence the patience.
        if not lock.take(shared=False, wait_s=0.25):
            _tell({"state": "another"})
            return
        try:
            _supervise(place, wake, idle_s=given.idle, durable=not given.fast)
        except ReelwrightError as error:
            print(error, file=sys.stderr, flush=True)  # noqa: T201 - the log
            _tell({"state": "failed", "message": error.message, "way_out": error.way_out})


def _supervise(place: Place, wake: int, *, idle_s: float, durable: bool) -> None:
    place.dsn.unlink(missing_ok=True)
    end_leftover(place, _START_S)
    supervisor = Supervisor(place, idle_s=idle_s, durable=durable)
    try:
        _tell({"state": "ready"})
        supervisor.watch(wake)
    finally:
        with contextlib.suppress(FileNotFoundError):
            supervisor.stop()


def _listen() -> int:
    """Signals wake the loop through a pipe. What ends a terminal or a command does not end us."""
    wake, woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC) if hasattr(os, "pipe2") else _pipe()
    signal.set_wakeup_fd(woken)
    for ignored in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
        signal.signal(ignored, signal.SIG_IGN)
    for heard in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(heard, lambda *_: None)
    return wake


def _pipe() -> tuple[int, int]:
    ends = os.pipe()
    for end in ends:
        os.set_blocking(end, False)
    return ends


def _told_to_stop(wake: int) -> bool:
    return signal.SIGTERM in os.read(wake, 4096)


def _tell(news: dict[str, str | None]) -> None:
    """Say it to the command that waits for it, once, and let it go; it may be gone."""
    with contextlib.suppress(OSError):
        os.write(1, json.dumps(news).encode() + b"\n")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.close(nothing)


if __name__ == "__main__":
    main()
