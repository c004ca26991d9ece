"""`reelwright film`: a screenplay becomes a film."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from reelwright.faces.cli.arguments import Fps, Handles, Json, Scenes, Script, Voices
from reelwright.faces.cli.screen import Screen
from reelwright.film.timecode import name_rate, parse_rate
from reelwright.ground.errors import InvalidInputError

if TYPE_CHECKING:
    from reelwright.studio.production import FilmReport


Out = Annotated[Path | None, Parameter(help="folder for everything (default: NAME-film)")]
Size = Annotated[str, Parameter(help="width x height in pixels, both even")]
Exports = Annotated[
    str,
    Parameter(
        help="all, none, or some of otio,fcpxml,fcp7xml,edl,srt,vtt,shots,storyboard,contact-sheet,media"
    ),
]
BurnIn = Annotated[bool, Parameter(negative="", help="draw the subtitles into the picture")]
Jobs = Annotated[int, Parameter(help="worker processes (default: one a core)")]
Fresh = Annotated[bool, Parameter(negative="", help="make everything anew")]


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
    jobs: Jobs = 0,
    fresh: Fresh = False,
    as_json: Json = False,
) -> None:
    """Make the film of a screenplay, with everything an editor needs next.

    What is found made is not made again: change a line, run it again, and only that shot is new.
    """
    from reelwright.studio.cut.delivery import parse_exports
    from reelwright.studio.options import FilmOptions
    from reelwright.studio.production import make_film

    options = FilmOptions(
        *parse_frame(size),
        rate=parse_rate(fps),
        scenes=scenes,
        exports=parse_exports(exports),
        handles=_between("--handles", handles, 0, 240),
        burn_in=burn_in,
        voices=voices,
        workers=_between("--jobs", jobs, 0, 256),
        fresh=fresh,
    )
    with Screen() as screen:
        report = make_film(script, out or Path(f"{script.stem}-film"), options, screen)
    print(json.dumps(_plain(report), ensure_ascii=False) if as_json else _told(report))


def _told(report: "FilmReport") -> str:
    minutes, seconds = divmod(round(report.duration_s), 60)
    what = f"{minutes}:{seconds:02d}, scenes: {report.scenes}, shots: {report.shots}"
    how = f"{report.made} made, {report.reused} reused, in {report.wall_s:.1f} s"
    return f"{report.film}  {what} ({how})"


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
        "exports": {name: str(path) for name, path in report.exports.items()},
    }


def parse_frame(text: str) -> tuple[int, int]:
    """A frame size from `1280x720`."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*[xX×]\s*(\d{1,6})\s*", text)
    if not found:
        raise InvalidInputError(f"--size {text}: is no frame size", way_out="write 1280x720")
    width, height = int(found[1]), int(found[2])
    if not (128 <= width <= 7680 and 128 <= height <= 4320):
        raise InvalidInputError(
            f"--size {text}: cannot be drawn", way_out="from 128x128 to 7680x4320"
        )
    if width % 2 or height % 2:
        raise InvalidInputError(
            f"--size {text}: width and height must be even", way_out="write 1280x720"
        )
    return width, height


def _between(option: str, value: int, low: int, high: int) -> int:
    if not low <= value <= high:
        raise InvalidInputError(f"{option} {value}: must lie between {low} and {high}")
    return value
