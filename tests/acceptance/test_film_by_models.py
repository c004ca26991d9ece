"""A film whose stills, motion and voices come from three vendors, with trouble on the way."""

import json
from contextlib import ExitStack

import pytest

from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.command import reelwright

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
    monkeypatch.setenv("REELWRIGHT_HTTP__PRIVATE", "true")
    monkeypatch.setenv("REELWRIGHT_ACCOUNTS__COOL_S", "0.3")
    monkeypatch.setenv("REELWRIGHT_ACCOUNTS__BUSY_S", "0.2")
    fakes = {"fal": FakeFal(), "pixverse": FakePixVerse(), "elevenlabs": FakeElevenLabs()}
    with ExitStack() as stack:
        for name, fake in fakes.items():
            url = stack.enter_context(fake.served())
            for key in ("first", "second"):
                keyed = reelwright(
                    *("accounts", "add", name, "--name", key, "--key-stdin", "--base-url", url),
                    given=f"{key}\n",
                )
                assert keyed.returncode == 0, keyed.stderr
        yield fakes


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "ferry.fountain"
    path.write_text(SCRIPT)
    (tmp_path / "route.toml").write_text(ROUTE)
    return path


def test_first(vendors, script, tmp_path):
    route = tmp_path / "route.toml"
    quoted = reelwright("quote", script, "--route", route, *SIZE[:2], "--shots")
    print(quoted.stdout, quoted.stderr)
    refused = reelwright("film", script, "--route", route, *SIZE, "--out", tmp_path / "film")
    print(refused.stderr)
    made = reelwright(
        *("film", script, "--route", route, "--max-cost", "5", *SIZE, "--out", tmp_path / "film")
    )
    print(made.stdout, made.stderr)
    shown = reelwright("jobs", "list")
    print(shown.stdout)
    assert 0
