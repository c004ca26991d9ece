"""What people decide about a film, laid over what the script gives: the file SCRIPT.notes.toml."""

from reelwright.film.notes.changes import NoteChange, add_notes
from reelwright.film.notes.directing import Directed, apply_notes
from reelwright.film.notes.model import Notes, OwnMedia
from reelwright.film.notes.reading import parse_notes
from reelwright.film.notes.starting import starting_notes

__all__ = [
    "Directed",
    "NoteChange",
    "Notes",
    "OwnMedia",
    "add_notes",
    "apply_notes",
    "parse_notes",
    "starting_notes",
]
