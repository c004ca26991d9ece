"""How long our own statements take, counted as they run; values never enter, only the text."""

import hashlib
import re
import threading
import time
from bisect import bisect_left
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from sqlalchemy import Engine, event, text
from sqlalchemy.ext.asyncio import AsyncSession

from reelwright.ground.principals import Activity, Who

BOUNDS_US: Final = tuple(100 * 2**power for power in range(20))
"""Upper ends of the buckets: 0.1 ms to 52 s; one more bucket holds what is longer."""

_OTHERS = "(all further statements)"
_SPACES = re.compile(r"\s+")
_LISTS = re.compile(r"(%\(\w+\)s(?:::\w+)?)(?:\s*,\s*%\(\w+\)s(?:::\w+)?)+")
_ROWS = re.compile(r"(\([^()]*\))(?:\s*,\s*\([^()]*\))+")
_NUMBERED = re.compile(r"%\(\w+\)s")


class Doors(Protocol):
    """What a flush needs of the database."""

    def transaction(self, who: Who) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction that commits when the block ends well."""
        ...


@dataclass(slots=True)
class Timing:
    """One statement's figures, in microseconds."""

    statement: str
    calls: int = 0
    total_us: int = 0
    longest_us: int = 0
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_US) + 1))

    def add(self, us: int) -> None:
        """Count one run."""
        self.calls += 1
        self.total_us += us
        self.longest_us = max(self.longest_us, us)
        self.buckets[bisect_left(BOUNDS_US, us)] += 1

    def join(self, other: "Timing") -> None:
        """Add another's figures."""
        self.calls += other.calls
        self.total_us += other.total_us
        self.longest_us = max(self.longest_us, other.longest_us)
        self.buckets = [a + b for a, b in zip(self.buckets, other.buckets, strict=True)]


def p95_us(buckets: list[int], longest_us: int) -> int:
    """The upper end of the bucket in which the 95th of a hundred runs lies."""
    wanted, seen = 0.95 * sum(buckets), 0
    for bound, count in zip(BOUNDS_US, buckets, strict=False):
        seen += count
        if seen >= wanted:
            return min(bound, longest_us)
    return longest_us


def normalised(statement: str) -> str:
    """A statement without what differs from run to run: spaces, names of values, lists' lengths."""
    short = _LISTS.sub(r"\1, ...", _SPACES.sub(" ", statement).strip())
    return _ROWS.sub(r"\1, ...", _NUMBERED.sub("?", short))[:4000]


class StatementTimings:
    """Counts in memory, for at most `limit` different statements; `flush` adds them to the table.

    May be shared by threads and event loops.
    """

    def __init__(self, limit: int = 500) -> None:
        self._limit = limit
        self._known: dict[str, str] = {}
        self._timings: dict[str, Timing] = {}
        self._lock = threading.Lock()

    def listen(self, engine: Engine) -> None:
        """Time every statement of an engine from now on; about 2 us each."""

        def before(connection: Any, _cursor: Any, *_: Any) -> None:
            connection.info["began"] = time.perf_counter_ns()

        def after(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            began = connection.info.pop("began", None)
            if began is not None:
                self.add(statement, (time.perf_counter_ns() - began) // 1000)

        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)

    def add(self, statement: str, us: int) -> None:
        """Count one run of a statement."""
        with self._lock:
            name = self._known.get(statement)
            if name is None:
                name = normalised(statement)
                if len(self._known) >= 4 * self._limit:
                    self._known.clear()
                self._known[statement] = name
            self._timing(name).add(us)

    def seen(self) -> list[Timing]:
        """What was counted and not flushed yet, the most costly first."""
        with self._lock:
            return sorted(self._timings.values(), key=lambda one: -one.total_us)

    async def flush(self, doors: Doors) -> int:
        """Add all counts to the table `statement_timings`; returns how many statements.

        If it fails the counts are kept for the next time. Call it every minute or so.
        """
        with self._lock:
            taken, self._timings = self._timings, {}
        rows = [
            {
                "digest": hashlib.sha256(name.encode()).hexdigest()[:32],
                "statement": name,
                "calls": one.calls,
                "total_us": one.total_us,
                "longest_us": one.longest_us,
                "buckets": one.buckets,
            }
            for name, one in taken.items()
        ]
        if not rows:
            return 0
        try:
            async with doors.transaction(Activity.CLEAN_UP) as tx:
                # In one order everywhere, lest two processes wait for each other.
                await tx.execute(_ADD, sorted(rows, key=lambda row: row["digest"]))
                await tx.execute(_FORGET)
        except BaseException:
            with self._lock:
                for name, one in taken.items():
                    self._timing(name).join(one)
            raise
        return len(rows)

    def _timing(self, name: str) -> Timing:
        if name not in self._timings and len(self._timings) >= self._limit:
            name = _OTHERS
        return self._timings.setdefault(name, Timing(name))


_ADD = text("""
INSERT INTO statement_timings AS old (digest, statement, calls, total_us, longest_us, buckets)
VALUES (:digest, :statement, :calls, :total_us, :longest_us, :buckets)
ON CONFLICT (digest) DO UPDATE SET
    calls = old.calls + excluded.calls,
    total_us = old.total_us + excluded.total_us,
    longest_us = greatest(old.longest_us, excluded.longest_us),
    buckets = (
        SELECT array_agg(coalesce(a, 0) + coalesce(b, 0) ORDER BY place)
        FROM unnest(old.buckets, excluded.buckets) WITH ORDINALITY AS both_of (a, b, place)
    ),
    last_at = now()
""")
_FORGET = text("DELETE FROM statement_timings WHERE last_at < now() - interval '30 days'")
