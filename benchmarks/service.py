"""`reelwright serve` as a person meets it: how soon it is ready, and what it costs when idle."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.figures import Figure
from benchmarks.homes import environment, fresh_home, opened_database, settle
from reelwright.engines.database.roles import plain_dsn

_FIRST = 3
_LATER = 5
_SETTLED_S = 10.0
_WATCHED_S = 20.0
_TICKS = os.sysconf("SC_CLK_TCK")


def starting() -> Iterator[Figure]:
    """From the command to the first ready answer; Postgres is down before each start."""
    firsts: list[float] = []
    for _ in range(_FIRST):
        with fresh_home() as home:
            firsts.append(_start_once(home))
    yield Figure(
        "`reelwright serve` to ready, first start (initdb and migrations included)",
        "under 5 s",
        f"{min(firsts):.2f} s (best of {_FIRST}; longest {max(firsts):.2f})",
        min(firsts) < 5,
    )
    with fresh_home() as home:
        _start_once(home)
        laters = [_start_once(home) for _ in range(_LATER)]
    yield Figure(
        "`reelwright serve` to ready, later start (Postgres stopped before)",
        "under 2.5 s",
        f"{min(laters):.2f} s (best of {_LATER}; longest {max(laters):.2f})",
        min(laters) < 2.5,
    )


def idling() -> Iterator[Figure]:
    """Memory, CPU and transactions of a service that nobody asks anything."""
    with fresh_home() as home, served(home) as (process, _), opened_database(home) as urls:
        with psycopg.connect(plain_dsn(urls.owner), autocommit=True) as connection:
            time.sleep(_SETTLED_S)
            pids = _processes(home, process.pid)
            memory = {pid: _pss_mb(pid) for pid in pids}
            ours = memory[process.pid]
            committed, ticks = _transactions(connection), _ticks(pids)
            own, begun = _ticks([process.pid]), time.monotonic()
            time.sleep(_WATCHED_S)
            took = time.monotonic() - begun
            share = (_ticks(pids) - ticks) / _TICKS / took
            own_share = (_ticks([process.pid]) - own) / _TICKS / took
            each_second = (_transactions(connection) - committed) / took
        total = sum(memory.values())
    yield Figure(
        f"idle memory of `serve`, Postgres included (PSS), {_SETTLED_S:.0f} s after ready",
        "under 220 MB",
        f"{total:.0f} MB in {len(memory)} processes ({ours:.0f} MB our own)",
        total < 220,
    )
    yield Figure(
        "idle `serve`: CPU, all processes",
        "under 5 % of a core",
        f"{share:.1%} of a core ({own_share:.1%} our own), {each_second:.0f} transactions a second",
        share < 0.05,
    )


@contextmanager
def served(
    home: Path, port: int | None = None, more: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """A service that is ready, and after how many seconds it was; `more` are variables of its own."""
    port = port or free_port()
    command = [sys.executable, "-m", "reelwright", "serve", "--port", str(port)]
    begun = time.monotonic()
    told = environment(home) | dict(more or {})
    process = subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL)
    try:
        while not _ready(port):
            if process.poll() is not None or time.monotonic() - begun > 60:
                raise RuntimeError("the service did not get ready")
            time.sleep(0.01)
        yield process, time.monotonic() - begun
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _start_once(home: Path) -> float:
    with served(home) as (_, took):
        pass
    settle(home)
    return took


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _processes(home: Path, root: int) -> list[int]:
    """The service, everything it has started, and the Postgres of its home with its supervisor."""
    parents: dict[int, int] = {}
    chosen = {root}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parents[int(entry.name)] = int(_fields(int(entry.name))[1])
            command = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if any(part.startswith(os.fsencode(home)) for part in command):
            chosen.add(int(entry.name))
    while more := {pid for pid, parent in parents.items() if parent in chosen} - chosen:
        chosen |= more
    return sorted(chosen)


def _pss_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def _ticks(pids: list[int]) -> int:
    total = 0
    for pid in pids:
        fields = _fields(pid)
        total += int(fields[11]) + int(fields[12])
    return total


def _fields(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _transactions(connection: psycopg.Connection) -> int:
    time.sleep(1.5)  # the server's figures lag by a second
    query = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
    row = connection.execute(query).fetchone()
    return row[0] if row else 0
