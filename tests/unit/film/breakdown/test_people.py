"""Who is in the film, and who is in frame."""

import pytest

from reelwright.film.breakdown.model import ShotKind
from reelwright.film.breakdown.people import introductions
from reelwright.film.breakdown.roster import Roster
from support.scripts import breakdown, only_scene, shots

BAR = ["INT. BAR - NIGHT", "", "MARA and TOMAS sit at a table.", ""]
CUES = ["MARA", "Well.", "", "TOMAS", "Well what?", ""]


def names(film):
    return {one.name: one for one in film.characters}


def test_extensions_are_aliases_of_one_character():
    film = breakdown(*BAR, "MARA (V.O.)", "One two.", "", "MARA (CONT'D)", "Three.", "", "MARA", "Four.", "")  # fmt: skip
    mara = names(film)["MARA"]
    assert (mara.lines, mara.words) == (3, 4)
    assert mara.aliases[0] == "MARA (V.O.)"


def test_young_john_is_somebody_else():
    film = breakdown("INT. A - DAY", "", "JOHN", "Yes.", "", "YOUNG JOHN", "No.", "")
    assert {"JOHN", "YOUNG JOHN"} <= names(film).keys()


def test_a_voice_is_its_owners():
    film = breakdown("INT. A - DAY", "", "MARA'S VOICE", "Hello?", "", "TOMAS", "Mara?", "")
    assert set(names(film)) == {"MARA", "TOMAS"}
    assert all("MARA" not in shot.characters for shot in shots(film) if shot.dialogue and shot.dialogue[0].character == "MARA")  # fmt: skip


def test_people_who_speak_together_are_both_in_frame():
    shot = only_scene(*BAR, *CUES, "MARA & TOMAS", "Together!", "").shots[-1]
    assert set(shot.characters) == {"MARA", "TOMAS"}
    assert shot.dialogue[0].character == "MARA & TOMAS"


def test_all_are_those_who_are_there():
    shot = only_scene(*BAR, *CUES, "ALL", "Cheers!", "").shots[-1]
    assert set(shot.characters) == {"MARA", "TOMAS"}


def test_dual_speeches_share_a_shot():
    shot = only_scene(*BAR, *CUES, "MARA", "Yes.", "", "TOMAS ^", "No.", "").shots[-1]
    assert [one.text for one in shot.dialogue] == ["Yes.", "No."]
    assert set(shot.characters) == {"MARA", "TOMAS"}


def test_a_voice_over_is_not_in_frame():
    shot = only_scene(*BAR, *CUES, "MARA (V.O.)", "I knew.", "").shots[-1]
    assert shot.kind is ShotKind.DIALOGUE
    assert "MARA" not in shot.characters


def test_a_crowd_that_speaks_is_a_crowd():
    shot = only_scene(*BAR, *CUES, "THE CROWD", "Hurrah!", "").shots[-1]
    assert shot.in_frame == ()
    assert shot.crowd > 0


def test_somebody_who_never_speaks_is_in_the_cast():
    film = breakdown(*BAR, "THE KEEPER (70s), bearded, wipes a glass. A POLICE OFFICER waits.", "", *CUES)  # fmt: skip
    keeper = names(film)["KEEPER"]
    assert (keeper.lines, keeper.look.age, keeper.look.beard) == (0, "old", "full")
    assert "POLICE OFFICER" in names(film)


def test_a_pronoun_means_who_was_named_last():
    scene = only_scene(*BAR, *CUES, "Tomas drinks.", "", "He puts the glass down with great care and looks away.", "")  # fmt: skip
    assert scene.shots[-1].characters[0] == "TOMAS"


def test_who_leaves_is_gone():
    scene = only_scene(*BAR, *CUES, "Mara walks out.", "", "ALL", "Cheers!", "")
    assert scene.shots[-1].characters == ("TOMAS",)


def test_a_seated_person_stays_seated():
    scene = only_scene(*BAR, *CUES)
    assert {one.acting.pose for shot in scene.shots for one in shot.in_frame} == {"sit"}


@pytest.mark.parametrize(
    ("heading", "pose"),
    [
        ("INT. TAXI - NIGHT", "sit"),
        ("INT. TRAIN STATION - DAY", "stand"),
        ("EXT. BUS - DAY", "stand"),
    ],
)
def test_people_in_a_car_sit(heading, pose):
    (first, *_) = only_scene(heading, "", *CUES).shots
    assert {one.acting.pose for one in first.in_frame} == {pose}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mara looks at TOMAS.", ["MARA", "TOMAS"]),
        ("Vance says nothing.", ["JUNE VANCE"]),
        ("June says nothing.", ["JUNE VANCE"]),
        ("The mayor smiles.", ["MAYOR OKONKWO"]),
        ("The waiter bows.", ["WAITER"]),
        ("A waiter bows.", []),
        ("Tomasina laughs.", []),
        ("Mara's hand shakes.", ["MARA"]),
        ("Tomas drives Mara's car.", ["TOMAS"]),
        ("His father nods.", []),
        ("Father nods.", ["FATHER"]),
        ("Will you come, MARA?", ["MARA"]),
        ("Will goes.", ["WILL"]),
    ],
)
def test_names_are_found_in_action(text, found):
    cast = Roster(["MARA", "TOMAS", "JUNE VANCE", "WAITER", "FATHER", "WILL", "MAYOR OKONKWO"])
    assert list(cast.names_in(text)) == found


def test_things_and_sounds_in_capitals_are_no_people():
    text = "A RED PHONE rings. A DOG BARKS. MARA (30s) enters with an OLD MAN and DETECTIVE COLE, 45."  # fmt: skip
    assert list(introductions(text)) == ["MARA", "OLD MAN", "DETECTIVE COLE"]
