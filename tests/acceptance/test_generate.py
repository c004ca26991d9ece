"""`reelwright generate`, as whoever has a key uses it: quoted, made, paid once, found again."""

import json

import pytest

from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.command import reelwright

SHOT = ("text-to-video", "a pier in the fog", "--set", "seconds=5", "--set", "resolution=720p")
V6, C1 = "pixverse/v6/text-to-video", "pixverse/c1/text-to-video"


@pytest.fixture
def pixverse(monkeypatch):
    monkeypatch.setenv("REELWRIGHT_HTTP__PRIVATE", "true")
    fake = FakePixVerse()
    with fake.served() as url:
        keyed = reelwright(
            *("accounts", "add", "pixverse", "--key-stdin", "--base-url", url), given="key\n"
        )
        assert keyed.returncode == 0, keyed.stderr
        yield fake


def test_a_quote_asks_nobody_and_too_dear_is_refused(pixverse, tmp_path):
    quoted = reelwright("generate", *SHOT, "--model", V6, "--quote", "--json")
    assert quoted.returncode == 0, quoted.stderr
    (call,) = json.loads(quoted.stdout)["quote"]["calls"]
    assert (call["model"], call["most_micros"], call["account"]) == (V6, 450_000, "free")
    dear = reelwright("generate", *SHOT, "--model", V6, "--max-cost", "0.44", "--out", tmp_path)
    assert dear.returncode == 2
    assert "PixVerse V6 may cost 0.45 USD, and only 0.44 USD is allowed" in dear.stderr
    assert "PixVerse V6 (pixverse/v6/text-to-video) for 0.45 USD" in dear.stdout
    assert not pixverse.charges
    assert not list(tmp_path.iterdir())


def test_what_is_made_lies_in_the_folder_and_is_found_when_asked_again(pixverse, tmp_path):
    asked = ("generate", *SHOT, "--model", V6, "--out", tmp_path / "made", "--max-cost", "0.45")
    made = reelwright(*asked)
    assert made.returncode == 0, made.stderr
    path = tmp_path / "made" / "text-to-video.mp4"
    assert made.stdout.splitlines()[-2:] == [str(path), "cost 0.45 USD"]
    assert "1. pixverse/v6/text-to-video: made 1 file; it cost 0.45 USD" in made.stderr
    assert path.stat().st_size > 0
    again = reelwright(*asked, "--json")
    told = json.loads(again.stdout)
    assert told["quote"]["calls"][0]["found"]
    assert (told["files"], told["calls"]) == ([str(path)], [])
    assert len(pixverse.charges) == 1


def test_the_story_of_a_job_says_why_another_model_was_tried(pixverse, tmp_path):
    pixverse.moods.next.append(Mood.FAIL_LATER)
    made = reelwright("generate", *SHOT, "--model", V6, "--model", C1, "--out", tmp_path, "--json")
    assert made.returncode == 0, made.stderr
    shown = reelwright("jobs", "show", json.loads(made.stdout)["job"])
    first, second = [line.strip() for line in shown.stdout.splitlines() if "pixverse/" in line]
    assert first.startswith("1. pixverse/v6/text-to-video: failed (")
    assert first.endswith("so the next model was tried; it cost nothing")
    assert second == "2. pixverse/c1/text-to-video: made 1 file; it cost 0.50 USD"


def test_without_a_key_it_says_which_is_needed_and_wrong_words_are_wrong_input(tmp_path):
    asked = ("generate", *SHOT, "--model", V6, "--out", tmp_path)
    done = reelwright(*asked)
    assert done.returncode == 2
    assert "reelwright accounts add pixverse" in done.stderr
    assert "which needs a key" in done.stdout
    unset = reelwright("generate", "text-to-video", "a pier", "--set", "seconds")
    assert (unset.returncode, "name=value" in unset.stderr) == (2, True)
