"""When a file is refused because of whom it shows."""

from datetime import UTC, datetime, timedelta

import pytest

from reelwright.ground.ids import AssetId, LikenessId, UserId
from reelwright.library.likeness import (
    Aspect,
    Basis,
    Consent,
    Likeness,
    Withdrawal,
    aspect_of,
    refused_person,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BOTH = frozenset(Aspect)


def said(person, *, covers=BOTH, consent=True, ends_at=None, withdrawn=False):
    agreed = Consent(Basis.AGREED, "You may film me.", "1", ends_at=ends_at) if consent else None
    gone = Withdrawal(NOW, None, "") if withdrawn else None
    new = LikenessId.new()
    return Likeness(new, AssetId.new(), UserId.new(), person, covers, agreed, gone, NOW)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ([], None),
        ([said(None)], None),
        ([said("Ada")], None),
        ([said("Ada", consent=False)], "Ada"),
        ([said("Ada", withdrawn=True)], "Ada"),
        ([said("Ada", ends_at=NOW)], "Ada"),
        ([said("Ada", ends_at=NOW + timedelta(seconds=1))], None),
        ([said("Ada", covers=frozenset({Aspect.VOICE}))], "Ada"),
        ([said("Ada", withdrawn=True), said("  ADA ")], None),
        ([said("Ada"), said("Bob", consent=False)], "Bob"),
    ],
)
def test_each_person_in_a_picture_must_have_agreed_and_still_agree(words, refused):
    found = refused_person(words, Aspect.PICTURE, NOW)
    assert (found.person if found else None) == refused


def test_recordings_are_heard_and_all_else_is_seen():
    assert aspect_of("audio/wav") is Aspect.VOICE
    assert {aspect_of("image/png"), aspect_of("video/mp4")} == {Aspect.PICTURE}


def test_how_a_consent_stands_is_one_word():
    past = NOW - timedelta(days=1)
    standing = [
        one.standing(NOW)
        for one in (
            said(None, consent=False),
            said("Ada", consent=False),
            said("Ada"),
            said("Ada", withdrawn=True),
            said("Ada", ends_at=past),
        )
    ]
    assert standing == ["nobody", "none", "in_force", "withdrawn", "ended"]
