from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.screenplay.elements import ElementType
from reelwright.film.screenplay.fountain import read_fountain
from reelwright.film.screenplay.layout import write_text
from reelwright.film.screenplay.pdf_layout import PlacedRun, read_runs

T = ElementType
SCRIPT = """Title: RAIN
Credit: Written by
Author: Ada Lovelace

INT. HOUSE - DAY #12#

John walks through the door.

JOHN (V.O.)
(low)
No. I will never, never, ever say such a thing in a house like this one.

CUT TO:

> THE END <
"""


def typeset(script, left, scale):
    """The runs of a printed script: one a line, twelve points apart, or one a word."""
    pages = write_text(script, page_numbers=True).split("\f")
    return [
        [
            PlacedRun(
                left + (len(line) - len(line.lstrip())) * scale,
                left + len(line.rstrip()) * scale,
                72 + row * 12 + (row % 2) * 0.4,
                line.strip(),
            )
            for row, line in enumerate(page.split("\n"))
        ][::-1]
        for page in pages
    ]


def read(script, left=108.0, scale=7.2):
    return read_runs(typeset(script, left, scale))


def test_places_on_the_page_make_the_script_whatever_its_margins_and_type():
    script = read_fountain(SCRIPT)
    for left, scale in ((108.0, 7.2), (20.0, 6.0), (0.0, 14.4)):
        again = read(script, left, scale)
        assert [(one.type, one.text) for one in again.elements] == [
            (one.type, one.text) for one in script.elements
        ]
        assert again.title_page == script.title_page
        assert again.elements[0].scene_number == "12"


def test_runs_that_touch_are_one_word_and_runs_apart_are_two():
    runs = [
        PlacedRun(108, 122.4, 72, "IN"),
        PlacedRun(122.4, 136.8, 72.3, "T."),
        PlacedRun(144, 180, 72, "HOUSE"),
    ]
    assert [one.text for one in read_runs([runs]).elements] == ["INT. HOUSE"]


def test_elements_are_numbered_by_line_over_all_pages():
    script = read_fountain("INT. A\n\n" + "He waits.\n\n" * 60)
    lines = [one.line for one in read(script).elements]
    assert lines == sorted(set(lines))


WORDS = st.sampled_from(["INT. A", "JOHN", "words", "(low)", "", " ", "12", "*", "a   b"])
PLACES = st.floats(-50, 700)
RUNS = st.builds(lambda x, y, text: PlacedRun(x, x + 7 * len(text), y, text), PLACES, PLACES, WORDS)


@given(st.lists(st.lists(RUNS, max_size=12), max_size=3))
def test_any_runs_are_read(pages):
    assert all(one.text.strip() for one in read_runs(pages).elements)


def test_no_pages_and_empty_pages_are_an_empty_script():
    assert read_runs([]).elements == ()
    assert read_runs([[], [PlacedRun(0, 1, 0, " ")]]).elements == ()
