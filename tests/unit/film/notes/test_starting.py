from reelwright.film.notes import Notes, apply_notes, parse_notes, starting_notes
from support.cuts import breakdown, ferry, scene, shot, talk


def test_the_starting_file_changes_nothing():
    film = ferry()
    notes = parse_notes(starting_notes(film))
    done = apply_notes(film, notes)
    assert done.breakdown == film
    assert done.reports == ()


def test_every_scene_shot_and_character_has_its_place():
    film = ferry()
    notes = parse_notes(starting_notes(film))
    assert list(notes.scenes) == [one.id for one in film.scenes]
    assert list(notes.shots) == [one.id for part in film.scenes for one in part.shots]
    assert list(notes.characters) == ["MARA", "JONAS"]


def test_a_shot_can_be_found_by_its_first_words():
    lines = starting_notes(ferry()).splitlines()
    at = lines.index("[shots.sh_jonas]")
    assert lines[at - 1] == "# JONAS  JONAS: Out. *Nowhere* you'd know."
    assert lines[at + 1] == '# size = "close"'


def test_every_line_that_is_offered_works_once_its_mark_is_taken_away():
    film = ferry()
    text = starting_notes(film)
    head, _, body = text.partition("[film]")
    opened = body.replace('# size = "', 'size = "').replace("# duration_s", "duration_s")
    for key in ("mood", "score_mood", "look", "voice"):
        opened = opened.replace(f"# {key} = ", f"{key} = ")
    notes = parse_notes(f"{head}[film]{opened}")
    assert notes.film.score_mood == "tense"
    assert all(one.size and one.duration_s for one in notes.shots.values())
    done = apply_notes(film, notes)
    assert done.breakdown.scenes == film.scenes
    assert done.breakdown.characters == film.characters


def test_awkward_names_and_empty_scripts_make_a_file_that_reads_back():
    odd = breakdown(
        scene("sc_a", talk("sh_a"), shot("sh_b", action=""), heading='EXT. "X" \x07\u2028 - DAY'),
        title='A "B"\n# C',
    )
    assert list(parse_notes(starting_notes(odd)).shots) == ["sh_a", "sh_b"]
    assert parse_notes(starting_notes(breakdown())) == Notes(
        characters=parse_notes(starting_notes(breakdown())).characters
    )
