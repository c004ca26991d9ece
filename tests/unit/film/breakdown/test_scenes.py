"""What a scene is made of: time, weather, mood, length, transitions, places."""

import pytest

from reelwright.film.breakdown.model import Setting, ShotKind, TimeOfDay, Weather
from support.scripts import breakdown, only_scene, shots


def test_time_and_weather_go_on_through_continuous_scenes():
    film = breakdown(
        "EXT. CLIFF - NIGHT", "", "Rain beats down.", "",
        "INT. LIGHTHOUSE - CONTINUOUS", "", "A lamp.", "",
        "INT. STAIRS - MOMENTS LATER", "", "Steps.", "",
        "EXT. HARBOUR - DAY", "", "Boats.", "",
    )  # fmt: skip
    assert [scene.time_of_day for scene in film.scenes] == [*[TimeOfDay.NIGHT] * 3, TimeOfDay.DAY]
    assert [scene.weather for scene in film.scenes] == [*[Weather.RAIN] * 3, Weather.CLEAR]


def test_a_heading_without_inside_or_outside_goes_on_in_time():
    film = breakdown("EXT. CLIFF - NIGHT", "", "Wind.", "", ".BACK INSIDE", "", "A lamp.", "")
    assert film.scenes[1].time_of_day is TimeOfDay.NIGHT


@pytest.mark.parametrize(
    ("words", "weather"),
    [
        ("Snow falls on the roofs.", Weather.SNOW),
        ("Fog hides the ships.", Weather.FOG),
        ("Thunder. A flash.", Weather.STORM),
        ("A leaden, overcast morning.", Weather.CLOUD),
        ("He storms out.", Weather.CLEAR),
    ],
)
def test_weather_is_read_from_words(words, weather):
    assert only_scene("EXT. ROAD - DAY", "", words).weather is weather


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("They laugh and dance at the wedding.", "joyful"),
        ("She weeps at the grave, alone.", "sad"),
        ("He runs. The car explodes. They leap aside.", "action"),
        ("A table. A chair.", "neutral"),
    ],
)
def test_mood_is_read_from_what_happens(words, mood):
    assert only_scene("EXT. ROAD - DAY", "", words).mood == mood


def test_what_is_said_does_not_change_the_mood():
    scene = only_scene("INT. BAR - DAY", "", "A table.", "", "MARA", "Laugh! Dance! Joy! Party!")
    assert scene.mood == "neutral"


def test_numbers_are_the_scripts_own_or_count_up():
    film = breakdown("INT. A - DAY", "", "One.", "", "INT. B - DAY #12A#", "", "Two.", "")
    assert [scene.number for scene in film.scenes] == ["1", "12A"]
    assert [shot.number for shot in shots(film)] == ["1A", "12A-A"]


def test_shot_numbers_go_on_after_z():
    lines = [line for at in range(30) for line in (f"JUNE\nLine {at}.\n\nTOMAS\nYes {at}.\n").split("\n")]  # fmt: skip
    numbers = [shot.number for shot in only_scene("INT. A - DAY", "", *lines).shots]
    assert numbers[25:28] == ["1Z", "1AA", "1AB"]


def test_a_script_of_full_pages_is_measured_in_pages():
    page = [line for at in range(18) for line in (f"A line of action number {at} that fits.", "", "")]  # fmt: skip
    film = breakdown("INT. A - DAY", "", *page)
    assert film.pages == pytest.approx(39 / 55, abs=0.03)
    assert film.scenes[0].page_eighths == round(film.pages * 8)


def test_transitions_belong_to_the_shot_that_follows():
    film = breakdown(
        "FADE IN:", "", "INT. A - DAY", "", "Dust.", "", "DISSOLVE TO:", "",
        "INT. B - DAY", "", "Light.", "", "SMASH CUT TO:", "", "INT. C - DAY", "", "Noise.", "",
        "FADE OUT.", "", "INT. D - DAY", "", "Nothing.", "",
    )  # fmt: skip
    joints = [(shot.transition.kind, shot.transition.text) for shot in shots(film)]
    assert joints == [
        ("fade_in", "FADE IN:"),
        ("dissolve", "DISSOLVE TO:"),
        ("cut", "SMASH CUT TO:"),
        ("fade_out", "FADE OUT."),
    ]


def test_centred_text_is_a_card():
    shot = only_scene("INT. A - DAY", "", "Dust.", "", "> PART TWO <", "").shots[-1]
    assert (shot.kind, shot.action) == (ShotKind.TITLE, "PART TWO")


@pytest.mark.parametrize("words", ["THE END", "_**The End**_", "END"])
def test_the_end_is_left_to_the_films_own_card(words):
    film = breakdown("EXT. SEA - DAY", "", "Waves.", "", ">FADE OUT.", "", f"> {words} <", "")
    assert [shot.action for shot in shots(film)] == ["Waves."]


def test_a_title_without_words_is_no_card():
    film = breakdown("EXT. SEA - DAY", "", "Waves.", "", "MAIN TITLE:", "", "> BIG SEA <", "", "A gull.", "")  # fmt: skip
    assert [shot.action for shot in shots(film)] == ["Waves.", "BIG SEA", "A gull."]


def test_an_end_before_the_end_is_a_card():
    film = breakdown("EXT. SEA - DAY", "", "Waves.", "", "> THE END <", "", "A gull.", "")
    assert [shot.action for shot in shots(film)] == ["Waves.", "THE END", "A gull."]


def test_the_title_page_is_read_without_emphasis_marks():
    film = breakdown("Title:", "\t_**THE KEEPER**_", "\t*of Storms*", "Author: **Ann Bee**", "", "Waves.")  # fmt: skip
    assert (film.title, film.author) == ("THE KEEPER of Storms", "Ann Bee")


def test_silence_is_kept_for_the_score():
    quiet, loud = only_scene("INT. A - DAY", "", "Silence falls over the whole long room and stays.", "", "A drum.").shots  # fmt: skip
    assert (quiet.silent, loud.silent) == (True, False)


def test_a_script_without_scenes_is_one_scene_with_a_warning():
    film = breakdown("A man walks along the sea.", "", "MARA", "Where to?", "")
    (scene,) = film.scenes
    assert scene.location == "SOMEWHERE"
    assert [one.text for shot in scene.shots for one in shot.dialogue] == ["Where to?"]
    assert "scene heading" in film.warnings[0]


def test_an_empty_scene_still_has_a_shot():
    film = breakdown("INT. A - DAY", "", "INT. B - DAY", "", "Dust.")
    assert [len(scene.shots) for scene in film.scenes] == [1, 1]


def test_places_are_merged_across_headings():
    film = breakdown(
        "INT. LIGHTHOUSE - LAMP ROOM - NIGHT", "", "A.", "",
        "INT. LIGHTHOUSE LAMP ROOM - DAY", "", "B.", "",
        "INT. MARA'S KITCHEN - DAY", "", "C.", "",
        "EXT. MARA’S KITCHEN - DAY", "", "D.", "",
    )  # fmt: skip
    assert [(place.name, place.setting, len(place.scenes)) for place in film.locations] == [
        ("LIGHTHOUSE - LAMP ROOM", Setting.INT, 2),
        ("MARA'S KITCHEN", Setting.INT_EXT, 2),
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("The sea gives nothing back to you, and that is what it wants.", "en"),
        ("Je ne sais pas ce que vous voulez, mais la mer est dans une colère.", "fr"),
        ("Ich weiß nicht, was das ist, und die Tür ist nicht mit dem Schlüssel zu öffnen.", "de"),
        ("¿Qué hace el perro con los zapatos del abuelo y por qué está en las escaleras?", "es"),
        ("私は海に行きたいです。", "ja"),
        ("我们明天去海边。", "zh"),
        ("Я не знаю, что это такое.", "ru"),
    ],
)
def test_the_language_is_guessed(said, code):
    assert breakdown("INT. A - DAY", "", "@Mara", said, "").language == code
