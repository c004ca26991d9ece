"""A project written as one file: a job, for it may be much. The file is an asset that goes by itself."""

import secrets
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from reelwright.engines.database.database import Database
from reelwright.engines.durable.contract import Json
from reelwright.engines.storage.objects import Objects
from reelwright.ground.digests import digest
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal, Role
from reelwright.identity.audit import AuditLog
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.kinds import JobKind, Work
from reelwright.jobs.service import JobService
from reelwright.jobs.wanting import Wish
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, OriginKind
from reelwright.library.carried import EXPORTED
from reelwright.library.keeping import Incoming
from reelwright.library.keys import plain_name
from reelwright.library.labels import AssetLabels
from reelwright.library.quotas import StorageQuota
from reelwright.projects.service import ProjectService
from reelwright.studio.parcels.gathering import Gathered, Gathering
from reelwright.studio.parcels.kinds import parcel_kind
from reelwright.studio.parcels.writing import write_parcel

EXPORT = "project_export"
SUFFIX = ".reelwright"


class ExportParams(BaseModel):
    """Which project is written; for a guest without what else of the workspace its states name."""

    model_config = ConfigDict(extra="forbid")

    project: str
    guest: bool = False


class ProjectExports:
    """Writes projects as files. It is asked for by a door of its own; asked twice, it is one job."""

    def __init__(
        self,
        database: Database,
        objects: Objects,
        library: AssetService,
        labels: AssetLabels,
        quota: StorageQuota,
        gathering: Gathering,
        audit: AuditLog,
    ) -> None:
        self._database = database
        self._audit = audit
        self._objects = objects
        self._library = library
        self._labels = labels
        self._quota = quota
        self._gathering = gathering

    @property
    def kind(self) -> JobKind:
        """As jobs know it."""
        return parcel_kind(EXPORT, ExportParams, self._run, joins=True)

    async def ask(
        self, who: Principal, project_id: ProjectId, projects: ProjectService, jobs: JobService
    ) -> Job:
        """Ask for a project's file; raises ProjectMissingError. A member's job is hidden from its guests."""
        project, guest = await projects.get(who, project_id), who.role is Role.GUEST
        params = {"project": project.id, "guest": guest}
        there = project.id if guest else None
        new = NewJob(kind=EXPORT, params=params, name=project.name, project_id=there)
        async with self._database.transaction(who) as tx:
            (job,) = await jobs.create_jobs_in(tx, who, [new])
            said = {"job_id": job.id}
            await self._audit.write(tx, who, "project:export_asked", project.id, said)
        return job

    async def _run(self, work: Work) -> Json:
        # The same job makes the same product: begun again after a crash, it does not make a second.
        recipe = digest([EXPORT, work.job.id])
        known = await self._library.known_products(work.who, [recipe])
        asset = known.get(recipe) or await self._write(work, recipe)
        # In the trash from the beginning: it is deleted by itself, unless somebody takes it out.
        await self._labels.throw_away(work.who, asset.id)
        return {"asset_id": asset.id, "size": asset.size, "name": asset.name}

    async def _write(self, work: Work, recipe: str) -> Asset:
        asked: ExportParams = work.params
        project_id = ProjectId.parse(asked.project)
        gathered = await self._gathering.gather(work.who, project_id, guest=asked.guest)
        total = sum(size for size, _ in gathered.contents.values())
        await self._quota.check(work.who, total)
        wish = Wish(self._database, work)

        async def tell(done: int) -> None:
            work.progress.update(min(1.0, done / max(1, total)), "writing")
            await wish.check()

        path = self._objects.drafts / f"{secrets.token_hex(12)}.zip"
        try:
            await write_parcel(path, gathered, self._objects, tell)
            one = _incoming(gathered, path, recipe, shared=asked.guest)
            await self._library.take_in(work.who, one)
        finally:
            path.unlink(missing_ok=True)
        return (await self._library.find_products(work.who, [recipe]))[recipe]


def _incoming(gathered: Gathered, path: Path, recipe: str, *, shared: bool) -> Incoming:
    """What guests of the project see if it is `shared`: a member's holds more than is theirs to see."""
    project = gathered.manifest.project
    return Incoming(
        path=path,
        name=f"{plain_name(project.name)}{SUFFIX}",
        media_type="application/zip",
        origin=Origin(OriginKind.RECIPE, recipe),
        facts={},
        project_id=project.id if shared else None,
        recipe=recipe,
        operation=EXPORTED,
    )
