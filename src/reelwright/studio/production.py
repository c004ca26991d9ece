"""From a script to a finished film: everything that is missing is made, everything else is found."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reelwright.film.breakdown.model import Breakdown
from reelwright.film.timeline import Rate
from reelwright.ground.progress import Progress, Silent
from reelwright.studio.cut.delivery import Cut, check_folder, finish, write_reel
from reelwright.studio.filming import film_all
from reelwright.studio.footage import Footage
from reelwright.studio.options import FilmOptions
from reelwright.studio.planning import Plan, open_workshop, plan_film
from reelwright.studio.reading import read_film
from reelwright.studio.scenes import choose_scenes


@dataclass(frozen=True, slots=True)
class FilmReport:
    """What was made. `made + reused == shots`; cards and transitions are not counted."""

    film: Path
    duration_s: float
    frames: int
    width: int
    height: int
    rate: Rate
    scenes: int
    shots: int
    made: int
    reused: int
    exports: Mapping[str, Path]
    wall_s: float = 0.0
    warnings: tuple[str, ...] = ()


def make_film(
    script: Path, out: Path, options: FilmOptions | None = None, progress: Progress | None = None
) -> FilmReport:
    """Make the film of a screenplay in the folder `out`, with everything an editor needs next.

    Raises InvalidInputError for a script, notes or options that cannot be used (nothing is written
    then), EnvironmentFailedError when the machine cannot (disk full, folder not writable); what was
    finished before an error is kept, and the next run goes on from there.
    """
    begun = time.monotonic()
    options, progress = options or FilmOptions(), progress or Silent()
    read = read_film(script)
    read = replace(read, breakdown=choose_scenes(read.breakdown, options.scenes))
    warnings = (*read.warnings, *_illegible(read.breakdown))
    for warning in warnings:
        progress.warn(warning)
    check_folder(out)
    try:
        with open_workshop(options) as workshop:
            plan = plan_film(read, options, workshop, progress)
            footage = film_all(plan, options, workshop, progress)
            cut = Cut(read.breakdown, plan.timeline, footage, options.exports)
            exports = write_reel(finish(cut, workshop, progress), out)
    finally:
        with suppress(OSError):
            out.rmdir()  # only if nothing came to lie in it
    report = _report(plan, footage, out, exports)
    return replace(report, warnings=warnings, wall_s=round(time.monotonic() - begun, 3))


def _report(plan: Plan, footage: Footage, out: Path, exports: Mapping[str, Path]) -> FilmReport:
    timeline, breakdown = plan.timeline, plan.read.breakdown
    shots = [one for one in footage.shots if one.scene is not None]
    made = sum(one.made for one in shots)
    return FilmReport(
        film=out / "film.mp4",
        duration_s=round(timeline.duration_s, 3),
        frames=timeline.frames,
        width=timeline.width,
        height=timeline.height,
        rate=timeline.rate,
        scenes=len(breakdown.scenes),
        shots=len(shots),
        made=made,
        reused=len(shots) - made,
        exports=exports,
    )


def _illegible(breakdown: Breakdown) -> list[str]:
    """A warning where the script has characters that no font at hand can draw."""
    texts = [breakdown.title or "", breakdown.author or ""]
    for scene in breakdown.scenes:
        for shot in scene.shots:
            texts += [shot.action, *(speech.text for speech in shot.dialogue)]
    signs = "".join(sorted({sign for text in texts if not text.isascii() for sign in text}))
    if not signs:
        return []
    from reelwright.engines.media.fonts import warning_of  # noqa: PLC0415 - only where it matters

    warning = warning_of(signs)
    return [warning] if warning else []
