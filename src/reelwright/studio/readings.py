"""Scripts that were read for an audience: of many who look at one revision, the first has it read."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from weakref import WeakValueDictionary

from reelwright.film.breakdown.model import Breakdown
from reelwright.ground.ids import RevisionId

_MOST = 64
_MOST_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Reading:
    """A script broken down with its notes, and what its scenes and shots are called; `size` in bytes."""

    breakdown: Breakdown
    names: Mapping[str, str]
    size: int


class Readings:
    """Remembers the last ones, which never change: as many as there is room for, by their scripts' sizes."""

    def __init__(self, most: int = _MOST, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._known: OrderedDict[RevisionId, Reading] = OrderedDict()
        self._turns: WeakValueDictionary[RevisionId, asyncio.Lock] = WeakValueDictionary()

    async def of(self, revision: RevisionId, read: Callable[[], Awaitable[Reading]]) -> Reading:
        """What was read of a revision; whoever comes while it is being read waits for that."""
        turn = self._turns.setdefault(revision, asyncio.Lock())
        async with turn:
            found = self._known.get(revision)
            if found is None:
                found = self._known[revision] = await read()
                self._make_room()
            else:
                self._known.move_to_end(revision)
        return found

    def _make_room(self) -> None:
        """The oldest go; the one that has just come stays, however large it is."""
        size = sum(one.size for one in self._known.values())
        while len(self._known) > 1 and (len(self._known) > self._most or size > self._most_bytes):
            size -= self._known.popitem(last=False)[1].size
