"""`reelwright notes`: a starting file in which a person overrules the machine."""

from typing import Annotated

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Script
from reelwright.ground.errors import Kind, ReelwrightError


class NotesExistError(ReelwrightError):
    """There are notes already; they are somebody's work and are never overwritten."""

    code = "notes_exist"
    kind = Kind.INVALID


def notes(
    script: Script,
    /,
    *,
    show: Annotated[
        bool, Parameter(name="--print", negative="", help="print it, write no file")
    ] = False,
) -> None:
    """Write SCRIPT.notes.toml with the ids of all scenes and shots, everything commented out."""
    from reelwright.engines.storage.files import write_text
    from reelwright.film.breakdown.script import break_down
    from reelwright.film.notes import starting_notes
    from reelwright.studio.reading import notes_path
    from reelwright.studio.scripts import read_script

    text = starting_notes(break_down(read_script(script)))
    if show:
        print(text, end="")
        return
    path = notes_path(script)
    if path.exists():
        raise NotesExistError(
            f"{path}: exists already, and notes are never overwritten",
            way_out="edit it; `reelwright notes --print` shows what a new one would say",
        )
    write_text(path, text)
    print(path)
