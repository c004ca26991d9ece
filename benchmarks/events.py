"""From a commit to 500 readers of one process: how long until each has seen the event.

`python -m benchmarks.events URL`: the owner's URL of a database with all tables.
"""

import asyncio
import json
import sys
import time

from reelwright.engines.database.database import connect
from reelwright.engines.database.roles import APP, SYSTEM, Urls, role_url
from reelwright.engines.database.settings import DatabaseSettings
from reelwright.engines.events.announcing import Announcer
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.engines.events.stream import EventStream
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal


async def measure(url: str, readers: int = 500, events: int = 60) -> dict[str, float]:
    """Milliseconds from the end of the publishing transaction to each reader, p50 and p99."""
    urls = Urls(url, role_url(url, APP), role_url(url, SYSTEM))
    database = connect(DatabaseSettings(), urls)
    stream, announcer = EventStream(database, urls), Announcer(database)
    await stream.start()
    await announcer.start()
    who = Principal(UserId.new(), WorkspaceId.new())
    sent: dict[int, float] = {}
    took: list[float] = []

    async def read() -> None:
        seen = 0
        async for event in stream.iterate(who):
            took.append((time.perf_counter() - sent[event.data["n"]]) * 1000)
            seen += 1
            if seen == events:
                return

    tasks = [asyncio.create_task(read()) for _ in range(readers)]
    await asyncio.sleep(0.5)
    for n in range(events):
        async with database.transaction(who) as tx:
            await publish(tx, NewEvent("job:progress", "bench", {"n": n}))
            sent[n] = time.perf_counter()  # before the commit: its time is counted
        await asyncio.sleep(0.03)
    await asyncio.wait_for(asyncio.gather(*tasks), 60)
    await announcer.stop()
    await stream.stop()
    await database.dispose()
    took.sort()
    return {
        "readers": readers,
        "seen": len(took),
        "p50_ms": took[len(took) // 2],
        "p99_ms": took[int(len(took) * 0.99)],
        "worst_ms": took[-1],
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1]))))
