import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.film.breakdown.model import Size, TimeOfDay, Weather
from reelwright.film.notes import Notes, parse_notes
from reelwright.ground.errors import InvalidInputError

GOOD = """\
# our film
[film]
score_mood = "tense"

[characters."MR. SMITH"]
look = { hair = "bun", colour = "crimson" }
voice = { pitch = 0.7 }

[scenes.sc_x]
weather = "rain"
time_of_day = "night"

[shots.sh_x]
size = "close"     # she matters
duration_s = 4
recording = "mara.wav"
"""


def refused(text):
    with pytest.raises(InvalidInputError) as caught:
        parse_notes(text, "big.notes.toml")
    return caught.value


def test_notes_become_values():
    notes = parse_notes(GOOD)
    assert notes.film.score_mood == "tense"
    assert notes.characters["MR. SMITH"].look == {"hair": "bun", "colour": "crimson"}
    assert notes.characters["MR. SMITH"].voice == {"pitch": 0.7}
    assert notes.scenes["sc_x"].weather is Weather.RAIN
    assert notes.scenes["sc_x"].time_of_day is TimeOfDay.NIGHT
    shot = notes.shots["sh_x"]
    assert (shot.size, shot.duration_s, shot.recordings) == (Size.CLOSE, 4, ("mara.wav",))
    assert shot.drop is False


def test_an_empty_file_has_no_notes():
    assert parse_notes("") == Notes()
    assert parse_notes("\ufeff# only a remark\r\n") == Notes()


def test_the_parts_of_a_split_shot_can_be_named_with_or_without_quotes():
    plain = parse_notes("[shots.sh_x]\nsplit = 2\n[shots.sh_x.1]\ndrop = true")
    quoted = parse_notes('[shots.sh_x]\nsplit = 2\n[shots."sh_x.1"]\ndrop = true')
    assert plain == quoted
    assert plain.shots["sh_x.1"].drop


def test_an_unknown_key_is_refused_with_file_line_and_the_nearest_word():
    error = refused(GOOD + 'siez = "wide"\n')
    assert error.message == "big.notes.toml, line 17: nothing is called 'siez' in [shots.sh_x]."
    assert "did you mean 'size'?" in str(error)


def test_an_unknown_table_is_refused():
    error = refused("\n[shot.sh_x]\ndrop = true\n")
    assert error.message == "big.notes.toml, line 2: nothing is called 'shot'."
    assert "did you mean 'shots'?" in str(error)


@pytest.mark.parametrize(
    ("line", "way_out"),
    [
        ('size = "closer"', "did you mean 'close'? it takes one of extreme_wide"),
        ("duration_s = -1", "it takes a number from 0.04 to 600"),
        ("duration_s = nan", "it takes a number from 0.04 to 600"),
        ("duration_s = true", "it takes a number from 0.04 to 600"),
        ("split = 2.5", "it takes a whole number from 2 to 20"),
        ('drop = "yes"', "it takes true or false"),
        ("split_at = []", "it takes a list"),
        ("after = 3", "it takes words in quotes"),
    ],
)
def test_a_value_that_means_nothing_is_refused_with_what_would(line, way_out):
    error = refused(f'[shots.sh_other]\nsize = "wide"\n\n[shots.sh_x]\n{line}\n')
    assert error.message.startswith("big.notes.toml, line 5: ")
    assert way_out in str(error)


def test_a_wrong_look_names_its_line_in_the_braces():
    error = refused('[characters.MARA]\nvoice = { pitch = 0.2 }\nlook = { hair = "bunn" }\n')
    assert error.message == "big.notes.toml, line 3: 'hair' cannot be 'bunn'."
    assert "did you mean 'bun'?" in str(error)


def test_keys_that_exclude_each_other_are_refused():
    error = refused('[shots.sh_x]\npicture = "a.png"\nclip = "b.mp4"\n')
    assert error.message == ("big.notes.toml, line 3: 'picture' and 'clip' exclude each other.")


@pytest.mark.parametrize("text", ["[shots", "a = ", "[shots.x]\n[shots.x]\n", "\x00"])
def test_what_is_no_toml_is_refused_with_its_line(text):
    error = refused(text)
    assert error.message.startswith("big.notes.toml cannot be read: ")
    assert (
        "line 1" in error.message or "line 2" in error.message or "end of document" in error.message
    )


@pytest.mark.parametrize("text", ["shots = 3", "[shots]\nsh_x = true", "[characters]\nMARA = 1"])
def test_a_value_where_a_table_belongs_is_refused(text):
    assert "big.notes.toml, line" in refused(text).message


VALUES = st.sampled_from(
    ['"close"', "1", "true", "nan", "[]", '["a"]', "{}", "{ hair = 1 }", "1979-05-27", '"']
)
KEYS = st.sampled_from(["size", "drop", "look", "recordings", "x", "1", '"a b"', "after", "split"])
HEADINGS = st.sampled_from(
    ["[film]", "[shots.a]", "[shots.a.1]", "[scenes.b]", "[characters.C]", "[shots]", "shots = 1"]
)


@settings(deadline=None)
@given(st.lists(st.one_of(HEADINGS, st.builds("{} = {}".format, KEYS, VALUES)), max_size=6))
def test_notes_are_read_or_refused_with_file_and_line(lines):
    refusal = None
    try:
        parse_notes("\n".join(lines), "a.notes.toml")
    except InvalidInputError as error:
        refusal = error
    assert refusal is None or re.match(r"a\.notes\.toml(, line \d+:| cannot)", refusal.message)
    assert refusal is None or refusal.way_out
