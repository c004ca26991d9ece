"""A directing thread waits for the loop, until the loop lets it go."""

import asyncio

import pytest

from reelwright.studio.productions.bridge import Bridge, ProductionEndedError

pytestmark = pytest.mark.anyio


async def _answer():
    return 42


async def test_the_thread_gets_what_the_loop_has_done():
    bridge = Bridge(asyncio.get_running_loop())
    assert await asyncio.to_thread(bridge.do, _answer()) == 42


async def test_what_goes_wrong_on_the_loop_is_raised_in_the_thread():
    async def fail():
        raise KeyError("gone")

    bridge = Bridge(asyncio.get_running_loop())
    with pytest.raises(KeyError):
        await asyncio.to_thread(bridge.do, fail())


async def test_closing_ends_what_the_thread_waits_for_and_all_that_would_follow():
    waiting, cancelled = asyncio.Event(), asyncio.Event()

    async def wait():
        waiting.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    bridge = Bridge(asyncio.get_running_loop())
    thread = asyncio.ensure_future(asyncio.to_thread(bridge.do, wait()))
    await waiting.wait()
    bridge.close()
    with pytest.raises(ProductionEndedError):
        await thread
    await cancelled.wait()
    with pytest.raises(ProductionEndedError):
        await asyncio.to_thread(bridge.do, _answer())
