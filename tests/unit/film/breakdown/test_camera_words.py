"""Camera words in the script are orders."""

import pytest

from reelwright.film.breakdown.camera_words import is_camera_line, read_order
from reelwright.film.breakdown.model import Angle, Move, ShotKind, Size
from support.scripts import only_scene

CUES = ["MARA", "Well.", "", "TOMAS", "Well what?", ""]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("CLOSE ON the key.", "size", Size.CLOSE),
        ("CLOSE-UP: her eyes.", "size", Size.CLOSE),
        ("EXTREME CLOSE UP of an eye.", "size", Size.EXTREME_CLOSE),
        ("INSERT - THE LETTER", "size", Size.INSERT),
        ("WIDE SHOT of the valley.", "size", Size.WIDE),
        ("ESTABLISHING SHOT. The town.", "kind", ShotKind.ESTABLISH),
        ("AERIAL SHOT of the coast.", "size", Size.EXTREME_WIDE),
        ("MEDIUM SHOT on Mara.", "size", Size.MEDIUM),
        ("TWO SHOT of Mara and Tomas.", "pair", True),
        ("POV: the street below.", "angle", Angle.POV),
        ("MARA'S POV - the street.", "whose", "MARA"),
        ("OVER THE SHOULDER on Mara.", "angle", Angle.OVER_SHOULDER),
        ("OVER TOMAS'S SHOULDER: Mara.", "angle", Angle.OVER_SHOULDER),
        ("LOW ANGLE on the tower.", "angle", Angle.LOW),
        ("HIGH ANGLE: the maze.", "angle", Angle.HIGH),
        ("OVERHEAD on the bed.", "angle", Angle.OVERHEAD),
        ("DUTCH ANGLE. The corridor.", "angle", Angle.DUTCH),
        ("TRACKING SHOT along the fence.", "move", Move.TRACK_RIGHT),
        ("DOLLY IN on Mara.", "move", Move.PUSH_IN),
        ("PAN LEFT to the door.", "move", Move.PAN_LEFT),
        ("We PAN across the room.", "move", Move.PAN_RIGHT),
        ("TILT DOWN to her hands.", "move", Move.TILT_DOWN),
        ("CRANE UP over the roofs.", "move", Move.CRANE_UP),
        ("HANDHELD. She runs.", "move", Move.HANDHELD),
        ("ZOOM OUT from the clock.", "move", Move.PULL_OUT),
        ("The camera slowly pulls back from the house.", "move", Move.PULL_OUT),
        ("We push in on her face.", "move", Move.PUSH_IN),
        ("ANGLE ON the door.", "kind", ShotKind.ACTION),
        ("REVERSE ANGLE on Tomas.", "kind", ShotKind.ACTION),
    ],
)
def test_camera_words_are_read(text, field, value):
    assert getattr(read_order(text), field) == value


@pytest.mark.parametrize(
    "text",
    [
        "She washes the frying pan.",
        "The close friends hug.",
        "He tilts his head.",
        "A wide street.",
        "Mara reads the insert in the paper.",
        "They pull back the curtain.",
        "MARA CLOSES THE DOOR.",
    ],
)
def test_words_that_only_sound_like_camera_words_are_none(text):
    assert not read_order(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("CLOSE ON THE KEY", True),
        ("MARA'S POV", True),
        ("BACK ON TOMAS", True),
        ("ON MARA AND TOMAS", True),
        ("CLOSE THE DOOR, MARA", False),
        ("Close on the key", False),
        ("MARA", False),
    ],
)
def test_a_line_can_be_about_the_camera_alone(text, line):
    assert is_camera_line(text) is line


def test_a_camera_line_asks_for_the_paragraph_after_it():
    scene = only_scene("INT. A - DAY", "", "Dust everywhere.", "", "CLOSE ON THE KEY", "", "It is made of brass.", "")  # fmt: skip
    shot = scene.shots[-1]
    assert (shot.size, shot.props, len(scene.shots)) == (Size.CLOSE, ("keys",), 2)
    assert shot.action == "CLOSE ON THE KEY: It is made of brass."


def test_a_camera_line_over_text_is_no_cue():
    scene = only_scene("INT. A - DAY", "", *CUES, "CLOSE ON THE KEY", "It is made of brass.", "")
    assert scene.speaking == ("MARA", "TOMAS")
    assert scene.shots[-1].size is Size.CLOSE


def test_a_point_of_view_does_not_show_its_owner():
    scene = only_scene("INT. A - DAY", "", *CUES, "MARA'S POV: Tomas walks away from her and from the house.", "")  # fmt: skip
    shot = scene.shots[-1]
    assert (shot.kind, shot.angle, shot.characters) == (ShotKind.POV, Angle.POV, ("TOMAS",))


def test_an_order_that_would_cut_badly_gets_another_angle():
    scene = only_scene("INT. A - DAY", "", *CUES, "CLOSE ON Tomas.", "", "CLOSE ON Tomas.", "")
    one, other = scene.shots[-2:]
    assert (one.size, other.size) == (Size.CLOSE, Size.CLOSE)
    assert one.angle is not other.angle


def test_two_shot_shows_two():
    scene = only_scene("INT. A - DAY", "", *CUES, "TWO SHOT on Mara.", "")
    assert scene.shots[-1].characters == ("MARA", "TOMAS")
