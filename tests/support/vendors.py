"""What the contract suite knows of a vendor, and how its calls are made in tests."""

import atexit
import hashlib
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import anyio

from reelwright.engines.http.client import Http
from reelwright.engines.http.settings import HttpSettings
from reelwright.ground.clock import SystemClock
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import (
    Access,
    Call,
    Hosts,
    Outcome,
    Provider,
    Request,
    State,
    Ticket,
)
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media
from reelwright.testing.fakes.media import clip, mp3, picture
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import FakeVendor, Hall

KEY = "key-of-a-test"
LOOPBACK = HttpSettings(private=True, attempts=1, read_s=20, connect_s=5)
IMPATIENT = HttpSettings(private=True, attempts=1, read_s=0.3, connect_s=5)


def _plain_access(url: str) -> Access:
    return Access(KEY, url)


@dataclass(frozen=True)
class VendorCase:
    """One vendor under the suite.

    `fake` is None where the vendor is no server. `asks` gives a request for a model by its operation, or by its id where that needs another one;
    `wordless` are moods the vendor's wire format has no word for; `access` is how an account of the
    fake at a base URL signs.
    """

    make: Callable[[Http], Provider]
    fake: Callable[[], FakeVendor] | None
    asks: Mapping[Operation | str, Callable[[Path], Request]]
    wordless: frozenset[Mood] = frozenset()
    access: Callable[[str], Access] = field(default=_plain_access)

    def request(self, model: Model, folder: Path) -> Request:
        """What is asked of a model in tests."""
        ask = self.asks.get(model.id) or self.asks[model.operation]
        return ask(folder)

    def models(self) -> list[Model]:
        """All rows that can be used today, with those that an account of the fake names."""
        today, provider = SystemClock().now().date(), self.make(Http())
        own = provider.own_models(self.access("")) if isinstance(provider, Hosts) else ()
        return [one for one in (*provider.models(), *own) if one.usable(today)]


@asynccontextmanager
async def open_vendor(
    case: VendorCase, settings: HttpSettings = LOOPBACK
) -> AsyncIterator[tuple[Provider, FakeVendor, Access]]:
    """The adapter, its fake being served, and an account there."""
    http = Http(settings)
    assert case.fake is not None
    fake = case.fake()
    with _hall().shows(fake) as url:
        try:
            yield case.make(http), fake, case.access(url)
        finally:
            await http.close()


@cache
def _hall() -> Hall:
    """The server of this test process, in which one fake after the other appears."""
    stack = ExitStack()
    hall = stack.enter_context(Hall().opened())
    atexit.register(stack.close)
    return hall


async def finished(
    provider: Provider, call: Call, *, within_s: float = 20.0
) -> tuple[Ticket, Outcome]:
    """Submit, wait and fetch, as a caller does who loses nothing on the way."""
    receipt = await provider.submit(call)
    if receipt.outcome is not None:
        return receipt.ticket, receipt.outcome
    await settled(provider, receipt.ticket, call.access, within_s=within_s)
    return receipt.ticket, await provider.fetch(receipt.ticket, call.folder, call.access)


async def settled(provider: Provider, ticket: Ticket, access: Access, *, within_s: float = 20.0):
    """Poll until it is done or has failed; the last status."""
    with anyio.fail_after(within_s):
        while True:
            status = await provider.poll(ticket, access)
            if status.state in (State.DONE, State.FAILED):
                return status
            await anyio.sleep(0.02)


def image_of(folder: Path, seed: int = 0, kind: str = "png") -> Media:
    """A picture on disk, as it is handed along."""
    return _media(folder, picture(320, 180, seed, kind), f"picture-{seed}.{kind}", f"image/{kind}")


def video_of(folder: Path) -> Media:
    """A moving shot on disk."""
    return _media(folder, clip(2.0), "shot.mp4", "video/mp4")


def music_of(folder: Path) -> Media:
    """A piece of music on disk."""
    return _media(folder, mp3(2.0), "piece.mp3", "audio/mpeg")


def _media(folder: Path, content: bytes, name: str, media_type: str) -> Media:
    path = folder / name
    path.write_bytes(content)
    return Media(path, media_type, hashlib.sha256(content).hexdigest(), name)


@dataclass
class Bell:
    """Somewhere to ring: what came, as (headers in lower case, body)."""

    url: str
    rung: list[tuple[dict[str, str], bytes]]
    heard: threading.Event

    def wait(self, within_s: float = 10.0) -> tuple[dict[str, str], bytes]:
        """The first ring."""
        assert self.heard.wait(within_s), "nobody rang"
        return self.rung[0]


@contextmanager
def bell() -> Iterator[Bell]:
    """A receiver of webhooks on loopback."""
    rung: list[tuple[dict[str, str], bytes]] = []
    heard = threading.Event()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            rung.append(({k.lower(): v for k, v in self.headers.items()}, body))
            heard.set()
            self.send_response(204)
            self.end_headers()

        def log_message(self, format, *args):  # noqa: A002  # the base class names it so
            """Say nothing: the test's output is for the test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Bell(f"http://127.0.0.1:{server.server_port}/hooks/sub_1", rung, heard)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
