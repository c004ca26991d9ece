"""The torture of the paid call: many jobs over six vendors, workers killed, answers lost and doubled.

`make torture [JOBS=1000] [KILLS=20]`. Three workers (one of them is the web server where vendors ring)
are killed at random moments. Vendors lose answers to requests and to questions, ring twice, are busy,
and fail; what a vendor fails to make, another model is asked for. What the fakes have billed is laid
beside what we know of it. The last line is `jobs N, lost N, paid twice N, unknown N`; exit 1 if
anything was lost or paid twice.
"""

import argparse
import asyncio
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg

from benchmarks.books import Report, close
from benchmarks.figures import Figure
from benchmarks.homes import changed_environment, environment, fresh_home
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
_LOST_LOOKS = 0.02
_RINGS = 2


def _asks(number: int) -> tuple[Operation, dict[str, Any], list[str]]:
    """What the job of a number asks, of which models; its words name it."""
    words = f"shot number {number} of the long night"
    text = {"messages": [{"role": "user", "text": words}], "most": 64}
    asks = (
        (Operation.TEXT_TO_IMAGE, {"prompt": words, "width": 256, "height": 256},
         ["fal/flux-schnell", "fal/flux-dev"]),
        (Operation.TEXT_TO_VIDEO, {"prompt": words, "seconds": 5, "resolution": "360p"},
         ["pixverse/v6/text-to-video", "pixverse/v5.6/text-to-video"]),
        (Operation.SPEECH, {"text": words}, ["elevenlabs/v3", "elevenlabs/multilingual-v2"]),
        (Operation.TEXT, text, ["anthropic/claude-haiku-5-5", "anthropic/claude-sonnet-5-5"]),
        (Operation.TEXT, text, ["openai/gpt-6-luna", "openai/gpt-6.1-sol"]),
        (Operation.TEXT, text, ["google/gemini-3.5-flash-lite", "google/gemini-3.8-flash"]),
    )  # fmt: skip
    return asks[number % len(asks)]


@dataclass
class Workers:
    """The worker processes, some of them killed now and then."""

    home: Path
    more: dict[str, str]
    words: IO[bytes]
    port: int
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    killed: int = 0

    def fill(self) -> None:
        """Start those that are missing; the first is where vendors ring."""
        for number in range(_WORKERS):
            if number in self.running and self.running[number].poll() is None:
                continue
            asked = ["worker"] if number else ["serve", "--port", str(self.port)]
            self.running[number] = subprocess.Popen(
                [sys.executable, "-m", "reelwright", *asked],
                env=environment(self.home) | self.more,
                stdout=subprocess.DEVNULL,
                stderr=self.words,
            )

    def kill(self, chance: random.Random) -> None:
        """Kill one, at this moment, whatever it does."""
        one = chance.choice(list(self.running.values()))
        one.kill()
        one.wait()
        self.killed += 1
        self.fill()

    def last_words(self) -> str:
        """The end of what they have said."""
        return Path(self.words.name).read_text(errors="replace")[-4000:]

    def end(self) -> None:
        """End all."""
        for one in self.running.values():
            one.send_signal(signal.SIGTERM)
        for one in self.running.values():
            try:
                one.wait(20)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()


def torture(jobs: int, kills: int, seed: int = 7) -> Report:
    """Run it, and lay the vendors' books beside ours."""
    with fresh_home() as home, ExitStack() as stack:
        fakes: dict[str, FakeVendor] = {}
        for number, (name, kind) in enumerate(_FAKES.items()):
            moods = Moods(weights=_WEIGHTS, chance=random.Random(seed + number))
            fake = kind(moods=moods, work_s=0.4, lost_looks=_LOST_LOOKS)
            if isinstance(fake, FakeFal):
                fake.ringer.times = _RINGS
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
    port = _free_port()
    more = {
        "REELWRIGHT_WEB__BASE_URL": f"http://127.0.0.1:{port}",
        "REELWRIGHT_HTTP__PRIVATE": "true",
        "REELWRIGHT_HTTP__READ_S": "10",
        "REELWRIGHT_ACCOUNTS__COOL_S": "0.2",
        "REELWRIGHT_ACCOUNTS__BUSY_S": "0.2",
        "REELWRIGHT_ACCOUNTS__UNAVAILABLE_AFTER": "50",
    }
    with changed_environment(environment(home) | more), ExitStack() as stack:
        settings = load().settings
        async with open_house(settings) as house:
            await _add_accounts(house, fakes)
            words = stack.enter_context((home.parent / "workers.log").open("wb"))
            workers = Workers(home, more, words, port)
            workers.fill()
            try:
                owner = plain_dsn((await house.container.get(Urls)).owner)
                with psycopg.connect(owner, autocommit=True) as books:
                    while not books.execute("SELECT 1 FROM executors").fetchone():  # noqa: ASYNC110  # another process
                        await asyncio.sleep(0.1)
                    await _ask(house, jobs)
                    await _until_over(books, workers, jobs, kills, chance)
                    took = time.monotonic() - begun
                    return await close(house, books, fakes, jobs, workers.killed, took)
            finally:
                await asyncio.to_thread(workers.end)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


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
        operation, request, models = _asks(number)
        await providers.execute_job(
            house.owner,
            operation,
            request,
            route={"models": models},
            name=f"job {number}",
            request_key=f"torture-{number}",
        )


_OPEN = """SELECT count(*) FROM jobs WHERE kind = 'generate'
           AND state NOT IN ('completed', 'failed', 'cancelled', 'unknown')"""


async def _until_over(
    books: psycopg.Connection, workers: Workers, jobs: int, kills: int, chance: random.Random
) -> None:
    """Wait for the last job; kill workers at random moments, from the first jobs to the last."""
    until = time.monotonic() + 60 + jobs * 1.5
    kill_at = sorted(chance.choices(range(round(jobs * 0.95)), k=kills))
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
        if workers.killed < kills and jobs - row[0] >= kill_at[workers.killed]:
            await asyncio.sleep(chance.uniform(0, 2))
            await asyncio.to_thread(workers.kill, chance)
        await asyncio.sleep(0.2)


def measure() -> Iterator[Figure]:
    """The torture at full size."""
    report = torture(1000, 20)
    yield Figure(
        "torture: 1,000 jobs over six vendor fakes, 3 workers, 20 kill -9, lost and doubled replies",
        "lost 0, paid twice 0, settled once 1,000; unknown only where the vendor has neither key nor look-up",
        f"{report}; {report.more}",
        report.good,
    )


def main() -> int:
    """Run it from the command line."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--jobs", type=int, default=1000)
    asked.add_argument("--kills", type=int, default=20)
    given = asked.parse_args()
    report = torture(given.jobs, given.kills)
    print(report.more)
    print(report)
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
