"""What models are told of a picture is what the script and its breakdown say, in plain words."""

from reelwright.film.looks import CHOICES, Look
from reelwright.providers.drawings import ScoreRequest
from reelwright.studio.commissions.prompting import (
    action_of,
    look_words,
    motion_words,
    score_words,
    still_words,
)
from reelwright.studio.direction import Director
from support.scripts import breakdown

FILM = breakdown(
    "EXT. PIER - DUSK", "", "Fog. MARA (30s) waits with a suitcase.", "", "MARA", "(whispering)",
    "Nobody is coming.", "",
)  # fmt: skip


def pictures():
    director = Director(FILM, 640, 360)
    return [director.picture(scene, shot) for scene in FILM.scenes for shot in scene.shots]


def test_a_still_is_told_by_framing_place_light_and_people():
    words = " ".join(still_words(one) for one in pictures())
    for told in (
        "Still from a feature film.",
        "24 mm lens",
        "Place: Pier, exterior, dusk, fog",
        "MARA, a ",
    ):
        assert told in words
    assert "waits with a suitcase" in words


def test_a_character_looks_the_same_in_every_shot():
    mara = next(one.look for one in FILM.characters if one.name == "MARA")
    shown = [one for one in pictures() if any(f.name == "MARA" for f in one.figures)]
    assert shown
    assert all(f"MARA, {look_words(mara)}" in still_words(one) for one in shown)


def test_every_look_can_be_told():
    for name, words in CHOICES.items():
        for word in words:
            told = look_words(Look(**{name: word}))
            assert "none" not in told.split()
            assert "_" not in told


def test_who_only_speaks_does_nothing_else():
    spoken = [one for one in pictures() if action_of(one) == ""]
    assert spoken
    for one in spoken:
        words = motion_words(one, [action_of(one)])
        assert "MARA speaking, lips and face moving naturally." in words


def test_a_take_that_serves_several_shots_is_told_in_order():
    words = motion_words(pictures()[0], ["She waits", "She turns"])
    assert words.index("First: She waits") < words.index("Then: She turns")


def test_music_is_told_in_few_words():
    told = score_words(ScoreRequest("tense", 40.0, 0.9))
    assert "tense" in told
    assert "brisk" in told
    assert len(told) <= 300, "some models take no more"
