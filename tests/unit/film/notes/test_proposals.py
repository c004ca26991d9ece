"""Notes a machine proposes are read as a person's, and stand behind them."""

import pytest

from reelwright.film.breakdown.script import break_down
from reelwright.film.notes import NoteChange, add_notes, parse_notes
from reelwright.film.notes.proposals import Standing, read_value
from reelwright.film.screenplay.fountain import read_fountain

FILM = break_down(read_fountain("INT. HALL - DAY\n\nMARA waits.\n\nMARA\nYes.\n"))
SHOT = FILM.scenes[0].shots[0].id


@pytest.mark.parametrize(
    ("table", "key", "words", "value"),
    [
        ("shots", "size", ["close"], "close"),
        ("shots", "duration_s", ["4.5"], 4.5),
        ("shots", "lens", ["50"], 50),
        ("shots", "drop", ["true"], True),
        ("shots", "split_at", ["one", "two"], ["one", "two"]),
        ("characters", "look.hair", ["bun"], "bun"),
        ("characters", "voice.pitch", ["0.2"], 0.2),
        ("film", "title", ["1984"], "1984"),
    ],
)
def test_words_become_the_value_their_key_takes(table, key, words, value):
    assert read_value(table, key, words) == value


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        ("shots", "size", ["enormous"]),
        ("shots", "clip", ["mine.mp4"]),
        ("shots", "lens", ["50.5"]),
        ("shots", "size", ["close", "wide"]),
        ("scenes", "mood", []),
        ("words", "size", ["close"]),
    ],
)
def test_what_means_nothing_is_refused_with_what_would(table, key, words):
    with pytest.raises(ValueError, match=r"\w"):
        read_value(table, key, words)


def test_looks_and_the_films_own_notes_are_written_beside_what_a_person_wrote():
    mine = "[characters.MARA]\nlook = { hair = 'bun' }  # hers\n"
    changes = [
        NoteChange("characters", "MARA", "look.glasses", "round"),
        NoteChange("film", "", "score_mood", "tense"),
        NoteChange("shots", SHOT, "split_at", ["waits"]),
    ]
    notes = parse_notes(add_notes(mine, changes))
    assert notes.characters["MARA"].look == {"hair": "bun", "glasses": "round"}
    assert notes.film.score_mood == "tense"
    assert notes.shots[SHOT].split_at == ("waits",)


def test_a_note_that_stands_is_seen_under_any_name_and_through_what_it_excludes():
    standing = Standing(f"[characters.mara.look]\nhair = 'bun'\n[shots.{SHOT}]\nsplit = 2\n", FILM)
    assert standing.subject("characters", "MARA") == "mara"
    assert standing.says(NoteChange("characters", "mara", "look.hair", "long"))
    assert not standing.says(NoteChange("characters", "mara", "look.hat", "cap"))
    assert standing.says(NoteChange("shots", SHOT, "split_at", ["waits"]))
    assert standing.subject("shots", f"{SHOT}.2") == f"{SHOT}.2"
    assert standing.subject("shots", "sh_gone") is None
