from reelwright.film.screenplay.elements import ElementType
from reelwright.film.screenplay.fountain import read_fountain, write_fountain

T = ElementType


def kinds(text):
    script = read_fountain(text)
    assert write_fountain(script) == text
    return [(one.type, one.text) for one in script.elements]


def test_a_note_in_a_paragraph_leaves_its_text_and_comes_right_after_it():
    assert kinds("They are DAN[[which?]] and [[or?]] JACK.\n\nX.") == [
        (T.ACTION, "They are DAN and JACK."),
        (T.NOTE, "which?"),
        (T.NOTE, "or?"),
        (T.ACTION, "X."),
    ]


def test_a_note_between_paragraphs_stands_by_itself():
    assert kinds("A.\n\n[[Vietnamese, right?]]\n\nB.") == [
        (T.ACTION, "A."),
        (T.NOTE, "Vietnamese, right?"),
        (T.ACTION, "B."),
    ]


def test_a_note_on_its_own_line_parts_neither_cue_from_speech_nor_lines_of_a_paragraph():
    assert kinds("DAN\n[[softer]]\nYes.\n\nHe.\n[[here]]\nShe.") == [
        (T.CHARACTER, "DAN"),
        (T.DIALOGUE, "Yes."),
        (T.NOTE, "softer"),
        (T.ACTION, "He.\nShe."),
        (T.NOTE, "here"),
    ]


def test_a_note_around_a_heading_leaves_it_a_heading():
    assert kinds("[[one]]\nINT. A [[two]]\n[[three]]\nHe runs.") == [
        (T.NOTE, "one"),
        (T.SCENE_HEADING, "INT. A"),
        (T.NOTE, "two"),
        (T.ACTION, "He runs."),
        (T.NOTE, "three"),
    ]


def test_an_empty_line_ends_a_note_unless_it_holds_two_spaces():
    assert kinds("A.[[one\n  \ntwo]] B.") == [(T.ACTION, "A. B."), (T.NOTE, "one\n\ntwo")]
    assert kinds("A.[[one\n\ntwo]]") == [(T.ACTION, "A.[[one"), (T.ACTION, "two]]")]


def test_a_boneyard_takes_whole_scenes_and_parts_of_lines_away():
    assert kinds("A /* cut */ B.\n\n/*\nINT. GONE\n\nHe.\n*/\n\nC.") == [
        (T.ACTION, "A B."),
        (T.BONEYARD, "cut"),
        (T.BONEYARD, "INT. GONE\n\nHe."),
        (T.ACTION, "C."),
    ]


def test_a_boneyard_may_begin_in_one_element_and_end_in_another():
    assert kinds("DAN\nYes /* no\n\nJACK\nbut */ sure.") == [
        (T.CHARACTER, "DAN"),
        (T.DIALOGUE, "Yes sure."),
        (T.BONEYARD, "no\n\nJACK\nbut"),
    ]


def test_what_is_never_closed_is_text_and_a_boneyard_is_warned_of():
    text = "/* A */ B.\n\nA /* B.\n\nC [[ D."
    assert kinds(text)[2:] == [(T.ACTION, "A /* B."), (T.ACTION, "C [[ D.")]
    assert read_fountain(text).warnings == (
        "Line 3 begins a boneyard that never ends: close it with */.",
    )


def test_asides_and_what_follows_them_know_their_lines():
    script = read_fountain("He\n/* one\ntwo */ B [[x\ny]]\n\nC [[z]]")
    assert [(one.type, one.line) for one in script.elements] == [
        (T.ACTION, 1),
        (T.BONEYARD, 2),
        (T.NOTE, 3),
        (T.ACTION, 6),
        (T.NOTE, 6),
    ]


def test_an_aside_in_the_title_page_is_no_part_of_a_value():
    script = read_fountain("Title: Rain /* working */\nAuthor: [[me]] Ada\n\nINT. A")
    assert script.title_page == (("Title", ("Rain",)), ("Author", ("Ada",)))
    assert [one.type for one in script.elements] == [T.BONEYARD, T.NOTE, T.SCENE_HEADING]
