"""The bench: where this process's crew makes what a batch orders."""

import asyncio
from collections.abc import Sequence

from reelwright.engines.processes.crew import Crew
from reelwright.ground.transactions import forbid_in_transaction
from reelwright.studio.productions.shelves import Shelf
from reelwright.studio.workshop import CREW_NEEDS, Order


class Bench:
    """Makes orders with a crew of child processes, and hands the products to the library."""

    def __init__(self, workers: int) -> None:
        self.size = workers
        self._crew = Crew("reelwright.studio.worker", workers, CREW_NEEDS)

    async def make(
        self, shelf: Shelf, orders: Sequence[Order], fresh: Sequence[bool]
    ) -> list[bool]:
        """Make the orders one after the other; says for each whether it was made just now.

        May be called again for the same orders: what is there is found, also if another machine
        has made it meanwhile.
        """
        forbid_in_transaction("making")
        known = await shelf.assets([one.digest for one in orders])
        wanted = {
            n: one
            for n, (one, new) in enumerate(zip(orders, fresh, strict=True))
            if new or one.digest not in known
        }
        made = [False] * len(orders)
        if wanted:
            await shelf.bring_inputs(list(wanted.values()))
            new = [fresh[n] for n in wanted]
            job = {"orders": list(wanted.values()), "store": shelf.store.root, "fresh": new}
            answer = await asyncio.wrap_future(self._crew.begin(job))
            await shelf.keep(answer["stored"])
            for n, now in zip(wanted, answer["made"], strict=True):
                made[n] = now
        return made

    def close(self) -> None:
        """Send the crew home, also in the middle of a job."""
        self._crew.close()
