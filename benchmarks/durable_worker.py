"""A worker to be measured: `python -m benchmarks.durable_worker (ours|bare)`; its input names the database.

Both run `wait`: a workflow that waits an hour for a message. `bare` is DBOS alone, with the same
number of threads and connections, and nothing of ours around it.
"""

import asyncio
import json
import sys
from datetime import timedelta

from dbos import DBOS, DBOSConfig

from reelwright.engines.database.database import connect
from reelwright.engines.database.roles import Urls, plain_dsn
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.durable.contract import Json, Queue, Roster, Steps, Workflow
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.engines.durable.settings import DurableSettings

QUEUE = Queue("waiting")


async def wait(steps: Steps, _given: Json) -> Json:
    """Wait for a message; answers it."""
    return await steps.receive("go", timedelta(hours=1))


async def ours(urls: Urls) -> None:
    """Our executor, with its usual settings."""
    database = connect(DatabaseSettings(), urls)
    executor = DbosExecutor(database, urls.system, DurableSettings())
    await executor.start(Roster([Workflow("wait", wait)], [QUEUE]))
    print("ready", executor.id, flush=True)
    await asyncio.Event().wait()


async def bare(urls: Urls) -> None:
    """DBOS alone."""
    settings = DurableSettings()
    config = DBOSConfig(
        name="reelwright",
        system_database_url=plain_dsn(urls.owner),
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
    told = Urls(**json.loads(sys.stdin.readline()))
    asyncio.run({"ours": ours, "bare": bare}[sys.argv[1]](told))
