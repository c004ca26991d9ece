"""What it costs to look at calls that wait at vendors: thousands of them, and nobody rings.

The vendor is a fake in a process of its own; the poller is the only thing this process does meanwhile.
"""

import asyncio
import math
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import psycopg
import uvloop
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.figures import Figure
from benchmarks.homes import changed_environment, environment, fresh_home
from reelwright.app.setting_sources import load
from reelwright.app.start import OpenHouse, open_house
from reelwright.engines.database.database import Database
from reelwright.engines.database.roles import Urls, plain_dsn
from reelwright.generation.accounts.account import NewAccount
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.submissions.looking import Looker
from reelwright.generation.submissions.polling import StatusPoller
from reelwright.ground.clock import Clock
from reelwright.providers.contract import Access
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import Work

_WAITING = 10_000
_EACH_S = 30.0
_WARM_S, _MEASURED_S = 35, 60
_MOST_CPU = 0.25
_LONG_AGO = 50  # looks: those that have waited for long

_CALLS = """
INSERT INTO submissions
       (id, workspace_id, user_id, provider, model, operation, recall, recipe, hold_id, account_id,
        most_micros, attempt, request, state, sends, looks, ticket, remote_id, look_at, changed_at)
SELECT 'sub_' || lpad(n::text, 26, '0'), %(workspace)s, %(user)s, 'fal', 'fal/wan-2.7/text-to-video', 'text-to-video',
       'look-up', 'recipe' || n, 'hold_' || lpad(n::text, 26, '0'), %(account)s, 100000, 1,
       '{"prompt": "a pier in the fog", "seconds": 5}', 'waiting', 1, %(looks)s,
       jsonb_build_object('provider', 'fal', 'model', 'fal/wan-2.7/text-to-video', 'operation', 'text-to-video',
           'remote_id', 'fal-' || n, 'urls', jsonb_build_object(
               'status', %(url)s || '/fal-ai/wan/requests/fal-' || n || '/status')),
       'fal-' || n, now() + random() * interval '25 s', now()
  FROM generate_series(1, %(count)s) AS n"""


class _Patient(FakeFal):
    """fal, with requests that are never done; it remembers when each was last looked at."""

    def routes(self) -> list[Route]:
        self.seen: dict[str, float] = {}
        self.longest, self.looks = 0.0, 0
        return [Route("/_looks", self._looks), *super().routes()]

    def _work(self, request: Request) -> Work | Response:
        name, now = request.path_params["id"], time.monotonic()
        self.longest = max(self.longest, now - self.seen.get(name, now))
        self.seen[name], self.looks = now, self.looks + 1
        return Work(name, "fal-ai/wan", {}, Mood.WORK, math.inf)

    async def _looks(self, _: Request) -> Response:
        now = time.monotonic()
        waits = max((now - at for at in self.seen.values()), default=0.0)
        told = {"looks": self.looks, "seen": len(self.seen), "longest": max(self.longest, waits)}
        return JSONResponse(told)


def _serve(ready: Any, over: Any) -> None:
    with _Patient().served() as url:
        ready.put(url)
        over.wait()


@contextmanager
def _vendor() -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    ready, over = context.Queue(), context.Event()
    process = context.Process(target=_serve, args=(ready, over), daemon=True)
    process.start()
    try:
        yield ready.get(timeout=60)
    finally:
        over.set()
        process.join(10)


def polling() -> Iterator[Figure]:
    """10,000 calls wait at a vendor, each is looked at within half a minute."""
    with _vendor() as url, fresh_home() as home:
        more = {"REELWRIGHT_HTTP__PRIVATE": "true"}
        with changed_environment(environment(home) | more):
            cpu, told = uvloop.run(_measure(url))
    looks = told["looks"] / _MEASURED_S
    yield Figure(
        f"{_WAITING:,} submissions wait at a vendor, webhooks off: CPU of the poller",
        f"under {_MOST_CPU:.0%} of a core, each looked at every {_EACH_S:.0f} s",
        f"{cpu:.1%} of a core, {looks:.0f} looks a second ({cpu / looks * 1000:.2f} ms each);"
        f" longest pause {told['longest']:.1f} s, {told['seen']:,} seen",
        cpu < _MOST_CPU and told["longest"] <= _EACH_S and told["seen"] == _WAITING,
    )


async def _measure(url: str) -> tuple[float, dict[str, Any]]:
    async with open_house(load().settings) as house, httpx2.AsyncClient(base_url=url) as vendor:
        await _fill(house, url)
        get = house.container.get
        poller = StatusPoller(await get(Database), await get(Clock), await get(Looker))
        await poller.start()
        try:
            await asyncio.sleep(_WARM_S)
            before = (await vendor.get("/_looks")).json()
            cpu, begun = time.process_time(), time.monotonic()
            await asyncio.sleep(_MEASURED_S)
            share = (time.process_time() - cpu) / (time.monotonic() - begun)
            after = (await vendor.get("/_looks")).json()
        finally:
            await poller.stop()
    return share, after | {"looks": after["looks"] - before["looks"]}


async def _fill(house: OpenHouse, url: str) -> None:
    book = await house.container.get(AccountBook)
    account = await book.add(house.owner, NewAccount("fal", Access("key-of-a-bench", url, {})))
    told = {"workspace": house.owner.workspace, "user": house.owner.user, "account": account.id}
    told |= {"url": url, "count": _WAITING, "looks": _LONG_AGO}
    owner = plain_dsn((await house.container.get(Urls)).owner)
    with psycopg.connect(owner, autocommit=True) as books:
        books.execute(_CALLS, told)
