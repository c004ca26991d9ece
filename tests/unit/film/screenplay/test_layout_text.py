from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.screenplay.elements import Element, ElementType
from reelwright.film.screenplay.fountain import read_fountain
from reelwright.film.screenplay.layout import is_laid_out, read_text, write_text

T = ElementType
SCRIPT = """Title: RAIN
Credit: Written by
Author: Ada Lovelace
Draft date: 1/2/2026
Contact: One Street

FADE IN:

INT. HOUSE - DAY #12A#

A long paragraph of action that certainly does not fit into sixty characters, so that it must
be broken. It goes on and on.

JOHN (V.O.)
(low, and with a very long remark in brackets)
No. I will never, never, ever say such a thing in a house like this one.

Short.
By hand.

MARY
Yes.

CUT TO:

EXT. ROOF - NIGHT

> THE END <
"""


def flat(script):
    return [
        replace(one, line=0, text=" ".join(one.text.split()), forced=False)
        for one in script.elements
    ]


def test_a_script_reads_back_from_its_own_page():
    script = read_fountain(SCRIPT)
    for numbered in (False, True):
        page = write_text(script, page_numbers=numbered)
        again = read_text(page)
        assert flat(again) == flat(script)
        assert again.title_page == script.title_page
        assert is_laid_out(page)


def test_the_page_has_sixty_characters_of_action_and_narrow_speeches():
    lines = write_text(read_fountain(SCRIPT)).split("\n")
    assert max(map(len, lines)) <= 64  # the scene number hangs over
    assert "                      JOHN (V.O.)" in lines
    assert any(line.startswith("          No. I will") and len(line) <= 45 for line in lines)
    assert "CUT TO:".rjust(60) in lines


def test_pages_are_numbered_and_hold_fifty_five_lines():
    script = read_fountain("INT. A\n\n" + "He waits.\n\n" * 100)
    pages = write_text(script, page_numbers=True).split("\f")
    assert [page.split("\n")[0].strip() for page in pages[1:]] == ["2.", "3.", "4."]
    assert all(len(page.split("\n")) <= 58 for page in pages)
    assert flat(read_text("\f".join(pages))) == flat(script)


def test_other_margins_and_the_furniture_of_pages_are_understood():
    page = """
               RAIN - Final
                                                                   1.
          12   INT. HOUSE - DAY                                     12

               John walks through the door, and he is
               not alone, for

                                   (CONTINUED)
\f               RAIN - Final
                                                                   2.
               CONTINUED: (2)

               behind him comes Mary.

                                   JOHN
                         I have to tell you
                         something
                                   (MORE)
\f               RAIN - Final
                                                                   3.

                                   JOHN (CONT'D)
                         before you
                              (beat)
                         go.
"""
    elements = read_text(page).elements
    assert [(one.type, one.text) for one in elements] == [
        (T.SCENE_HEADING, "INT. HOUSE - DAY"),
        (T.ACTION, "John walks through the door, and he is not alone, for behind him comes Mary."),
        (T.CHARACTER, "JOHN"),
        (T.DIALOGUE, "I have to tell you something before you"),
        (T.PARENTHETICAL, "(beat)"),
        (T.DIALOGUE, "go."),
    ]
    assert elements[0].scene_number == "12"
    assert elements[0].line == 4


def test_two_speeches_side_by_side_are_dual():
    page = """INT. A

              JOHN                     MARY (V.O.)
        Never again.             I am not
        Never.                   so sure.

              JOHN
        Well.
"""
    assert [(one.type, one.text, one.dual) for one in read_text(page).elements][1:] == [
        (T.CHARACTER, "JOHN", False),
        (T.DIALOGUE, "Never again. Never.", False),
        (T.CHARACTER, "MARY (V.O.)", True),
        (T.DIALOGUE, "I am not so sure.", True),
        (T.CHARACTER, "JOHN", False),
        (T.DIALOGUE, "Well.", False),
    ]


def test_fountain_is_not_taken_for_a_laid_out_page():
    assert not is_laid_out(SCRIPT)
    assert not is_laid_out("INT. A\n\nHe runs.\n")
    indented = SCRIPT.replace("JOHN", "      JOHN").replace("No. I", "    No. I")
    assert not is_laid_out(indented)


PIECES = st.sampled_from([
    "\n", "\n\n", " ", "     ", " " * 22, "\f", "\t", "INT. A", "JOHN", "JOHN (CONT'D)", "(low)", "(",
    "words", "12", "2.", "*", "CUT TO:", "(MORE)", "RAIN", "Written by", "é", "-",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_and_no_word_is_lost_but_furniture(text):
    script = read_text(text)
    printed = " ".join([
        *(one.text for one in script.elements),
        *(line for _, lines in script.title_page for line in lines),
    ])  # fmt: skip
    assert printed.count("words") == text.count("words") or text.count("\f") > 1
    assert all(1 <= one.line <= text.count("\n") + 1 for one in script.elements)


def test_a_text_without_any_layout_is_action():
    assert read_text("once upon a time\n").elements == (Element(T.ACTION, "once upon a time", 1),)
    assert read_text("\f\n \n").elements == ()


def test_signs_on_a_page_are_no_emphasis():
    assert read_text("call *69* now").elements[0].text == "call \\*69\\* now"
