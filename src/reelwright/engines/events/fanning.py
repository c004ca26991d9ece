"""Handing events to the readers of this process, in memory: none waits for another."""

import asyncio
from collections import deque
from collections.abc import Iterable

from reelwright.engines.events.event import Event
from reelwright.ground.ids import WorkspaceId


class Subscriber:
    """One reader. While not `live` it reads the table itself, and nothing is queued for it."""

    def __init__(self, workspace: WorkspaceId, subject: str | None, seen: int, most: int) -> None:
        self.workspace = workspace
        self.subject = subject
        self.seen = seen
        self.live = False
        self.closed = False
        self._most = most
        self._queue: deque[Event] = deque()
        self._waiter: asyncio.Future[None] | None = None

    def offer(self, seq: int, event: Event) -> None:
        """Queue an event; a reader that is too slow is sent back to the table instead."""
        if not self.live or seq <= self.seen:
            return
        if self.subject is not None and self.subject != event.subject:
            return
        if len(self._queue) >= self._most:
            self._queue.clear()
            self.live = False
        else:
            self._queue.append(event)
        self._stir()

    def take(self) -> Event | None:
        """The next event, if one is there."""
        return self._queue.popleft() if self._queue and not self.closed else None

    def close(self) -> None:
        """End it at once."""
        self.closed = True
        self._stir()

    async def wait(self) -> None:
        """Until something changes."""
        if self.live and not self._queue and not self.closed:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter

    def _stir(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class Fan:
    """The readers, by workspace: an event never comes near another tenant's."""

    def __init__(self) -> None:
        self._readers: dict[WorkspaceId, set[Subscriber]] = {}

    def __len__(self) -> int:
        return sum(len(some) for some in self._readers.values())

    def join(self, reader: Subscriber) -> None:
        """Add a reader."""
        self._readers.setdefault(reader.workspace, set()).add(reader)

    def leave(self, reader: Subscriber) -> None:
        """Remove a reader."""
        some = self._readers.get(reader.workspace, set())
        some.discard(reader)
        if not some:
            self._readers.pop(reader.workspace, None)

    def hand_out(self, events: Iterable[Event]) -> None:
        """Give events, in order, to those they concern."""
        for event in events:
            seq = event.seq
            for reader in self._readers.get(event.workspace, ()):
                reader.offer(seq, event)

    def close(self) -> None:
        """End all readers."""
        for some in list(self._readers.values()):
            for reader in some:
                reader.close()
