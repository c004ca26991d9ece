"""From a script to a finished film: everything that is missing is made, everything else is found."""

import os
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from reelwright.engines.storage.home import home
from reelwright.engines.storage.store import Store
from reelwright.film.breakdown.model import Breakdown, Scene, Shot
from reelwright.film.layout import lay_out
from reelwright.film.layout.cards import end_card, title_card
from reelwright.film.timeline import Rate, Timeline
from reelwright.ground.progress import Progress, Silent
from reelwright.providers.loader import load_provider
from reelwright.studio.cut.delivery import EXPORTS, Cut, check_folder, deliver
from reelwright.studio.direction import Director
from reelwright.studio.filming import film_all
from reelwright.studio.footage import Footage
from reelwright.studio.reading import ReadFilm, read_film
from reelwright.studio.scenes import choose_scenes
from reelwright.studio.shots import ShotList
from reelwright.studio.voices import Voices, speak_all
from reelwright.studio.workshop import Workshop

STORE_LIMIT = 20_000_000_000
"""Bytes the store may hold after a run; the longest unused products go first."""


@dataclass(frozen=True, slots=True)
class FilmOptions:
    """How a film is to be made. `scenes` is a choice such as `2-4,7`; `workers` 0 means one a core."""

    width: int = 1280
    height: int = 720
    rate: Rate = Rate()
    scenes: str | None = None
    exports: tuple[str, ...] = EXPORTS
    handles: int = 0
    burn_in: bool = False
    voices: bool = True
    workers: int = 0
    fresh: bool = False
    provider: str = "sketch"
    store: Path | None = None


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
    wall_s: float
    exports: Mapping[str, Path]
    warnings: tuple[str, ...] = field(default=())


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
    for warning in read.warnings:
        progress.warn(warning)
    check_folder(out)
    root = options.store or home() / "store"
    try:
        with Store(root) as store, closing(_workshop(store, options)) as workshop:
            timeline, footage = _film(read, options, workshop, progress)
            cut = Cut(read.breakdown, timeline, footage, out, options.exports)
            exports = deliver(cut, workshop, progress)
    finally:
        with suppress(OSError):
            out.rmdir()  # only if nothing came to lie in it
    Store(root).trim(STORE_LIMIT)
    shots = [one for one in footage.shots if one.scene is not None]
    made = sum(one.made for one in shots)
    return FilmReport(
        film=out / "film.mp4",
        duration_s=round(timeline.duration_s, 3),
        frames=timeline.frames,
        width=options.width,
        height=options.height,
        rate=options.rate,
        scenes=len(read.breakdown.scenes),
        shots=len(shots),
        made=made,
        reused=len(shots) - made,
        wall_s=round(time.monotonic() - begun, 3),
        exports=exports,
        warnings=read.warnings,
    )


def _workshop(store: Store, options: FilmOptions) -> Workshop:
    workers = options.workers or len(os.sched_getaffinity(0))
    return Workshop(store, workers, fresh=options.fresh)


def _film(
    read: ReadFilm, options: FilmOptions, workshop: Workshop, progress: Progress
) -> tuple[Timeline, Footage]:
    """Speak, lay out the cut by the real voices, and film it."""
    breakdown, provider = read.breakdown, load_provider(options.provider)
    director = Director(breakdown, options.width, options.height, read.score_mood)
    voices = Voices({}, {})
    if options.voices:
        voices = speak_all(breakdown, director, provider, workshop, read.own_recordings, progress)
    timeline = lay_out(
        breakdown,
        voices.spoken(),
        rate=options.rate,
        size=(options.width, options.height),
        handles=options.handles,
        timings=read.timings,
    )
    shot_list = ShotList(timeline, director, provider, voices, options.burn_in, read.own_shots)
    return timeline, film_all(timeline, _shots_of(breakdown), shot_list, workshop, progress)


def _shots_of(breakdown: Breakdown) -> dict[str, tuple[Scene | None, Shot]]:
    """Every shot by its id, with its scene; the cards have none."""
    shots: dict[str, tuple[Scene | None, Shot]] = {
        shot.id: (scene, shot) for scene in breakdown.scenes for shot in scene.shots
    }
    for card in (title_card(breakdown), end_card(breakdown)):
        shots[card.id] = None, card
    return shots
