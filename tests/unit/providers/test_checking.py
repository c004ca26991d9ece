"""What a model's row rules out is refused with the field that is wrong."""

from decimal import Decimal

import pytest

from reelwright.providers.catalogue import Limits, Model
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.measuring import expected
from reelwright.providers.operations import Operation
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import SearchRequest, SoundEffectRequest, SpeechRequest

SOUNDS = Model(
    "v/sounds", Operation.SOUND_EFFECT, "1", "Sounds", limits=Limits(seconds=(0.5, 30), any_length=True)
)  # fmt: skip
SEARCH = Model("v/search", Operation.SEARCH_IMAGES, "1", "Search", limits=Limits(prompt=9, count=5))


@pytest.mark.parametrize(
    ("model", "request_", "field"),
    [
        (SOUNDS, SoundEffectRequest("rain", 31), "seconds"),
        (SEARCH, SearchRequest("  "), "query"),
        (SEARCH, SearchRequest("a long pier", 5), "query"),
        (SEARCH, SearchRequest("a pier", 6), "count"),
        (SEARCH, SearchRequest("a pier", 0), "count"),
    ],
)
def test_what_a_row_rules_out_is_refused(model, request_, field):
    with pytest.raises(UnsupportedError) as caught:
        refuse_unsupported(model, request_)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("model", "request_"),
    [
        (SOUNDS, SoundEffectRequest("rain")),
        (SOUNDS, SoundEffectRequest("rain", 0.2)),
        (SOUNDS, SoundEffectRequest("rain", 30)),
        (SEARCH, SearchRequest("a pier", 5)),
    ],
)
def test_what_a_row_allows_passes(model, request_):
    refuse_unsupported(model, request_)


def test_a_sound_shorter_than_the_model_makes_is_reckoned_as_the_shortest():
    least, most = expected(SOUNDS, SoundEffectRequest("a click", 0.2))
    assert least[Unit.SECOND] == most[Unit.SECOND] == Decimal("0.5")


def test_directions_may_be_counted_with_the_words():
    speech = Model("v/speech", Operation.SPEECH, "1", "Speech")
    least, most = expected(speech, SpeechRequest("Come in.", directions="softly"))
    assert (least[Unit.CHARACTER], most[Unit.CHARACTER]) == (8, 8 + len("[softly] "))
