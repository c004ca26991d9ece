"""Who is in the film, and who is in frame."""

import pytest

from reelwright.film.breakdown.model import Angle, ShotKind, Size
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


def test_a_thought_is_heard_over_the_only_one_there():
    film = breakdown("INT. A - DAY", "", "Mara waits.", "", "MARA (V.O.)", "I knew.", "", "MARA (O.S.)", "Who?", "")  # fmt: skip
    thought, voice = [shot for shot in shots(film) if shot.dialogue]
    assert (thought.characters, voice.characters) == (("MARA",), ())
    assert thought.size is not Size.WIDE


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


ENTRANCE = ["INT. BAR - NIGHT", "", "Mara waits.", "", "MARA", "Forgive me.", ""]


@pytest.mark.parametrize(
    "coming",
    ["TOMAS (40s) sits in the dark.", "Tomas comes in.", "The door opens and Tomas stands there."],
)
def test_nobody_is_seen_before_they_come_in(coming):
    scene = only_scene(*ENTRANCE, coming, "", "TOMAS", "Well?", "", "MARA", "Forgive me!", "")
    entered = next(n for n, shot in enumerate(scene.shots) if "omas" in shot.action.casefold())
    assert all("TOMAS" not in shot.characters for shot in scene.shots[:entered])
    assert scene.shots[-1].kind is ShotKind.REACTION
    assert scene.shots[-1].characters == ("TOMAS",)


def test_who_is_named_without_coming_in_was_there():
    scene = only_scene(*ENTRANCE, "Tomas looks up.", "", "TOMAS", "Well?", "")
    assert any("TOMAS" in shot.characters for shot in scene.shots[:3])


def shoulder(*lines: str) -> str:
    """Over whose shoulder the last line of a scene is seen; empty if over nobody's."""
    *_, last = only_scene(*BAR, *CUES, "June comes in.", "", "JUNE", "Hello.", "", *lines).shots
    assert (last.angle is Angle.OVER_SHOULDER) is (len(last.in_frame) == 2)
    return "".join(one.name for one in last.in_frame if one.role == "shoulder")


def test_one_speaks_to_whom_the_script_names_or_who_just_acted():
    assert shoulder("Mara stands up.", "", "MARA", "(to Tomas)", "Now.", "") == "TOMAS"
    assert shoulder("Tomas turns around.", "", "MARA", "Now.", "") == "TOMAS"
    assert shoulder("Mara gives Tomas a coin.", "", "MARA", "Now.", "") == "TOMAS"
    assert shoulder("Mara stands up, Tomas behind her.", "", "MARA", "Now.", "") == "JUNE"


def test_one_speaks_into_a_phone_alone():
    assert shoulder("Mara stands up.", "", "MARA", "(into phone)", "Now.", "") == ""


def test_a_wide_shot_of_the_place_shows_who_is_there_and_not_who_left():
    scene = only_scene(*BAR, *CUES, "Tomas leaves.", "", "Rain on the windows.", "")
    assert scene.shots[-1].size is Size.WIDE
    assert [(one.name, one.role) for one in scene.shots[-1].in_frame] == [("MARA", "other")]


def test_what_is_far_away_is_seen_without_the_people_of_the_scene():
    scene = only_scene(*BAR, *CUES, "Far out, over the sea, a thin black line.", "")
    assert scene.shots[-1].in_frame == ()


def test_a_pronoun_that_is_only_met_by_something_does_nothing():
    scene = only_scene(*BAR, *CUES, "Mara stands up.", "", "A bus pulls away without her.", "")
    assert scene.shots[-1].in_frame[0].acting.gesture == "none"


def test_everyone_does_what_they_do_themselves():
    scene = only_scene(*BAR, *CUES, "Mara stands up.", "", "Mara waits. Tomas runs in.", "")
    assert {one.name: one.acting.pose for one in scene.shots[-1].in_frame}["MARA"] == "stand"


def test_them_are_those_who_are_there():
    scene = only_scene(*BAR, *CUES, "Headlights sweep over them.", "")
    assert set(scene.shots[-1].characters) == {"MARA", "TOMAS"}


def test_who_gets_something_is_in_frame():
    scene = only_scene(*BAR, *CUES, "Mara stands up.", "", "She holds out a CUP.", "")
    assert set(scene.shots[-1].characters) == {"MARA", "TOMAS"}


def test_what_is_given_and_taken_is_one_shot():
    scene = only_scene(*BAR, *CUES, "Mara stands up.", "", "She holds out a CUP. Tomas looks at it, then takes it.", "")  # fmt: skip
    assert "takes" in scene.shots[-1].action
    assert scene.shots[-1].characters == ("MARA", "TOMAS")


@pytest.mark.parametrize(("word", "sex"), [("He", "man"), ("She", "woman")])
def test_a_pronoun_in_the_next_paragraph_tells_the_sex_of_who_acted_alone(word, sex):
    film = breakdown("INT. A - DAY", "", "KIT (20s) sits down.", "", f"{word} opens a book.", "", "KIT", "Hm.", "")  # fmt: skip
    assert names(film)["KIT"].look.sex == sex
