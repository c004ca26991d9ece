import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.screenplay.emphasis import Run, marked, plain, runs

B, I, U = {"bold": True}, {"italic": True}, {"underline": True}  # noqa: E741 - one letter a style


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [Run("plain")]),
        ("*a*", [Run("a", **I)]),
        ("**a**", [Run("a", **B)]),
        ("***a***", [Run("a", **B, **I)]),
        ("_a_", [Run("a", **U)]),
        ("_**A & B**_", [Run("A & B", **B, **U)]),
        ("x _in *it* in_.", [Run("x "), Run("in ", **U), Run("it", **I, **U), Run(" in", **U), Run(".")]),
        ("**b *i* b**", [Run("b ", **B), Run("i", **B, **I), Run(" b", **B)]),
        ("keypad: **\\*9765\\***", [Run("keypad: "), Run("*9765*", **B)]),
        ("dialed *69 and then *23, and", [Run("dialed *69 and then *23, and")]),
        ("dialed *69 and 23*, and", [Run("dialed "), Run("69 and 23", **I), Run(", and")]),
        ("dialed *69 and 23\\*, and", [Run("dialed *69 and 23*, and")]),
        ("* a *", [Run("* a *")]),
        ("snake_case_name", [Run("snake_case_name")]),
        ("*share\na look*", [Run("*share\na look*")]),
        ("****a****", [Run("****a****")]),
        ("**a*", [Run("*"), Run("a", **I)]),
        ("", []),
    ],
)  # fmt: skip
def test_marks_become_runs(text, expected):
    assert list(runs(text)) == expected


def test_plain_text_has_neither_marks_nor_escapes():
    assert plain("_Steel's *scope*_ costs \\*5") == "Steel's scope costs *5"


@given(st.text(alphabet="ab *_\\\n", max_size=60))
def test_plain_text_is_the_text_less_marks_and_nothing_else(text):
    left = iter(text)
    assert all(sign in left for sign in plain(text))
    assert plain(text).replace("*", "").replace("_", "").replace("\\", "") == text.replace(
        "*", ""
    ).replace("_", "").replace("\\", "")


WORD = st.text(alphabet="abc*_", min_size=1, max_size=5)


@given(st.lists(st.builds(Run, WORD, st.booleans(), st.booleans(), st.booleans()), max_size=6))
def test_what_runs_say_is_never_lost_in_marks(pieces):
    spaced = [piece for run in pieces for piece in (run, Run(" "))]
    text = "".join(run.text for run in spaced)
    assert plain(marked(spaced)) == text


def letters(pieces):
    return [
        (letter, run.bold, run.italic, run.underline)
        for run in pieces
        for letter in run.text
        if not letter.isspace()
    ]


LETTERS = st.text(alphabet="abc", min_size=1)


@given(st.lists(st.builds(Run, LETTERS, st.booleans(), st.booleans(), st.booleans()), max_size=6))
def test_words_in_styles_read_back_in_their_styles(pieces):
    spaced = [piece for run in pieces for piece in (run, Run(" "))]
    assert letters(runs(marked(spaced))) == letters(pieces)
