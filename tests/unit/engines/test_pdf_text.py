import pytest

from reelwright.engines.media.pdf_text import read_pdf_runs
from reelwright.film.screenplay.elements import ElementType
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.ground.errors import InvalidInputError
from support.pdfs import make_pdf

T = ElementType


SCRIPT = [
    [(252, 300, "RAIN"), (234, 324, "Written by"), (230, 348, "Ada Lovelace")],
    [
        (72, 72, "12"),
        (108, 72, "INT. HOUSE - DAY"),
        (540, 72, "12"),
        (108, 96, "John walks through the door, and he is certainly not the"),
        (108, 108, "only one."),
        (252, 132, "JOHN"),
        (209, 144, "(low)"),
        (180, 156, "I have to tell you"),
        (180, 168, "something"),
        (252, 180, "(MORE)"),
    ],
    [
        (520, 36, "2."),
        (252, 72, "JOHN (CONT'D)"),
        (180, 84, "now."),
        (460, 108, "CUT TO:"),
    ],
]


def test_a_pdf_screenplay_is_read_by_its_columns():
    script = read_screenplay(make_pdf(SCRIPT), "rain.pdf", read_pdf_runs)
    assert [(one.type, one.text) for one in script.elements] == [
        (T.SCENE_HEADING, "INT. HOUSE - DAY"),
        (T.ACTION, "John walks through the door, and he is certainly not the only one."),
        (T.CHARACTER, "JOHN"),
        (T.PARENTHETICAL, "(low)"),
        (T.DIALOGUE, "I have to tell you something now."),
        (T.TRANSITION, "CUT TO:"),
    ]
    assert script.elements[0].scene_number == "12"
    assert script.title_page == (
        ("Title", ("RAIN",)),
        ("Credit", ("Written by",)),
        ("Author", ("Ada Lovelace",)),
    )


def test_runs_have_their_edges_and_baselines_in_points_from_the_top_left():
    (page,) = read_pdf_runs(make_pdf([[(108, 72, "INT. HOUSE"), (400, 72, "12")]]), "a.pdf")
    first, second = page
    assert (first.text, round(first.x0), round(first.y)) == ("INT. HOUSE", 108, 72)
    assert 170 < first.x1 <= 180
    assert (second.text, round(second.x0)) == ("12", 400)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (make_pdf([[]]), "no text"),
        (make_pdf([[(10, 10, "x")]])[:60], "no readable PDF"),
        (b"%PDF-1.7\nnothing", "no readable PDF"),
        (
            make_pdf(
                [[(10, 10, "x")]],
                b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
                % (b"00" * 32, b"11" * 32),
            ),
            "password",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_with_a_way_out(data, what):
    with pytest.raises(InvalidInputError, match=what) as caught:
        read_pdf_runs(data, "rain.pdf")
    assert caught.value.message.startswith("rain.pdf")
    assert caught.value.way_out
