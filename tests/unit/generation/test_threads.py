"""What of a long conversation is said to a model."""

from reelwright.generation.llm.threads import Turn, said
from reelwright.ground.ids import AssetId, MessageId


def turn(role, text, images=()):
    return Turn(MessageId.new(), role, text, tuple(images))


def test_a_short_conversation_is_said_whole_with_what_stands_before_it():
    told = said("Be brief.", [turn("user", "a"), turn("assistant", "b"), turn("user", "c")])
    assert [one["text"] for one in told] == ["Be brief.", "a", "b", "c"]


def test_of_a_long_one_the_newest_turns_are_said_without_gaps_from_a_persons_on():
    long = "x" * 90_000  # 30,000 tokens
    turns = [
        turn("user", "first"),
        turn("assistant", long),
        turn("user", "now"),
        turn("assistant", long),
    ]
    told = said("", [*turns, turn("user", "last")])
    assert [one["text"] for one in told] == ["now", long, "last"]


def test_the_newest_turn_is_said_however_long_it_is():
    assert len(said("", [turn("user", "a"), turn("user", "x" * 900_000)])) == 1


def test_the_newest_pictures_are_shown_and_older_ones_mentioned():
    old = turn("user", "old", [AssetId.new(), AssetId.new()])
    new = turn("user", "new", [AssetId.new() for _ in range(7)])
    first, second = said("", [old, new])
    assert len(second["images"]) == 7
    assert len(first["images"]) == 1
    assert first["text"] == "old\n(1 earlier pictures)"
