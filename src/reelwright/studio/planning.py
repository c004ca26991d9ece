"""The cut before its pictures: every speech spoken, every shot in its place."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from reelwright.engines.processes.crew import cores
from reelwright.engines.storage.home import home
from reelwright.engines.storage.store import Store
from reelwright.film.layout import lay_out
from reelwright.film.timeline import Timeline
from reelwright.ground.progress import Progress
from reelwright.providers.contract import Provider
from reelwright.providers.loader import load_provider
from reelwright.studio.buying import Buyer
from reelwright.studio.direction import Director
from reelwright.studio.options import FilmOptions
from reelwright.studio.reading import ReadFilm
from reelwright.studio.voices import Voices, speak_all
from reelwright.studio.workshop import CrewWorkshop, Workshop

STORE_LIMIT = 20_000_000_000
"""Bytes the store may hold after a run; the longest unused products go first."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The cut laid out by its real voices, and who makes what is still missing."""

    read: ReadFilm
    buyer: Buyer
    director: Director
    provider: Provider
    voices: Voices
    timeline: Timeline


@contextmanager
def open_workshop(options: FilmOptions) -> Iterator[Workshop]:
    """A workshop on the store, which is brought back to its limit afterwards, half-made things too."""
    root = options.store or home() / "store"
    workers = options.workers or cores()
    try:
        with (
            Store(root) as store,
            closing(CrewWorkshop(store, workers, fresh=options.fresh)) as crew,
        ):
            yield crew
    finally:
        with suppress(OSError):
            Store(root).trim(STORE_LIMIT)


def plan_film(read: ReadFilm, options: FilmOptions, workshop: Workshop, progress: Progress) -> Plan:
    """Have every speech spoken, and lay the cut out by how long they take."""
    breakdown, provider = read.breakdown, load_provider(options.provider)
    buyer = Buyer(options.route, workshop, progress)
    director = Director(breakdown, options.width, options.height, read.score_mood)
    voices = Voices({}, {})
    if options.voices:
        own = read.own_recordings
        voices = speak_all(breakdown, director, provider, workshop, own, progress, buyer)
    timeline = lay_out(
        breakdown,
        voices.spoken(),
        rate=options.rate,
        size=(options.width, options.height),
        handles=options.handles,
        timings=read.timings,
    )
    return Plan(read, buyer, director, provider, voices, timeline)
