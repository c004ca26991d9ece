"""A film whose stills, motion and voices come from three vendors, with trouble on the way."""

import asyncio
import json
import os
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

import pytest

from reelwright.app.setting_sources import load
from reelwright.app.start import open_house
from reelwright.billing.analytics import AnalyticsService
from reelwright.generation.accounts.account import NewAccount
from reelwright.generation.accounts.book import AccountBook
from reelwright.providers.contract import Access
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.command import reelwright
from support.embedded import eventually
from support.films import plays
from support.homes import furnish
from support.processes import kill_all, start

SCRIPT = """Title: The Ferry

EXT. PIER - DUSK

Fog. MARA (30s) waits at the end of the pier with a suitcase.

MARA
Nobody is coming.

JOSEF (70s) coils a rope behind her.

JOSEF
(whispering)
Then we wait for nobody.

INT. FERRY - NIGHT

Mara sits alone. Rain on the window.
"""

ROUTE = """soften = true

[stills]
models = ["fal/flux-dev", "fal/flux-schnell"]

[motion]
models = ["pixverse/v6/image-to-video"]

[voices]
models = ["elevenlabs/v3"]
"""

SIZE = ("--size", "320x180", "--exports", "otio,srt")


@pytest.fixture
def vendors(monkeypatch):
    """Three vendors; of two accounts at the one for voices, the first has a key that is none."""
    monkeypatch.setenv("REELWRIGHT_HTTP__PRIVATE", "true")
    monkeypatch.setenv("REELWRIGHT_ACCOUNTS__COOL_S", "0.3")
    monkeypatch.setenv("REELWRIGHT_ACCOUNTS__BUSY_S", "0.2")
    fakes = {"fal": FakeFal(), "pixverse": FakePixVerse(), "elevenlabs": FakeElevenLabs()}
    accounts = [("fal", "1"), ("pixverse", "1"), ("elevenlabs", "1"), ("elevenlabs", "2")]
    with ExitStack() as stack:
        urls = {name: stack.enter_context(fake.served()) for name, fake in fakes.items()}
        furnish(Path(os.environ["REELWRIGHT_HOME"]), "accounts")
        asyncio.run(_add(accounts, urls))
        fakes["elevenlabs"].keys = {"key-2"}
        yield fakes


async def _add(accounts, urls):
    async with open_house(load().settings, directing=False) as house:
        book = await house.container.get(AccountBook)
        for vendor, key in accounts:
            # What fal's list does not show is believed at once, not in an hour.
            more = {"lists_running": "yes"} if vendor == "fal" else {}
            access = Access(f"key-{key}", urls[vendor], more)
            await book.add(house.owner, NewAccount(vendor, access, name=f"{vendor} {key}"))


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "ferry.fountain"
    path.write_text(SCRIPT)
    (tmp_path / "route.toml").write_text(ROUTE)
    return path


def test_a_film_comes_of_three_vendors_whatever_goes_wrong_on_the_way(vendors, script, tmp_path):
    fal, pixverse = vendors["fal"], vendors["pixverse"]
    fal.moods.next.append(Mood.REFUSE)
    pixverse.moods.next += [Mood.RATE_LIMIT, Mood.LOSE_REPLY]
    film = ("film", script, "--route", tmp_path / "route.toml", *SIZE, "--out", tmp_path / "film")

    unsaid = reelwright(*film)
    assert unsaid.returncode == 2
    assert "nobody has said what this film may cost (say it: --max-cost 0." in unsaid.stderr
    assert not any(vendor.charges for vendor in vendors.values())

    made = reelwright(*film, "--max-cost", "5", "--json")
    assert made.returncode == 0, made.stderr
    report = json.loads(made.stdout)
    assert plays((tmp_path / "film" / "film.mp4").read_bytes(), 24) == report["frames"]
    assert report["warnings"] == [], "nothing had to be sketched in its place"
    assert "PixVerse V6 (pixverse/v6/image-to-video): 5 shots" in made.stderr

    job, story = _story()
    assert "the words were softened" in story
    assert "another account was tried" in story
    assert "elevenlabs/v3: failed" in story
    assert "made at the first attempt" in story
    spent = report["spent_micros"]["USD"]
    assert f"spent {Decimal(spent) / 1_000_000} USD" in story

    # What the vendors billed is what the ledger says was spent, to the millionth.
    assert len(fal.charges) == len(pixverse.charges) == report["shots"]
    assert job["errands"], "each paid call stands under the film's own job"
    costs = [call["cost_micros"] for one in job["errands"] for call in one["calls"]]
    assert sum(cost or 0 for cost in costs) == spent == _balance("spent")
    assert _balance("held") == 0

    again = reelwright(*film, "--max-cost", "5", "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["made"] == 0
    assert "together: nothing" in again.stderr
    assert len(fal.charges) == len(pixverse.charges) == report["shots"], "nothing was paid twice"


def _story():
    listed = json.loads(reelwright("jobs", "list", "--kind", "film", "--json").stdout)["jobs"]
    film = listed[0]["id"]
    plain = json.loads(reelwright("jobs", "show", film, "--json").stdout)
    return plain, reelwright("jobs", "show", film).stdout


def _balance(account):
    """What an account of the ledger holds, all entries added up."""

    async def ask():
        async with open_house(load().settings, directing=False) as house:
            analytics = await house.container.get(AnalyticsService)
            return await analytics.balances(house.owner)

    balances = asyncio.run(ask())
    assert sum(balances.values()) == 0, "every entry has two sides"
    return balances.get((account, "USD"), 0)


def test_a_film_killed_while_vendors_are_at_work_buys_nothing_twice(vendors, script, tmp_path):
    fal, pixverse = vendors["fal"], vendors["pixverse"]
    fal.work_s = pixverse.work_s = 3.0
    home = Path(os.environ["REELWRIGHT_HOME"])
    film = ("film", script, "--route", tmp_path / "route.toml", "--max-cost", "5", *SIZE)
    for vendor in (fal, pixverse):
        run = start(*film, "--out", tmp_path / "film", "--json", home=home)
        try:
            assert eventually(lambda at=vendor: len(at.charges) > 1, within_s=60)
            assert run.poll() is None, "it ended before it was killed"
        finally:
            kill_all(run)
    made = reelwright(*film, "--out", tmp_path / "film", "--json")
    assert made.returncode == 0, made.stderr
    report = json.loads(made.stdout)
    assert report["warnings"] == []
    assert len(fal.charges) == len(pixverse.charges) == report["shots"]
    voices = vendors["elevenlabs"].charges
    assert len({one.reference or one.number for one in voices}) == len(voices) == 2
    assert _balance("held") == 0
