"""Whoever calls the gateways, in a process of its own: `python -m benchmarks.peers.client`.

A line of input is a target and how it is to be called, as JSON; the answer is what that took. It
speaks over bare sockets, so that a call costs it little beside what is measured.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any
from urllib.parse import urlsplit

import httptools
import uvloop

_FIRST = 3
"""Calls of each caller that are not counted: its connection is new."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address, what is sent there, and words that a good answer has in it."""

    url: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]
    words: str = '"content"'

    def request(self) -> bytes:
        """All of it as it goes over the wire."""
        where, body = urlsplit(self.url), json.dumps(self.body).encode()
        lines = [f"POST {where.path} HTTP/1.1", f"Host: {where.netloc}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}", "", ""]
        return "\r\n".join(lines).encode() + body


@dataclass(frozen=True, slots=True)
class Round:
    """What some calls took, each in seconds, and how many there were a second."""

    took: list[float]
    a_second: float


class Client:
    """Asks the process that calls."""

    def __init__(self, sent: IO[str], told: IO[str]) -> None:
        self._sent = sent
        self._told = told

    def call(self, target: Target, callers: int, each: int) -> Round:
        """So many callers at once, each so often, one call after the other."""
        asked = {"target": asdict(target), "callers": callers, "each": each}
        self._sent.write(json.dumps(asked) + "\n")
        self._sent.flush()
        answer = json.loads(self._told.readline() or '{"error": "the client ended early"}')
        if "error" in answer:
            raise RuntimeError(f"{target.url}: {answer['error']}")
        return Round(**answer)


@contextmanager
def opened_client() -> Iterator[Client]:
    """The process that calls, until the block ends."""
    command = [sys.executable, "-m", "benchmarks.peers.client"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Client(process.stdin, process.stdout)
    finally:
        process.communicate(timeout=60)


class _Caller(asyncio.Protocol):
    """One connection, which is kept."""

    def __init__(self) -> None:
        self._transport: Any = None  # uvloop's is none of asyncio's
        self._answer: asyncio.Future[bytes] | None = None
        self._begin()

    def _begin(self) -> None:
        self._parser, self._body = httptools.HttpResponseParser(self), b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio names it
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("it hung up"))

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if self._answer is None:
            return
        status, body = self._parser.get_status_code(), self._body
        if status == 200:
            self._answer.set_result(body)
        else:
            self._answer.set_exception(RuntimeError(f"{status} {body[:300]!r}"))

    async def post(self, request: bytes, words: bytes) -> None:
        self._begin()
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        body = await self._answer
        if words not in body:
            raise RuntimeError(f"an answer without the text: {body[:300]!r}")

    def close(self) -> None:
        self._transport.close()


async def _call(target: Target, callers: int, each: int) -> Round:
    request, words, where = target.request(), target.words.encode(), urlsplit(target.url)
    loop = asyncio.get_running_loop()
    assert where.hostname
    made = [
        (await loop.create_connection(_Caller, where.hostname, where.port or 80))[1]
        for _ in range(callers)
    ]
    took: list[float] = []

    async def repeat(caller: _Caller, times: int, kept: list[float]) -> None:
        for _ in range(times):
            begun = time.perf_counter()
            await asyncio.wait_for(caller.post(request, words), 60)
            kept.append(time.perf_counter() - begun)

    try:
        await asyncio.gather(*(repeat(one, _FIRST, []) for one in made))
        begun = time.perf_counter()
        await asyncio.gather(*(repeat(one, each, took) for one in made))
        return Round(took, len(took) / (time.perf_counter() - begun))
    finally:
        for one in made:
            one.close()


async def _main() -> None:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        asked = json.loads(line)
        try:
            found = await _call(Target(**asked["target"]), asked["callers"], asked["each"])
        except (TimeoutError, OSError, RuntimeError) as error:
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
        else:
            print(json.dumps(asdict(found)), flush=True)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_main())
