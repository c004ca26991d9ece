"""What a request leaves open, a model fills with the nearest of what it has."""

from pathlib import Path

import pytest

from reelwright.film.voices import VoiceTraits
from reelwright.providers.catalogue import Limits, Model
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.fitting import fitted
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Media, SpeechRequest, VideoRequest

STILL = Media(Path("still.jpg"), "image/jpeg", "0" * 64)


def model(operation=Operation.IMAGE_TO_VIDEO, **limits):
    return Model("x/one", operation, "1", "One", limits=Limits(**limits))


def shot(seconds=3.2, **more):
    return VideoRequest("she turns", seconds, first=STILL, nearest=True, **more)


def test_a_shot_gets_the_shortest_length_that_is_not_shorter():
    choosy = model(seconds=(4, 6, 8))
    assert [fitted(choosy, shot(one)).seconds for one in (0.5, 4, 4.1, 8)] == [4, 4, 6, 8]


def test_a_shot_longer_than_all_lengths_is_refused_as_it_was_asked_for():
    longest = model(seconds=(4, 6, 8))
    with pytest.raises(UnsupportedError, match=r"not of 8\.5 s"):
        refuse_unsupported(longest, fitted(longest, shot(8.5)))


def test_a_shot_gets_the_frame_that_is_least_unlike():
    known = model(aspects=("16:9", "9:16", "1:1"))
    assert fitted(known, shot(aspect="239:100")).aspect == "16:9"
    assert fitted(known, shot(aspect="4:5")).aspect == "1:1"


@pytest.mark.parametrize(
    ("wished", "made"), [("480p", "720p"), ("720p", "720p"), ("900p", "1080p"), ("4k", "1080p")]
)
def test_a_shot_is_not_less_sharp_than_wished_where_that_can_be(wished, made):
    known = model(resolutions=("720p", "1080p"))
    assert fitted(known, shot(resolution=wished)).resolution == made


def test_a_shot_that_leaves_nothing_open_is_asked_as_it_is():
    exact = VideoRequest("she turns", 3.2, first=STILL)
    assert fitted(model(seconds=(4, 6)), exact) is exact


def test_a_voice_is_cast_by_sex_and_pitch_and_stays_the_same():
    speaker = model(Operation.SPEECH, men=("low", "mid", "high"), women=("alto", "soprano"))

    def cast(**traits):
        return fitted(speaker, SpeechRequest("No.", traits=VoiceTraits(**traits))).voice

    assert cast(pitch=0.0) == "low"
    assert cast(pitch=1.0) == "high"
    assert cast(sex="woman", pitch=1.0) == "soprano"
    assert cast(pitch=0.0, timbre=1) == "mid", "two of one pitch are told apart"
    assert fitted(speaker, SpeechRequest("No.", traits=VoiceTraits())).traits is None


def test_who_names_a_voice_gets_it_and_a_model_without_a_list_chooses_itself():
    speaker = model(Operation.SPEECH, men=("low",))
    named = SpeechRequest("No.", voice="mine", traits=VoiceTraits())
    assert fitted(speaker, named).voice == "mine"
    assert fitted(model(Operation.SPEECH), SpeechRequest("No.", traits=VoiceTraits())).voice is None
