"""The outgoing client against servers of this machine."""

import asyncio
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from reelwright.engines.http.client import Http
from reelwright.engines.http.failures import (
    AddressRefusedError,
    NotSentError,
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


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "localhost",
        "１２７.0.0.1",
    ],
)
async def test_no_spelling_of_this_machine_is_gone_to(host):
    async with serving((200, [], b"")) as (url, asked), client(private=False) as http:
        port = url.rpartition(":")[2]
        with pytest.raises(AddressRefusedError):
            await http.get(f"http://{host}:{port}/")
        with pytest.raises(AddressRefusedError):
            await http.post(f"http://{host}:{port}/", {})
        assert not asked


async def test_of_a_name_that_is_nowhere_it_is_certain_that_nothing_was_sent():
    async with client(attempts=1) as http:
        with pytest.raises(NotSentError):
            await http.post("http://nowhere.invalid/", {})


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
    async with client(connections=11) as http:
        answers = await asyncio.gather(*(http.get(url) for _ in range(50)))
    server.close()
    assert {one.status for one in answers} == {200}
    assert most == 11


@asynccontextmanager
async def talking(talk, **more):
    """A server that does with each connection as `talk` says; its port."""
    talks = []

    async def kept(reader, writer):
        talks.append((asyncio.current_task(), writer))
        await talk(reader, writer)

    server = await asyncio.start_server(kept, "127.0.0.1", 0, **more)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task, writer in talks:
            if task is not None:
                task.cancel()
            writer.transport.abort()
        await asyncio.sleep(0.05)  # until the other side has noticed


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "GET"])
async def test_what_is_sent_once_is_not_repeated_though_its_connection_was_just_closed(method):
    heads = []

    async def talk(reader, writer):
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n")
        heads.append(await reader.readuntil(b"\r\n\r\n"))  # on the same connection
        writer.close()

    async with talking(talk) as port, client() as http:
        url = f"http://127.0.0.1:{port}/"
        await http.get(url)
        with pytest.raises(UnreachableError) as caught:
            await http.post(url, method=method)
        assert not isinstance(caught.value, NotSentError), "it may have been taken"
        assert len(heads) == 2


async def test_a_large_body_that_nobody_takes_is_given_up():
    async def talk(reader, _writer):
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(30)

    async with talking(talk, limit=1024) as port, client(read_s=0.3) as http:
        with pytest.raises(TimedOutError):
            await http.post(f"http://127.0.0.1:{port}/", content=bytes(64 * 2**20))


async def test_a_no_is_heard_though_a_large_body_is_still_being_sent():
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 401 x\r\nContent-Length: 2000\r\n\r\n" + b"n" * 1000)
        await reader.readexactly(2**20)
        writer.write(b"o" * 1000)
        await asyncio.sleep(30)

    async with talking(talk, limit=1024) as port, client(read_s=2) as http:
        answer = await http.post(f"http://127.0.0.1:{port}/", content=bytes(64 * 2**20))
    assert (answer.status, len(answer.body)) == (401, 2000)


async def test_a_large_body_arrives_as_it_was():
    body, got = bytes(range(256)) * 8192, []

    async def talk(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        got.append(await reader.readexactly(len(body)))
        assert f"Content-Length: {len(body)}\r\n" in head
        assert "chunked" not in head
        writer.write(b"HTTP/1.1 200 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    async with talking(talk) as port, client() as http:
        answer = await http.post(f"http://127.0.0.1:{port}/", content=body)
    assert answer.status == 200
    assert got == [body]


async def test_only_who_proves_to_be_who_was_asked_for_is_told_anything(tmp_path, monkeypatch):
    heads = []

    async def talk(reader, writer):
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    async def find(_host, _port):
        return ["127.0.0.1"]

    proof = proven(tmp_path, "films.example")
    guard = Guard(HttpSettings(private=True), find)
    async with talking(talk, ssl=proof) as port:
        async with client(guard) as http:
            with pytest.raises(NotSentError):
                await http.post(f"https://films.example:{port}/", {})
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "proof.pem"))
        async with client(guard) as http:
            assert (await http.post(f"https://films.example:{port}/", {})).status == 200
            with pytest.raises(NotSentError):
                await http.post(f"https://others.example:{port}/", {})
    assert len(heads) == 1


async def test_a_signed_address_is_asked_for_as_it_is_spelt():
    spelt = "/a%2Fb/c%7Ed+e?X-Signature=a%2Bb%2F%3d&x=1,2"
    async with serving((200, [], b"")) as (url, asked), client() as http:
        await http.get(f"{url}{spelt}")
    assert asked[0].startswith(f"GET {spelt} HTTP/1.1")


def proven(folder, name):
    """The proof of a server that it is of that name; the certificate lies in `proof.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "proof.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "proof.pem", folder / "key.pem")
    return context
