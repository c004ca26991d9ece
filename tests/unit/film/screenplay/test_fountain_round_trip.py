from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.screenplay.elements import Element, ElementType, Screenplay
from reelwright.film.screenplay.encoding import decode, encode
from reelwright.film.screenplay.fountain import read_fountain, write_fountain

T = ElementType

FRAGMENTS = st.sampled_from([
    "\n", "\r\n", "\r", "\n\n", "  ", "\t", " ", "\f", "\u2028", "\ufeff", "\0", "INT. X - DAY",
    "JOHN", "(beat)", "~la", "[[", "]]", "/*", "*/", "# a", "= b", "===", ">", "<", "@é", "!x",
    "^", "Title:", "Key: v", "   v", "CUT TO:", "hello", "*", "_", "#1#", ".A", "黒澤",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=40).map("".join))


@given(TEXTS)
def test_any_text_comes_back_as_it_was(text):
    assert write_fountain(read_fountain(text)) == text


@given(TEXTS)
def test_elements_are_in_the_order_of_the_file_and_their_sources_make_it_up(text):
    script = read_fountain(text)
    assert script.preamble + "".join(one.raw or "" for one in script.elements) == text
    own = [one.line for one in script.elements if one.raw]
    assert own == sorted(set(own)) or "]]" in text or "*/" in text


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"]))
def test_any_bytes_that_are_text_come_back_as_they_were(text, codec):
    data = ("A" + text.replace("\0", "")).encode(codec, "ignore")
    if codec == "utf-16-be":
        data = b"\xfe\xff" + data
    read, encoding = decode(data, "script.fountain")
    assert encode(write_fountain(read_fountain(read)), encoding) == data


# Texts that can be said as one line of any kind: they neither begin nor end like another kind.
WORDS = st.from_regex(r"[a-z][a-z *_.,]{0,20}[a-z]", fullmatch=True)
NAMES = st.from_regex(r"[A-Z][A-Z0-9]{0,8}", fullmatch=True).filter(
    lambda name: not name.startswith(("INT", "EXT", "EST"))
)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)


def speech(dual):
    cue = st.builds(
        lambda name, extension: Element(
            T.CHARACTER,
            f"{name} ({extension})" if extension else name,
            dual=dual,
            name=name,
            extension=extension,
        ),
        NAMES,
        st.none() | st.sampled_from(["V.O.", "on the radio"]),
    )
    parenthetical = WORDS.map(lambda text: Element(T.PARENTHETICAL, f"({text})", dual=dual))
    said = st.lists(WORDS, min_size=1, max_size=3).map("\n".join) | st.just("one\n\ntwo")
    dialogue = said.map(lambda text: Element(T.DIALOGUE, text, dual=dual))
    return st.tuples(cue, dialogue) | st.tuples(cue, parenthetical, dialogue)


def single(kind, texts=WORDS, **given_):
    return texts.map(lambda text: (Element(kind, text, **given_),))


BLOCKS = st.one_of(
    speech(dual=False),
    speech(dual=True),
    single(T.SCENE_HEADING, WORDS.map(lambda text: f"INT. {text}"), scene_number="12A"),
    single(T.SCENE_HEADING, NAMES, forced=True),
    single(T.ACTION, LINES.map(lambda text: f"    {text}")),
    single(T.ACTION, st.sampled_from(["BANG\nboom", "~a", "> b <", "@c", "=d", "INT. e"]), forced=True),
    single(T.TRANSITION, NAMES.map(lambda text: f"{text} TO:")),
    single(T.TRANSITION, WORDS, forced=True),
    single(T.CENTERED, LINES),
    single(T.SECTION, depth=2),
    single(T.SYNOPSIS),
    single(T.NOTE, LINES | st.just("one\n\ntwo")),
    single(T.BONEYARD, LINES | st.just("one\n\ntwo")),
    single(T.PAGE_BREAK, st.just("")),
)  # fmt: skip


@given(st.lists(BLOCKS, max_size=12))
def test_elements_that_were_made_are_written_so_that_they_read_back_equal(blocks):
    made = tuple(one for block in blocks for one in block)
    title_page = (("Title", ("Rain",)), ("Contact", ("One", "Two")))
    script = read_fountain(write_fountain(Screenplay(made, title_page)))
    assert tuple(replace(one, line=0) for one in script.elements) == made
    assert script.title_page == title_page


def test_a_changed_element_is_written_anew_among_untouched_ones():
    text = "Title: Rain\r\n\r\nINT. A\r\n\r\n\r\nDAN\r\nYes.\r\n\r\nEnd"
    script = read_fountain(text)
    changed = [
        replace(one, text="No.\nNever.", raw=None) if one.text == "Yes." else one
        for one in script.elements
    ]
    written = write_fountain(replace(script, elements=tuple(changed)))
    assert written == text.replace("Yes.", "No.\r\nNever.")


def test_a_changed_title_page_replaces_the_old_one():
    script = read_fountain("Title: Rain\n\nINT. A\n")
    changed = replace(script, title_page=(("Title", ("Snow",)),))
    assert write_fountain(changed) == "Title: Snow\n\nINT. A\n"


def test_a_note_survives_the_rewriting_of_its_paragraph():
    script = read_fountain("A [[why]] B.\n\nC.\n")
    first, note, last = script.elements
    changed = replace(script, elements=(replace(first, text="A.", raw=None), note, last))
    assert write_fountain(changed) == "A.\n\n[[why]]\n\nC.\n"


def test_a_first_line_that_looks_like_a_title_page_is_forced_to_be_action():
    script = Screenplay((Element(T.ACTION, "Note: he is late."),))
    assert write_fountain(script) == "!Note: he is late.\n"


def test_adversarial_texts_are_read_in_linear_time():
    # Quadratic behaviour would take minutes here, not a fraction of a second.
    for piece in (
        "[[",
        "/*",
        "[[\n\n",
        "**a ",
        "_a ",
        "(",
        "[[a]]",
        "/*a*/ ",
        "A (b) (",
        "#",
        "\t",
    ):
        text = piece * 40_000
        assert write_fountain(read_fountain(text)) == text
    line = "x" * 10_000_000
    assert read_fountain(line).elements[0].text == line
