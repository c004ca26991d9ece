"""A process's part in running workflows, over DBOS."""

import asyncio
import logging
import os
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, ClassVar

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    WorkflowSerializationFormat,
)
from dbos import error as dbos_errors
from sqlalchemy import make_url

from reelwright.engines.database.database import Database
from reelwright.engines.database.roles import plain_dsn
from reelwright.engines.durable.calls import open_client
from reelwright.engines.durable.contract import Json, Queue, Roster, Workflow
from reelwright.engines.durable.leases import Lease
from reelwright.engines.durable.names import announce
from reelwright.engines.durable.outcomes import WorkflowFailedError, foreseen
from reelwright.engines.durable.reaper import RECOVERY, Reaper, idle_limit
from reelwright.engines.durable.settings import DurableSettings
from reelwright.engines.durable.steps import DbosSteps
from reelwright.engines.durable.upgrading import VERSION
from reelwright.ground.errors import ConflictError

_log = logging.getLogger(__name__)


def _is_news(record: logging.LogRecord) -> bool:
    """DBOS calls it an error when a workflow was cancelled; that is what somebody wanted."""
    error = record.exc_info[1] if record.exc_info else None
    cancelled = (
        dbos_errors.DBOSAwaitedWorkflowCancelledError,
        dbos_errors.DBOSWorkflowCancelledError,
    )
    return not isinstance(error, cancelled)


_CANCEL_S = 5.0


class DbosExecutor:
    """Takes calls from queues and runs them on the event loop that started it.

    DBOS is global in a process: one executor runs in it at a time. After `stop` another may start.
    """

    _in_process: ClassVar[threading.Lock] = threading.Lock()  # DBOS's own instance is global too

    def __init__(self, database: Database, system_url: str, settings: DurableSettings) -> None:
        self._id = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._database = database
        self._system_url = system_url
        self._settings = settings
        self._tasks: dict[asyncio.Task[Any], str] = {}  # the workflow each one runs
        self._loop: asyncio.AbstractEventLoop | None = None
        self._dbos: DBOS | None = None
        self._client: DBOSClient | None = None
        self._lease: Lease | None = None
        self._reaper: Reaper | None = None

    @property
    def id(self) -> str:
        """Unique for each start of a process, never reused."""
        return self._id

    async def start(self, roster: Roster) -> None:
        """Sign in (a first heartbeat) and begin to take calls, on the running event loop.

        Raises ConflictError when an executor runs in this process already.
        """
        if not self._in_process.acquire(blocking=False):
            raise ConflictError("an executor runs in this process already")
        self._loop = asyncio.get_running_loop()
        try:
            await asyncio.to_thread(self._sign_in, roster)
            self._launch(roster)
        except BaseException:
            await self._leave()
            raise
        if self._reaper is not None:
            self._reaper.start()

    async def stop(self, grace: timedelta) -> None:
        """Take no more, let what runs end within `grace`, then hand the rest over at once."""
        if self._loop is None:
            return
        # It warns of each task that is cancelled, which from here on is meant. A start sets it again.
        logging.getLogger("dbos").setLevel(logging.ERROR)
        if self._dbos is not None:  # its queues' threads, and only they, end by these
            for event in self._dbos.background_thread_stop_events:
                event.set()
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=grace.total_seconds())
        await self._leave()

    def may_call(self) -> bool:
        """Whether our lease still holds: a paid or outside call is only made if it does."""
        return self._lease is not None and self._lease.holds()

    def _sign_in(self, roster: Roster) -> None:
        settings = self._settings
        told = plain_dsn(self._system_url)
        self._client = open_client(self._system_url)
        queues = (
            *roster.queues,
            Queue(RECOVERY, per_worker=settings.recovery_per_worker, poll_s=5),
        )
        announce(self._client, self._system_url, Roster(roster.workflows, queues))
        self._reaper = Reaper(told, self._client, self._id, settings, self._running)
        self._lease = Lease(told, self._id, VERSION, settings, self._abandon)
        self._lease.sign_in()

    def _launch(self, roster: Roster) -> None:
        """Start DBOS here: it runs workflows on the loop that is running now."""
        self._dbos = DBOS(config=self._config())
        logging.getLogger("dbos").addFilter(_is_news)
        for workflow in roster.workflows:
            portable = WorkflowSerializationFormat.PORTABLE
            DBOS.workflow(name=workflow.name, serialization_type=portable)(self._body(workflow))
        # Only queues of our roster: work we have no body for must be left to those who have.
        DBOS.listen_queues([*(queue.name for queue in roster.queues), RECOVERY])
        DBOS.launch()

    def _config(self) -> DBOSConfig:
        settings = self._settings
        return DBOSConfig(
            name="reelwright",
            system_database_url=self._system_url,
            executor_id=self._id,
            application_version=VERSION,
            serializer=DBOSPortableJSONSerializer(),
            run_migrations=False,
            max_executor_threads=settings.threads,
            sys_db_pool_size=settings.pool_size,
            # A ping before each query would double what an idle worker costs; what fails on a
            # connection that has died is tried again, or found by the reaper.
            db_engine_kwargs={
                "pool_timeout": settings.pool_timeout_s,
                "pool_pre_ping": False,
                "connect_args": self._connecting(),
            },
            scheduler_polling_interval_sec=3600,
            log_level=settings.log_level,
        )

    def _connecting(self) -> dict[str, str]:
        """Frozen in the middle of a transaction, we must not lock others out for longer than our lease."""
        own = make_url(self._system_url).query.get("options", "")
        limit = idle_limit(self._settings)
        options = f"-c idle_in_transaction_session_timeout={limit} {own}"
        return {"application_name": "dbos_transact", "options": options.strip()}

    def _body(self, workflow: Workflow) -> Callable[[Json], Awaitable[Json]]:
        async def begin() -> dict[str, Json]:
            return {"patches": list(workflow.patches)}

        async def body(given: Json) -> Json:
            task = asyncio.current_task()
            if task is not None:  # the engine's task: it ends after the outcome was written
                self._tasks[task] = str(DBOS.workflow_id)
                task.add_done_callback(self._tasks.pop)
            # Always the first step. The engine's own patches go by what stands at the next position,
            # and there is nothing yet where a run still waits: it would change its way in mid-wait.
            begun = await DBOS.run_step_async({"name": "begin"}, begin)
            longest = self._settings.retried_at_most_s
            try:
                steps = DbosSteps(self._database, longest, frozenset(begun["patches"]))
                return await workflow.run(steps, given)
            except Exception as error:
                raise WorkflowFailedError(foreseen(error)) from error

        return body

    def _running(self) -> list[str]:
        return list(self._tasks.copy().values())  # asked from another thread

    def _abandon(self) -> bool:
        """Called by the lease's thread when others have our work: end what still runs here."""
        loop, reaper = self._loop, self._reaper
        if loop is None or reaper is None:
            return True
        ended = threading.Event()

        def end() -> None:
            for task in list(self._tasks):
                task.cancel()
            ended.set()

        loop.call_soon_threadsafe(end)
        if not ended.wait(self._settings.lease_s):
            return False
        # What we took from queues since, before we knew, is nobody's now: back into the queues.
        reaper.give_back(self._id)
        return True

    async def _leave(self) -> None:
        """End everything this process has of the engine, and hand over what was not ended."""
        lease, self._lease = self._lease, None
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=_CANCEL_S)
        # The loop's pool of threads is DBOS's and ends with it, but others here still go on.
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor())
        try:
            await asyncio.to_thread(self._sign_off, lease)
        finally:
            self._loop = None
            self._in_process.release()

    def _sign_off(self, lease: Lease | None) -> None:
        if lease is not None:
            lease.resign()
        DBOS.destroy(destroy_registry=True)
        if self._reaper is not None:
            self._reaper.stop()
            try:
                self._reaper.give_back(self._id)
            except Exception as error:  # noqa: BLE001  (others find it by our row, or by its absence)
                _log.warning("handing over failed (%s); others will do it", type(error).__name__)
        if self._client is not None:
            self._client.destroy()
        self._dbos = self._client = self._reaper = None
