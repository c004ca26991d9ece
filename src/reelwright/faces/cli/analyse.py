"""`reelwright analyse`: a model reads a script, and says what counting cannot."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from reelwright.faces.cli.arguments import AskedModels, AskedRoute, Json, Script
from reelwright.faces.cli.screen import Screen

if TYPE_CHECKING:
    from reelwright.film.breakdown.model import Breakdown
    from reelwright.generation.routes.route import Route
    from reelwright.studio.analysis.model import ScriptAnalysis


def analyse(
    script: Script,
    /,
    *,
    route: AskedRoute = None,
    model: AskedModels = None,
    apply: Annotated[
        bool, Parameter(negative="", help="write it into the notes; notes that stand stay")
    ] = False,
    take: Annotated[int, Parameter(help="1, 2, ... has it read anew")] = 0,
    as_json: Json = False,
) -> None:
    """Say what SCRIPT is about: logline, themes, and for each scene its mood, beat and ideas for shots.

    Scenes, shots and dialogue are those of `breakdown`. Without a key the rules say what they can.
    """
    from reelwright.app.running import run_loop
    from reelwright.film.breakdown.script import break_down
    from reelwright.generation.routes.route import read_route
    from reelwright.studio.scripts import read_script

    breakdown = break_down(read_script(script))
    wanted = read_route(route, model or ())
    with Screen() as screen:
        analysis = run_loop(lambda: _analyze(breakdown, wanted, take, screen))
    if as_json:
        print(json.dumps(analysis.to_json(), ensure_ascii=False, indent=2))
    else:
        _show(analysis)
    if apply:
        _apply(script, analysis)


async def _analyze(
    breakdown: "Breakdown", route: "Route | None", take: int, screen: Screen
) -> "ScriptAnalysis":
    from reelwright.app.running import running
    from reelwright.studio.analysis.analyst import ScriptAnalyst

    async with running(directing=True) as house:
        analyst = await house.container.get(ScriptAnalyst)
        return await analyst.analyze(
            house.owner, breakdown, route=route, take=take, progress=screen
        )


def _apply(script: Path, analysis: "ScriptAnalysis") -> None:
    from reelwright.engines.storage.files import write_text
    from reelwright.film.notes import add_notes
    from reelwright.studio.analysis.noting import notes_of
    from reelwright.studio.reading import notes_path, read_notes

    text, _ = read_notes(script)
    changes = notes_of(analysis, text)
    if changes:
        write_text(notes_path(script), add_notes(text, changes))
        told = f"{len(changes)} notes written to {notes_path(script)}"
    else:
        told = "there is nothing to note that is not noted"
    print(told, file=sys.stderr)


def _show(analysis: "ScriptAnalysis") -> None:
    print(analysis.logline)
    if analysis.themes:
        print(f"themes: {', '.join(analysis.themes)}")
    breakdown = analysis.breakdown
    shots = {shot.id: shot.number for scene in breakdown.scenes for shot in scene.shots}
    for scene, reading in zip(breakdown.scenes, analysis.scenes, strict=True):
        beat = f", {reading.beat}" if reading.beat else ""
        print(f"\n{scene.number}. {scene.heading} ({reading.mood}{beat})\n   {reading.synopsis}")
        for idea in reading.ideas:
            camera = f"{idea.size}, {idea.angle}, {idea.move}".replace("_", " ")
            print(f"   {shots[idea.shot_id]}: {camera}: {idea.seen}")
    for warning in analysis.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(f"\nby {analysis.by}; {analysis.bill.told()}")
