"""Taking over from workers that died: one pass a second, one reaper in the cluster at a time."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

import psycopg
from dbos import DBOSClient
from psycopg import sql

from reelwright.engines.durable.homes import is_gone, own_host
from reelwright.engines.durable.leases import clock_s, connect
from reelwright.engines.durable.settings import DurableSettings

RECOVERY = "recovery"
"""The queue for taken-over work whose own queue is not known."""

_log = logging.getLogger(__name__)
_PATIENCE_S = 30.0
_LOCK = 0x7265617065  # "reape"
_OTHERS = """
SELECT id, host, pid, process_started,
       taken_at IS NOT NULL OR seen_at < now() - make_interval(secs => %s) AS due
FROM executors WHERE id <> %s
"""
_DUE = """
UPDATE executors SET taken_at = coalesce(taken_at, now())
WHERE id <> %s AND (taken_at IS NOT NULL OR seen_at < now() - make_interval(secs => %s))
RETURNING id
"""
_BOUND = "SET LOCAL idle_in_transaction_session_timeout = {}"
_GONE = "UPDATE executors SET taken_at = now() WHERE id = %s AND taken_at IS NULL"
_FORGET = """
DELETE FROM executors WHERE id = %s AND taken_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM dbos.workflow_status WHERE status = 'PENDING' AND executor_id = executors.id)
"""
_ORPHANS = """
SELECT DISTINCT executor_id FROM dbos.workflow_status AS w
WHERE status = 'PENDING' AND executor_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM executors AS e WHERE e.id = w.executor_id)
"""

_STRAYS = """
SELECT workflow_uuid, queue_name FROM dbos.workflow_status
WHERE status = 'PENDING' AND executor_id = %s
  AND started_at_epoch_ms < (extract(epoch FROM now()) - %s) * 1000
"""


def idle_limit(settings: DurableSettings) -> int:
    """Milliseconds after which the server ends a session that stopped inside a transaction."""
    return round(max(1.0, settings.lease_s) * 1000)


def hand_over(client: DBOSClient, executor: str, batch: int) -> int:
    """Put what an executor was running back into its queues; returns how many that were.

    Each call goes back to the queue, partition and priority it came from, so that limits and
    fairness hold for taken-over work as for new.
    """
    count = 0
    while True:
        found = client.list_workflows(
            status="PENDING",
            executor_id=executor,
            limit=batch,
            load_input=False,
            load_output=False,
        )
        _requeue(client, [(one.workflow_id, one.queue_name) for one in found])
        count += len(found)
        if len(found) < batch:
            return count


def _requeue(client: DBOSClient, found: Iterable[tuple[str, str | None]]) -> None:
    by_queue: dict[str, list[str]] = defaultdict(list)
    for workflow, queue in found:
        known = queue is not None and not queue.startswith("_dbos_")
        by_queue[queue if known and queue else RECOVERY].append(workflow)
    for queue, ids in by_queue.items():
        client.resume_workflows(ids, queue_name=queue)


class Reaper:
    """Looks for the dead every second, and hands their work to the living."""

    def __init__(
        self,
        dsn: str,
        client: DBOSClient,
        executor: str,
        settings: DurableSettings,
        running: Callable[[], Collection[str]],
    ) -> None:
        """`running` answers the ids of the workflows that run in this process."""
        self._dsn = dsn
        self._client = client
        self._executor = executor
        self._settings = settings
        self._bound = sql.SQL(_BOUND).format(idle_limit(settings))
        self._host = own_host()
        self._running = running
        self._suspects: set[tuple[str, str | None]] = set()
        self._orphans_at = clock_s() + settings.lease_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="durable-reaper", daemon=True)

    def start(self) -> None:
        """Begin, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """End after the pass that is under way."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE_S)

    def give_back(self, executor: str) -> int:
        """Hand over an executor's work now, whether it is dead or not; waits for other reapers."""
        with connect(self._dsn, patience_s=_PATIENCE_S) as connection, connection.transaction():
            connection.execute(self._bound)
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            count = hand_over(self._client, executor, self._settings.takeover_batch)
            connection.execute(_FORGET, (executor,))
            return count

    def _run(self) -> None:
        connection: psycopg.Connection | None = None
        while not self._over.wait(self._settings.beat_s):
            try:
                if connection is None:
                    connection = connect(self._dsn, patience_s=_PATIENCE_S)
                self._look(connection)
            except Exception as error:  # noqa: BLE001  (whatever it was, the next pass tries again)
                _log.warning("a reaper's pass failed (%s)", type(error).__name__)
                if connection is not None:
                    connection.close()
                connection = None
        if connection is not None:
            connection.close()

    def _look(self, connection: psycopg.Connection) -> None:
        """One pass; idle, it is one small query."""
        due = clock_s() >= self._orphans_at
        others = connection.execute(_OTHERS, (self._settings.lease_s, self._executor)).fetchall()
        for name, host, pid, started, is_due in others:
            if host is not None and host == self._host and is_gone(pid, started):
                connection.execute(_GONE, (name,))
                due = True
            due = due or is_due
        if due:
            self._find_strays(connection)
            self._take_over(connection)

    def _find_strays(self, connection: psycopg.Connection) -> None:
        """Put back what is ours by the table, and yet does not run here.

        The database was lost between the taking of a call and the answer, or this process has no
        body for it. Whatever is found twice, a lease apart, goes back into its queue; but not while
        others found with it begin, for then they are many, and one after the other is begun.
        """
        if clock_s() < self._orphans_at:
            return
        row = (self._executor, self._settings.lease_s / 2)
        ours = {(name, queue) for name, queue in connection.execute(_STRAYS, row)}
        running = set(self._running())
        strays = {one for one in ours if one[0] not in running}
        some_began = bool(self._suspects - strays)
        found = set() if some_began else strays & self._suspects
        if found:
            _log.warning("%d workflows were taken and did not start; they are put back", len(found))
            _requeue(self._client, found)
        self._suspects = strays - found

    def _take_over(self, connection: psycopg.Connection) -> None:
        # Marked and committed first: from here on the dead, should they live, know they are dead.
        due = connection.execute(_DUE, (self._executor, self._settings.lease_s)).fetchall()
        # The lock lasts for one transaction, and the server ends it when we are stopped inside: a
        # frozen reaper must not keep the others from reaping, not even from reaping it.
        with connection.transaction():
            connection.execute(self._bound)
            row = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,)).fetchone()
            if row is None or not row[0]:
                return
            names = {name for (name,) in due}
            if clock_s() >= self._orphans_at:
                names |= {name for (name,) in connection.execute(_ORPHANS)} - {self._executor}
                self._orphans_at = clock_s() + self._settings.lease_s
            for name in names:
                count = hand_over(self._client, name, self._settings.takeover_batch)
                connection.execute(_FORGET, (name,))
                _log.warning("executor %s is gone; %d workflows go on elsewhere", name, count)
