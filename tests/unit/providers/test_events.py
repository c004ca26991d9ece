"""Server-sent events are the same wherever the network cuts them."""

import pytest

from reelwright.providers.events import Event, events

pytestmark = pytest.mark.anyio

SENT = (
    "\ufeff: a comment\r\n"
    "event: piece\r\ndata: caf\u00e9 \u2014 dawn\r\n\r\n"
    "data:first\rdata: second\r\r"
    "id: 7\nretry: 10\n\n"
    "event: nothing\n\n"
    'data: {"a": 1}\n\n'
    "data: never finished\n"
).encode()
MEANT = [
    Event("piece", "caf\u00e9 \u2014 dawn"),
    Event("message", "first\nsecond"),
    Event("message", '{"a": 1}'),
]


async def read(size):
    async def parts():
        for at in range(0, len(SENT), size):
            yield SENT[at : at + size]

    return [event async for event in events(parts())]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, len(SENT)])
async def test_events_are_whole_however_they_come(size):
    assert await read(size) == MEANT
