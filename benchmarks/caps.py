"""A cap under a rush: 64 jobs at the same moment, two workers, and money for ten of them.

What the workers' database, the ledger and the vendor's own book say of it must agree to the millionth.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.figures import Figure
from benchmarks.homes import changed_environment, environment, fresh_home
from reelwright.app.setting_sources import load
from reelwright.app.start import OpenHouse, open_house
from reelwright.billing.limits import NewLimit, Scope
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.engines.database.roles import Urls, plain_dsn
from reelwright.generation.accounts.account import NewAccount
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.requests import read_request
from reelwright.providers.contract import Access
from reelwright.providers.fitting import fitted
from reelwright.providers.measuring import price_range
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs

_JOBS, _FIT, _WORKERS = 64, 10, 2
_MODEL = "elevenlabs/v3"
_PATIENCE_S = 180.0


def _line(number: int) -> dict[str, str]:
    """What the job of a number asks for: all are equally long, and so equally dear."""
    return {"text": f"Line number {number:02} of a scene that has too many."}


@dataclass(frozen=True, slots=True)
class _Books:
    """What is known when all is over, in millionths where it is money."""

    cap: int
    completed: int
    refused: int
    others: int
    spent: int
    held: int
    most: int
    charges: int
    seconds: float

    @property
    def good(self) -> bool:
        """Whether exactly as many ran as fit, and not a millionth more was taken at any moment."""
        ran = self.completed == self.charges == _FIT and self.refused == _JOBS - _FIT
        return ran and not self.others and self.spent == self.cap == self.most and not self.held

    def __str__(self) -> str:
        over = max(0, self.spent - self.cap, self.most - self.cap)
        return (
            f"overspend {over}, {self.completed} ran, {self.refused} refused with limit_reached,"
            f" {self.others} otherwise; spent {self.spent} of {self.cap} millionths, held {self.held},"
            f" never more than {self.most}; {self.charges} billed by the vendor; {self.seconds:.1f} s"
        )


def measure() -> Iterator[Figure]:
    """All of it, once."""
    fake = FakeElevenLabs()
    with fresh_home() as home, fake.served():
        books = asyncio.run(_rush(home, fake))
    yield Figure(
        f"{_JOBS} concurrent jobs against a cap that fits {_FIT} ({_WORKERS} workers)",
        f"overspend exactly 0, and exactly {_FIT} run",
        str(books),
        books.good,
    )


async def _rush(home: Path, fake: FakeElevenLabs) -> _Books:
    settings = environment(home) | {"REELWRIGHT_HTTP__PRIVATE": "true"}
    with changed_environment(settings):
        async with open_house(load().settings) as house:
            cap = await _prepare(house, fake)
            owner = plain_dsn((await house.container.get(Urls)).owner)
            with _working(settings), psycopg.connect(owner, autocommit=True) as books:
                await _until(books, "SELECT count(*) >= %s FROM executors", _WORKERS)
                began = time.monotonic()
                await _ask(house)
                await _until(books, _OVER, _JOBS)
                return _read(books, fake, cap, time.monotonic() - began)


async def _prepare(house: OpenHouse, fake: FakeElevenLabs) -> int:
    """An account that could do all at once, and the cap; answers it."""
    book = await house.container.get(AccountBook)
    access = Access("elevenlabs-key", fake.url)
    await book.add(house.owner, NewAccount("elevenlabs", access, max_concurrent_jobs=_JOBS))
    model = await (await house.container.get(Repertoire)).model(house.owner, _MODEL)
    price = price_range(model, fitted(model, read_request(Operation.SPEECH, _line(0), {})))[1]
    if price is None:
        raise ValueError(f"nobody knows what {_MODEL} costs")
    limits = await house.container.get(SpendingLimits)
    await limits.set(house.owner, NewLimit(Scope.WORKSPACE_MONTH, _FIT * price))
    return _FIT * price


@contextmanager
def _working(settings: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "reelwright", "worker"]
    workers = [
        subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL) for _ in range(_WORKERS)
    ]
    try:
        yield
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(30)


async def _ask(house: OpenHouse) -> None:
    providers = await house.container.get(ProviderService)
    await asyncio.gather(
        *(
            providers.execute_job(
                house.owner, Operation.SPEECH, _line(number), route={"models": [_MODEL]}
            )
            for number in range(_JOBS)
        )
    )


_OVER = """SELECT count(*) = %s FROM jobs WHERE kind = 'generate'
           AND state IN ('completed', 'failed', 'cancelled', 'unknown')"""


async def _until(books: psycopg.Connection, question: str, number: int) -> None:
    until = time.monotonic() + _PATIENCE_S
    while books.execute(question.encode(), (number,)).fetchone() != (True,):  # others' work
        if time.monotonic() > until:
            raise TimeoutError(question)
        await asyncio.sleep(0.05)


_STATES = """
SELECT CASE WHEN state = 'failed' THEN error ->> 'code' ELSE state END, count(*)
  FROM jobs WHERE kind = 'generate' GROUP BY 1"""
_MONEY = """
WITH taken AS (
    SELECT sum(CASE WHEN credit = 'budget' THEN micros WHEN debit = 'budget' THEN -micros ELSE 0 END)
               OVER (ORDER BY id) AS so_far
      FROM ledger_entries)
SELECT (SELECT coalesce(sum(micros) FILTER (WHERE debit = 'spent'), 0) FROM ledger_entries),
       (SELECT coalesce(sum(micros), 0) FROM holds WHERE state = 'held'),
       (SELECT coalesce(max(so_far), 0) FROM taken)"""


def _read(books: psycopg.Connection, fake: FakeElevenLabs, cap: int, seconds: float) -> _Books:
    ended = dict(books.execute(_STATES).fetchall())
    completed, refused = ended.pop("completed", 0), ended.pop("limit_reached", 0)
    if ended:
        print(f"ended otherwise: {json.dumps(ended)}", file=sys.stderr)
    spent, held, most = (int(one) for one in books.execute(_MONEY).fetchone() or (0, 0, 0))
    charges = len(fake.charges)
    others = sum(ended.values())
    return _Books(cap, completed, refused, others, spent, held, most, charges, seconds)
