"""Choosing who makes a call, and the whole paid call, beside LiteLLM's Router at the same fake.

LiteLLM chooses a deployment, which is a model and a key; ours likewise a model and an account. Both
have two models at five accounts, and both are asked for a model by its name, in turns.
"""

import asyncio
import json
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import uvloop

from benchmarks.figures import Figure
from benchmarks.homes import fresh_home
from benchmarks.peers.fake import served_fake
from benchmarks.peers.installing import NotHereError, litellm, litellm_version
from reelwright.app.settings import Settings
from reelwright.app.start import OpenHouse, open_house
from reelwright.generation.accounts.account import NewAccount
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.routes.choosing import Choosing
from reelwright.generation.routes.route import Route
from reelwright.generation.writing import Writing
from reelwright.providers.contract import Access
from reelwright.providers.prompts import Message, TextRequest

_ROUNDS = 10
_CHOICES = 500
_CALLS = 100
_ACCOUNTS = 5
_ROUTES = tuple(Route(models=(f"openai/{name}",)) for name in ("gpt-6-luna", "gpt-6.1-terra"))
_ASKED = TextRequest((Message("user", "Where does the pier lead?"),))
_NAME = "choosing a route (model and account, nothing written), p50, against LiteLLM's Router"
_WANTED = "at most 0.5"

Round = Callable[[str, int], Awaitable[list[float]]]


def measure() -> Iterator[Figure]:
    """The choice, and the whole call beside it."""
    try:
        python = litellm() / "python"
    except NotHereError as error:
        yield Figure(_NAME, _WANTED, "-", None, f"LiteLLM could not be installed here: {error}")
        return
    with (
        served_fake() as fake,
        _router(python, fake) as theirs,
        fresh_home() as home,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        found = runner.run(_measure(home, fake, theirs))
    yield from _figures(found)


def _figures(took: dict[str, list[float]]) -> Iterator[Figure]:
    p50 = {kind: median(times) * 1e6 for kind, times in took.items()}
    ratio = p50["ours"] / p50["choose"]
    about = f"{len(took['ours']):,} choices each in turns, LiteLLM {litellm_version()}"
    busy = p50["ours"] / p50["choose-least-busy"]
    yield Figure(
        _NAME,
        _WANTED,
        f"{ratio:.2f} ({p50['ours']:.0f} µs against {p50['choose']:.0f} µs; {about};"
        f" against its strategy least-busy {busy:.2f})",
        ratio <= 0.5,
        f"the model alone {p50['model'] / p50['choose']:.2f} ({p50['model']:.0f} µs); the account is"
        " asked of Postgres, where all processes see it, and LiteLLM's of its own memory",
    )
    whole = p50["call"] / p50["call-theirs"]
    yield Figure(
        "the whole paid call for a text, p50, against LiteLLM's Router",
        "-",
        f"{whole:.2f} ({p50['call'] / 1000:.1f} ms against {p50['call-theirs'] / 1000:.1f} ms,"
        f" {len(took['call']):,} calls each in turns)",
        None,
        "ours is booked, kept and settled in Postgres; the Router writes nothing",
    )


async def _measure(home: Path, fake: str, theirs: Round) -> dict[str, list[float]]:
    told = {
        "home": home,
        "database": {"linger_s": 0.5},
        "http": {"private": True},
        "log": {"level": "warning"},
    }
    async with open_house(Settings.model_validate(told)) as house:
        book = await house.container.get(AccountBook)
        for number in range(_ACCOUNTS):
            new = NewAccount("openai", Access(f"key-{number}", fake, {}), name=f"openai {number}")
            await book.add(house.owner, new)
        ours = _Ours(house)
        await ours.open()
        took: dict[str, list[float]] = {}
        for number in range(_ROUNDS + 1):
            for kind, act, count in (
                ("ours", ours.choose, _CHOICES),
                ("model", ours.choose_model, _CHOICES),
                ("call", ours.call, _CALLS),
            ):
                times = await _timed(act, count)
                took.setdefault(kind, []).extend(times if number else [])
            for kind, name, count in (
                ("choose", "choose", _CHOICES),
                ("choose-least-busy", "choose-least-busy", _CHOICES),
                ("call", "call-theirs", _CALLS),
            ):
                times = await theirs(kind, count)
                took.setdefault(name, []).extend(times if number else [])
        return took


class _Ours:
    """What is timed of ours."""

    def __init__(self, house: OpenHouse) -> None:
        self._house = house
        self._who = house.owner

    async def open(self) -> None:
        get = self._house.container.get
        self._choosing = await get(Choosing)
        self._repertoire = await get(Repertoire)
        self._accounts = await get(AccountService)
        self._writing = await get(Writing)

    async def choose(self, route: Route) -> None:
        """The model, the accounts that have it, and the best of those that are free."""
        chosen = await self._choosing.choose(self._who, _ASKED, route)
        model = chosen.models[0]
        await self._repertoire.hosts(self._who, model)
        await self._accounts.select_account(self._who, model.provider)

    async def choose_model(self, route: Route) -> None:
        await self._choosing.choose(self._who, _ASKED, route)

    async def call(self, route: Route) -> None:
        await self._writing.write(self._who, _ASKED, route, fresh=True)


async def _timed(act: Callable[[Route], Awaitable[None]], count: int) -> list[float]:
    took = []
    for number in range(count):
        begun = time.perf_counter()
        await act(_ROUTES[number % len(_ROUTES)])
        took.append(time.perf_counter() - begun)
    return took


@contextmanager
def _router(python: Path, fake: str) -> Iterator[Round]:
    """LiteLLM's Router in a process of its own, which waits while ours is timed."""
    script = Path(__file__).parent / "peers" / "litellm_router.py"
    process = subprocess.Popen(
        [str(python), str(script), fake],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    sent, told = process.stdin, process.stdout
    assert sent is not None
    assert told is not None

    def ask(kind: str, count: int) -> list[float]:
        sent.write(f"{kind} {count}\n")
        sent.flush()
        for line in told:
            if line.startswith("took "):
                return json.loads(line.removeprefix("took "))
        raise RuntimeError("LiteLLM's Router ended early")

    async def ask_aside(kind: str, count: int) -> list[float]:
        return await asyncio.to_thread(ask, kind, count)

    try:
        yield ask_aside
    finally:
        process.communicate(timeout=60)
