"""The bench: where this process's crew makes what a batch orders."""

import asyncio
from collections.abc import Sequence

from reelwright.engines.processes.crew import Crew
from reelwright.ground.transactions import forbid_in_transaction
from reelwright.studio.productions.shelves import Shelf
from reelwright.studio.workshop import Order


class Bench:
    """Makes orders with a crew of child processes, and hands the products to the library."""

    def __init__(self, workers: int) -> None:
        self.size = workers
        self._crew = Crew("reelwright.studio.worker", workers)

    async def make(
        self, shelf: Shelf, orders: Sequence[Order], fresh: Sequence[bool]
    ) -> list[bool]:
        """Make the orders one after the other; says for each whether it was made just now.

        May be called again for the same orders: what is there is found.
        """
        forbid_in_transaction("making")
        await shelf.bring_inputs(orders)
        job = {"orders": list(orders), "store": shelf.store.root, "fresh": list(fresh)}
        answer = await asyncio.wrap_future(self._crew.begin(job))
        await shelf.keep(answer["stored"])
        return answer["made"]

    def close(self) -> None:
        """Send the crew home, also in the middle of a job."""
        self._crew.close()
