"""The app behind a real socket: streams, replays, and a stop that nobody can hold up."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager

import httpx2
import pytest

from reelwright.engines.database.failures import DatabaseUnavailableError
from reelwright.faces.web.serving import AddressError, bound, serve_app
from reelwright.faces.web.streams import Streams
from reelwright.ground.errors import UnauthenticatedError
from reelwright.identity.roles import NoPlaceError
from support.web import SIGNED_IN, House

pytestmark = pytest.mark.anyio


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@asynccontextmanager
async def served(house, **more):
    """The house at an address; when the block ends it is stopped, and how long that took is told."""
    stop, heard = asyncio.Event(), asyncio.get_running_loop().create_future()
    serving = asyncio.ensure_future(
        serve_app(house.app, "127.0.0.1", 0, stop=stop, announce=heard.set_result, **more)
    )
    try:
        yield await asyncio.wait_for(heard, 10)
    finally:
        stop.set()
        await asyncio.wait_for(serving, 10)


@asynccontextmanager
async def following(address, **more):
    headers = SIGNED_IN | more.pop("headers", {})
    async with (
        httpx2.AsyncClient(base_url=address, headers=headers, timeout=10) as client,
        client.stream("GET", "/api/v1/events", **more) as answer,
    ):
        assert answer.status_code == 200, await answer.aread()
        lines = answer.aiter_lines()
        assert await anext(lines) == ": subscribed"
        yield answer, lines


async def the_end(lines):
    """Read on to the end of the stream; whether nothing more came."""
    return await _event(lines) is None


async def an_event(lines):
    event = await _event(lines)
    assert event is not None
    return event


async def _event(lines) -> dict | None:
    event = {}
    async for line in lines:
        if line.startswith(":") or (not line and "data" not in event):
            continue
        if not line:
            return event | {"data": json.loads(event["data"])}
        name, _, value = line.partition(": ")
        event[name] = value
    return None


async def test_whoever_is_subscribed_sees_what_happens_next(house):
    async with served(house) as address, following(address) as (answer, lines):
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in answer.headers
        await house.events.tell("job:created", "job_1", state="queued")
        event = await an_event(lines)
    assert event["event"] == "job:created"
    assert event["data"]["data"] == {"state": "queued"}
    assert event["data"]["subject"] == "job_1"
    assert event["id"] == event["data"]["id"]


async def test_whoever_comes_back_gets_what_they_missed_without_holes(house):
    async with served(house) as address:
        async with following(address) as (_, lines):
            await house.events.tell("job:created", "job_1")
            seen = (await an_event(lines))["id"]
        for number in range(2, 5):
            await house.events.tell("job:created", f"job_{number}")
        async with following(address, headers={"Last-Event-ID": seen}) as (_, lines):
            found = [(await an_event(lines))["data"]["subject"] for _ in range(3)]
        async with following(address, params={"after": seen, "subject": "job_4"}) as (_, lines):
            assert (await an_event(lines))["data"]["subject"] == "job_4"
    assert found == ["job_2", "job_3", "job_4"]


async def test_an_id_of_no_event_is_refused_before_the_stream_begins(house):
    async with served(house) as address, httpx2.AsyncClient(base_url=address) as client:
        headers = SIGNED_IN | {"Last-Event-ID": "yesterday"}
        answer = await client.get("/api/v1/events", headers=headers)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_reader_that_goes_leaves_nothing_behind(house):
    async with served(house) as address:
        async with following(address):
            assert house.events.readers == len(house.app.state.streams) == 1
        for _ in range(200):
            if not house.events.readers:
                break
            await asyncio.sleep(0.01)
        assert house.events.readers == len(house.app.state.streams) == 0


async def test_silence_is_filled_with_signs_of_life_and_long_streams_end(house):
    house.app.state.streams = Streams(silence_s=0.05, longest_s=0.4)
    async with served(house) as address, following(address) as (_, lines):
        rest = [line async for line in lines]
    assert rest.count(": ping") >= 3


async def test_the_first_bytes_carry_the_id_to_come_back_with_before_anything_has_happened(house):
    async with served(house) as address:
        async with following(address) as (_, lines):
            first = [await anext(lines) for _ in range(2)]
        seen = next(line.removeprefix("id: ") for line in first if line.startswith("id: "))
        await house.events.tell("job:created", "job_1")
        async with following(address, headers={"Last-Event-ID": seen}) as (_, lines):
            assert (await an_event(lines))["data"]["subject"] == "job_1"


@pytest.mark.parametrize("refusal", [UnauthenticatedError, NoPlaceError])
@pytest.mark.parametrize("busy", [False, True])
async def test_a_stream_ends_when_whoever_follows_would_be_let_in_no_more(house, refusal, busy):
    house.app.state.streams = Streams(silence_s=0.05, longest_s=60)

    async def refuse(*_):
        raise refusal("over")

    async def go_on():
        while True:
            await house.events.tell("job:created", "job_1")
            await asyncio.sleep(0.01)

    async with served(house) as address, following(address) as (_, lines):
        while await anext(lines) != ": ping":
            pass
        talking = asyncio.create_task(go_on()) if busy else None
        house.tokens.admit = refuse
        try:
            async with asyncio.timeout(10):
                async for _ in lines:
                    pass
        finally:
            if talking:
                talking.cancel()


async def test_a_stream_goes_on_while_nobody_can_be_asked_who_follows(house):
    house.app.state.streams = Streams(silence_s=0.05, longest_s=60)

    async def away(*_):
        raise DatabaseUnavailableError("the database is away", way_out="wait")

    async with served(house) as address, following(address) as (_, lines):
        house.tokens.admit = away
        for _ in range(3):
            while await anext(lines) != ": ping":
                pass


async def test_a_stream_that_breaks_ends_and_is_told_in_the_log(house, caplog):
    async def broken(*_):
        raise ConnectionError("away")
        yield

    house.events.iterate = broken
    async with served(house) as address, following(address) as (_, lines):
        assert [line async for line in lines if line and not line.startswith(("retry", "id"))] == []
    assert "a stream broke off: ConnectionError" in caplog.text


async def test_a_stop_ends_open_streams_at_once(house):
    async with served(house) as address, following(address) as (_, lines):
        begun = time.monotonic()
        house.app.state.streams.close()
        assert await the_end(lines)
        assert time.monotonic() - begun < 5
        assert house.app.state.streams.closing


async def test_a_port_in_use_is_one_message_with_a_way_out():
    with bound("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError) as caught:
            bound("127.0.0.1", port)
    assert str(port) in caught.value.message
    assert "--port" in (caught.value.way_out or "")


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1", "x" * 300])
def test_an_address_of_another_machine_is_refused(host, socket_enabled):
    with pytest.raises(AddressError):
        bound(host, 0)


SERVER = """
import asyncio, pathlib, sys
from support.web import House
from reelwright.faces.web.serving import serve_app
house = House(pathlib.Path(sys.argv[1]))
asyncio.run(serve_app(house.app, "127.0.0.1", 0, announce=lambda a: print(a, flush=True)))
print("stopped in order", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_the_server_in_time_with_streams_open(tmp_path, number):
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SERVER,
        str(tmp_path),
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        assert server.stdout is not None
        address = (await server.stdout.readline()).decode().strip()
        async with following(address) as (_, one), following(address) as (_, two):
            begun = time.monotonic()
            server.send_signal(number)
            assert await the_end(one)
            assert await the_end(two)
            assert time.monotonic() - begun < 5
            rest, _ = await asyncio.wait_for(server.communicate(), 20)
            assert time.monotonic() - begun < 15
        assert (server.returncode, rest) == (0, b"stopped in order\n")
    finally:
        if server.returncode is None:
            server.kill()
            await server.wait()
