"""What was read of revisions is remembered, and only so much of it."""

import asyncio

import pytest

from reelwright.film.breakdown.script import break_down
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.ground.ids import RevisionId
from reelwright.studio.readings import Reading, Readings

pytestmark = pytest.mark.anyio

EMPTY = break_down(read_screenplay(b"INT. HALL - DAY\n\nRain.\n", "a.fountain"))


async def read_all(readings, revisions, size=1):
    """Which of them had to be read."""
    read = []
    for revision in revisions:

        async def reading(revision=revision):
            await asyncio.sleep(0)
            read.append(revision)
            return Reading(EMPTY, {}, size)

        await asyncio.gather(*(readings.of(revision, reading) for _ in range(3)))
    return read


async def test_a_revision_is_read_once_however_many_come_together():
    readings, revisions = Readings(), [RevisionId.new() for _ in range(3)]
    assert await read_all(readings, revisions) == revisions
    assert await read_all(readings, revisions) == []


async def test_the_oldest_are_forgotten_by_number_and_by_size():
    readings, (a, b, c) = Readings(most=2), [RevisionId.new() for _ in range(3)]
    await read_all(readings, [a, b, a, c])
    assert await read_all(readings, [a, c]) == []
    assert await read_all(readings, [b]) == [b]
    small = Readings(most_bytes=10)
    assert await read_all(small, [a, b, b], size=20) == [a, b]
    assert await read_all(small, [a], size=20) == [a]


async def test_what_cannot_be_read_is_tried_again():
    readings, revision = Readings(), RevisionId.new()

    async def broken():
        raise ValueError

    with pytest.raises(ValueError):
        await readings.of(revision, broken)
    assert await read_all(readings, [revision]) == [revision]
