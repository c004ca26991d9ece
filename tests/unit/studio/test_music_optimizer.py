"""What rated takes teach about the next prompt and the model."""

from datetime import UTC, datetime

from reelwright.ground.ids import MusicSessionId, MusicTakeId
from reelwright.studio.music.optimizer import ProducerAIOptimizer
from reelwright.studio.music.values import MusicSession, MusicTake


def refined(*takes, prompt=None):
    rated = [
        MusicTake(MusicTakeId.new(), n, words, 30, model, rating=rating)
        for n, (words, model, rating) in enumerate(takes, 1)
    ]
    now = datetime(2026, 11, 29, tzinfo=UTC)
    session = MusicSession(MusicSessionId.new(), "Pier", "", "", 30, now, takes=rated)
    return ProducerAIOptimizer().refine(session, prompt)


def test_what_all_good_takes_share_is_added_and_what_only_bad_ones_have_goes():
    told = refined(
        ("slow, piano, rain", "a/x", 5),
        ("slow, piano, choir", "a/x", 4),
        ("slow, loud brass", "b/y", 1),
        prompt="slow, loud brass, cello",
    )
    assert told.prompt == "slow, cello, piano"
    assert told.dropped == ("loud brass",)
    assert told.by == "rules"


def test_one_lucky_take_does_not_beat_a_model_that_is_good_again_and_again():
    takes = [("slow", "a/steady", 4)] * 8 + [("slow", "b/lucky", 5)]
    assert refined(*takes).model == "a/steady"


def test_nothing_rated_changes_nothing():
    told = refined(("slow, piano", "a/x", None), prompt="a sad cello by the sea")
    assert (told.prompt, told.model) == ("a sad cello by the sea", None)
    assert "no take has been rated" in told.why
