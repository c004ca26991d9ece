"""Attaching to the embedded Postgres; the first one to come starts it."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from reelwright.engines.database.embedded import machine
from reelwright.engines.database.embedded.address import APP, OWNER, SYSTEM, Address
from reelwright.engines.database.embedded.guard import Guard
from reelwright.engines.database.embedded.locks import Lock, is_taken
from reelwright.engines.database.embedded.place import Place
from reelwright.engines.database.embedded.server import last_words
from reelwright.engines.database.embedded.trouble import failed
from reelwright.ground.errors import EnvironmentFailedError

_SUPERVISOR = "reelwright.engines.database.embedded.supervisor"
# It outlives the command: it gets what it needs of the environment, and no keys.
_ENVIRONMENT = ("PATH", "HOME", "XDG_RUNTIME_DIR", "LD_LIBRARY_PATH", "TMPDIR")
_PACKAGES = Path(__file__).parents[4]


class Attachment:
    """A process's use of the embedded Postgres: while one is open somewhere, the server runs.

    The three URLs hold passwords: never print them.
    """

    def __init__(self, address: Address, lock: Lock, guard: Guard) -> None:
        self._lock: Lock | None = lock
        self._guard = guard
        self._address = address
        self.version = address.version

    def __repr__(self) -> str:
        return f"Attachment({self._address.folder!r})"

    @property
    def url(self) -> str:
        """The owner of the tables: migrations, backup. No superuser."""
        return self._address.url(OWNER)

    @property
    def app_url(self) -> str:
        """What requests run as."""
        return self._address.url(APP)

    @property
    def system_url(self) -> str:
        """What the system's own activities run as."""
        return self._address.url(SYSTEM)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go. Idempotent; also done by the end of the process, whatever ends it."""
        lock, self._lock = self._lock, None
        if lock is not None:
            self._guard.leave()
            if not lock.closed:
                lock.touch()
            lock.close()


class EmbeddedPostgres:
    """Finds or starts the Postgres of a home.

    Args:
        idle_s: How long the server stays after the last one has gone; the first to come decides.
        wait_s: How long attaching may take before it gives up.
        durable: False trades the data's safety for speed: for tests only.
    """

    def __init__(self, *, idle_s: float = 30.0, wait_s: float = 30.0, durable: bool = True) -> None:
        self._idle_s = idle_s
        self._wait_s = wait_s
        self._durable = durable

    def attach(self, home: Path) -> Attachment:
        """Attach to the server of a home, started when there is none. Blocks; safe under threads.

        Raises EnvironmentFailedError when it cannot run here or does not come up in time.
        """
        machine.require_supported()
        place = Place.of(home)
        place.make()
        deadline = time.monotonic() + self._wait_s
        lock = _take(place, self._wait_s)
        try:
            address = self._reach(place, deadline)
            guard = Guard(place, lambda: self._reach(place, time.monotonic() + self._wait_s))
            return Attachment(address, lock, guard)
        except BaseException:
            lock.close()
            raise

    def _reach(self, place: Place, deadline: float) -> Address:
        silent_deaths = 0
        while time.monotonic() < deadline:
            address = Address.read(place)
            if not is_taken(place.supervised):
                silent_deaths += not self._start(place, deadline)
                if silent_deaths > 3:
                    break
            elif address is not None and address.answers():
                return address
            else:
                time.sleep(0.01)
        raise failed(
            f"the embedded Postgres did not get ready: {last_words(place.log)}",
            f"look into {place.log}",
        )

    def _start(self, place: Place, deadline: float) -> bool:
        """Start a supervisor and wait for its word; false when it died without one."""
        words = [sys.executable, "-P", "-m", _SUPERVISOR, str(place.root)]
        words += ["--idle", str(self._idle_s), *([] if self._durable else ["--fast"])]
        with open(os.open(place.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as log:  # noqa: PTH123 - the mode from the first moment on
            process = subprocess.Popen(
                words,
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        assert process.stdout is not None
        with process.stdout as said:
            left = max(0.0, deadline - time.monotonic())
            word = said.readline() if select.select([said], [], [], left)[0] else b"{}\n"
        process.wait()  # it has detached itself long ago
        if not word.endswith(b"\n"):
            return False
        news = json.loads(word)
        if news.get("state") == "failed":
            raise EnvironmentFailedError(news["message"], way_out=news["way_out"])
        return True


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    # It runs elsewhere, so paths must be absolute, and it must be this very code.
    named = [one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one]
    paths = [str(_PACKAGES), *(str(Path(one).absolute()) for one in named)]
    return kept | {"PYTHONPATH": os.pathsep.join(paths)}


def _take(place: Place, wait_s: float) -> Lock:
    try:
        lock = Lock(place.attached)
        # While the supervisor stops the server it keeps this lock for itself.
        taken = lock.take(shared=True, wait_s=wait_s)
    except OSError as error:  # another's file, or a disk that knows no locks
        raise failed(
            f"cannot lock {place.attached}: {error.strerror}", "set REELWRIGHT_HOME"
        ) from error
    if not taken:
        lock.close()
        raise failed("the embedded Postgres did not stop in time", f"look into {place.log}")
    lock.touch()
    return lock
