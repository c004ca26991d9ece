"""A worker as a process of its own, to be killed: `python -m support.durable_worker URL NAME`."""

import asyncio
import signal
import sys
from datetime import timedelta

from reelwright.engines.database.roles import SYSTEM, role_url
from reelwright.engines.durable.executor import DbosExecutor
from support.databases import doors
from support.durable_executors import QUICK
from support.durable_roster import roster


async def main(url: str, name: str, lease_s: float) -> None:
    """Run until asked to end by SIGTERM."""
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    async with doors(url) as database:
        settings = QUICK.model_copy(update={"lease_s": lease_s})
        executor = DbosExecutor(database, role_url(url, SYSTEM), settings)
        await executor.start(roster(database, name))
        print("ready", executor.id, flush=True)
        await over.wait()
        await executor.stop(timedelta(seconds=float(sys.argv[4])))
        print("ended", flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
