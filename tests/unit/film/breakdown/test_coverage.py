"""Film grammar: how shots of a scene cut together."""

from itertools import pairwise, product

import pytest
from hypothesis import given

from reelwright.film.breakdown.framings import (
    STEPS,
    WORLDS,
    Framing,
    Role,
    choose_world,
)
from reelwright.film.breakdown.model import Angle, Move, Shot, ShotKind, Size
from support.scripts import CALM, breakdown, only_scene, scripts, shots, written

TALK = [
    "INT. BAR - NIGHT", "", "MARA and TOMAS sit at a table.", "",
    "MARA", "Where were you?", "", "TOMAS", "At sea.", "", "MARA", "All night?", "",
    "TOMAS", "All my life.", "",
]  # fmt: skip


def subject(shot: Shot) -> str:
    if shot.kind is ShotKind.INSERT:
        return "#" + "".join(shot.props[:1])
    return "".join(one.name for one in shot.in_frame if one.role == "subject")


def differ(one: Shot, other: Shot) -> bool:
    angles = {Angle.EYE if shot.angle is Angle.DUTCH else shot.angle for shot in (one, other)}
    return len(angles) > 1 or abs(STEPS[one.size] - STEPS[other.size]) >= 2


@CALM
@given(scripts())
def test_neighbouring_shots_of_one_subject_differ_clearly(parts):
    for scene in written(parts).scenes:
        for one, other in pairwise(scene.shots):
            assert subject(one) != subject(other) or differ(one, other), (one, other)


@CALM
@given(scripts())
def test_two_people_always_look_at_each_other_the_same_way(parts):
    for scene in written(parts).scenes:
        facings = {}
        for shot in scene.shots:
            if len(shot.in_frame) == 2:
                one, other = sorted(shot.in_frame, key=lambda figure: figure.name)
                assert one.facing == -other.facing
                pair = (one.name, other.name)
                assert facings.setdefault(pair, one.facing) == one.facing


@CALM
@given(scripts())
def test_no_shot_is_shorter_than_a_glance(parts):
    assert all(shot.duration_s >= 1.2 for shot in shots(written(parts)))


@pytest.mark.parametrize("before", Role)
def test_every_role_has_a_framing_that_cuts_with_any_other(before):
    spoken = {Role.REACT, Role.TITLE, Role.SHARED_LINE}
    for seen, role in product(WORLDS[before], set(Role) - spoken):
        framings: tuple[Framing, ...] = seen
        world = choose_world(role, framings)
        assert not any(WORLDS[role][world][0].like(one) for one in framings), (before, role)


def test_a_scene_is_established_wide_then_we_move_in():
    first, *others = only_scene(*TALK).shots
    assert (first.kind, first.size) == (ShotKind.ESTABLISH, Size.WIDE)
    assert all(STEPS[shot.size] >= STEPS[Size.MEDIUM] for shot in others)


def test_shot_and_reverse_shot_keep_to_one_side_of_the_line_in_matching_sizes():
    lines = [shot for shot in only_scene(*TALK).shots if shot.kind is ShotKind.DIALOGUE]
    facings = {(shot.characters[0], shot.in_frame[0].facing) for shot in lines}
    assert len(facings) == 2
    assert sum(facing for _, facing in facings) == 0
    assert len({shot.size for shot in lines}) == 1


def test_a_heated_line_is_seen_closer():
    scene = only_scene(*TALK, "MARA", "(shouting)", "You lied to me!", "")
    line = next(shot for shot in scene.shots if shot.dialogue and "lied" in shot.dialogue[0].text)
    assert line.size is Size.CLOSE


def test_the_line_that_matters_gets_a_reaction():
    scene = only_scene(*TALK, "MARA", "I killed him.", "")
    assert scene.shots[-1].kind is ShotKind.REACTION
    assert scene.shots[-1].characters == ("TOMAS",)


def test_a_named_thing_gets_an_insert():
    puts = "Tomas puts a GUN on the table between the two glasses and waits for her."
    scene = only_scene(*TALK, puts, "")
    insert = scene.shots[-1]
    assert (insert.kind, insert.size, insert.props) == (ShotKind.INSERT, Size.INSERT, ("gun",))
    assert insert.in_frame == ()


def test_a_scene_that_ends_in_action_goes_back_to_wide():
    scene = only_scene(*TALK, "Mara stands up and walks out.", "")
    assert scene.shots[-1].size is Size.WIDE


def test_about_half_of_what_is_said_is_said_to_a_still_camera():
    lines = [f"MARA\n\nI saw {at} ships.\n\nTOMAS\nAnd {at} came back.\n" for at in range(40)]
    talk = "\n".join(lines).replace("MARA\n\n", "MARA\n").split("\n")
    said = [shot for shot in shots(breakdown("INT. BAR - DAY", "", *talk)) if shot.dialogue]
    still = sum(shot.move is Move.STATIC for shot in said)
    assert 0.4 < still / len(said) < 0.85


def test_a_long_speech_is_cut_but_not_a_sign_of_it_is_lost():
    text = "I went down to the harbour.  Nobody was there! " * 12 + "Then   I left."
    scene = only_scene(*TALK, "MARA", text, "")
    pieces = [one.text for shot in scene.shots for one in shot.dialogue if "harbour" in one.text or "left" in one.text]  # fmt: skip
    assert len(pieces) > 3
    assert "".join(pieces) == text
    assert max(shot.duration_s for shot in scene.shots) < 14


def test_the_listener_is_seen_while_a_long_speech_goes_on():
    text = "I went down to the harbour. Nobody was there. " * 8
    takes = [shot for shot in only_scene(*TALK, "MARA", text, "").shots[5:] if shot.dialogue]
    assert [shot.characters[0] for shot in takes[:3]] == ["MARA", "TOMAS", "MARA"]
    assert takes[1].kind is ShotKind.REACTION


def test_a_thing_gets_an_insert_only_when_somebody_handles_it():
    walks = "Tomas walks along the wall of the bar with a GUN and he does not look at her."
    assert all(shot.kind is not ShotKind.INSERT for shot in only_scene(*TALK, walks, "").shots)


@pytest.mark.parametrize(
    ("how", "said", "last"),
    [
        ("(shouting)", "Mama!", ShotKind.DIALOGUE),
        ("(laughing hysterically)", "I see it! I see it over there!", ShotKind.DIALOGUE),
        ("(furious)", "Where have you been all of this night?", ShotKind.REACTION),
    ],
)
def test_only_words_that_weigh_get_a_reaction(how, said, last):
    assert only_scene(*TALK, "MARA", how, said, "").shots[-1].kind is last


def test_a_hand_is_seen_close():
    scene = only_scene(*TALK, "Her hand closes around the glass.", "")
    assert (scene.shots[-1].size, scene.shots[-1].characters) == (Size.CLOSE, ("MARA",))


def test_an_order_to_be_close_on_a_thing_shows_the_thing():
    for order in ("CLOSE ON the cup in her hands.", "INSERT - THE CUP at Mara's side."):
        shot = only_scene(*TALK, order, "").shots[-1]
        assert (shot.kind, shot.props[0], shot.in_frame) == (ShotKind.INSERT, "cup", ())
    shot = only_scene(*TALK, "CLOSE ON her small hand on the cup.", "").shots[-1]
    assert shot.characters == ("MARA",)


def test_a_scene_without_talk_does_not_end_as_wide_as_it_began():
    scene = only_scene("EXT. ROAD - DAY", "", "MARA (30s) runs.", "", "A RUMBLE of thunder. She looks back once.", "")  # fmt: skip
    assert [shot.size for shot in scene.shots] == [Size.WIDE, Size.MEDIUM]


def test_a_crowd_stays_until_it_disperses():
    scene = only_scene("EXT. SQUARE - DAY", "", "A crowd of people.", "", *TALK[4:], "Mara walks across the square.", "", "The crowd disperses.", "", "Mara walks back.", "")  # fmt: skip
    acted = [shot.crowd for shot in scene.shots if shot.action]
    assert (acted[:2], acted[-1]) == ([24, 24], 0)
    assert all(shot.crowd == 0 for shot in scene.shots if shot.dialogue)


@pytest.mark.parametrize("words", ["The tables are empty by now.", "Rain runs down the windows."])
def test_a_place_is_not_shown_twice_in_the_same_way(words):
    for first in ("MARA and TOMAS sit at a table.", "Dust lies on everything here."):
        for gap in (" ", "\n\n"):
            lines = "INT. BAR - NIGHT", "", f"{first} They are all that is left. {gap}{words}", ""
            scene = only_scene(*lines, *TALK[4:])
            for one, other in pairwise(scene.shots):
                assert (one.size, one.angle) != (other.size, other.angle) or one.dialogue
