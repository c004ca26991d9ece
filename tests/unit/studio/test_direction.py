"""The director asks for the same thing whatever happens elsewhere in the script."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.breakdown.model import Weather
from reelwright.studio.direction import Director, place_of
from support.scripts import CALM, breakdown, scripts, written

LINES = (
    "EXT. HARBOUR - DAY", "", "MARA (30s) mends a net.", "",
    "MARA", "(whispering)", "Not today.", "",
    "INT. KITCHEN - NIGHT", "", "Josef pours tea. Mara sits down.", "",
    "JOSEF", "Say when.",
)  # fmt: skip


def _pictures(film, width=320, height=180):
    director = Director(film, width, height)
    return {shot.id: director.picture(scene, shot) for scene in film.scenes for shot in scene.shots}


def test_another_line_in_another_scene_changes_no_picture():
    film = breakdown(*LINES)
    before = _pictures(film)
    after = _pictures(breakdown(*LINES[:-1], "Say when, and I shall stop."))
    untouched = [shot.id for shot in film.scenes[0].shots]
    assert [before[shot] for shot in untouched] == [after[shot] for shot in untouched]


@CALM
@given(scripts(least=2), st.data())
def test_dropping_a_shot_leaves_the_pictures_of_all_others(parts, data):
    film = written(parts)
    scene = data.draw(st.sampled_from(film.scenes))
    gone = data.draw(st.sampled_from(scene.shots))
    shorter = replace(scene, shots=tuple(shot for shot in scene.shots if shot is not gone))
    scenes = tuple(shorter if one is scene else one for one in film.scenes)
    before, after = _pictures(film), _pictures(replace(film, scenes=scenes))
    assert before | after == before


def test_a_scenes_weather_changes_that_scene_alone():
    film = breakdown(*LINES)
    wet = replace(film.scenes[0], weather=Weather.RAIN)
    before = _pictures(film)
    after = _pictures(replace(film, scenes=(wet, *film.scenes[1:])))
    changed = {shot for shot in before if before[shot] != after[shot]}
    assert changed == {shot.id for shot in wet.shots}


@pytest.mark.parametrize(
    ("cue", "parenthetical", "expected"),
    [
        ("MARA", "(whispering)", ("whisper", "direct", "open")),
        ("MARA", "(shouting)", ("shout", "direct", "open")),
        ("MARA (V.O.)", "(sadly)", ("sad", "voice_over", "dry")),
        ("MARA (O.S.)", "(to the boy)", ("normal", "off_screen", "open")),
        ("MARA (ON PHONE)", "(quickly)", ("fast", "phone", "open")),
        ("MARA (ON RADIO)", "(angry)", ("angry", "radio", "open")),
    ],
)
def test_cue_and_parenthetical_say_how_a_speech_sounds(cue, parenthetical, expected):
    film = breakdown("EXT. HARBOUR - DAY", "", "Rain.", "", cue, parenthetical, "Not today.")
    scene = film.scenes[0]
    (speech,) = [speech for shot in scene.shots for speech in shot.dialogue]
    asked = Director(film, 320, 180).voice(scene, speech)
    assert (asked.delivery, asked.channel, asked.room) == expected
    assert asked.text == "Not today."


def test_words_of_the_action_count_only_where_the_heading_names_no_place():
    named = breakdown("INT. KITCHEN - DAY", "", "A boat in a bottle, a castle of cards.").scenes[0]
    silent = breakdown("INT. MARA'S - DAY", "", "A kitchen with a view of the harbour.").scenes[0]
    assert place_of(named).words == ()
    assert "kitchen" in place_of(silent).words


def test_named_sounds_are_heard_in_the_shot_that_names_them():
    film = breakdown("INT. HALL - DAY", "", "A BELL RINGS.", "", "MARA", "Come in.")
    scene = film.scenes[0]
    starts = {shot.id: 10.0 * n for n, shot in enumerate(scene.shots)}
    cues = Director(film, 320, 180).ambience(scene, 60.0, starts).cues
    loud = next(shot for shot in scene.shots if shot.sounds)
    assert cues
    assert all(starts[loud.id] < cue.at_s < starts[loud.id] + 10 for cue in cues)


def test_a_card_within_the_film_shows_its_words():
    film = breakdown("EXT. SEA - DAY", "", "Waves.", "", "> TEN YEARS LATER <", "", "A gull.", "")
    waves, card, gull = _pictures(film).values()
    assert (waves.lines, card.lines, gull.lines) == ((), ("TEN YEARS LATER",), ())


def test_what_a_place_is_outlives_the_shot_that_says_so():
    film = breakdown("EXT. MIDDLETON - DAY", "", "A harbour wakes.", "", "Up on the stairs, a cat.", "")  # fmt: skip
    (scene,) = film.scenes
    later = replace(scene, shots=scene.shots[1:])
    assert place_of(scene).words == place_of(later).words == ("harbour",)
