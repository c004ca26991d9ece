"""Everything around files that are brought from elsewhere, on a disk of one's own."""

from reelwright.engines.http.client import Http
from reelwright.engines.http.settings import HttpSettings
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ExhaustedError
from reelwright.jobs.charging import NoQuota as NoJobQuota
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.processor import JobProcessor
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings
from reelwright.library.asset_service import AssetService
from reelwright.library.downloading import RemoteAssets
from reelwright.library.examination import Examiner
from reelwright.library.quotas import NoQuota
from reelwright.library.storage_service import StorageService
from reelwright.projects.service import ProjectService
from reelwright.studio.downloads import Downloading, Downloads
from support.fake_durable import FakeDurable
from support.projects import project_states


class Counted(NoQuota):
    """Counts what is charged, and lets so much in."""

    def __init__(self, most=10**9):
        self.held = 0
        self.most = most

    async def check(self, who, size):
        if self.held + size > self.most:
            raise ExhaustedError("no more bytes may be stored")

    async def charge(self, tx, who, size, *, refuse, assets=1):
        if refuse and self.held + size > self.most:
            raise ExhaustedError("no more bytes may be stored")
        self.held += size


class Asked(NoJobQuota):
    """Asks whoever counts bytes before jobs that make files."""

    def __init__(self, storage):
        self.storage = storage

    async def charge(self, tx, who, jobs, *, files):
        if files:
            await self.storage.check(who, 1)


class DownloadHouse:
    """The services. They may ask this machine, but where they are told not to."""

    def __init__(self, database, root, *, loopback=True, quota=None):
        self.database, clock = database, SystemClock()
        self.objects = DiskObjects(root / "objects", SignedUrls(b"k" * 32, clock))
        self.quota = quota or Counted()
        self.library = AssetService(database, self.objects, clock, self.quota)
        self.examiner = Examiner()
        self.storage = StorageService(
            self.library, project_states(database), self.examiner, self.quota
        )
        networks = ("127.0.0.0/8",) if loopback else ()
        self.http = Http(HttpSettings(networks=networks, attempts=1))
        self.remote = RemoteAssets(
            database, self.library, self.storage, self.objects, self.http, clock, self.quota
        )
        self.durable = FakeDurable(database)
        kinds = JobKinds([Downloading(database, self.remote).kind])
        given = (database, self.durable, kinds, clock)
        settings = JobSettings(progress_s=0.05, backoff_s=0.01, longest_backoff_s=0.01)
        self.jobs = JobService(*given, settings, Asked(self.quota))
        self.processor = JobProcessor(*given, ProgressTracker(clock), settings)
        projects = ProjectService(database, clock)
        things = (self.library, self.storage, projects, self.jobs, self.http)
        self.downloads = Downloads(database, self.remote, *things)

    async def bring(self, who, url, **more):
        """Ask for a file and have it brought: the asset, and the job as it ended."""
        asked = await self.downloads.ask(who, url, **more)
        await self.durable.run_all(self.processor)
        return await self.stands(who, asked)

    async def stands(self, who, asked):
        """The asset and the job as they stand."""
        job = await self.jobs.get_job(who, asked.job.id)
        return await self.library.get(who, asked.asset.id), job

    def drafts(self):
        """What lies about unfinished."""
        return [one.name for one in self.objects.drafts.iterdir() if one.name != "brought"]

    async def close(self):
        self.examiner.close()
        await self.http.close()
