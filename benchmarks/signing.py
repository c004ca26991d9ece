"""What 64 people who sign in at once cost everybody else: how long other requests take meanwhile.

One process of the API on its own Postgres. One caller reads, request after request, first alone, then
while rounds of sign-ins are under way; all callers are raw sockets in this process.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.homes import environment, fresh_home, opened_database
from benchmarks.service import free_port

_PEOPLE = 64
_ROUNDS = 5
_ALONE = 1500
_MOST = 4.0
_PASSWORD = "a lighthouse in Ohio, 1957"  # noqa: S105 - a bench's
_SETTINGS = {
    "REELWRIGHT_IDENTITY__SIGN_UP": "open",
    **{
        f"REELWRIGHT_LIMITS__{name}": "none"
        for name in ("SIGN_UP", "SIGN_IN", "SIGN_IN_ACCOUNT", "SIGN_IN_ADDRESS")
    },
}


def measure() -> Iterator[Figure]:
    """Reading alone, then among sign-ins."""
    with fresh_home() as home, opened_database(home):
        port = free_port()
        command = [sys.executable, "-m", "reelwright", "api", "--port", str(port)]
        process = subprocess.Popen(
            command, env=environment(home) | _SETTINGS, stderr=subprocess.DEVNULL
        )
        try:
            alone, among, took = asyncio.run(_measure(home, port))
        finally:
            process.terminate()
            process.wait(30)
    ratio = _p99(among) / _p99(alone)
    yield Figure(
        f"{_PEOPLE} sign-ins at once: p99 of other requests meanwhile, against the same when idle",
        f"under {_MOST:.0f} times",
        f"{ratio:.2f} times ({_p99(among) * 1e3:.1f} ms of {len(among)}, idle"
        f" {_p99(alone) * 1e3:.1f} ms of {len(alone)}; a round of {_PEOPLE} takes {took:.1f} s,"
        f" {_ROUNDS} rounds)",
        ratio < _MOST,
    )


def _p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


async def _measure(home: Path, port: int) -> tuple[list[float], list[float], float]:
    api = _Api(port)
    await api.wait()
    people = [json.dumps(_person(number)).encode() for number in range(_PEOPLE)]
    for person in people:
        await api.once("POST /api/v1/auth/sign-up", person, 201)
    sign_ins = [
        json.dumps({"email": f"p{number}@example.com", "password": _PASSWORD, "keep": "text"})
        for number in range(_PEOPLE)
    ]
    token = (home / "token").read_text(encoding="utf-8").strip()
    await _read(api, token, 200)
    alone, among = await _read(api, token, _ALONE), []
    begun = time.monotonic()
    for _ in range(_ROUNDS):
        going = asyncio.gather(
            *(api.once("POST /api/v1/auth/login", one.encode(), 200) for one in sign_ins)
        )
        among += await _read(api, token, until=going)
        await going
    return alone, among, (time.monotonic() - begun) / _ROUNDS


def _person(number: int) -> dict[str, str]:
    return {"email": f"p{number}@example.com", "password": _PASSWORD, "name": f"P {number}"}


async def _read(
    api: "_Api", token: str, most: int = 10**9, *, until: asyncio.Future[list[None]] | None = None
) -> list[float]:
    took: list[float] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", api.port)
    while len(took) < most and not (until and until.done()):
        begun = time.perf_counter()
        writer.write(api.request("GET /api/v1/projects?limit=20", b"", token))
        await api.answered(reader, 200)
        took.append(time.perf_counter() - begun)
    writer.close()
    return took


class _Api:
    """Requests over raw sockets, so that asking takes little of the two cores."""

    def __init__(self, port: int) -> None:
        self.port = port

    def request(self, what: str, body: bytes, token: str = "") -> bytes:
        """A request as it goes over the wire."""
        signed = f"Authorization: Bearer {token}\r\n" if token else ""
        head = (
            f"{what} HTTP/1.1\r\nHost: bench\r\n{signed}Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def answered(self, reader: asyncio.StreamReader, status: int) -> None:
        """Read one answer, which must have this status."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
        body = await reader.readexactly(int(length))
        if int(head.split(b" ", 2)[1]) != status:
            raise RuntimeError(body.decode())

    async def once(self, what: str, body: bytes, status: int) -> None:
        """One request on a connection of its own."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self.request(what, body))
        await self.answered(reader, status)
        writer.close()

    async def wait(self) -> None:
        """Until the service is ready."""
        until = time.monotonic() + 150
        while True:
            try:
                return await self.once("GET /health/ready", b"", 200)
            except (OSError, RuntimeError, asyncio.IncompleteReadError):
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(0.1)
