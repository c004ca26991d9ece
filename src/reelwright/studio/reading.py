"""A script read, broken down, and overruled by its notes: the film before anything is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reelwright.film.breakdown.model import Breakdown
from reelwright.film.breakdown.script import break_down
from reelwright.film.notes import Notes, apply_notes, parse_notes
from reelwright.film.timeline import Timing
from reelwright.ground.errors import InvalidInputError
from reelwright.studio.scripts import read_script

SpeechKey = tuple[str, int]
"""A shot's id and the speech's place in its dialogue."""

OwnFiles = Callable[[str], Path]
"""Where a file lies that the notes name."""


@dataclass(frozen=True, slots=True)
class ReadFilm:
    """The breakdown as its people want it, with the files and lengths they brought.

    `own_files` are all files the notes name, by the names they use.
    """

    breakdown: Breakdown
    own_shots: Mapping[str, Path]
    own_recordings: Mapping[SpeechKey, Path]
    own_files: Mapping[str, Path]
    notes: Path | None
    timings: Mapping[str, Timing]
    score_mood: str | None
    warnings: tuple[str, ...]


def notes_path(script: Path) -> Path:
    """Where the notes on a script lie: beside it, `NAME.notes.toml`."""
    return script.with_suffix(".notes.toml")


def read_notes(script: Path, called: str | None = None) -> tuple[str, Notes]:
    """The notes beside a script, as text and as values; empty if there are none.

    What is wrong with them is said of `called`, or of their path.
    """
    path = notes_path(script)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(
            f"{path}: cannot be read: {error}", way_out="save it as a UTF-8 text file"
        ) from error
    return text, parse_notes(text, called or str(path))


def read_film(script: Path, own: OwnFiles | None = None) -> ReadFilm:
    """Read a script, break it down, and lay its notes over the breakdown.

    Files the notes name lie beside the script, unless `own` says where.
    """
    beside = own is None
    own = own or script.parent.joinpath
    screenplay = read_script(script)
    text, notes = read_notes(script, None if beside else "the notes")
    directed = apply_notes(break_down(screenplay), notes)
    own_shots = {shot: own(media.file) for shot, media in directed.own_media.items()}
    recordings = {key: own(file) for key, file in directed.recordings.items()}
    named = [media.file for media in directed.own_media.values()]
    own_files = {name: own(name) for name in [*named, *directed.recordings.values()]}
    for name, file in own_files.items():
        if not file.is_file():
            where, what = (notes_path(script), file) if beside else ("the notes", name)
            raise InvalidInputError(
                f"{where}: there is no file {what}", way_out="bring it, or change the notes"
            )
    return ReadFilm(
        breakdown=directed.breakdown,
        own_shots=own_shots,
        own_recordings=recordings,
        own_files=own_files,
        notes=notes_path(script) if text else None,
        timings=directed.timings,
        score_mood=directed.score_mood,
        warnings=(*screenplay.warnings, *directed.breakdown.warnings, *directed.reports),
    )
