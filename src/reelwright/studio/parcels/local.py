"""Projects as files on this machine's disk: what `reelwright project` does, by the same jobs as anyone."""

import asyncio
from contextlib import suppress
from pathlib import Path

from reelwright.engines.storage.files import whole_file
from reelwright.ground.errors import ConflictError, ToldError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.ground.progress import Progress
from reelwright.jobs.job import Job
from reelwright.jobs.service import JobService
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Project
from reelwright.studio.parcels.exports import SUFFIX, ProjectExports
from reelwright.studio.parcels.imports import ProjectImports

_LOOK_S = 0.3


class LocalParcels:
    """Writes projects to files and reads them back, and waits until it is done."""

    def __init__(
        self,
        projects: ProjectService,
        library: AssetService,
        jobs: JobService,
        exports: ProjectExports,
        imports: ProjectImports,
    ) -> None:
        self._projects = projects
        self._library = library
        self._jobs = jobs
        self._exports = exports
        self._imports = imports

    async def write(
        self, who: Principal, project_id: ProjectId, target: Path | None, progress: Progress
    ) -> Path:
        """Write a project to a file, without a name to one in the working folder; returns where it lies."""
        job = await self._exports.ask(who, project_id, self._projects, self._jobs)
        ended = await self._follow(who, job, "export", progress)
        asset = await self._library.get(who, AssetId(ended.result["asset_id"]))
        path = target or Path(asset.name).with_suffix(SUFFIX)
        with whole_file(path) as draft:
            draft.unlink()
            await self._library.fetch(who, asset, draft, own=True)
        await self._library.delete(who, asset.id)
        return path

    async def read(
        self, who: Principal, path: Path, name: str | None, progress: Progress
    ) -> Project:
        """Make a project of a file."""
        job = await self._imports.bring(who, path, path.name, self._jobs, name)
        ended = await self._follow(who, job, "import", progress)
        return await self._projects.get(who, ProjectId(ended.result["project_id"]))

    async def _follow(self, who: Principal, job: Job, stage: str, progress: Progress) -> Job:
        """The job, when it has completed; raises what it failed with. Stopped, we call it off."""
        progress.begin(stage, 100)
        shown = 0.0
        try:
            while True:
                now = await self._jobs.get_job(who, job.id)
                done = 100 * float((now.progress or {}).get("fraction") or 0)
                if done > shown:
                    progress.advance(stage, done - shown)
                    shown = done
                if now.state is JobState.COMPLETED:
                    return now
                if now.state in {JobState.FAILED, JobState.CANCELLED}:
                    raise ToldError(now.error or {"message": "the job was called off"})
                await asyncio.sleep(_LOOK_S)
        except asyncio.CancelledError:
            with suppress(ConflictError):
                await self._jobs.cancel_job(who, job.id)
            raise
