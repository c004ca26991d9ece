"""A script on this machine's disk becomes a film in a folder, by way of the service."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from reelwright.film.timecode import parse_rate
from reelwright.generation.stories import Storyteller, spent_by
from reelwright.ground.errors import ConflictError, ToldError
from reelwright.ground.principals import Principal
from reelwright.ground.progress import Progress
from reelwright.jobs.progress import ProgressState, ProgressTracker, ProgressUpdate
from reelwright.jobs.service import JobService
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.library.revisions import Revisions
from reelwright.projects.service import ProjectService
from reelwright.studio.cut.delivery import exports_in, write_reel
from reelwright.studio.options import FilmOptions, written_options
from reelwright.studio.production import Figures, FilmReport, report
from reelwright.studio.productions.collecting import collect
from reelwright.studio.productions.local_scripts import LocalScripts
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.service import ProductionService
from reelwright.studio.productions.shelves import Shelves
from reelwright.studio.reading import ReadFilm

_LOOK_S = 0.3  # how often a film that another process makes is looked at
_LOOK_HERE_S = 1.0  # the same while this process makes it, and tells by itself


class FilmCancelledError(ConflictError):
    """Somebody cancelled the film, for all who had asked for it."""

    code = "film_cancelled"


class LocalFilms:
    """What `reelwright film` does: the same as anyone does over HTTP, and the folder at the end."""

    def __init__(
        self,
        projects: ProjectService,
        revisions: Revisions,
        library: AssetService,
        productions: ProductionService,
        jobs: JobService,
        shelves: Shelves,
        tracker: ProgressTracker,
        stories: Storyteller,
    ) -> None:
        self._scripts = LocalScripts(projects, revisions)
        self._library = library
        self._productions = productions
        self._jobs = jobs
        self._shelves = shelves
        self._tracker = tracker
        self._stories = stories

    async def make(
        self,
        who: Principal,
        script: Path,
        read: ReadFilm,
        out: Path,
        options: FilmOptions,
        progress: Progress,
    ) -> FilmReport:
        """Make the film of a script, which was `read` just now, in the folder `out`.

        Raises what `make_film` raises. Cancelled itself, it cancels the film unless others want it
        too; what is finished is kept.
        """
        begun = time.monotonic()
        revision = await self._scripts.keep(who, script, read)
        production = await self._productions.start_film(
            who, revision.project_id, written_options(options), revision_id=revision.id
        )
        await self._follow(who, production, progress)
        production = await self._productions.get(who, production.id)
        figures = read_figures(production.report or {})
        exports = await self._deliver(who, production, out)
        told = report(figures, out, exports, time.monotonic() - begun)
        spent, _ = spent_by(await self._stories.of_tree(who, production.job_id))
        return replace(told, spent=spent)

    async def _follow(self, who: Principal, production: Production, progress: Progress) -> None:
        """Show the job's progress until it has ended; raises what it failed with."""
        news = _News(asyncio.get_running_loop(), _Shown(progress))
        unsubscribe = self._tracker.subscribe(production.job_id, news.hear)
        try:
            while True:
                job = await self._jobs.get_job(who, production.job_id)
                news.shown.show(job.progress)
                if job.state is JobState.COMPLETED:
                    return
                if job.state is JobState.FAILED:
                    raise ToldError(job.error or {})
                if job.state is JobState.CANCELLED:
                    raise FilmCancelledError(
                        "the film was cancelled",
                        way_out="what is finished is kept, the same command goes on from there",
                    )
                await news.wait()
        except asyncio.CancelledError:
            with suppress(ConflictError):  # it has ended already
                await self._productions.leave(who, production)
            raise
        finally:
            unsubscribe()

    async def _deliver(
        self, who: Principal, production: Production, out: Path
    ) -> Mapping[str, Path]:
        """Write the delivered folder from the library."""
        shelf = self._shelves.of(who, production.project_id)
        reel = await collect(who, production, shelf, self._library)
        await asyncio.to_thread(write_reel, reel, out)
        return exports_in(out, list(production.outputs))


class _News:
    """What a film tells that is made in this process, and when to look at its job again."""

    def __init__(self, loop: asyncio.AbstractEventLoop, shown: "_Shown") -> None:
        self.shown = shown
        self._loop = loop
        self._ended = asyncio.Event()
        self._here = False

    def hear(self, update: ProgressUpdate) -> None:
        """Called by the tracker, in whatever thread."""
        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._take, update)

    async def wait(self) -> None:
        """Until the job should be looked at: at once when its end is heard, else after a while."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_HERE_S if self._here else _LOOK_S):
                await self._ended.wait()
        self._ended.clear()

    def _take(self, update: ProgressUpdate) -> None:
        if update.state is ProgressState.RUNNING:
            self._here = True
            self.shown.show({"data": update.data})
        else:
            self._here = False  # another process may go on with it
            self._ended.set()


class _Shown:
    """Turns what a job tells of its progress into stages and steps."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done: dict[str, float] = {}
        self._warned = 0

    def show(self, told: Mapping[str, Any] | None) -> None:
        """Show what is new; what is older than what was shown changes nothing."""
        data = (told or {}).get("data") or {}
        for stage, (done, total) in (data.get("stages") or {}).items():
            if stage not in self._done:
                self._progress.begin(stage, total)
                self._done[stage] = 0.0
            if done > self._done[stage]:
                self._progress.advance(stage, done - self._done[stage], data.get("note") or "")
                self._done[stage] = done
        for warning in (data.get("warnings") or [])[self._warned :]:
            self._progress.warn(warning)
            self._warned += 1


def read_figures(written: Mapping[str, Any]) -> Figures:
    """What was made, from its JSON."""
    plain = dict(written)
    plain |= {"rate": parse_rate(plain["rate"]), "warnings": tuple(plain["warnings"])}
    return Figures(**plain)
