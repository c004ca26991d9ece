"""`reelwright costs`: limits that are set, shown and taken away; what was spent."""

import json

from support.command import reelwright


def said(*words):
    """What a command answers."""
    done = reelwright("costs", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_limit_is_set_shown_and_taken_away_and_nothing_was_spent():
    line = said("limit", "workspace_month", "12.50")
    assert line.startswith("workspace_month: 12.50 USD, 20")
    assert line.endswith(", 12.50 USD left\n")
    (limit,) = json.loads(said("limits", "--json"))
    assert (limit["scope"], limit["micros"], limit["left_micros"]) == (
        "workspace_month",
        12_500_000,
        12_500_000,
    )
    assert said("show", "--by", "model", "--csv") == "model,currency,calls,held,spent\n"
    said("unlimit", "workspace_month")
    assert said("show") == "nothing was spent\n"


def test_what_makes_no_sense_is_refused_with_what_to_write():
    for words, hint in (
        (("limit", "planet", "1"), "workspace_month"),
        (("limit", "workspace_month", "much"), "1234.56"),
        (("limit", "workspace_month", "5", "--currency", "ZZZ"), "choose from: "),
        (("limit", "operation", "5", "--subject", "dreaming"), "is no operation"),
        (("unlimit", "workspace_month", "--currency", "EUR"), "no such limit"),
        (("show", "--until", "yesterday"), "2026-11-01"),
    ):
        done = reelwright("costs", *words)
        assert done.returncode != 0, words
        assert hint in done.stderr, (words, done.stderr)
