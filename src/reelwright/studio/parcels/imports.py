"""A project's file read back: a project of its own, in the workspace of whoever brings it, or nothing at all.

Everything is looked at before anything is kept; then files and rows are kept in one transaction.
The new project's id follows from the job's: begun again after a crash, it is not made a second time.
"""

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.durable.contract import Json
from reelwright.engines.storage.objects import Objects
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AssetId, JobId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.kinds import JobKind, Work
from reelwright.jobs.service import JobService
from reelwright.jobs.wanting import Wish, WorkEndedError
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetMissingError, Origin, OriginKind
from reelwright.library.examination import Examiner
from reelwright.library.keeping import Incoming, NotWantedError
from reelwright.library.quotas import StorageQuota
from reelwright.projects.records import checked_name
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Project, ProjectMissingError
from reelwright.studio.parcels.gathering import Parts
from reelwright.studio.parcels.kinds import parcel_kind
from reelwright.studio.parcels.opening import check_directory, opened
from reelwright.studio.parcels.settling import Settling
from reelwright.studio.parcels.unpacking import Unpacked, unpacked

IMPORT = "project_import"
_ZIP = "application/zip"


class ImportParams(BaseModel):
    """The asset that is the file, and what the project is to be called, if not as it was.

    `brought`: the file came for this alone, and goes with it.
    """

    model_config = ConfigDict(extra="forbid")

    asset: str
    name: str | None = None
    brought: bool = False


class ProjectImports:
    """Makes projects of files."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        objects: Objects,
        library: AssetService,
        examiner: Examiner,
        quota: StorageQuota,
        projects: ProjectService,
        parts: Parts,
    ) -> None:
        self._database = database
        self._objects = objects
        self._library = library
        self._examiner = examiner
        self._quota = quota
        self._projects = projects
        self._parts = parts
        self._settling = Settling(clock, parts)

    @property
    def kind(self) -> JobKind:
        """As jobs know it."""
        return parcel_kind(IMPORT, ImportParams, self._run, release=self._release)

    async def ask(
        self, who: Principal, asset: AssetId, jobs: JobService, name: str | None = None
    ) -> Job:
        """Ask for the project of a file that is in the library; it stays there."""
        found = await self._library.get(who, asset)
        return await jobs.create_job(who, _job(found.id, found.name, name, brought=False))

    async def bring(
        self, who: Principal, path: Path, file: str, jobs: JobService, name: str | None = None
    ) -> Job:
        """Ask for the project of a file that comes just now; raises ParcelRefusedError."""
        size = await asyncio.to_thread(check_directory, path)
        await self._quota.check(who, size)
        async with self._library.copied(path) as copied:
            origin = Origin(OriginKind.UPLOAD, file)
            one = Incoming(copied, file, _ZIP, origin, {}, brought=True)
            new, made = _job(one.id, file, name, brought=True), []

            async def ask(tx: Tx) -> None:
                made.extend(await jobs.create_jobs_in(tx, who, [new]))

            await self._library.take_in(who, one, ask)
        return made[-1]

    async def _run(self, work: Work) -> Json:
        project_id = project_of_job(work.job.id)
        project = await self._found(work.who, project_id)
        if project is None:
            asset = await self._library.get(work.who, AssetId.parse(work.params.asset))
            await self._take_in(work, project_id, asset)
            project = await self._found(work.who, project_id)
        if project is None:
            raise WorkEndedError("the job was called off")
        if work.params.brought:
            with suppress(AssetMissingError):
                await self._library.delete(work.who, AssetId.parse(work.params.asset))
        return {"project_id": project.id, "name": project.name}

    async def _release(self, tx: Tx, job: Job) -> None:
        """Part of the job's bad end: what was brought for it is not kept."""
        if job.params["brought"]:
            with suppress(AssetMissingError):
                await self._library.delete_in(tx, job.principal, AssetId(job.params["asset"]))

    async def _found(self, who: Principal, project_id: ProjectId) -> Project | None:
        with suppress(ProjectMissingError):
            return await self._projects.get(who, project_id)
        return None

    async def _take_in(self, work: Work, project_id: ProjectId, asset: Asset) -> None:
        with TemporaryDirectory(prefix="import-", dir=self._objects.drafts) as folder:
            path = Path(folder, "project")
            await self._library.fetch(work.who, asset, path)
            await self.take_in(work, project_id, path, work.params.name)

    async def take_in(
        self, work: Work, project_id: ProjectId, path: Path, name: str | None = None
    ) -> None:
        """Make the project of a file that has a folder of its own; raises ParcelRefusedError.

        Nothing, if it is there already or the job is not wanted any more.
        """
        wish = Wish(self._database, work)
        await asyncio.to_thread(check_directory, path)
        async with self._examiner.examined(work.who.workspace, path, _ZIP):
            pass
        contents = await self._unpack(work, wish, path)
        new = await asyncio.to_thread(self._settling.plan, project_id, contents, name)

        # The job first, as whoever calls it off does: then what it takes up or gives back.
        async def hold(tx: Tx) -> None:
            if not await wish.hold_in(tx):
                raise NotWantedError

        async def settle(tx: Tx) -> None:
            if not await self._settling.settle(tx, work.who, new):
                raise NotWantedError

        await self._library.take_in_all(work.who, new.files, hold, settle)

    async def _unpack(self, work: Work, wish: Wish, path: Path) -> Unpacked:
        opening = opened(path, self._parts.names())
        parcel = await asyncio.to_thread(opening.__enter__)
        try:
            total = sum(parcel.sizes.values())
            await self._quota.check(work.who, total)

            async def tell(done: int) -> None:
                work.progress.update(min(0.9, 0.9 * done / max(1, total)), "unpacking")
                await wish.check()

            look = partial(self._examiner.examined, work.who.workspace)
            return await unpacked(parcel, path.parent, look, tell)
        finally:
            opening.__exit__(None, None, None)


def _job(asset: AssetId, file: str, name: str | None, *, brought: bool) -> NewJob:
    params = {"asset": asset, "brought": brought}
    params |= {"name": checked_name(name)} if name is not None else {}
    return NewJob(kind=IMPORT, params=params, name=file[:200])


def project_of_job(job: JobId) -> ProjectId:
    """The id of the project that a job makes: its own signs, so given out once."""
    return ProjectId(f"{ProjectId.prefix}_{job.partition('_')[2]}")
