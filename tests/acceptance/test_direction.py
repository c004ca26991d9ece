"""`reelwright analyse`, `write` and `director`, as whoever has a key uses them, and who has none."""

import json
import shutil
from pathlib import Path

import pytest

from reelwright.testing.fakes.anthropic import FakeAnthropic
from support.command import reelwright
from support.readers import Reader, texts_in

KEEPER = Path(__file__).parents[2] / "examples" / "the-keeper.fountain"
CLAUDE = ("--model", "anthropic/claude-haiku-5-5")


@pytest.fixture
def anthropic(monkeypatch):
    monkeypatch.setenv("REELWRIGHT_HTTP__PRIVATE", "true")
    fake = FakeAnthropic()
    with fake.served() as url:
        keyed = reelwright(
            *("accounts", "add", "anthropic", "--key-stdin", "--base-url", url), given="key\n"
        )
        assert keyed.returncode == 0, keyed.stderr
        yield fake


@pytest.fixture
def keeper(tmp_path):
    return Path(shutil.copy(KEEPER, tmp_path / "keeper.fountain"))


def test_an_analysis_agrees_with_the_breakdown_and_becomes_notes(anthropic, keeper):
    anthropic.writer = Reader()
    plain = json.loads(reelwright("breakdown", keeper, "--json").stdout)
    read = reelwright("analyse", keeper, *CLAUDE, "--json", "--apply")
    assert read.returncode == 0, read.stderr
    told = json.loads(read.stdout)
    added = told.pop("analysis")
    assert told == plain
    assert added["by"] == "anthropic/claude-haiku-5-5"
    assert "notes written to" in read.stderr
    charged = len(anthropic.charges)
    noted = json.loads(reelwright("breakdown", keeper, "--json").stdout)
    assert {one["mood"] for one in noted["scenes"]} == {"wonder"}
    assert {one["look"]["glasses"] for one in noted["characters"]} == {"round"}
    again = reelwright("analyse", keeper, *CLAUDE)
    assert "A girl who hears the weather" in again.stdout
    assert f"{charged} of them found again, for nothing" in again.stdout
    assert len(anthropic.charges) == charged


def test_the_director_speaks_and_its_proposals_become_notes(anthropic, keeper):
    def adviser(asked):
        told = next(one for one in texts_in(asked) if one.lstrip().startswith("{"))
        shot = json.loads(told)["in_question"][0]
        edit = {"table": "shots", "subject": shot["id"], "key": "size", "values": ["close"]}
        return json.dumps({"answer": "Go closer.", "edits": [edit | {"why": "her eyes"}]})

    anthropic.writer = adviser
    asked = reelwright("director", keeper, "What of it?", "--about", "1C", "--apply", *CLAUDE)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.startswith("Go closer.\n  1. [shots.sh_")
    assert "size = 'close': her eyes" in asked.stdout
    notes = keeper.with_suffix(".notes.toml").read_text(encoding="utf-8")
    assert 'size = "close"' in notes
    shots = json.loads(reelwright("breakdown", keeper, "--json").stdout)["scenes"][0]["shots"]
    assert next(one for one in shots if one["number"] == "1C")["size"] == "close"


def test_without_a_key_each_says_what_it_gives_or_needs(tmp_path, keeper):
    read = reelwright("analyse", keeper)
    assert (read.returncode, "by rules" in read.stdout) == (0, True)
    assert "there is no key" in read.stderr
    asked = reelwright("director", keeper, "What of it?")
    assert (asked.returncode, "the director needs a key" in asked.stderr) == (2, True)
    idea = tmp_path / "idea.txt"
    idea.write_text("A girl hears the weather.", encoding="utf-8")
    wrote = reelwright("write", idea)
    assert (wrote.returncode, "accounts add anthropic" in wrote.stderr) == (2, True)
    idea.write_text("Int. Hall - day\n\nMara: Who is there?\n", encoding="utf-8")
    wrote = reelwright("write", idea)
    assert wrote.returncode == 0, wrote.stderr
    assert "No model has written this" in wrote.stderr
    film = json.loads(reelwright("breakdown", tmp_path / "idea.fountain", "--json").stdout)
    assert film["scenes"][0]["speaking"] == ["MARA"]
    assert reelwright("write", idea).returncode == 2  # a script that is there stays
