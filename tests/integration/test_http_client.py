"""The outgoing client against servers of this machine."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from reelwright.engines.http.client import Http
from reelwright.engines.http.failures import (
    AddressRefusedError,
    TimedOutError,
    TooLargeError,
    UnreachableError,
)
from reelwright.engines.http.guard import Guard
from reelwright.engines.http.settings import HttpSettings
from reelwright.ground.transactions import InsideTransactionError, transaction_mark

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def serving(*answers):
    """A server that gives these answers in turn, the last one again and again; None: silence."""
    asked, talks = [], []

    async def talk(reader, writer):
        talks.append(asyncio.current_task())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        answer = answers[min(len(asked), len(answers) - 1)]
        asked.append(head)
        if answer is None:
            await reader.read()  # until the other side gives up
        else:
            status, headers, body = answer
            lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", "Connection: close"]
            writer.write("\r\n".join([*lines, *headers, "", ""]).encode() + body)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()
        await asyncio.gather(*talks, return_exceptions=True)


@asynccontextmanager
async def client(guard=None, **settings):
    http = Http(HttpSettings.model_validate({"private": True} | settings), guard)
    try:
        yield http
    finally:
        await http.close()


async def test_a_read_is_repeated_as_the_other_side_wishes():
    busy, fine = (503, ["Retry-After: 0"], b""), (200, [], b'{"a": 1}')
    async with serving(busy, busy, fine) as (url, asked), client() as http:
        assert (await http.get(url)).json() == {"a": 1}
        assert len(asked) == 3


async def test_a_write_is_sent_once():
    async with serving((503, ["Retry-After: 0"], b"")) as (url, asked), client() as http:
        assert (await http.post(url, {"a": 1})).status == 503
        assert len(asked) == 1


async def test_silence_is_a_time_out_and_tells_no_secret():
    async with serving(None) as (url, _), client(read_s=0.1, attempts=1) as http:
        with pytest.raises(TimedOutError) as caught:
            await http.get(f"{url}/x?token=hunter2")
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_nobody_there():
    async with client(attempts=1) as http:
        with pytest.raises(UnreachableError):
            await http.get("http://127.0.0.1:1/")


async def test_this_machine_is_refused_also_by_a_name_and_nothing_is_sent():
    async def lying(_host, _port):
        return ["127.0.0.1"]

    async with serving((200, [], b"")) as (url, asked):
        port = url.rpartition(":")[2]
        for guard in (Guard(HttpSettings()), Guard(HttpSettings(), lying)):
            async with client(guard, private=False) as http:
                with pytest.raises(AddressRefusedError):
                    await http.get(f"http://films.example:{port}/" if guard._find is lying else url)
        assert not asked


async def test_a_redirect_to_a_private_address_is_refused():
    async def find(host, _port):
        return ["127.0.0.1"] if host == "127.0.0.1" else ["10.0.0.1"]

    guard = Guard(HttpSettings(networks=("127.0.0.1/32",)), find)
    moved = (302, ["Location: http://inside.example/"], b"")
    async with serving(moved) as (url, _), client(guard) as http:
        with pytest.raises(AddressRefusedError):
            await http.get(url)


async def test_keys_for_one_host_are_not_told_to_another():
    async with serving((200, [], b"here")) as (there, asked):
        moved = (302, [f"Location: {there}/x"], b"")
        async with serving(moved) as (url, first), client() as http:
            answer = await http.get(url, headers={"X-Api-Key": "hunter2", "Accept": "a/b"})
    assert answer.body == b"here"
    assert "hunter2" in first[0]
    assert "hunter2" not in asked[0]
    assert "a/b" in asked[0]


async def test_redirects_end():
    async with serving((302, ["Location: /"], b"")) as (url, _), client(attempts=1) as http:
        with pytest.raises(UnreachableError, match="on and on"):
            await http.get(url)


async def test_too_much_is_too_much_and_leaves_no_file(tmp_path):
    async with serving((200, [], b"x" * 1000)) as (url, _):
        async with client(max_body=999, max_file=999) as http:
            with pytest.raises(TooLargeError):
                await http.get(url)
            with pytest.raises(TooLargeError):
                await http.download(url, tmp_path / "film.mp4")
        assert list(tmp_path.iterdir()) == []
        async with client() as http:
            await http.download(url, tmp_path / "film.mp4")
        assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]


async def test_nothing_is_asked_inside_a_transaction():
    async with client() as http:
        with transaction_mark(), pytest.raises(InsideTransactionError):
            await http.get("http://127.0.0.1:1/")


async def test_so_many_connections_are_open_at_once_and_no_more():
    now, most = 0, 0

    async def talk(reader, writer):
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.05)
        writer.write(b"HTTP/1.1 200 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        now -= 1
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with client(connections=11) as http:  # more than one client of the library has, by a few
        answers = await asyncio.gather(*(http.get(url) for _ in range(50)))
    server.close()
    assert {one.status for one in answers} == {200}
    assert most == 11
