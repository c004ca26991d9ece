"""`reelwright film`: a screenplay becomes a film."""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Fps, Handles, Json, Route, Scenes, Script, Size, Voices
from reelwright.faces.cli.screen import Screen
from reelwright.film.timecode import name_rate
from reelwright.ground.money import spelled

if TYPE_CHECKING:
    from reelwright.app.start import OpenHouse
    from reelwright.studio.options import FilmOptions
    from reelwright.studio.production import FilmReport


Out = Annotated[Path | None, Parameter(help="folder for everything (default: NAME-film)")]
Exports = Annotated[
    str,
    Parameter(
        help="all, none, or some of otio,fcpxml,fcp7xml,edl,srt,vtt,shots,storyboard,contact-sheet,media"
    ),
]
BurnIn = Annotated[bool, Parameter(negative="", help="draw the subtitles into the picture")]
Jobs = Annotated[int, Parameter(help="worker processes (default: one a core)")]
Fresh = Annotated[bool, Parameter(negative="", help="make everything anew")]
MaxCost = Annotated[
    str | None, Parameter(help="the most it may cost; what it leaves no room for is sketched: 5.00")
]


def film(
    script: Script,
    /,
    *,
    out: Out = None,
    size: Size = "1280x720",
    fps: Fps = "24",
    scenes: Scenes = None,
    exports: Exports = "all",
    handles: Handles = 0,
    burn_in: BurnIn = False,
    voices: Voices = True,
    route: Route | None = None,
    max_cost: MaxCost = None,
    jobs: Jobs = 0,
    fresh: Fresh = False,
    as_json: Json = False,
) -> None:
    """Make the film of a screenplay, and what an editor needs next; what is found made is not made again.

    The built-in artist makes it; along a route models do, and what it costs is said first.
    """
    from reelwright.app.running import run_loop
    from reelwright.studio.commissions.route import load_route
    from reelwright.studio.options import between, read_options

    options = read_options(
        {"size": size, "fps": fps, "scenes": scenes, "exports": exports, "handles": handles}
        | {"burn_in": burn_in, "voices": voices, "fresh": fresh, "max_cost": max_cost}
        | {"route": None if route is None else load_route(route)},
        dashes="--",
    )
    crew, out = between("--jobs", jobs, 0, 256), out or Path(f"{script.stem}-film")
    try:
        with Screen() as screen:
            report = run_loop(lambda: _make(script, out, options, crew, screen))
    finally:
        with suppress(OSError):
            out.rmdir()  # only if nothing came to lie in it
    print(json.dumps(_plain(report), ensure_ascii=False) if as_json else _told(report))


async def _make(
    script: Path, out: Path, options: "FilmOptions", crew: int, screen: Screen
) -> "FilmReport":
    from reelwright.app.running import running
    from reelwright.studio.cut.delivery import check_folder
    from reelwright.studio.production import read_chosen
    from reelwright.studio.productions.local import LocalFilms

    # What cannot be used is said before anything is started.
    read = read_chosen(script, options)
    check_folder(out)
    async with running(worker=True, crew=crew) as house:
        if options.route is not None:
            options = await _accepted(house, script, options)
        films = await house.container.get(LocalFilms)
        return await films.make(house.owner, script, read, out, options, screen)


async def _accepted(house: "OpenHouse", script: Path, options: "FilmOptions") -> "FilmOptions":
    """The options as they may be paid: the quote is shown, and somebody has to say the most.

    Raises InvalidInputError where nobody does.
    """
    from dataclasses import replace

    from reelwright.faces.cli import quote
    from reelwright.studio.productions.quote_words import in_words
    from reelwright.studio.productions.quoting import bound_of

    told = await quote.ask(house, script, options)
    print("\n".join(in_words(told)), file=sys.stderr, flush=True)
    return replace(options, route=told.route, max_cost=bound_of(told, options.max_cost))


def _told(report: "FilmReport") -> str:
    minutes, seconds = divmod(round(report.duration_s), 60)
    what = f"{minutes}:{seconds:02d}, scenes: {report.scenes}, shots: {report.shots}"
    how = f"{report.made} made, {report.reused} reused, in {report.wall_s:.1f} s"
    sums = [spelled(micros, currency) for currency, micros in report.spent.items() if micros]
    cost = f", for {' + '.join(sums)}" if sums else ""
    return f"{report.film}  {what} ({how}{cost})"


def _plain(report: "FilmReport") -> dict[str, object]:
    return {
        "film": str(report.film),
        "duration_s": report.duration_s,
        "frames": report.frames,
        "size": f"{report.width}x{report.height}",
        "fps": name_rate(report.rate),
        "scenes": report.scenes,
        "shots": report.shots,
        "made": report.made,
        "reused": report.reused,
        "wall_s": report.wall_s,
        "spent_micros": dict(report.spent),
        "warnings": list(report.warnings),
        "exports": {name: str(path) for name, path in report.exports.items()},
    }
