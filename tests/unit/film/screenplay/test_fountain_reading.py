import pytest

from reelwright.film.screenplay.elements import Element, ElementType
from reelwright.film.screenplay.fountain import read_fountain

T = ElementType


def read(text):
    return read_fountain(text).elements


def kinds(text):
    return [(one.type, one.text) for one in read(text)]


@pytest.mark.parametrize(
    "line",
    [
        "INT. HOUSE - DAY",
        "EXT HOUSE",
        "EST. CITY",
        "INT./EXT. CAR",
        "INT/EXT CAR",
        "EXT/INT. DOORWAY",
        "EXT./INT. DOORWAY",
        "I/E. CAR",
        "I/E CAR",
        "int. house - day",
        "**INT. HOUSE - DAY**",
    ],
)
def test_every_prefix_makes_a_scene_heading(line):
    assert kinds(f"\n{line}\n\nX.") == [(T.SCENE_HEADING, line), (T.ACTION, "X.")]


@pytest.mark.parametrize("line", ["INTERIOR HOUSE", "Internal affairs.", "EXTRA!", "INT", "ESTER"])
def test_words_that_only_begin_like_a_prefix_are_no_heading(line):
    assert kinds(line) == [(T.ACTION, line)]


def test_a_heading_needs_an_empty_line_before_it():
    assert kinds("He runs.\nINT. HOUSE\n\n") == [(T.ACTION, "He runs.\nINT. HOUSE")]


def test_a_heading_needs_an_empty_line_after_it_and_the_reader_says_so():
    script = read_fountain("INT. HOUSE - DAY\nHe runs.\n")
    assert [one.type for one in script.elements] == [T.ACTION]
    assert "Line 1" in script.warnings[0]
    assert "full stop" in script.warnings[0]


def test_a_heading_may_touch_a_section_above_and_a_synopsis_below():
    assert [kind for kind, _ in kinds("# Act\nINT. HOUSE\n= He comes home.\nAction.")] == [
        T.SECTION,
        T.SCENE_HEADING,
        T.SYNOPSIS,
        T.ACTION,
    ]


def test_a_full_stop_forces_a_heading_but_an_ellipsis_does_not():
    assert read(".SNIPER SCOPE POV\n")[0] == Element(
        T.SCENE_HEADING, "SNIPER SCOPE POV", 1, forced=True
    )
    assert kinds("...where it ends.\n\n. alone") == [
        (T.ACTION, "...where it ends."),
        (T.ACTION, ". alone"),
    ]


@pytest.mark.parametrize("number", ["1", "1A", "1a", "A1", "I-1-A", "1.", "110A"])
def test_scene_numbers_are_taken_off_the_heading(number):
    (heading,) = read(f"INT. HOUSE - DAY #{number}#")
    assert (heading.text, heading.scene_number) == ("INT. HOUSE - DAY", number)


@pytest.mark.parametrize("number", ["1 A", "$1", "", "a#b c"])
def test_what_no_scene_number_can_be_stays_in_the_heading(number):
    (heading,) = read(f"INT. HOUSE #{number}#")
    assert heading.scene_number is None
    assert heading.text == f"INT. HOUSE #{number}#"


def test_action_keeps_indentation_line_breaks_and_trailing_spaces_and_turns_tabs_into_four():
    text = "He opens the card.\n\n          Scott --\n\tPalace Hotel  \n"
    assert kinds(text) == [
        (T.ACTION, "He opens the card."),
        (T.ACTION, "          Scott --\n    Palace Hotel  "),
    ]


def test_an_exclamation_mark_forces_action():
    assert read("!SCANNING THE AISLES...\nWhere is he?\n") == (
        Element(T.ACTION, "SCANNING THE AISLES...\nWhere is he?", 1, forced=True),
    )
    assert kinds("!    INDENTED") == [(T.ACTION, "    INDENTED")]
    assert kinds("JOHN\nHello.\n!He leaves.")[-1] == (T.ACTION, "He leaves.")


@pytest.mark.parametrize(
    ("line", "name", "extension"),
    [
        ("STEEL", "STEEL", None),
        ("MR. O'BRIEN-SMITH", "MR. O'BRIEN-SMITH", None),
        ("R2D2", "R2D2", None),
        ("23 SKIDOO", "23 SKIDOO", None),
        ("DEALER #2", "DEALER #2", None),
        ("ÉLODIE", "ÉLODIE", None),
        ("ИВАН", "ИВАН", None),
        ("MOM (O. S.)", "MOM", "O. S."),
        ("HANS (on the radio)", "HANS", "on the radio"),
        ("JOHN (V.O.) (CONT'D)", "JOHN", "V.O., CONT'D"),
        ("   STEEL   ", "STEEL", None),
    ],
)
def test_a_line_in_upper_case_followed_by_text_is_a_cue(line, name, extension):
    cue, dialogue = read(f"{line}\nHello.")
    assert cue.type is T.CHARACTER
    assert (cue.text, cue.name, cue.extension) == (line.strip(), name, extension)
    assert dialogue == Element(T.DIALOGUE, "Hello.", 2)


@pytest.mark.parametrize("line", ["23", "(V.O.)", "John", "JOHN (V.O.) waves", "1 (v.o.)"])
def test_a_line_without_an_upper_case_name_is_no_cue(line):
    assert kinds(f"{line}\nHello.")[0][0] is T.ACTION


def test_a_cue_needs_text_right_after_it():
    assert [kind for kind, _ in kinds("JOHN\n\nHe walks.")] == [T.ACTION, T.ACTION]


def test_an_at_sign_forces_a_cue():
    cue, _ = read("@McCLANE (shouting)\nYippie!")
    assert (cue.text, cue.name, cue.extension, cue.forced) == (
        "McCLANE (shouting)",
        "McCLANE",
        "shouting",
        True,
    )


@pytest.mark.parametrize("name", ["黒澤", "سمير", "小明"])
def test_a_name_without_upper_case_is_a_cue_once_it_was_forced_anywhere(name):
    elements = read(f"{name}\nFirst.\n\n@{name}\nSecond.\n\n{name}（画外音）\nThird.")
    assert [one.name for one in elements if one.type is T.CHARACTER] == [name, name, name]
    assert elements[-2].extension == "画外音"
    assert kinds(f"{name}\nFirst.") == [(T.ACTION, f"{name}\nFirst.")]


def test_a_caret_marks_the_second_speaker_and_all_of_that_speech_as_dual():
    elements = read("BRICK\nNo.\n\nSTEEL   ^\n(low)\nNo.\n~la\n")
    assert [(one.text, one.dual) for one in elements] == [
        ("BRICK", False),
        ("No.", False),
        ("STEEL", True),
        ("(low)", True),
        ("No.", True),
        ("la", True),
    ]
    assert read("@McClane ^\nNo.")[0].dual


def test_a_speech_is_one_element_until_a_parenthetical_parts_it():
    assert kinds("DAN\nTen.\nFour.\n(beat)\nSeven.") == [
        (T.CHARACTER, "DAN"),
        (T.DIALOGUE, "Ten.\nFour."),
        (T.PARENTHETICAL, "(beat)"),
        (T.DIALOGUE, "Seven."),
    ]


def test_two_spaces_keep_a_speech_together_and_one_does_not():
    assert kinds("DAN\nTen.\n  \nHit?") == [(T.CHARACTER, "DAN"), (T.DIALOGUE, "Ten.\n\nHit?")]
    assert kinds("DAN\nTen.\n \nHit?")[-1] == (T.ACTION, "Hit?")


def test_dialogue_is_any_text_and_keeps_every_byte_but_its_indentation():
    speech = "#1 fan.  Really, *really*. \n    @home\t= 5\n...and .45"
    assert kinds(f"DAN\n{speech}")[1] == (
        T.DIALOGUE,
        "#1 fan.  Really, *really*. \n@home\t= 5\n...and .45",
    )


def test_lyrics_stand_alone_and_in_a_speech():
    assert kinds("~Willy Wonka!\n~ Everybody!\n\nDAN\nListen.\n~La la\nSee?") == [
        (T.LYRICS, "Willy Wonka!\nEverybody!"),
        (T.CHARACTER, "DAN"),
        (T.DIALOGUE, "Listen."),
        (T.LYRICS, "La la"),
        (T.DIALOGUE, "See?"),
    ]


def test_transitions_are_upper_case_alone_and_end_in_to():
    assert kinds("        SMASH-CUT TO:\n\nX.")[0] == (T.TRANSITION, "SMASH-CUT TO:")
    assert kinds("X.\n\nCUT TO: \n")[1] == (T.ACTION, "CUT TO: ")
    assert kinds("X.\n\nCut to:\n")[1] == (T.ACTION, "Cut to:")
    assert kinds("He.\nCUT TO:\n") == [(T.ACTION, "He.\nCUT TO:")]
    assert read("> Burn to White.")[0] == Element(T.TRANSITION, "Burn to White.", 1, forced=True)


def test_centred_lines_of_one_paragraph_are_one_element():
    assert kinds(">THE END<\n\n> A <\n>   B   <\nnext") == [
        (T.CENTERED, "THE END"),
        (T.CENTERED, "A\nB"),
        (T.ACTION, "next"),
    ]


def test_sections_have_depth_and_synopses_one_line():
    act, scene, first, second = read("# Act\n### Scene\n= One.\n= Two.")
    assert (act.text, act.depth, scene.text, scene.depth) == ("Act", 1, "Scene", 3)
    assert (first.text, second.text, first.type) == ("One.", "Two.", T.SYNOPSIS)


def test_three_equals_signs_and_nothing_else_break_the_page():
    assert kinds("===\n\n=====\n\n=== x") == [
        (T.PAGE_BREAK, ""),
        (T.PAGE_BREAK, ""),
        (T.SYNOPSIS, "== x"),
    ]


def test_every_element_knows_its_line_whatever_ends_the_lines():
    for end in ("\n", "\r\n", "\r"):
        text = end.join(["", "INT. A", "", "DAN", "(low)", "Yes.", "", "He goes."])
        assert [one.line for one in read(text)] == [2, 4, 5, 6, 8]


def test_a_byte_order_mark_left_in_the_text_is_no_part_of_the_first_line():
    assert kinds("\ufeffINT. HOUSE")[0] == (T.SCENE_HEADING, "INT. HOUSE")
