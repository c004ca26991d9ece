"""`reelwright ask`, as whoever has a key uses it, or has none."""

import json

import pytest

from reelwright.testing.fakes.openai import FakeOpenAI
from support.command import reelwright

LUNA = ("--model", "openai/gpt-6-luna")


@pytest.fixture
def openai(monkeypatch):
    monkeypatch.setenv("REELWRIGHT_HTTP__PRIVATE", "true")
    fake = FakeOpenAI()
    with fake.served() as url:
        keyed = reelwright(
            *("accounts", "add", "openai", "--key-stdin", "--base-url", f"{url}/v1"), given="key\n"
        )
        assert keyed.returncode == 0, keyed.stderr
        yield fake


def test_a_question_is_answered_in_the_terminal_and_found_when_asked_again(openai, tmp_path):
    asked = reelwright("ask", "Where does the pier lead?", *LUNA)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.strip()
    assert "openai/gpt-6-luna: cost 0.000027 USD" in asked.stderr
    again = json.loads(reelwright("ask", "Where does the pier lead?", *LUNA, "--json").stdout)
    assert (again["found"], again["text"]) == (True, asked.stdout.strip())
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG")
    seen = reelwright("ask", *LUNA, "--image", picture, given="What is there?")
    assert seen.returncode == 0, seen.stderr
    assert len(openai.charges) == 2


def test_without_a_key_it_says_plainly_what_is_needed():
    asked = reelwright("ask", "Where does the pier lead?", *LUNA)
    assert asked.returncode == 2
    assert "reelwright accounts add openai" in asked.stderr
