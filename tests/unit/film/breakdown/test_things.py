"""Props, sounds, crowds and feelings read from action."""

import pytest

from reelwright.film.breakdown.acting import read_acting, read_delivery
from reelwright.film.breakdown.things import count_crowd, find_things
from support.scripts import only_scene


@pytest.mark.parametrize(
    ("text", "props", "sounds", "shouted"),
    [
        ("She picks up a RED PHONE.", ("phone",), (), ("phone",)),
        ("A DOG BARKS somewhere.", ("dog",), ("dog",), ()),
        ("He puts the letter and the knife on the table.", ("letter", "knife", "table"), (), ()),
        ("A GUNSHOT. A door slams.", ("door",), ("gunshot", "door"), ()),
        ("She unwraps a BRASS ASTROLABE.", ("brass astrolabe",), (), ("brass astrolabe",)),
        ("MARA enters with an OLD WOMAN.", (), (), ()),
        ("The wind howls. THUNDER.", (), ("wind", "thunder"), ()),
        ("The phone is ringing.", ("phone",), ("phone",), ()),
        ("He knocks him down.", (), (), ()),
        ("A CLANG from below.", (), ("clang",), ()),
        ("The ENGINE fades.", (), ("engine",), ()),
        ("Two paper cups, a paper lantern.", ("cup", "lamp"), (), ()),
        ("A thread of fire on the WICK.", ("candle",), (), ("candle",)),
        ("They open fire.", (), (), ()),
        ("A fire burns in the hearth.", ("fire",), (), ()),
        ("The fire alarm is silent.", (), ("alarm",), ()),
    ],
)
def test_things_and_sounds_are_told_apart(text, props, sounds, shouted):
    found = find_things(text, frozenset({"MARA"}))
    assert (found.props, found.sounds, found.shouted) == (props, sounds, shouted)


@pytest.mark.parametrize(
    ("text", "size"),
    [("A crowd fills the square.", 24), ("Passengers wait.", 12), ("Mara waits.", 0)],
)
def test_crowds_are_counted(text, size):
    assert count_crowd(text) == size


@pytest.mark.parametrize(
    ("text", "pose", "gesture", "expression"),
    [
        ("Mara sits down.", "sit", "none", "neutral"),
        ("Mara runs, terrified.", "run", "none", "fear"),
        ("They embrace.", "embrace", "none", "tenderness"),
        ("Tomas answers the phone.", "stand", "phone", "neutral"),
        ("She aims the old gun at him.", "stand", "gun", "neutral"),
        ("He kneels and weeps.", "kneel", "none", "tears"),
        ("She points at the sea, smiling.", "stand", "point", "joy"),
        ("He lies on the bed, exhausted.", "lie", "none", "tiredness"),
        ("She sips her coffee.", "stand", "cup", "neutral"),
        ("They dance.", "dance", "none", "neutral"),
        ("Mara, in a yellow raincoat.", "stand", "none", "neutral"),
    ],
)
def test_acting_is_read_from_verbs(text, pose, gesture, expression):
    acting = read_acting(text)
    assert (acting.pose, acting.gesture, acting.expression) == (pose, gesture, expression)


@pytest.mark.parametrize(
    ("speech", "how", "expression"),
    [
        ("Go.", "furious", "anger"),
        ("Go.", "softly", "tenderness"),
        ("Go.", "through tears", "tears"),
        ("Where is it?", None, "doubt"),
        ("YOU LIED TO ME", None, "anger"),
        ("Fine.", None, "neutral"),
    ],
)
def test_delivery_is_read_from_the_parenthetical_then_from_the_line(speech, how, expression):
    assert read_delivery(speech, how).expression == expression


def test_shouting_is_stronger_than_a_faint_smile():
    assert read_delivery("Go.", "shouting").strength > read_delivery("Go.", "faintly smiling").strength  # fmt: skip


def test_a_scene_lists_its_props_and_sounds_once():
    scene = only_scene("INT. A - DAY", "", "A lamp. A LAMP. The phone rings.", "", "The lamp again.", "")  # fmt: skip
    assert scene.props.count("lamp") == 1
    assert scene.sounds == ("phone",)


def test_what_is_only_compared_to_is_not_there():
    shot = only_scene("INT. A - DAY", "", "She looks at it as if it might explode like a gun.", "").shots[0]  # fmt: skip
    assert (shot.props, shot.sounds) == ((), ())
