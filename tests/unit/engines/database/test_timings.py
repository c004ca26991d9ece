"""Statements are counted by their text, in little memory, and nothing is lost when a flush fails."""

from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.engines.database.timings import (
    BOUNDS_US,
    StatementTimings,
    Timing,
    normalised,
    p95_us,
)


def test_what_differs_from_run_to_run_is_left_out():
    assert normalised("SELECT  a\n FROM b WHERE c = %(c_1)s") == "SELECT a FROM b WHERE c = ?"
    short = normalised("SELECT a FROM b WHERE c IN (%(c_1_1)s, %(c_1_2)s)")
    assert short == normalised("SELECT a FROM b WHERE c IN (%(c_1_1)s, %(c_1_2)s, %(c_1_3)s)")
    rows = normalised("INSERT INTO a (b) VALUES (%(b__0)s, %(c__0)s), (%(b__1)s, %(c__1)s)")
    more = (
        "INSERT INTO a (b) VALUES (%(b__0)s, %(c__0)s), (%(b__1)s, %(c__1)s), (%(b__2)s, %(c__2)s)"
    )
    assert rows == normalised(more)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=200))
def test_p95_is_at_most_one_bucket_too_high(runs):
    timing = Timing("x")
    for us in runs:
        timing.add(us)
    found = p95_us(timing.buckets, timing.longest_us)
    exact = sorted(runs)[max(0, -(-len(runs) * 95 // 100) - 1)]
    assert exact <= found <= max(runs)
    assert found <= max(2 * exact, BOUNDS_US[0]) or found == max(runs)


def test_memory_is_bounded():
    timings = StatementTimings(limit=3)
    for number in range(100):
        timings.add(f"SELECT {number}", 5)
    seen = timings.seen()
    assert len(seen) == 4
    assert sum(one.calls for one in seen) == 100


@pytest.mark.anyio
async def test_counts_that_could_not_be_flushed_are_kept():
    class Away:
        @asynccontextmanager
        async def transaction(self, who):
            raise ConnectionError
            yield

    away: Any = Away()
    timings = StatementTimings()
    timings.add("SELECT 1", 5)
    with pytest.raises(ConnectionError):
        await timings.flush(away)
    assert [(one.statement, one.calls) for one in timings.seen()] == [("SELECT 1", 1)]
