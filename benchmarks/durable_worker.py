"""A worker to be measured: `python -m benchmarks.durable_worker URL (ours|bare)`; URL is the owner's.

Both run `wait`: a workflow that waits an hour for a message. `bare` is DBOS alone, with the same
number of threads and connections, and nothing of ours around it.
"""

import asyncio
import sys
from datetime import timedelta

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig

from reelwright.engines.database.database import connect
from reelwright.engines.database.roles import APP, SYSTEM, Urls, role_url
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.durable.contract import Json, Queue, Roster, Steps, Workflow
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.engines.durable.settings import DurableSettings

QUEUE = Queue("waiting")


async def wait(steps: Steps, _given: Json) -> Json:
    """Wait for a message; answers it."""
    return await steps.receive("go", timedelta(hours=1))


async def ours(url: str) -> None:
    """Our executor, with its usual settings."""
    urls = Urls(url, role_url(url, APP), role_url(url, SYSTEM))
    database = connect(DatabaseSettings(), urls)
    executor = DbosExecutor(database, urls.system, DurableSettings())
    await executor.start(Roster([Workflow("wait", wait)], [QUEUE]))
    print("ready", executor.id, flush=True)
    await asyncio.Event().wait()


async def bare(url: str) -> None:
    """DBOS alone."""
    settings = DurableSettings()
    config = DBOSConfig(
        name="reelwright",
        system_database_url=sa.make_url(url)
        .set(drivername="postgresql")
        .render_as_string(hide_password=False),
        executor_id="bare",
        application_version="wf-1",
        max_executor_threads=settings.threads,
        sys_db_pool_size=settings.pool_size,
        log_level="ERROR",
    )
    DBOS(config=config)

    @DBOS.workflow(name="wait")
    async def wait_bare(_given: Json) -> Json:
        return await DBOS.recv_async("go", timeout_seconds=3600)

    DBOS.launch()
    await DBOS.register_queue_async(QUEUE.name, polling_interval_sec=QUEUE.poll_s)
    print("ready", "bare", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run({"ours": ours, "bare": bare}[sys.argv[2]](sys.argv[1]))
