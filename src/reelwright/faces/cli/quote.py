"""`reelwright quote`: what a film by models would cost, before anything is made."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Fps, Handles, Json, Route, Scenes, Script, Size, Voices

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.studio.options import FilmOptions
    from reelwright.studio.productions.quoting import FilmQuote

Shots = Annotated[bool, Parameter(negative="", help="a line for each thing that is asked for")]


def quote(
    script: Script,
    /,
    *,
    route: Route = "cheapest",
    size: Size = "1280x720",
    fps: Fps = "24",
    scenes: Scenes = None,
    handles: Handles = 0,
    voices: Voices = True,
    shots: Shots = False,
    as_json: Json = False,
) -> None:
    """Say what the film of SCRIPT would cost along a route, by scene and by model. Nothing is made.

    What is there already costs nothing.
    """
    from reelwright.app.running import run_loop
    from reelwright.studio.commissions.route import load_route
    from reelwright.studio.options import read_options
    from reelwright.studio.productions.quote_words import in_words, written_quote

    written = {"size": size, "fps": fps, "scenes": scenes, "handles": handles, "voices": voices}
    options = read_options(written | {"route": load_route(route)}, dashes="--")
    told = run_loop(lambda: _ask(script, options))
    if as_json:
        print(json.dumps(written_quote(told), ensure_ascii=False))
    else:
        print("\n".join(in_words(told, shots=shots)))


async def _ask(script: Path, options: "FilmOptions") -> "FilmQuote":
    from reelwright.app.running import running

    async with running(worker=False) as house:
        return await ask(house, script, options)


async def ask(house: "OpenHouse", script: Path, options: "FilmOptions") -> "FilmQuote":
    """The quote of a script on this machine's disk."""
    from reelwright.studio.production import read_chosen
    from reelwright.studio.productions.quoting import FilmQuotes

    quotes = await house.container.get(FilmQuotes)
    return await quotes.quote(house.owner, read_chosen(script, options), options)
