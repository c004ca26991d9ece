"""`reelwright breakdown`: scenes, shots, cast and places of a script."""

import json
import sys

from reelwright.faces.cli.arguments import Json, Script
from reelwright.film.breakdown.model import Breakdown


def breakdown(script: Script, /, *, as_json: Json = False) -> None:
    """Show scenes, shots, characters and locations of a screenplay, notes applied."""
    from reelwright.film.breakdown.sheet import to_json
    from reelwright.studio.reading import read_film

    film = read_film(script)
    for warning in film.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if as_json:
        print(json.dumps(to_json(film.breakdown), ensure_ascii=False, indent=2))
    else:
        _show(film.breakdown)


def _show(film: Breakdown) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    shots = sum(len(scene.shots) for scene in film.scenes)
    minutes, seconds = divmod(round(film.duration_s), 60)
    head = f"{film.title or 'Untitled'}: {film.pages:g} pages, {len(film.scenes)} scenes, {shots} shots"
    console.print(f"{head}, about {minutes}:{seconds:02d}", highlight=False, markup=False)
    scenes = Table("no", "heading", "eighths", "seconds", "shots", "characters", "id", box=None)
    for scene in film.scenes:
        names = ", ".join(scene.characters)
        numbers = str(scene.page_eighths), f"{scene.duration_s:.0f}", str(len(scene.shots))
        scenes.add_row(scene.number, scene.heading, *numbers, names, scene.id)
    console.print(scenes)
    cast = Table("character", "lines", "words", "scenes", box=None)
    for one in film.characters:
        cast.add_row(one.name, str(one.lines), str(one.words), str(len(one.scenes)))
    console.print(cast)
