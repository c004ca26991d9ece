"""The breakdown as JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.breakdown.script import break_down
from reelwright.film.breakdown.sheet import to_json
from reelwright.film.screenplay.elements import Element, ElementType, Screenplay
from support.scripts import CALM, breakdown, scripts, written

FILM = ["Title: The Keeper", "Author: A. Nobody", "", "INT. BAR - NIGHT", "", "MARA sits.", "", "MARA", "Well.", ""]  # fmt: skip
SCENE = {"id", "number", "heading", "setting", "location", "time_of_day", "page_eighths",
         "duration_s", "characters", "props", "shots"}  # fmt: skip
SHOT = {"id", "number", "size", "angle", "move", "duration_s", "characters", "action", "dialogue"}


def test_the_sheet_has_every_key():
    sheet = to_json(breakdown(*FILM))
    assert {"title", "author", "logline", "pages", "duration_s", "scenes", "characters", "locations"} <= sheet.keys()  # fmt: skip
    (scene,) = sheet["scenes"]
    assert scene.keys() >= SCENE
    assert all(shot.keys() >= SHOT for shot in scene["shots"])
    (mara,) = sheet["characters"]
    assert {key: mara[key] for key in ("name", "lines", "words", "scenes")} == {
        "name": "MARA", "lines": 1, "words": 1, "scenes": [scene["id"]],
    }  # fmt: skip
    assert sheet["locations"] == [{"name": "BAR", "setting": "INT", "scenes": [scene["id"]]}]
    assert (sheet["title"], sheet["author"], sheet["logline"]) == ("The Keeper", "A. Nobody", None)
    assert json.loads(json.dumps(sheet)) == sheet


def test_a_speech_stands_whole_where_it_begins():
    text = "First sentence of   many. " * 30 + "The *last* one\nin two lines."
    sheet = to_json(break_down(script(text)))
    said = [one for shot in sheet["scenes"][0]["shots"] for one in shot["dialogue"]]
    assert said == [{"character": "MARA", "text": text}]


def script(text: str) -> Screenplay:
    return Screenplay(
        (
            Element(ElementType.SCENE_HEADING, "INT. A - DAY", 1),
            Element(ElementType.CHARACTER, "MARA", 3, name="MARA"),
            Element(ElementType.DIALOGUE, text, 4),
        )
    )


@CALM
@given(scripts())
def test_every_speech_comes_through_byte_for_byte(parts):
    wanted = [str(beat).partition("\n")[2] for part in parts for beat in part.beats if beat.kind == "speech"]  # fmt: skip
    scenes = to_json(written(parts))["scenes"]
    said = [one["text"] for scene in scenes for shot in scene["shots"] for one in shot["dialogue"]]
    assert said == wanted


@CALM
@given(
    st.lists(st.builds(Element, st.sampled_from(ElementType), st.text(max_size=60)), max_size=25)
)
def test_any_elements_can_be_broken_down(elements):
    film = break_down(Screenplay(tuple(elements)))
    assert film.scenes
    assert all(scene.shots for scene in film.scenes)
    cast = {one.name for one in film.characters}
    for scene in film.scenes:
        for shot in scene.shots:
            assert {speech.character for speech in shot.dialogue} <= cast
            assert set(shot.characters) <= cast
    json.dumps(to_json(film))


def test_the_logline_is_the_scripts_own():
    assert breakdown("Title: A", "Logline: A keeper lies.", "", "INT. A - DAY", "", "Dust.").logline == "A keeper lies."  # fmt: skip
