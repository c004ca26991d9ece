"""A worker's lease: a beat in a thread and on a connection of its own, which nothing else delays.

A takeover, a long transaction or a full pool must not keep a living worker from saying so: workers
would be taken over in a cascade.
"""

import logging
import os
import threading
import time
from collections.abc import Callable

import psycopg

from reelwright.engines.durable.homes import own_host, process_started
from reelwright.engines.durable.settings import DurableSettings

_log = logging.getLogger(__name__)
_SIGN_IN = """
INSERT INTO executors (id, host, pid, process_started, version) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET seen_at = now(), taken_at = NULL
"""
_BEAT = "UPDATE executors SET seen_at = now() WHERE id = %s AND taken_at IS NULL"
_RESIGN = "UPDATE executors SET taken_at = now() WHERE id = %s"


def clock_s() -> float:
    """Seconds since the boot, sleep of the machine included where that is known."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def connect(dsn: str, *, patience_s: float) -> psycopg.Connection:
    """A connection that gives up on a silent server after about `patience_s`."""
    limit = max(1, round(patience_s))
    return psycopg.connect(
        dsn,
        autocommit=True,
        connect_timeout=max(2, limit),
        tcp_user_timeout=limit * 1000,
        options=f"-c statement_timeout={limit * 1000}",
    )


class Lease:
    """Says every beat that we live, and knows how long ago that was last heard."""

    def __init__(
        self,
        dsn: str,
        executor: str,
        version: str,
        settings: DurableSettings,
        on_taken: Callable[[], bool],
    ) -> None:
        """`on_taken` abandons what runs here; it answers whether that is done."""
        self._dsn = dsn
        self._executor = executor
        self._version = version
        self._settings = settings
        self._on_taken = on_taken
        self._connection: psycopg.Connection | None = None
        self._heard_at: float | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="durable-lease", daemon=True)

    def sign_in(self) -> None:
        """Make ourselves known, then beat. Raises psycopg.Error when the database cannot be had."""
        self._introduce()
        self._thread.start()

    def holds(self) -> bool:
        """Whether nobody can have taken us over: our last beat is younger than the lease."""
        heard = self._heard_at
        return heard is not None and clock_s() - heard < self._settings.lease_s

    def resign(self) -> None:
        """Stop beating and let others take what is left, at once."""
        self._over.set()
        self._heard_at = None
        if self._thread.is_alive():
            self._thread.join(self._settings.lease_s)
        try:
            self._connected().execute(_RESIGN, (self._executor,))
        except psycopg.Error:  # then the lease runs out instead
            _log.warning("signing off failed; others take over when the lease has run out")
        finally:
            self._disconnect()

    def _run(self) -> None:
        while not self._over.wait(self._settings.beat_s):
            try:
                self._beat()
            except Exception as error:  # noqa: BLE001  (this thread must never end by itself)
                _log.warning("a heartbeat was lost (%s)", type(error).__name__)
                self._disconnect()

    def _beat(self) -> None:
        asked_at = clock_s()
        if self._connected().execute(_BEAT, (self._executor,)).rowcount:
            self._heard_at = asked_at
            return
        # We were thought dead, and others have our work. What still runs here must end before we
        # may call ourselves alive again.
        self._heard_at = None
        if self._on_taken() and not self._over.is_set():
            _log.warning("executor %s had been taken over; it begins anew", self._executor)
            self._introduce()

    def _introduce(self) -> None:
        asked_at = clock_s()
        pid = os.getpid()
        row = (self._executor, own_host(), pid, process_started(pid), self._version)
        self._connected().execute(_SIGN_IN, row)
        self._heard_at = asked_at

    def _connected(self) -> psycopg.Connection:
        if self._connection is None:
            self._connection = connect(self._dsn, patience_s=self._settings.lease_s / 3)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
