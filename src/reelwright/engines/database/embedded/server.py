"""The server's process: started, awaited, stopped; it ends when its supervisor does."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from reelwright.engines.database.embedded import machine
from reelwright.engines.database.embedded.account import Account
from reelwright.engines.database.embedded.address import ready
from reelwright.engines.database.embedded.binaries import Binaries
from reelwright.engines.database.embedded.folder import sweep
from reelwright.engines.database.embedded.locks import Lock
from reelwright.engines.database.embedded.place import Place
from reelwright.engines.database.embedded.trouble import failed, gravest
from reelwright.engines.database.embedded.tuning import options

# A watcher reads from a pipe that the supervisor never writes to. When the supervisor is gone the
# pipe closes, and the watcher asks for a fast shutdown. It is nobody's child (twice forked), so the
# server does not take its end for a crash, and it is there before the server is.
_WATCHED = """exec 3<&0 </dev/null
( ( read -r goodbye <&3 || kill -INT $$ ) & )
exec 3<&-
exec "$@"
"""
_READY_LINE = 7  # of postmaster.pid


class Server:
    """One run of the server. The lock it is handed lives on in its processes until the last ends."""

    def __init__(
        self, place: Place, account: Account, binaries: Binaries, folder: Path, *, durable: bool
    ) -> None:
        self._place = place
        self._folder = folder
        words = account.words(binaries.program("postgres"), place.data)
        words += options(folder, binaries.major, durable=durable)
        with Lock(place.served) as lock:
            if not lock.take(shared=False, wait_s=1):
                raise failed(f"another server still runs in {place.data}")
            # Nobody is left, whatever these say: their process may be a zombie or a stranger by now.
            (place.data / "postmaster.pid").unlink(missing_ok=True)
            sweep(folder)
            reading, self._watch = os.pipe()
            with place.log.open("ab") as log:
                self._process = subprocess.Popen(
                    ["/bin/sh", "-c", _WATCHED, "sh", *words],
                    cwd=place.data,
                    stdin=reading,
                    stdout=log,
                    stderr=log,
                    pass_fds=[lock.descriptor],
                    start_new_session=True,
                    **account.identity(),
                )
            os.close(reading)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self, wait_s: float) -> None:
        """Return when sign-ins are answered; EnvironmentFailedError when it ended or took too long."""
        deadline = time.monotonic() + wait_s
        while time.monotonic() < deadline:
            if not self.alive:
                raise failed(
                    f"Postgres ended while it started: {last_words(self._place.log)}",
                    f"look into {self._place.log}",
                )
            if self._says_ready() and ready(self._folder):
                return
            time.sleep(0.004)
        raise failed(f"Postgres was not ready after {wait_s:.0f} s", f"look into {self._place.log}")

    def stop(self, wait_s: float = 20) -> None:
        """End the server: open transactions are rolled back, what was committed stays."""
        for way, patience in (
            (signal.SIGINT, wait_s),
            (signal.SIGQUIT, 5.0),
            (signal.SIGKILL, 5.0),
        ):
            if not self.alive:
                break
            self._process.send_signal(way)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        self._dismiss()

    def _dismiss(self) -> None:
        watch, self._watch = self._watch, -1
        if watch >= 0:
            with contextlib.suppress(BrokenPipeError):
                os.write(watch, b"\n")  # the watcher leaves without a signal
            os.close(watch)

    def _says_ready(self) -> bool:
        try:
            lines = (self._place.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > _READY_LINE and lines[_READY_LINE].strip() == "ready"


def end_leftover(place: Place, wait_s: float) -> None:
    """Wait until the server of a supervisor that died is gone; ask it to go if nobody else did."""
    with Lock(place.served) as lock:
        if lock.take(shared=False, wait_s=0.05):
            return
        pid = _postmaster(place)
        if pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGINT)
        if not lock.take(shared=False, wait_s=wait_s):
            raise failed(f"the former server in {place.data} does not end", f"end process {pid}")


def last_words(log: Path) -> str:
    """The last thing in the log that says what went wrong."""
    try:
        return gravest(log.read_text(encoding="utf-8", errors="replace")[-4000:])
    except OSError:
        return "it left no log"


def _postmaster(place: Place) -> int | None:
    try:
        pid = int((place.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if machine.is_postgres(pid, place.data) else None
