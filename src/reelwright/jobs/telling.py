"""Writing down how far running jobs have come, so that other processes see it.

Runners may tell a hundred times a second; a job's row and its event are written at most twice a
second, always with the latest, never in the runner's way.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from sqlalchemy import update

from reelwright.engines.database.database import Database
from reelwright.jobs import announcing
from reelwright.jobs.job import Job
from reelwright.jobs.progress import ProgressState, ProgressTracker, ProgressUpdate
from reelwright.jobs.settings import JobSettings
from reelwright.jobs.states import ACTIVE
from reelwright.jobs.tables import JobRow

_log = logging.getLogger(__name__)


class ProgressWriter:
    """Follows jobs in the tracker and writes what it hears."""

    def __init__(self, database: Database, tracker: ProgressTracker, settings: JobSettings) -> None:
        self._database = database
        self._tracker = tracker
        self._pause = settings.progress_s

    @contextlib.asynccontextmanager
    async def following(self, job: Job) -> AsyncIterator[None]:
        """Write down the progress of a job while the block runs."""
        news = _News(asyncio.get_running_loop())
        unsubscribe = self._tracker.subscribe(job.id, news.hear)
        writing = asyncio.create_task(self._write_all(job, news), name=f"progress of {job.id}")
        try:
            yield
        finally:
            unsubscribe()
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing

    async def _write_all(self, job: Job, news: "_News") -> None:
        while True:
            update_ = await news.next()
            try:
                await self._write(job, update_)
            except Exception:  # noqa: BLE001  # progress is a courtesy: the job goes on without it
                _log.warning("the progress of %s could not be written", job.id, exc_info=True)
            await asyncio.sleep(self._pause)

    async def _write(self, job: Job, told: ProgressUpdate) -> None:
        who = job.principal
        async with self._database.transaction(who) as tx:
            written = await tx.scalar(
                update(JobRow)
                .where(
                    JobRow.workspace_id == who.workspace,
                    JobRow.id == job.id,
                    JobRow.workflow_id == job.workflow_id,
                    JobRow.state.in_(sorted(ACTIVE)),
                )
                .values(progress=told.as_json())
                .returning(JobRow.id)
            )
            if written is not None:
                await announcing.announce_progress(tx, job, told.as_json())


class _News:
    """The latest update, handed from any thread to the loop; what is overtaken is dropped."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._latest: ProgressUpdate | None = None
        self._there = asyncio.Event()

    def hear(self, update: ProgressUpdate) -> None:
        """Called by the tracker, in whatever thread; ends are told by the job's own state."""
        if update.state is ProgressState.RUNNING:
            self._latest = update
            with contextlib.suppress(RuntimeError):  # the loop has closed: nobody reads any more
                self._loop.call_soon_threadsafe(self._there.set)

    async def next(self) -> ProgressUpdate:
        """Wait for news, and take the latest."""
        while True:
            await self._there.wait()
            self._there.clear()
            latest, self._latest = self._latest, None
            if latest is not None:
                return latest
