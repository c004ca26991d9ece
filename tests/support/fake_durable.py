"""A durable engine in memory: what is enqueued in a transaction runs when the test says so.

It keeps the contract where jobs depend on it: an id is one call, calls of a rolled-back transaction
never were, partitions take turns, steps are remembered over crashes, and a cancelled run stops at
its next step.
"""

import asyncio
from collections import OrderedDict, deque
from datetime import timedelta

from sqlalchemy import event

from reelwright.engines.durable.contract import Phase, Standing
from reelwright.engines.events.publishing import publish


class CancelledRunError(BaseException):
    """What a cancelled run meets at its next step."""


class ProcessDiedError(BaseException):
    """The process died here, as the test wanted it."""


class FakeDurable:
    """Calls in memory."""

    def __init__(self, database):
        self.database = database
        self.calls = {}
        self.phases = {}
        self.memory = {}
        self.mail = {}
        self.turns = OrderedDict()

    async def announce(self, roster):
        """Every name is known here."""

    async def enqueue(self, tx, calls, telling=()):
        await tx.connection()
        await publish(tx, *telling)

        def keep(_session):
            for call in calls:
                if call.id not in self.calls:
                    self.calls[call.id] = call
                    self.phases[call.id] = Phase.WAITING
                    self.turns.setdefault(call.partition, deque()).append(call.id)

        event.listen(tx.sync_session, "after_commit", keep, once=True)

    async def tell(self, workflow_id, topic, message, key):
        box = self.mail.setdefault((workflow_id, topic), asyncio.Queue())
        box.put_nowait(message)

    async def cancel(self, ids):
        for one in ids:
            if self.phases.get(one) in {Phase.WAITING, Phase.RUNNING}:
                self.phases[one] = Phase.CANCELLED

    async def standing(self, ids):
        return {one: Standing(one, self.phases[one]) for one in ids if one in self.phases}

    def waiting(self):
        return [one for one, phase in self.phases.items() if phase is Phase.WAITING]

    def next(self):
        """The call whose turn it is: partitions one after the other, delays not over left alone."""
        for _ in range(len(self.turns)):
            partition, ids = self.turns.popitem(last=False)
            ready = [i for i in ids if self.phases[i] is Phase.WAITING and not self.calls[i].delay]
            if ready:
                chosen = min(ready, key=lambda i: self.calls[i].priority)
                ids.remove(chosen)
                self.turns[partition] = ids
                return self.calls[chosen]
            if ids:
                self.turns[partition] = ids
        return None

    async def run(self, processor, call, *, die_after=None):
        """Run a call's workflow; `die_after` so many steps the process dies, and it can be run again."""
        steps = FakeSteps(self, call.id, die_after)
        self.phases[call.id] = Phase.RUNNING
        try:
            answer = await processor.run(steps, call.input)
        except CancelledRunError:
            return None
        except Exception:
            self.phases[call.id] = Phase.FAILED
            raise
        if self.phases[call.id] is Phase.RUNNING:
            self.phases[call.id] = Phase.DONE
        return answer

    async def run_all(self, processor):
        """Run whatever is ready until nothing is."""
        count = 0
        while (call := self.next()) is not None:
            await self.run(processor, call)
            count += 1
        return count


class FakeSteps:
    """Steps that remember."""

    def __init__(self, durable, workflow_id, die_after):
        self.durable = durable
        self.workflow_id = workflow_id
        self.number = 0
        self.die_after = die_after

    async def _remembered(self, act):
        if self.durable.phases[self.workflow_id] is Phase.CANCELLED:
            raise CancelledRunError
        if self.die_after is not None and self.number >= self.die_after:
            raise ProcessDiedError
        key = (self.workflow_id, self.number)
        self.number += 1
        if key not in self.durable.memory:
            self.durable.memory[key] = await act()
        return self.durable.memory[key]

    async def run(self, name, act):
        return await self._remembered(act)

    async def transact(self, who, name, act):
        async def once():
            async with self.durable.database.transaction(who) as tx:
                return await act(tx)

        return await self._remembered(once)

    async def receive(self, topic, within: timedelta):
        box = self.durable.mail.setdefault((self.workflow_id, topic), asyncio.Queue())

        async def wait():
            try:
                return await asyncio.wait_for(box.get(), within.total_seconds())
            except TimeoutError:
                return None

        return await self._remembered(wait)

    async def sleep(self, how_long):
        async def pause():
            await asyncio.sleep(0)

        await self._remembered(pause)

    async def tell(self, workflow_id, topic, message, key):
        await self.durable.tell(workflow_id, topic, message, key)

    async def patched(self, name):
        return True
