"""`reelwright models`, as whoever looks for one uses it."""

import json

from support.command import reelwright


def test_models_are_listed_with_prices_and_whose_key_they_need(monkeypatch):
    monkeypatch.setenv("PIXVERSE_API_KEY", "key-of-the-shell")
    shown = reelwright("models", "text-to-video")
    assert shown.returncode == 0, shown.stderr
    (ours,) = [line for line in shown.stdout.splitlines() if "pixverse/v6/text-to-video" in line]
    assert "PixVerse V6" in ours
    assert "0.05 to 0.23 USD a second" in ours
    assert "needs a key" not in ours
    assert any("needs a key" in line for line in shown.stdout.splitlines())
    told = reelwright("models", "text-to-video", "--provider", "pixverse", "--json")
    assert {one["configured"] for one in json.loads(told.stdout)} == {True}


def test_an_operation_there_is_not_is_wrong_input_and_the_others_are_named():
    done = reelwright("models", "juggling")
    assert done.returncode == 2
    assert "text-to-image" in done.stderr


def test_an_operator_sets_a_price_sees_what_is_set_and_takes_it_back():
    model, said = "pixverse/v6/text-to-video", ["--source", "our contract"]
    done = reelwright("models", "set-price", model, "second=0.04", *said)
    assert done.returncode == 0, done.stderr
    assert "0.04 USD a second" in done.stdout
    shown = reelwright("models", "text-to-video", "--provider", "pixverse").stdout
    (ours,) = [line for line in shown.splitlines() if model in line]
    assert "0.04 USD a second" in ours
    assert "our contract" in reelwright("models", "overrides").stdout
    assert reelwright("models", "reset", model).returncode == 0
    wrong = reelwright("models", "set-price", model, "fortnight=0.04", *said)
    assert wrong.returncode == 2
    assert "megapixel" in wrong.stderr
