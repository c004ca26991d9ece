"""`reelwright accounts`, as whoever has a key uses it."""

import json

from support.command import reelwright


def asked(*words, given=None):
    """What a command answers, as JSON."""
    done = reelwright("accounts", *words, "--json", given=given)
    assert done.returncode == 0, done.stderr
    assert "top-secret" not in done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_key_is_added_listed_paused_and_removed_and_shown_nowhere(monkeypatch):
    limits = ("--concurrent", "3", "--per-minute", "20", "--shared", "--more", "region=north")
    added = asked("add", "fal", "--key-stdin", "--name", "Card", *limits, given="top-secret\n")
    assert (added["provider"], added["sharing"], added["state"]) == ("fal", "workspace", "active")
    assert (added["max_concurrent_jobs"], added["requests_per_minute"]) == (3, 20)
    assert asked("pause", added["id"])["paused"]
    monkeypatch.setenv("FAL_KEY", "top-secret-of-the-shell")
    listed = asked("list", "--provider", "fal")
    assert [one["source"] for one in listed] == ["FAL_KEY", "stored"]
    removed = reelwright("accounts", "remove", added["id"])
    assert removed.returncode == 0, removed.stderr
    assert [one["source"] for one in asked("list")] == ["FAL_KEY"]


def test_without_a_key_and_a_terminal_it_says_how_to_give_one():
    done = reelwright("accounts", "add", "fal", given="")
    assert done.returncode == 2
    assert "--key-stdin" in done.stderr
