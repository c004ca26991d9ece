import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.film.notes import NoteChange, add_notes, parse_notes, starting_notes
from support.cuts import ferry

FILE = """\
# mine
[shots.sh_a]  # the first
size = "close"   # closer!

# about b
[shots.sh_b]
# drop = true
"""


def change(subject, key, value, table="shots"):
    return NoteChange(table, subject, key, value)


def test_a_note_goes_below_its_heading_and_nothing_else_moves():
    text = add_notes(FILE, [change("sh_a", "drop", True)])
    assert text == FILE.replace("# the first\n", "# the first\ndrop = true\n")


def test_a_value_is_replaced_where_it_stands_and_keeps_its_remark():
    text = add_notes(FILE, [change("sh_a", "size", "wide")])
    assert text == FILE.replace('size = "close"   # closer!', 'size = "wide"   # closer!')


def test_a_value_of_none_takes_the_note_away():
    assert add_notes(FILE, [change("sh_a", "size", None)]) == FILE.replace(
        'size = "close"   # closer!\n', ""
    )
    assert add_notes(FILE, [change("sh_new", "after", None)]) == FILE


def test_new_subjects_come_at_the_end():
    text = add_notes(FILE, [change("sh_c", "duration_s", 1.5), change("sh_c", "after", "sh_a")])
    assert text == FILE + '\n[shots.sh_c]\nafter = "sh_a"\nduration_s = 1.5\n'


def test_notes_begin_in_an_empty_file_or_one_without_a_last_line_end():
    assert add_notes("", [change("sh_a", "split", 2)]) == "[shots.sh_a]\nsplit = 2\n"
    assert add_notes("# x", [change("sh_a", "split", 2)]) == "# x\n\n[shots.sh_a]\nsplit = 2\n"
    assert add_notes("[shots.sh_a]", [change("sh_a", "split", 2)]) == "[shots.sh_a]\nsplit = 2\n"


def test_files_of_other_systems_are_written_in_too():
    text = add_notes(
        '\ufeff[shots.sh_a]\r\nsize = "close" # x\r\n', [change("sh_a", "size", "wide")]
    )
    assert tomllib.loads(text) == {"shots": {"sh_a": {"size": "wide"}}}
    assert "# x\r\n" in text


def test_a_value_over_several_lines_is_replaced_whole():
    text = add_notes(
        '[shots.sh_a]\nsplit_at = [\n  "one",\n]\nlens = 50\n', [change("sh_a", "split_at", None)]
    )
    assert tomllib.loads(text) == {"shots": {"sh_a": {"lens": 50}}}


def test_parts_of_split_shots_and_names_with_dots_find_their_tables():
    text = add_notes(
        "[shots.sh_a]\nsplit = 2\n",
        [change("sh_a.1", "drop", True), change("MR. X", "look", "bun", "characters")],
    )
    assert parse_notes(text.replace('look = "bun"', 'look = { hair = "bun" }')).shots["sh_a.1"].drop
    assert tomllib.loads(text)["characters"] == {"MR. X": {"look": "bun"}}


@pytest.mark.parametrize(
    "written",
    [
        'shots.sh_a.size = "close" # x\n',
        '[shots]\nsh_a = { size = "close" } # x\n',
        '[shots]\nsh_a.size = "close" # x\n',
        '[ "shots" . sh_a ]\nsize = "close" # x\n',
    ],
)
def test_notes_written_in_rarer_ways_are_changed_too(written):
    text = add_notes(written, [change("sh_a", "size", "wide"), change("sh_a", "lens", 50)])
    assert tomllib.loads(text) == {"shots": {"sh_a": {"size": "wide", "lens": 50}}}
    assert "# x" in text


CHANGES = st.builds(
    NoteChange,
    st.just("shots"),
    st.sampled_from(["sh_mara", "sh_pier", "sh_new", "sh_pier.1"]),
    st.sampled_from(["after", "duration_s", "drop"]),
    st.one_of(st.none(), st.text(), st.booleans(), st.integers(-9, 9)),
)


@settings(deadline=None)
@given(st.lists(CHANGES, max_size=8))
def test_after_any_changes_the_last_word_on_each_key_stands_and_comments_survive(changes):
    start = starting_notes(ferry())
    text = add_notes(start, changes)
    meant = {}
    for one in changes:
        meant[one.subject, one.key] = one.value
    tables = tomllib.loads(text)["shots"]
    for (subject, key), value in meant.items():
        note = tables
        for part in subject.split("."):
            note = note.get(part, {})
        assert note.get(key) == value
    remarks = [line for line in start.splitlines() if line.startswith("#")]
    kept = iter(text.splitlines())
    assert all(remark in kept for remark in remarks)
