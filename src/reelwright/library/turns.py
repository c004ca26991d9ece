"""Turns: so many at a time, of each workspace one, and whoever waits waits for no other's whole pile."""

import asyncio
from collections import deque


class Turns:
    """Up to `size` turns at once, for one event loop. The line goes around the workspaces, not the files."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._at_it: set[str] = set()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def take(self, workspace: str) -> None:
        """Wait for the turn of a workspace; whoever has it MUST `leave`."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(workspace, deque()).append(turn)
        self._go_on()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it came at the same moment
                self.leave(workspace)
            raise

    def leave(self, workspace: str) -> None:
        """Give the turn to whoever is next: of this workspace, when all others have had theirs."""
        self._at_it.discard(workspace)
        if line := self._waiting.pop(workspace, None):
            self._waiting[workspace] = line
        self._free += 1
        self._go_on()

    def _go_on(self) -> None:
        for workspace in list(self._waiting):
            if self._free == 0:
                return
            if workspace not in self._at_it:
                self._begin(workspace)

    def _begin(self, workspace: str) -> None:
        """Give the oldest of a workspace its turn; what else it has waits behind the other workspaces."""
        line = self._waiting.pop(workspace)
        while line and line[0].done():  # gone away meanwhile
            line.popleft()
        if not line:
            return
        turn = line.popleft()
        if line:
            self._waiting[workspace] = line
        self._at_it.add(workspace)
        self._free -= 1
        turn.set_result(None)
