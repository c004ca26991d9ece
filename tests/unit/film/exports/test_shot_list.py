import csv
import io

from reelwright.film.exports.catalogue import TEXT_EXPORTS
from reelwright.film.exports.shot_list import COLUMNS, write_shot_list
from reelwright.film.layout import lay_out
from support.cuts import breakdown, ferry, scene, shot, voices


def rows(film, **changes):
    text = write_shot_list(lay_out(film, voices(film), **changes), film)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_shot_of_the_story_has_a_row_and_cards_have_none():
    film = ferry()
    assert [row["id"] for row in rows(film)] == [
        one.id for part in film.scenes for one in part.shots
    ]


def test_a_row_says_how_long_and_from_when():
    row = rows(ferry())[2]
    assert row["number"] == "JONAS"
    assert row["scene"] == "1"
    assert (row["frames"], row["duration"], row["start"]) == ("57", "2.375", "00:00:08:16")
    assert row["dialogue"] == "JONAS: Out. *Nowhere* you'd know."


def test_quotes_commas_and_line_breaks_survive():
    action = 'He says "no", twice,\nand leaves.'
    film = breakdown(scene("sc_a", shot("sh_a", action=action, props=("GUN", "CUP"))))
    assert rows(film)[0]["action"] == action
    assert rows(film)[0]["props"] == "GUN; CUP"


def test_lines_end_as_the_standard_says():
    film = ferry()
    text = write_shot_list(lay_out(film), film)
    assert text.startswith(",".join(COLUMNS) + "\r\n")


def test_every_export_says_the_same_on_every_run():
    film = ferry()
    for export in TEXT_EXPORTS.values():
        once, again = (export.write(lay_out(film, voices(film)), film) for _ in range(2))
        assert once == again
        assert once.strip()
