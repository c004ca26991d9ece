"""A script read, broken down, and overruled by its notes: the film before anything is made."""

from pathlib import Path

from reelwright.film.breakdown import break_down
from reelwright.film.notes import Directed, apply_notes, parse_notes
from reelwright.film.screenplay.elements import Screenplay
from reelwright.ground.errors import InvalidInputError


def notes_path(script: Path) -> Path:
    """Where a script's notes lie: `film.fountain` has `film.fountain.notes.toml`'s short form `film.notes.toml`."""
    return script.with_suffix(".notes.toml")


def read_film(screenplay: Screenplay, script: Path) -> Directed:
    """Break the screenplay down and lay the notes beside it over the breakdown, if there are any."""
    breakdown = break_down(screenplay)
    path = notes_path(script)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(
            f"{path}: cannot be read: {error}", way_out="save it as UTF-8 text"
        ) from error
    return apply_notes(breakdown, parse_notes(text, str(path)), path.parent)
