"""Durable work: how soon a dead worker's work goes on, what waiting costs, what idling costs.

Each on an embedded Postgres of its own.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median

import psycopg

from benchmarks.figures import Figure
from benchmarks.homes import fresh_database
from reelwright.engines.database.roles import Urls, plain_dsn
from reelwright.engines.durable.settings import DurableSettings
from reelwright.engines.durable.upgrading import VERSION

_WAITING = 5000
_TAKEN = 400
_TICKS = os.sysconf("SC_CLK_TCK")
_CALL = """
SELECT count(dbos.enqueue_workflow(
    workflow_name => 'wait', queue_name => 'waiting', positional_args => ARRAY['{}'::json],
    workflow_id => 'w' || n, app_version => %s, application_name => 'reelwright'))
FROM generate_series(1, %s) AS n
"""
_WAITING_AT = """
SELECT count(*) FROM dbos.workflow_status AS w
WHERE status = 'PENDING' AND executor_id = %s AND EXISTS (
    SELECT FROM dbos.operation_outputs AS o WHERE o.workflow_uuid = w.workflow_uuid
    AND function_name = 'DBOS.sleep')
"""
_BEGUN = _WAITING_AT.replace("DBOS.sleep", "begin")


def takeover() -> Iterator[Figure]:
    """Kill -9 of a worker that runs 400 workflows, another takes them over.

    The other is on the same machine, where a death can be seen; so its host's name is blotted out
    of the table first, and the lease must run out, as it must for a worker elsewhere.
    """
    lease = DurableSettings().lease_s
    with (
        fresh_database() as own,
        _worker(own, "ours") as first,
        psycopg.connect(plain_dsn(own.owner), autocommit=True) as connection,
    ):
        connection.execute(_CALL, (VERSION, _TAKEN))
        _until(connection, _WAITING_AT, first.name, count=_TAKEN)
        with _worker(own, "ours") as second:
            connection.execute("UPDATE executors SET host = NULL")
            first.process.kill()
            began = time.monotonic()
            count = "SELECT count(*) FROM dbos.workflow_status WHERE executor_id = %s"
            _until(connection, count, second.name, count=_TAKEN)
            took = time.monotonic() - began
    yield Figure(
        f"takeover of {_TAKEN} running workflows after kill -9 of their worker",
        "lease plus 2 s, lease at most 15 s",
        f"{took:.1f} s with a lease of {lease:g} s",
        took <= lease + 2 and lease <= 15,
    )


def waiting() -> Iterator[Figure]:
    """Memory and CPU of a worker with 5,000 workflows waiting for a message, ours and bare DBOS."""
    found = {}
    for kind in ("bare", "ours"):
        with (
            fresh_database() as own,
            _worker(own, kind) as worker,
            psycopg.connect(plain_dsn(own.owner), autocommit=True) as connection,
        ):
            connection.execute(_CALL, (VERSION, _WAITING))
            _until(connection, _WAITING_AT, worker.name, count=_WAITING)
            time.sleep(5)
            found[kind] = (_memory_mb(worker.pid), _share_of_a_core(worker.pid, 20))
    for index, (what, unit) in enumerate((("memory", "MB"), ("CPU", "% of a core"))):
        bare, ours = found["bare"][index], found["ours"][index]
        yield Figure(
            f"{what} of a worker with {_WAITING:,} waiting, against bare DBOS",
            "<= 1.5",
            f"{ours / bare:.2f} ({ours:.1f} {unit}; bare {bare:.1f})",
            ours / bare <= 1.5,
        )


def idling() -> Iterator[Figure]:
    """What an idle worker costs, and how soon it starts a call."""
    with (
        fresh_database() as own,
        _worker(own, "ours") as worker,
        psycopg.connect(plain_dsn(own.owner), autocommit=True) as connection,
    ):
        time.sleep(3)
        before = _transactions(connection)
        share = _share_of_a_core(worker.pid, 10)
        each_second = (_transactions(connection) - before) / 10
        delays = []
        for n in range(20):
            connection.execute(_CALL.replace("'w' || n", f"'late-{n}'").encode(), (VERSION, 1))
            began = time.monotonic()
            _until(connection, _BEGUN, worker.name, count=n + 1)
            delays.append(time.monotonic() - began)
    yield Figure(
        "an idle worker with one queue and the one for recovery",
        "-",
        f"{share:.1f}% of a core, {each_second:.0f} transactions a second",
        None,
        "for information",
    )
    yield Figure(
        "from enqueueing to the first step's end, worker idle",
        "under 0.2 s",
        f"{median(delays) * 1000:.0f} ms (longest of 20: {max(delays) * 1000:.0f})",
        median(delays) < 0.2,
    )


class _Worker:
    def __init__(self, process: subprocess.Popen[str], name: str) -> None:
        self.process = process
        self.pid = process.pid
        self.name = name


@contextmanager
def _worker(urls: Urls, kind: str) -> Iterator[_Worker]:
    command = [sys.executable, "-m", "benchmarks.durable_worker", kind]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asdict(urls)) + "\n")  # passwords are no arguments
        process.stdin.flush()
        yield _Worker(process, process.stdout.readline().split()[1])
    finally:
        process.kill()
        process.communicate()


def _until(connection: psycopg.Connection, query: str, name: str, *, count: int) -> None:
    limit = time.monotonic() + 180
    while connection.execute(query.encode(), (name,)).fetchone() != (count,):
        if time.monotonic() > limit:
            raise TimeoutError(query)
        time.sleep(0.02)


def _transactions(connection: psycopg.Connection) -> int:
    time.sleep(1.5)  # the server's figures lag by a second
    query = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
    row = connection.execute(query).fetchone()
    return row[0] if row else 0


def _memory_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def _share_of_a_core(pid: int, seconds: float) -> float:
    before = _ticks(pid)
    time.sleep(seconds)
    return (_ticks(pid) - before) / _TICKS / seconds * 100


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
