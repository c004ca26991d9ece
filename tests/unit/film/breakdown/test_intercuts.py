"""INTERCUT is obeyed: shots alternate between two places, everyone where they were established."""

import pytest

from reelwright.film.breakdown.intercuts import read_intercut
from reelwright.film.breakdown.model import Angle, Breakdown, Scene, ShotKind
from reelwright.studio.direction import Director
from support.scripts import breakdown

KITCHEN = "INT. KITCHEN - NIGHT", "", "MARA (30s) picks up the phone.", "", "MARA", "Tomas?", ""
HARBOUR = "EXT. HARBOUR - DAY", "", "Snow. TOMAS (40s) stands in a phone box.", ""
CALL = "MARA", "Where are you?", "", "TOMAS", "At the harbour.", "", "MARA", "Alone?", ""


def places(film: Breakdown, scene: Scene) -> list[tuple[str, str]]:
    """Who is seen where, shot by shot: the location, and the people."""
    where = {one.id: one.location for one in film.scenes}
    return [(where[shot.place or scene.id], " ".join(shot.characters)) for shot in scene.shots]


def after(film: Breakdown) -> list[tuple[str, str]]:
    """The places of the last scene's shots from its first line on."""
    scene = film.scenes[-1]
    first = next(n for n, shot in enumerate(scene.shots) if shot.dialogue)
    return places(film, scene)[first:]


ALTERNATING = [("KITCHEN", "MARA"), ("HARBOUR", "TOMAS"), ("KITCHEN", "MARA")]


@pytest.mark.parametrize(
    "order", ["INTERCUT", "INTERCUT - PHONE CALL", "> INTERCUT:", "INTERCUT BETWEEN MARA AND TOMAS",
              "INTERCUT KITCHEN / HARBOUR", "We INTERCUT between the two as they speak."],
)  # fmt: skip
def test_an_intercut_goes_back_and_forth_between_the_last_two_places(order):
    assert after(breakdown(*KITCHEN, *HARBOUR, order, "", *CALL)) == ALTERNATING


@pytest.mark.parametrize(
    "script",
    [
        (*KITCHEN, "INTERCUT WITH:", "", *HARBOUR, *CALL),
        (*KITCHEN, "> INTERCUT WITH:", "", *HARBOUR, *CALL),
        (*KITCHEN, "EXT. HARBOUR - DAY (INTERCUT)", "", *HARBOUR[2:], *CALL),
        (*KITCHEN, *HARBOUR, ".INTERCUT KITCHEN / HARBOUR", "", *CALL),
        (*KITCHEN, *HARBOUR, "INT. CELLAR - DAY", "", "Rats.", "", "INTERCUT KITCHEN AND HARBOUR", "", *CALL),
    ],
)  # fmt: skip
def test_an_intercut_may_stand_before_a_heading_or_in_it_and_may_name_its_places(script):
    film = breakdown(*script)
    assert [where for where in after(film) if where[1]] == ALTERNATING


def test_an_intercut_shows_one_place_at_a_time_and_facings_stay_opposite():
    film = breakdown(*KITCHEN, *HARBOUR, "INTERCUT", "", *CALL, "They both smile.", "")
    cut = [shot for shot in film.scenes[-1].shots if shot.dialogue]
    assert all(len(shot.in_frame) == 1 and shot.angle is not Angle.OVER_SHOULDER for shot in cut)
    facings = {shot.characters[0]: shot.in_frame[0].facing for shot in cut}
    assert sorted(facings.values()) == [-1, 1]
    assert len(film.scenes[-1].shots[-1].in_frame) == 1


def test_who_speaks_to_the_other_place_has_nobody_at_their_side_over_the_shoulder():
    film = breakdown(*KITCHEN, *HARBOUR, "JUNE (20s) comes in.", "", "INTERCUT", "", *CALL[3:])  # fmt: skip
    assert after(film) == ALTERNATING[1:]


def test_a_place_without_people_is_the_one_it_names():
    film = breakdown(*KITCHEN, *HARBOUR, "INTERCUT", "", *CALL, "The kitchen clock stops.", "")
    assert places(film, film.scenes[-1])[-1][0] == "KITCHEN"


def test_an_intercut_ends():
    film = breakdown(*KITCHEN, *HARBOUR, "INTERCUT", "", *CALL, "END INTERCUT", "", "They leave.", "")  # fmt: skip
    assert places(film, film.scenes[-1])[-1] == ("HARBOUR", "TOMAS")


def test_an_order_to_intercut_is_no_shot_and_no_cue():
    film = breakdown(*KITCHEN, *HARBOUR, "INTERCUT - PHONE CALL", "Wind on both ends.", "", *CALL)
    assert [one.name for one in film.characters] == ["MARA", "TOMAS"]
    assert "INTERCUT" not in " ".join(shot.action for shot in film.scenes[-1].shots)
    assert any("Wind" in shot.action for shot in film.scenes[-1].shots)


def test_somebody_heard_in_the_other_place_is_listened_to():
    film = breakdown(*KITCHEN, *HARBOUR, "INTERCUT", "", *CALL, "MARA (ON PHONE)", "Well?", "")
    assert places(film, film.scenes[-1])[-1] == ("HARBOUR", "TOMAS")
    assert film.scenes[-1].shots[-1].kind is ShotKind.DIALOGUE


def test_who_was_only_heard_is_in_the_place_before():
    empty = "INT. KITCHEN - NIGHT", "", "A phone rings and rings.", ""
    film = breakdown(*empty, *HARBOUR, "MARA (V.O.)", "Hello?", "", "INTERCUT", "", *CALL)
    assert after(film)[1:] == ALTERNATING


def test_an_intercut_without_another_place_changes_nothing():
    lines = *HARBOUR, *CALL
    plain = breakdown(*lines).scenes[0].shots
    cut = breakdown(*lines[:4], "INTERCUT", "", *lines[4:]).scenes[0].shots
    assert [(one.place, one.characters) for one in cut] == [("", one.characters) for one in plain]


def test_a_picture_shows_the_place_with_its_own_light_and_weather():
    film = breakdown(*KITCHEN, *HARBOUR, "INTERCUT", "", *CALL)
    kitchen, harbour = film.scenes
    director = Director(film, 320, 180)
    mara, tomas = [director.picture(harbour, shot) for shot in harbour.shots if shot.dialogue][:2]
    for picture, scene in ((mara, kitchen), (tomas, harbour)):
        place = picture.place
        assert (place.heading, place.location) == (scene.heading, scene.location)
        assert (place.time_of_day, place.weather) == (scene.time_of_day, scene.weather)
    assert mara.place.weather is not tomas.place.weather


@pytest.mark.parametrize("text", ["An intercut.", "The INTERCUT begins.", "INTERCUTTER ONE"])
def test_words_that_only_sound_like_an_intercut_are_none(text):
    assert read_intercut(text) is None
