"""The torture of the paid call: many jobs over six vendors, workers killed, answers lost and doubled.

`make torture [JOBS=1000] [KILLS=20]`. What the fakes have billed is laid beside what we know of it.
The last line is `jobs N, lost N, paid twice N, unknown N`; exit 1 if anything was lost or paid twice.
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg

from benchmarks.figures import Figure
from benchmarks.homes import environment, fresh_home
from reelwright.app.setting_sources import load
from reelwright.app.start import OpenHouse, open_house
from reelwright.engines.database.roles import Urls, plain_dsn
from reelwright.generation.accounts.account import NewAccount
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.provider_service import ProviderService
from reelwright.providers.contract import Access
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.anthropic import FakeAnthropic
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.google import FakeGoogle
from reelwright.testing.fakes.moods import Mood, Moods
from reelwright.testing.fakes.openai import FakeOpenAI
from reelwright.testing.fakes.pixverse import FakePixVerse
from reelwright.testing.fakes.server import FakeVendor

_WORKERS = 3
_WEIGHTS = {
    Mood.LOSE_REPLY: 0.04,
    Mood.DROP: 0.02,
    Mood.BUSY: 0.04,
    Mood.RATE_LIMIT: 0.02,
    Mood.FAIL_LATER: 0.02,
}
_FAKES = {
    "fal": FakeFal,
    "google": FakeGoogle,
    "openai": FakeOpenAI,
    "anthropic": FakeAnthropic,
    "elevenlabs": FakeElevenLabs,
    "pixverse": FakePixVerse,
}
_SEEN = {"pixverse", "fal"}
"""The vendors of whom a lost answer can be found again: there, nothing may stay unknown."""


def _asks(number: int) -> tuple[Operation, dict[str, Any], str]:
    """What the job of a number asks, of which model; its words name it."""
    words = f"shot number {number} of the long night"
    asks = (
        (Operation.TEXT_TO_IMAGE, {"prompt": words}, "fal/flux-schnell"),
        (Operation.TEXT_TO_VIDEO, {"prompt": words, "seconds": 5, "resolution": "360p"},
         "pixverse/v6/text-to-video"),
        (Operation.SPEECH, {"text": words}, "elevenlabs/v3"),
        (Operation.TEXT, {"messages": [{"role": "user", "text": words}], "most": 64},
         "anthropic/claude-haiku-5-5"),
        (Operation.TEXT, {"messages": [{"role": "user", "text": words}], "most": 64},
         "openai/gpt-6-luna"),
        (Operation.TEXT, {"messages": [{"role": "user", "text": words}], "most": 64},
         "google/gemini-3.5-flash-lite"),
    )  # fmt: skip
    return asks[number % len(asks)]


@dataclass
class Workers:
    """The worker processes, some of them killed now and then."""

    home: Path
    more: dict[str, str]
    words: IO[bytes]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    killed: int = 0

    def fill(self) -> None:
        """Start those that are missing."""
        self.running = [one for one in self.running if one.poll() is None]
        while len(self.running) < _WORKERS:
            command = [sys.executable, "-m", "reelwright", "worker"]
            env = environment(self.home) | self.more
            self.running.append(subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL))

    def kill(self, chance: random.Random) -> None:
        """Kill one, at this moment, whatever it does."""
        one = chance.choice(self.running)
        one.kill()
        one.wait()
        self.killed += 1
        self.fill()

    def last_words(self) -> str:
        """The end of what they have said."""
        return Path(self.words.name).read_text(errors="replace")[-4000:]

    def end(self) -> None:
        """End all."""
        for one in self.running:
            one.send_signal(signal.SIGTERM)
        for one in self.running:
            try:
                one.wait(20)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()


@dataclass(frozen=True, slots=True)
class Report:
    """What the books say."""

    jobs: int
    lost: int
    paid_twice: int
    unknown: int
    wrongly_unknown: int
    settled: int
    unbalanced: int
    kills: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"jobs {self.jobs}, lost {self.lost}, paid twice {self.paid_twice},"
            f" unknown {self.unknown}"
        )

    @property
    def good(self) -> bool:
        """Whether everything promised was kept."""
        return not (self.lost or self.paid_twice or self.wrongly_unknown or self.unbalanced)


def torture(jobs: int, kills: int, seed: int = 7) -> Report:
    """Run it, and lay the vendors' books beside ours."""
    with fresh_home() as home, ExitStack() as stack:
        fakes: dict[str, FakeVendor] = {}
        for number, (name, kind) in enumerate(_FAKES.items()):
            moods = Moods(weights=_WEIGHTS, chance=random.Random(seed + number))
            fake = kind(moods=moods, work_s=0.4)
            stack.enter_context(fake.served())
            fakes[name] = fake
        begun = time.monotonic()
        return asyncio.run(_torture(home, fakes, jobs, kills, random.Random(seed), begun))


async def _torture(
    home: Path,
    fakes: dict[str, FakeVendor],
    jobs: int,
    kills: int,
    chance: random.Random,
    begun: float,
) -> Report:
    more = {
        "REELWRIGHT_HTTP__PRIVATE": "true",
        "REELWRIGHT_HTTP__READ_S": "10",
        "REELWRIGHT_ACCOUNTS__COOL_S": "0.2",
        "REELWRIGHT_ACCOUNTS__BUSY_S": "0.2",
        "REELWRIGHT_ACCOUNTS__UNAVAILABLE_AFTER": "50",
    }
    with set_environment(environment(home) | more), ExitStack() as stack:
        settings = load().settings
        async with open_house(settings) as house:
            await _add_accounts(house, fakes)
            words = stack.enter_context((home.parent / "workers.log").open("wb"))
            workers = Workers(home, more, words)
            workers.fill()
            try:
                owner = plain_dsn((await house.container.get(Urls)).owner)
                with psycopg.connect(owner, autocommit=True) as books:
                    while not books.execute("SELECT 1 FROM executors").fetchone():  # noqa: ASYNC110  # another process
                        await asyncio.sleep(0.1)
                    await _ask(house, jobs)
                    await _until_over(books, workers, jobs, kills, chance)
                    took = time.monotonic() - begun
                    return _judge(books, fakes, jobs, workers.killed, took)
            finally:
                await asyncio.to_thread(workers.end)


@contextmanager
def set_environment(values: dict[str, str]) -> Iterator[None]:
    """Have this process's environment hold these while the block runs."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


async def _add_accounts(house: OpenHouse, fakes: dict[str, FakeVendor]) -> None:
    book = await house.container.get(AccountBook)
    for vendor, fake in fakes.items():
        for number in (1, 2):
            address = fake.url + ("/v1" if vendor == "openai" else "")
            access = Access(f"{vendor}-key-{number}", address, {"lists_running": "yes"})
            new = NewAccount(vendor, access, name=f"{vendor} {number}", max_concurrent_jobs=8)
            await book.add(house.owner, new)


async def _ask(house: OpenHouse, jobs: int) -> None:
    providers = await house.container.get(ProviderService)
    for number in range(jobs):
        operation, request, model = _asks(number)
        await providers.execute_job(
            house.owner,
            operation,
            request,
            route={"models": [model]},
            name=f"job {number}",
            request_key=f"torture-{number}",
        )


_OPEN = """SELECT count(*) FROM jobs WHERE kind = 'generate'
           AND state NOT IN ('completed', 'failed', 'cancelled', 'unknown')"""


async def _until_over(
    books: psycopg.Connection, workers: Workers, jobs: int, kills: int, chance: random.Random
) -> None:
    """Wait for the last job; kill workers at random moments while most are still to come."""
    until = time.monotonic() + 60 + jobs * 1.5
    next_kill = time.monotonic() + chance.uniform(2, 5)
    while True:
        row = books.execute(_OPEN).fetchone()
        if not row or not row[0]:
            return
        if time.monotonic() > until:
            told = workers.last_words()
            print(
                f"{row[0]} jobs are still open; the workers' last words:\n{told}", file=sys.stderr
            )
            return
        if workers.killed < kills and time.monotonic() >= next_kill:
            await asyncio.to_thread(workers.kill, chance)
            next_kill = time.monotonic() + chance.uniform(1.5, 5)
        await asyncio.sleep(0.3)


_CALLS = """
SELECT j.name, j.state, s.provider, s.state, s.remote_id, s.sends, h.state, h.settled_micros,
       s.cost_micros, cardinality(s.assets)
  FROM jobs AS j LEFT JOIN submissions AS s ON s.job_id = j.id
  LEFT JOIN holds AS h ON h.id = s.hold_id
 WHERE j.kind = 'generate'"""
_FAILED = "SELECT name, error FROM jobs WHERE kind = 'generate' AND state = 'failed'"
_SUMS = """
SELECT count(*) FILTER (WHERE settled > 1), count(*) FILTER (WHERE held <> 0 AND state <> 'held')
  FROM (SELECT h.id, h.state, count(*) FILTER (WHERE e.debit = 'spent') AS settled,
               sum(CASE WHEN e.credit = 'budget' THEN e.micros WHEN e.debit = 'budget' THEN -e.micros
                        ELSE 0 END) AS held
          FROM holds AS h JOIN ledger_entries AS e ON e.hold_id = h.id GROUP BY h.id, h.state) AS books"""


def _judge(
    books: psycopg.Connection,
    fakes: dict[str, FakeVendor],
    jobs: int,
    kills: int,
    seconds: float,
) -> Report:
    """Lay what was billed beside what is known, job by job."""
    billed = _billed(fakes)
    made: Counter[str] = Counter()
    unknown: set[str] = set()
    wrongly = settled = 0
    for name, state, provider, call, _, _, hold, paid, cost, assets in books.execute(_CALLS):
        number = str(name).removeprefix("job ")
        if state == "completed" and call == "completed" and assets:
            made[number] += 1
            settled += hold == "settled" and paid == cost
        if call == "unknown":
            unknown.add(number)
            wrongly += provider in _SEEN
    for name, error in books.execute(_FAILED):
        print(f"{name} failed: {error}", file=sys.stderr)
    numbers = {str(number) for number in range(jobs)}
    lost = sum(not made[one] and one not in unknown for one in numbers)
    lost += sum(one not in numbers for one in billed)
    twice = sum(count > 1 and one not in unknown for one, count in billed.items())
    row = books.execute(_SUMS).fetchone() or (0, 0)
    unbalanced = row[0] + row[1] + (len(made) - settled)
    return Report(jobs, lost, twice, len(unknown), wrongly, settled, unbalanced, kills, seconds)


_NUMBER = re.compile(r"shot number (\d+) of")


def _billed(fakes: dict[str, FakeVendor]) -> Counter[str]:
    """How often each job was billed: by the words it asked with."""
    billed: Counter[str] = Counter()
    for fake in fakes.values():
        for charge in fake.charges:
            work = fake.works[charge.remote_id]
            if work.mood is Mood.FAIL_LATER:
                continue  # what fails at the vendor's is not billed in the end
            found = _NUMBER.search(json.dumps(work.asked, default=str))
            billed[found[1] if found else charge.remote_id] += 1
    return billed


def measure() -> Iterator[Figure]:
    """The torture at full size."""
    report = torture(1000, 20)
    told = (
        f"{report}; settled exactly once {report.settled}, kills {report.kills},"
        f" {report.seconds:.0f} s"
    )
    yield Figure(
        "torture: 1,000 jobs over six vendor fakes, 3 workers, 20 kill -9, lost and dropped replies",
        "lost 0, paid twice 0, settled once; unknown only where the vendor has neither key nor look-up",
        told,
        report.good,
    )


def main() -> int:
    """Run it from the command line."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--jobs", type=int, default=1000)
    asked.add_argument("--kills", type=int, default=20)
    given = asked.parse_args()
    report = torture(given.jobs, given.kills)
    print(
        f"{report.kills} kills in {report.seconds:.0f} s; settled exactly once {report.settled},"
        f" unbalanced {report.unbalanced}, wrongly unknown {report.wrongly_unknown}"
    )
    print(report)
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
