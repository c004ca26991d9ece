from reelwright.film.screenplay.forms import to_json
from reelwright.film.screenplay.fountain import read_fountain


def test_json_says_what_a_reader_sees_and_what_applies():
    script = read_fountain(
        "Title:\n    RAIN\n    A Film\nAuthor: Ada\n\n## Act\n\n.ROOF #2#\n\n"
        "@McCOY (V.O.)\n(low)\n*No*.\n\nMARY ^\nYes.\nYes.\n"
    )
    assert to_json(script) == {
        "title_page": {"Title": ["RAIN", "A Film"], "Author": ["Ada"]},
        "elements": [
            {"type": "section", "text": "Act", "line": 6, "depth": 2},
            {
                "type": "scene_heading",
                "text": "ROOF",
                "line": 8,
                "scene_number": "2",
                "forced": True,
            },
            {
                "type": "character",
                "text": "McCOY (V.O.)",
                "line": 10,
                "forced": True,
                "name": "McCOY",
                "extension": "V.O.",
            },
            {"type": "parenthetical", "text": "(low)", "line": 11},
            {"type": "dialogue", "text": "*No*.", "line": 12},
            {"type": "character", "text": "MARY", "line": 14, "dual": True, "name": "MARY"},
            {"type": "dialogue", "text": "Yes.\nYes.", "line": 15, "dual": True},
        ],
    }


def test_a_key_that_stands_twice_gathers_the_lines_of_both():
    script = read_fountain("Author: Ada\nAuthor: Bob\n\nHe.")
    assert to_json(script)["title_page"] == {"Author": ["Ada", "Bob"]}
