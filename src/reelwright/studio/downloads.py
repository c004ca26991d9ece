"""Files that lie elsewhere, brought into the library by jobs of the kind `download`.

The asset is there as soon as it is asked for; the job that brings its bytes names it by its id, for
the address may hold somebody's signature.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.http.client import Http
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.kinds import JobKind, Work
from reelwright.jobs.service import JobService
from reelwright.jobs.wanting import WorkEndedError, while_wanted
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, OriginKind, SyncStatus
from reelwright.library.downloading import RemoteAssets
from reelwright.library.sniffing import UNKNOWN
from reelwright.library.storage_service import StorageService
from reelwright.library.texts import file_name
from reelwright.projects.service import ProjectService

DOWNLOAD = "download"
_AT_ONCE = 8
_RETRIES = 5
_TIME_LIMIT = timedelta(hours=6)


class DownloadParams(BaseModel):
    """What a job of the kind `download` brings."""

    model_config = ConfigDict(extra="forbid")

    asset_id: str


class Downloading:
    """Runs jobs of the kind `download`."""

    def __init__(self, database: Database, remote: RemoteAssets) -> None:
        self._database = database
        self._remote = remote

    @property
    def kind(self) -> JobKind:
        """As jobs know it. It mostly waits, so one worker does several at a time."""
        return JobKind(
            name=DOWNLOAD,
            params=DownloadParams,
            run=self.run,
            release=self.release,
            queue=DOWNLOAD,
            joins=True,
            makes_files=lambda _: True,
            private=True,
            retries=_RETRIES,
            at_once=_AT_ONCE,
            time_limit=_TIME_LIMIT,
        )

    async def run(self, work: Work) -> Mapping[str, Any]:
        """Bring it; called again after a crash, it goes on where it broke off."""

        def tell(size: int, whole: int | None) -> None:
            message = f"{size / 1e6:.1f} MB" + (f" of {whole / 1e6:.1f}" if whole else "")
            work.progress.update(min(size / whole, 1.0) if whole else 0.0, message)

        bringing = self._remote.download(work.who, _asset_of(work.params.model_dump()), tell)
        asset = await while_wanted(self._database, work, bringing)
        return {"asset": asset.id, "media_type": asset.media_type, "size": asset.size}

    async def release(self, tx: Tx, job: Job) -> None:
        """Part of the job's bad end: the asset says that nobody brings it any more."""
        await self._remote.give_up_in(
            tx, job.principal, _asset_of(job.params), WorkEndedError("the download was called off")
        )


@dataclass(frozen=True, slots=True)
class Download:
    """An asset whose bytes are to come, and the job that brings them."""

    asset: Asset
    job: Job


class Downloads:
    """Asks for files from elsewhere."""

    def __init__(
        self,
        database: Database,
        remote: RemoteAssets,
        library: AssetService,
        storage: StorageService,
        projects: ProjectService,
        jobs: JobService,
        http: Http,
    ) -> None:
        self._database = database
        self._remote = remote
        self._library = library
        self._storage = storage
        self._projects = projects
        self._jobs = jobs
        self._http = http

    async def ask(
        self,
        who: Principal,
        url: str,
        *,
        name: str | None = None,
        project_id: ProjectId | None = None,
        project_type: str = "custom",
    ) -> Download:
        """Have the file at a web address brought, by the rules of its project's type.

        Raises AddressRefusedError, and what the quota raises. What the file is, is seen when it is here.
        """
        self._http.check(url)
        if project_id is not None:
            project_type = (await self._projects.get(who, project_id)).project_type
        self._storage.get_project_config(project_type)
        called = file_name(name or PurePosixPath(unquote(urlsplit(url).path)).name)
        async with self._database.transaction(who) as tx:
            asset = await self._remote.add_in(
                tx,
                who,
                name=called,
                media_type=UNKNOWN,
                origin=Origin(OriginKind.UPLOAD, called),
                remote_url=url,
                facts={"project_type": project_type},
                project_id=project_id,
            )
            assert isinstance(asset, Asset), "it has no remote id that could be known"
            (job,) = await self._jobs.create_jobs_in(tx, who, [_job_of(asset)])
        return Download(asset, job)

    async def again(self, who: Principal, asset_id: AssetId) -> Download:
        """Bring an asset that is elsewhere still, or could not be had; the job that does it already, if any.

        Raises ConflictError if it is here, or came from nowhere.
        """
        asset = await self._library.get(who, asset_id)
        if asset.sync_status is SyncStatus.DOWNLOADED or asset.remote_url is None:
            raise ConflictError(f"the bytes of asset {asset_id} are here already")
        return Download(asset, await self._jobs.create_job(who, _job_of(asset)))


def _job_of(asset: Asset) -> NewJob:
    project = ProjectId(asset.project_id) if asset.project_id else None
    return NewJob(kind=DOWNLOAD, params={"asset_id": asset.id}, project_id=project)


def _asset_of(params: Mapping[str, Any]) -> AssetId:
    return AssetId.parse(params["asset_id"])
