"""From a script to a finished film: everything that is missing is made, everything else is found."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from reelwright.film.breakdown.model import Breakdown
from reelwright.film.timeline import Rate
from reelwright.ground.progress import Progress, Silent
from reelwright.studio.cut.delivery import FILM, Cut, Reel, check_folder, finish, write_reel
from reelwright.studio.filming import film_all
from reelwright.studio.footage import Footage
from reelwright.studio.options import FilmOptions
from reelwright.studio.planning import Plan, open_workshop, plan_film
from reelwright.studio.reading import OwnFiles, ReadFilm, read_film
from reelwright.studio.scenes import choose_scenes
from reelwright.studio.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was made, in numbers. `made + reused == shots`; cards and transitions are not counted."""

    duration_s: float
    frames: int
    width: int
    height: int
    rate: Rate
    scenes: int
    shots: int
    made: int
    reused: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmReport(Figures):
    """A film in its folder: what was made, where it lies, how long it took, and what models cost.

    `spent` is in millionths by currency.
    """

    film: Path
    exports: Mapping[str, Path]
    wall_s: float = 0.0
    spent: Mapping[str, int] = field(default_factory=dict)


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
    read = read_chosen(script, options)
    check_folder(out)
    try:
        with open_workshop(options) as workshop:
            figures, reel = produce(read, options, workshop, progress)
            exports = write_reel(reel, out)
    finally:
        with suppress(OSError):
            out.rmdir()  # only if nothing came to lie in it
    return report(figures, out, exports, time.monotonic() - begun)


def report(figures: Figures, out: Path, exports: Mapping[str, Path], wall_s: float) -> FilmReport:
    """The report of a film delivered in `out`."""
    told = {one.name: getattr(figures, one.name) for one in fields(figures)}
    return FilmReport(**told, film=out / FILM, exports=exports, wall_s=round(wall_s, 3))


def read_chosen(script: Path, options: FilmOptions, own: OwnFiles | None = None) -> ReadFilm:
    """Read a script with its notes, as far as the chosen scenes go."""
    read = read_film(script, own)
    return replace(read, breakdown=choose_scenes(read.breakdown, options.scenes))


def produce(
    read: ReadFilm, options: FilmOptions, workshop: Workshop, progress: Progress
) -> tuple[Figures, Reel]:
    """Have everything made that a film needs; the same on a laptop alone and on many machines."""
    warnings = (*read.warnings, *_illegible(read.breakdown))
    for warning in warnings:
        progress.warn(warning)
    plan = plan_film(read, options, workshop, progress)
    footage = film_all(plan, options, workshop, progress)
    reel = finish(Cut(read.breakdown, plan.timeline, footage, options.exports), workshop, progress)
    for warning in workshop.told:
        progress.warn(warning)
    return replace(_figures(plan, footage), warnings=(*warnings, *workshop.told)), reel


def _figures(plan: Plan, footage: Footage) -> Figures:
    timeline = plan.timeline
    shots = [one for one in footage.shots if one.scene is not None]
    made = sum(one.made for one in shots)
    return Figures(
        duration_s=round(timeline.duration_s, 3),
        frames=timeline.frames,
        width=timeline.width,
        height=timeline.height,
        rate=timeline.rate,
        scenes=len(plan.read.breakdown.scenes),
        shots=len(shots),
        made=made,
        reused=len(shots) - made,
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
