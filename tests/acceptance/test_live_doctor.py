"""`reelwright doctor --live`: a vendor is tried for little money, and what was said holds no secret."""

import json

import pytest

from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.command import reelwright

KEY = "key-that-nobody-may-see"


@pytest.fixture
def pixverse(monkeypatch):
    monkeypatch.setenv("REELWRIGHT_HTTP__PRIVATE", "true")
    fake = FakePixVerse()
    with fake.served() as url:
        keyed = reelwright(
            *("accounts", "add", "pixverse", "--key-stdin", "--base-url", url), given=f"{KEY}\n"
        )
        assert keyed.returncode == 0, keyed.stderr
        yield fake


def test_a_vendor_is_tried_within_the_amount_each_operation_once(pixverse, tmp_path):
    log = tmp_path / "said.jsonl"
    asked = ("doctor", "--live", "pixverse", "--max-cost", "0.06", "--record", log)
    done = reelwright(*asked)
    assert done.returncode == 0, done.stdout
    assert "key: works" in done.stdout
    assert "text-to-video: works" in done.stdout
    assert "image-to-video: not tried, the cheapest" in done.stdout
    assert len(pixverse.charges) == 1
    said = log.read_text()
    assert KEY not in said
    lines = [json.loads(line) for line in said.splitlines()]
    assert any(line["method"] == "POST" and line["status"] == 200 for line in lines)
    assert not any("?" in line["url"].replace("?...", "") for line in lines)


def test_without_an_amount_or_a_key_nothing_is_asked(pixverse):
    done = reelwright("doctor", "--live", "pixverse")
    assert done.returncode == 2
    assert "--max-cost" in done.stderr
    other = reelwright("doctor", "--live", "fal", "--max-cost", "1")
    assert "reelwright accounts add fal" in other.stderr
    assert not pixverse.charges


def test_what_does_not_work_is_said_and_counted_as_spent(pixverse):
    pixverse.moods.next.append(Mood.REFUSE)
    done = reelwright("doctor", "--live", "pixverse", "--max-cost", "0.06", "--json")
    assert done.returncode != 0
    told = json.loads(done.stdout)
    assert told["failed"] == ["text-to-video"]
    assert 0 < told["spent_micros"] <= 60_000
