"""Executors for tests: short leases, one process."""

from contextlib import asynccontextmanager
from datetime import timedelta

import anyio

from reelwright.engines.database.roles import SYSTEM, role_url
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Phase
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.engines.durable.settings import DurableSettings

QUICK = DurableSettings(beat_s=0.2, lease_s=2, threads=8, pool_size=5)


@asynccontextmanager
async def executor(database, url, roster, settings=QUICK):
    """A running executor and the durable side of the same database."""
    durable = DbosDurable(role_url(url, SYSTEM))
    one = DbosExecutor(database, role_url(url, SYSTEM), settings)
    await one.start(roster)
    try:
        yield durable, one
    finally:
        await one.stop(timedelta(seconds=5))
        durable.close()


async def ended(durable, ids, within=20.0):
    """The standings of calls, when all have come to an end."""
    with anyio.fail_after(within):
        while True:
            found = await durable.standing(ids)
            if len(found) == len(ids) and not any(
                one.phase in (Phase.WAITING, Phase.RUNNING) for one in found.values()
            ):
                return found
            await anyio.sleep(0.05)
