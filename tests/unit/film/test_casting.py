"""Looks and voices for a whole cast."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.film.appearance import read_age, read_looks, read_sex
from reelwright.film.casting import cast_looks, cast_voices, look_distance, voice_distance
from reelwright.film.looks import CHOICES, COLOURS, Look

LEADS = ("MARA", "TOMAS", "JUNE", "VIKTOR", "INA", "JOSEF", "NORA", "IDRIS")
casts = st.lists(st.text("ABCDEFGHIJ", min_size=2, max_size=6), min_size=1, max_size=12, unique=True)  # fmt: skip


def looks(*names, **said):
    descriptions = {name: said.get(name, "") for name in names}
    return cast_looks(descriptions, [names])


def test_no_two_leads_look_alike():
    for one, other in combinations(looks(*LEADS).values(), 2):
        assert look_distance(one, other) >= 5.0


@settings(max_examples=60, deadline=None)
@given(casts)
def test_people_who_share_a_scene_are_told_apart(names):
    for one, other in combinations(looks(*names).values(), 2):
        assert look_distance(one, other) >= 4.0


@settings(max_examples=60, deadline=None)
@given(casts)
def test_every_look_is_made_of_known_words(names):
    for look in looks(*names).values():
        for trait, choices in CHOICES.items():
            assert getattr(look, trait) in choices
        assert {look.colour, look.second} <= COLOURS.keys()


def test_most_newcomers_change_nobody():
    before = looks(*LEADS)
    changed = sum(
        any(looks(*LEADS, f"EXTRA {at}")[name] != before[name] for name in LEADS)
        for at in range(20)
    )
    assert changed <= 5


def test_a_look_does_not_depend_on_the_order_of_appearance():
    assert looks(*LEADS) == looks(*reversed(LEADS))


def test_twins_are_at_no_distance():
    assert look_distance(Look(), Look()) == 0


@pytest.mark.parametrize(
    ("name", "said", "looks"),
    [
        ("INA", "INA (12), short dark hair, a blue raincoat", {"age": "child", "hair_colour": "dark", "costume": "coat", "colour": "sky"}),
        ("JOSEF", "JOSEF (70s), white beard, a knitted cap", {"age": "old", "beard": "full", "hat": "beanie", "sex": "man"}),
        ("MARA", "MARA (40s), tall, red hair in a bun", {"sex": "woman", "height": "tall", "hair": "bun", "hair_colour": "red", "age": "adult"}),
        ("OKONKWO", "OKONKWO (50s), broad, a grey suit", {"build": "broad", "costume": "suit", "colour": "grey", "age": "middle"}),
        ("POLICE OFFICER", "", {"costume": "uniform", "hat": "police", "colour": "navy"}),
        ("PRIEST", "", {"costume": "robe", "colour": "black", "sex": "man"}),
        ("WAITRESS", "", {"costume": "apron", "sex": "woman"}),
        ("NURSE", "", {"costume": "uniform"}),
        ("SOLDIER #2", "", {"costume": "uniform", "hat": "helmet"}),
        ("OLD MAN", "", {"age": "old", "sex": "man"}),
        ("LITTLE GIRL", "", {"age": "child", "sex": "woman"}),
        ("KIM", "KIM, a young nurse in round glasses", {"age": "young", "costume": "uniform", "glasses": "round"}),
        ("MARA", "MARA in a red wool coat", {"costume": "coat", "colour": "crimson"}),
        ("BEN", "forty-year-old man named BEN", {"age": "adult"}),
    ],
)  # fmt: skip
def test_the_scripts_words_are_read(name, said, looks):
    assert looks.items() <= read_looks(name, said).items()


@pytest.mark.parametrize(
    ("name", "said", "sex"),
    [
        ("QUEEN", "", "woman"),
        ("MR. HILL", "", "man"),
        ("MARA", "", "woman"),
        ("TOMAS", "", "man"),
        ("KAI", "KAI hides behind her father.", "woman"),
        ("KAI", "KAI, a tall woman with a stick", "woman"),
        ("KAI", "KAI waits. He smokes.", "man"),
        ("KAI", "KAI waits.", None),
        ("WILL'S DATE", "", None),
    ],
)
def test_man_or_woman_is_read_where_the_script_says_it(name, said, sex):
    assert read_sex(name, said) == sex


def test_an_old_coat_makes_nobody_old():
    assert read_age("KAI", "KAI in an old coat") is None


@pytest.mark.parametrize("at", range(30))
def test_children_and_women_have_no_beards(at):
    cast = cast_looks({f"BOY {at}": "", f"WOMAN {at}": ""})
    assert {look.beard for look in cast.values()} == {"none"}


def test_words_win_over_the_draw():
    cast = looks("A", "B", A="A (70s), bald, a green suit", B="B (70s), bald, a green suit")
    for look in cast.values():
        assert (look.age, look.hair, look.costume, look.colour) == ("old", "bald", "suit", "forest")
    assert cast["A"] != cast["B"]


def test_young_john_looks_like_john():
    cast = cast_looks({"JOHN": "JOHN (50s), a full beard", "YOUNG JOHN": ""})
    old, young = cast["JOHN"], cast["YOUNG JOHN"]
    assert (old.skin, old.head, old.sex) == (young.skin, young.head, young.sex)
    assert (young.age, young.beard) == ("young", "none")


def test_a_sex_heard_elsewhere_holds_where_the_description_is_silent():
    cast = cast_looks({"KAI": "", "QUEEN": ""}, (), {"KAI": "man", "QUEEN": "man"})
    assert (cast["KAI"].sex, cast["QUEEN"].sex) == ("man", "woman")


def test_voices_follow_looks_and_differ():
    cast = looks(*LEADS)
    voices = cast_voices(dict.fromkeys(LEADS, ""), cast)
    for name, voice in voices.items():
        assert (voice.sex, voice.age) == (cast[name].sex, cast[name].age)
        assert 0 <= min(voice.pitch, voice.pace) <= max(voice.pitch, voice.pace) <= 1
        assert voice.timbre in range(8)
    for one, other in combinations(voices.values(), 2):
        assert voice_distance(one, other) >= 0.34


def test_a_deep_voice_is_low():
    said = {"KARL": "KARL speaks with a deep voice"}
    assert cast_voices(said, cast_looks(said))["KARL"].pitch <= 0.2
