"""Batches: some products of a production, made together by whichever worker is free."""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from reelwright.engines.database.database import Database
from reelwright.engines.durable.contract import Call, Durable, Phase, Queue
from reelwright.ground.ids import BatchId, ProductionId
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.records import (
    Standing,
    add_batches,
    give_up_batches,
    standing_of,
)

MAKING = "making"
"""The queue batches wait in; whoever asked for a film takes turns with everybody else."""

WORKFLOW = "make-batch"
_LOOK_S = 0.3  # how soon other workers' batches are looked for
_LOOK_AGAIN_S = 1.2  # the longest pause between two looks; our own workers ring
_DOUBT_S = 10.0  # how long a batch may say nothing before the engine is asked about it


def making_queue(per_worker: int) -> Queue:
    """The queue of batches in a worker that makes so many at a time."""
    return Queue(MAKING, per_worker=per_worker, fair=True, poll_s=0.15)


class Batches:
    """Hands batches out and hears of their end."""

    def __init__(self, database: Database, durable: Durable) -> None:
        self._database = database
        self._durable = durable
        self._bells: dict[str, asyncio.Event] = {}

    async def hand_out(
        self,
        production: Production,
        bundles: Sequence[Sequence[str]],
        instead_of: Collection[str] = (),
    ) -> None:
        """Queue bundles of digests, all or none; batches that were lost are given up for them."""
        batches = {BatchId.new(): digests for digests in bundles}
        calls = [
            Call(WORKFLOW, batch, {"batch": batch}, MAKING, partition=production.user_id)
            for batch in batches
        ]
        async with self._database.transaction(production.who) as tx:
            if instead_of:
                await give_up_batches(tx, instead_of)
            await add_batches(tx, production, batches)
            await self._durable.enqueue(tx, calls)

    async def standing(self, production: Production, seen: Collection[str] = ()) -> Standing:
        """Where the production's batches stand."""
        async with self._database.read(production.who) as tx:
            return await standing_of(tx, production.id, seen)

    async def changed(self, production: Production, seen: Collection[str]) -> Standing:
        """Wait until a batch that is not in `seen` has ended, or the production."""
        bell = self._bells.setdefault(production.id, asyncio.Event())
        waited, pause = 0.0, _LOOK_S
        while True:
            bell.clear()
            standing = await self.standing(production, seen)
            if standing.ended or not standing.live:
                return standing
            try:
                await asyncio.wait_for(bell.wait(), pause)
            except TimeoutError:
                waited += pause
                pause = min(_LOOK_AGAIN_S, pause * 1.5)
            if waited >= _DOUBT_S:
                waited = 0.0
                await self._hand_out_again(production, standing.waiting)

    async def _hand_out_again(
        self, production: Production, waiting: Mapping[str, Sequence[str]]
    ) -> None:
        """Queue again what the engine has given up or never heard of."""
        known = await self._durable.standing(list(waiting))
        alive = (Phase.WAITING, Phase.RUNNING)
        lost = [b for b in waiting if b not in known or known[b].phase not in alive]
        # The id of a call is taken once it was used, so the bundle gets a new batch.
        if lost:
            await self.hand_out(production, [waiting[batch] for batch in lost], instead_of=lost)

    def ring(self, production_id: ProductionId) -> None:
        """Tell whoever waits in this process that a batch has ended."""
        bell = self._bells.get(production_id)
        if bell is not None:
            bell.set()

    def forget(self, production_id: ProductionId) -> None:
        """Nobody waits for this production any longer."""
        self._bells.pop(production_id, None)
