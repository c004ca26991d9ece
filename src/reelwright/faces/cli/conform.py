"""`reelwright conform`: an editor's changes become notes."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Fps, Handles, Scenes, Script, Voices
from reelwright.faces.cli.screen import Screen
from reelwright.film.timecode import parse_rate


def conform(
    edit: Annotated[Path, Parameter(help="the edited cut: .otio or .edl")],
    script: Script,
    /,
    *,
    fps: Fps = "24",
    scenes: Scenes = None,
    handles: Handles = 0,
    voices: Voices = True,
) -> None:
    """Take over trims, order and deletions from an edited film.otio or film.edl into the notes."""
    from reelwright.studio.conforming import conform_film
    from reelwright.studio.options import FilmOptions
    from reelwright.studio.reading import notes_path

    options = FilmOptions(rate=parse_rate(fps), scenes=scenes, handles=handles, voices=voices)
    with Screen() as screen:
        changes = conform_film(edit, script, options, screen)
    for sentence in changes.told:
        print(sentence)
    for sentence in changes.unmatched:
        print(f"not taken over: {sentence}", file=sys.stderr)
    print(f"notes: {notes_path(script)}" if changes.notes else "nothing has changed")
