"""A process's part in the work: it takes jobs and batches from the queues."""

from datetime import timedelta

from reelwright.engines.durable.contract import Executor, Roster
from reelwright.studio.productions.bench import Bench
from reelwright.studio.productions.shelves import Shelves

_GRACE = timedelta(seconds=1)
"""How long what runs may take to end. The rest is handed over: another makes it again from where it
stands, which costs less than a stop that takes long."""


class Worker:
    """Runs what the roster names until it is stopped."""

    def __init__(self, executor: Executor, roster: Roster, bench: Bench, shelves: Shelves) -> None:
        self._executor = executor
        self._roster = roster
        self._bench = bench
        self._shelves = shelves

    async def start(self) -> None:
        """Begin to take calls, on the running event loop."""
        await self._executor.start(self._roster)

    async def stop(self) -> None:
        """Take no more, and leave what cannot end at once to others."""
        await self._executor.stop(_GRACE)
        self._bench.close()
        self._shelves.close()
