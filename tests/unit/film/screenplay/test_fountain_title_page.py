import pytest

from reelwright.film.screenplay.elements import ElementType
from reelwright.film.screenplay.fountain import read_fountain


def test_values_stand_beside_their_key_or_indented_below_it():
    script = read_fountain(
        "Title:\n    _**RAIN**_\n\tA Film\nCredit: Written by\nAuthor: Ada\n"
        "Draft date: 1/2/2026\nContact:\n   Studio: One\n   Paris\nCustom Key: yes\n\nFADE IN:\n"
    )
    assert script.title_page == (
        ("Title", ("_**RAIN**_", "A Film")),
        ("Credit", ("Written by",)),
        ("Author", ("Ada",)),
        ("Draft date", ("1/2/2026",)),
        ("Contact", ("Studio: One", "Paris")),
        ("Custom Key", ("yes",)),
    )
    assert [one.text for one in script.elements] == ["FADE IN:"]
    assert script.title("TITLE") == "_**RAIN**_ A Film"


def test_one_key_alone_is_a_title_page():
    assert read_fountain("Draft date: 6/23/2012").title_page == (("Draft date", ("6/23/2012",)),)


@pytest.mark.parametrize(
    "text",
    [
        "FADE IN:\n\nINT. A",
        "CUT TO:\n\nINT. A",
        "int. house - day - 3:00 pm\n\nHe.",
        "OVER BLACK: a voice.\n\nHe.",
        "He looks up and says in the darkness: hello\n\nHe.",
        "\n    Title: indented\n\n",
    ],
)
def test_a_script_that_only_looks_like_a_key_has_no_title_page(text):
    script = read_fountain(text)
    assert script.title_page == ()
    assert script.elements


def test_an_unindented_line_that_is_no_key_ends_the_title_page():
    script = read_fountain("Title: Rain\nINT. HOUSE - DAY\n\nHe.")
    assert script.title_page == (("Title", ("Rain",)),)
    assert script.elements[0].type is ElementType.SCENE_HEADING
    assert script.elements[0].line == 2


def test_a_title_page_that_never_ends_is_a_title_page():
    script = read_fountain("Notes:\n" + "    line\n" * 50_000)
    assert len(script.title_page[0][1]) == 50_000
    assert script.elements == ()
