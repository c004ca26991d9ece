"""What an editor changed in the cut, taken over into the notes on the script."""

from dataclasses import replace
from pathlib import Path

from reelwright.engines.storage.files import write_text
from reelwright.film.breakdown.script import break_down
from reelwright.film.conform import Changes, conform
from reelwright.film.notes import add_notes
from reelwright.ground.errors import EnvironmentFailedError, InvalidInputError
from reelwright.ground.progress import Progress, Silent
from reelwright.studio.options import FilmOptions
from reelwright.studio.planning import open_workshop, plan_film
from reelwright.studio.reading import notes_path, read_film, read_notes
from reelwright.studio.scenes import choose_scenes
from reelwright.studio.scripts import read_script


def conform_film(
    edit: Path, script: Path, options: FilmOptions | None = None, progress: Progress | None = None
) -> Changes:
    """Compare an edit (OTIO or EDL) with the film it was made of, and write what differs as notes.

    `options` must be those the film was made with (rate, scenes, handles, voices). The notes that
    stand stay as they are. Raises InvalidInputError for an edit that cannot be read.
    """
    options, progress = options or FilmOptions(), progress or Silent()
    edited = _read(edit)
    read = read_film(script)
    read = replace(read, breakdown=choose_scenes(read.breakdown, options.scenes))
    with open_workshop(options) as workshop:
        film = plan_film(read, options, workshop, progress).timeline
    changes = conform(edited, film, script=break_down(read_script(script)), name=str(edit))
    if changes.notes:
        text, _ = read_notes(script)
        write_text(notes_path(script), add_notes(text, changes.notes))
    return changes


def _read(edit: Path) -> str:
    try:
        return edit.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InvalidInputError(
            f"{edit}: there is no such file", way_out="name the edit: a .otio or .edl file"
        ) from None
    except (IsADirectoryError, UnicodeDecodeError):
        raise InvalidInputError(
            f"{edit}: is no edit", way_out="export OTIO or CMX3600 EDL from the editor"
        ) from None
    except OSError as error:
        raise EnvironmentFailedError(
            f"{edit}: {error.strerror}", way_out="check its rights"
        ) from error
