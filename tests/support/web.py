"""The web face over services that live in memory, and clients of it."""

import asyncio
import hashlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import httpx2
from dishka import Provider, Scope, make_async_container

from reelwright.app.settings import WebSettings
from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.events.event import Event, event_id, parse_event_id
from reelwright.engines.events.stream import EventStream
from reelwright.engines.limits.limiter import Limiter
from reelwright.engines.limits.settings import LimitSettings
from reelwright.engines.storage.objects import Objects
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.faces.web.application import create_app
from reelwright.generation.accounts.account import Account
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.accounts.healing import Trial
from reelwright.generation.llm.chats import LLMChatService
from reelwright.generation.llm.threads import Thread
from reelwright.generation.submissions.provenance import Provenance
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError, MissingError, UnauthenticatedError
from reelwright.ground.ids import (
    AccountId,
    AssetId,
    ProductionId,
    ProjectId,
    RevisionId,
    ThreadId,
    UserId,
    WorkspaceId,
)
from reelwright.ground.paging import Page
from reelwright.ground.principals import Principal, Role
from reelwright.identity.answers import KeptAnswers
from reelwright.identity.audit import AuditLog
from reelwright.identity.choices import ChoiceBook, Choices
from reelwright.identity.doorkeeper import Doorkeeper
from reelwright.identity.visitors import Visitor
from reelwright.identity.workspaces import Workspace, WorkspaceService
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.service import JobService
from reelwright.jobs.states import AfterFailure, JobState
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetMissingError, Origin, OriginKind
from reelwright.library.revisions import Revisions
from reelwright.library.takedowns import Takedowns
from reelwright.library.upload_service import UploadService
from reelwright.library.uploads import UploadMissingError
from reelwright.projects.service import NewProject, ProjectService
from reelwright.projects.values import Project, ProjectMissingError, Revision, RevisionMissingError
from reelwright.studio.parcels.exports import ProjectExports
from reelwright.studio.parcels.imports import ProjectImports
from reelwright.studio.productions.service import ProductionService

NOW = datetime(2026, 11, 20, tzinfo=UTC)
WORKSPACE = WorkspaceId.new()
TOKEN = "token-of-the-owner"  # noqa: S105  # of a fake
SIGNED_IN = {"Authorization": f"Bearer {TOKEN}"}


class FakeDoor:
    def __init__(self):
        self.owner = Principal(UserId.new(), WORKSPACE, Role.OWNER)

    async def admit(self, token, workspace=None):
        if token != TOKEN:
            raise UnauthenticatedError("this token is not known")
        return Visitor(self.owner)

    async def role_on(self, who, project):
        return who.role

    async def project_of(self, who, name, thing):
        return None


class FakeAnswers:
    """Keeps nothing: each request is the first."""

    async def begin(self, who, key, digest):
        return "claim"

    async def hold(self, who, what):
        return "claim"

    async def finish(self, who, key, claim, answer): ...
    async def let_go(self, who, what, claim): ...
    async def give_up(self, who, key, claim): ...


class FakeWorkspaces:
    def __init__(self):
        self.all = {}

    async def create(self, who, name):
        one = Workspace(WorkspaceId.new(), name, who.user, False, None, NOW)
        self.all[one.id] = one
        return one

    async def get(self, who, workspace):
        if workspace not in self.all:
            raise MissingError("there is no such workspace")
        return self.all[workspace]

    async def list(self, who, *, archived=False):
        return [one for one in self.all.values() if archived or one.archived_at is None]

    async def rename(self, who, workspace, name):
        self.all[workspace] = replace(await self.get(who, workspace), name=name)
        return self.all[workspace]

    async def archive(self, who, workspace):
        self.all[workspace] = replace(await self.get(who, workspace), archived_at=NOW)
        return self.all[workspace]

    async def restore(self, who, workspace):
        self.all[workspace] = replace(await self.get(who, workspace), archived_at=None)
        return self.all[workspace]


class FakeJobs:
    def __init__(self):
        self.all = {}
        self.asked = []
        self._keys = {}
        self.error: Exception | None = None

    async def create_job(self, who, new):
        self.asked.append(new)
        if self.error:
            raise self.error
        if new.request_key in self._keys:
            return self._keys[new.request_key]
        self.all[new.id] = _job(who, new)
        if new.request_key:
            self._keys[new.request_key] = self.all[new.id]
        return self.all[new.id]

    async def get_job(self, who, job_id):
        if job_id not in self.all:
            raise MissingError(f"there is no job {job_id}")
        return self.all[job_id]

    async def list_jobs(self, who, wanted, paging):
        found = sorted(self.all.values(), key=lambda job: job.id, reverse=True)
        if after := paging.after():
            found = [job for job in found if job.id < after[0]]
        return paging.page(found[: paging.limit + 1], lambda job: [job.id])

    async def cancel_job(self, who, job_id):
        job = await self.get_job(who, job_id)
        self.all[job_id] = replace(job, state=JobState.CANCELLED)
        return self.all[job_id]

    async def retry_job(self, who, job_id):
        job = await self.get_job(who, job_id)
        self.all[job_id] = replace(job, state=JobState.QUEUED, attempt=job.attempt + 1)
        return self.all[job_id]


def _job(who, new):
    values: dict[str, Any] = dict.fromkeys(Job.__dataclass_fields__)
    values |= {
        "id": new.id,
        "workspace_id": who.workspace,
        "user_id": who.user,
        "kind": new.kind,
        "name": new.name,
        "params": new.params,
        "state": JobState.QUEUED,
        "priority": new.priority,
        "after_failure": AfterFailure.FAIL,
        "attempt": 1,
        "retries": 0,
        "join_key": new.join_key,
        "created_at": NOW,
        "changed_at": NOW,
    }
    return Job(**values)


class FakeAssets:
    def __init__(self, objects):
        self.all = {}
        self._objects = objects

    async def keep(self, who, path, *, name, media_type, origin, facts=None, project_id=None):
        data = path.read_bytes()
        one = Asset(AssetId.new(), _sha256(data), len(data), media_type, name, origin, {}, NOW)
        one = replace(one, key=f"blobs/{one.sha256}")
        await self._objects.put(one.key, data, media_type=media_type)
        self.all[one.id] = one
        return one

    async def get(self, who, asset_id):
        return (await self.get_many(who, [asset_id]))[asset_id]

    async def get_many(self, who, ids):
        for one in ids:
            if one not in self.all:
                raise AssetMissingError(f"there is no asset {one}")
        return {one: self.all[one] for one in ids}

    async def read(self, who, asset_id):
        return await self._objects.get((await self.get(who, asset_id)).key)

    async def list(self, who, wanted, paging):
        return Page(list(self.all.values()), None)

    async def url(self, who, asset_id, *, expires=None):
        return await self.url_of(await self.get(who, asset_id), expires=expires)

    async def url_of(self, asset, *, name=None, expires=None):
        return await self._objects.url(
            asset.key, media_type=asset.media_type, name=name or asset.name, expires=expires
        )

    async def delete(self, who, asset_id):
        await self.get(who, asset_id)
        del self.all[asset_id]


class FakeProvenance:
    """Knows of no calls."""

    async def calls(self, who, submissions):
        return {}


class FakeUploads:
    """Takes nothing in."""

    async def create(self, who, new):
        raise UploadMissingError("nothing is taken in here")

    async def get(self, who, upload_id):
        raise UploadMissingError(f"there is no upload {upload_id}")

    async def append(self, who, upload_id, offset, chunks, checksum=None):
        raise UploadMissingError(f"there is no upload {upload_id}")

    finish = end = get


def _sha256(data):
    return hashlib.sha256(data).hexdigest()


class FakeProjects:
    def __init__(self):
        self.all = {}

    async def create(self, who, name, files, script, *, project_type="film", project_id=None):
        project_id = project_id or ProjectId.new()
        head = Revision(RevisionId.new(), project_id, 1, script, files, NOW)
        self.all[project_id] = Project(project_id, name, project_type, head, NOW, NOW, None)
        return self.all[project_id]

    async def revise(self, who, project_id, files, script, *, expected=None):
        project = await self.get(who, project_id)
        if dict(project.head.files) == files and project.head.script == script:
            return project.head
        number = project.head.number + 1
        head = Revision(RevisionId.new(), project_id, number, script, files, NOW)
        self.all[project_id] = replace(project, head=head)
        return head

    async def get(self, who, project_id):
        if project_id not in self.all:
            raise ProjectMissingError(f"there is no project {project_id}")
        return self.all[project_id]

    async def list(self, who, paging, *, shelf=None):
        return Page(list(self.all.values()), None)

    async def rename(self, who, project_id, name):
        self.all[project_id] = replace(await self.get(who, project_id), name=name)
        return self.all[project_id]

    async def get_numbered(self, who, project_id, number):
        head = (await self.get(who, project_id)).head
        if number != head.number:
            raise RevisionMissingError(f"there is no revision {number}")
        return head

    async def restore_revision(self, who, project_id, number, *, expected=None):
        return await self.get_numbered(who, project_id, number)

    async def list_revisions(self, who, project_id, paging):
        return Page([self.all[project_id].head], None)


class FakeRevisions:
    """Keeps the files of projects, and names them."""

    def __init__(self, projects, assets):
        self._projects = projects
        self._assets = assets

    async def create(self, who, name, project_type, change):
        assets = {one.name: AssetId.new() for one in change.files}
        NewProject(name, change.content(None, assets), project_type).check()
        files = await self._kept(who, change, {})
        return await self._projects.create(
            who, name, files, change.script, project_type=project_type
        )

    async def revise(self, who, project_id, change, *, expected=None):
        head = (await self._projects.get(who, project_id)).head
        new = change.content(head, await self._kept(who, change, head.files))
        return await self._projects.revise(
            who, project_id, new.files, new.script, expected=expected
        )

    async def text(self, who, revision, name):
        if name not in revision.files:
            return None
        return (await self._assets.read(who, revision.files[name])).decode()

    async def _kept(self, who, change, before):
        known = {(name, self._assets.all[one].sha256): one for name, one in before.items()}
        return {
            one.name: known.get((one.name, one.sha256)) or await self._keep(who, one)
            for one in change.files
        }

    async def _keep(self, who, one):
        media_type = one.media_type or "image/png"
        origin = Origin(OriginKind.UPLOAD, one.name)
        kept = await self._assets.keep(
            who, one.path, name=one.name, media_type=media_type, origin=origin
        )
        return kept.id


class FakeFilms:
    def __init__(self, projects, jobs):
        self.all = {}
        self._keys = {}
        self._projects = projects
        self._jobs = jobs

    async def start_film(
        self, who, project_id, options, idempotency_key=None, *, scheduled_at=None
    ):
        project = await self._projects.get(who, project_id)
        if idempotency_key in self._keys:
            return self._keys[idempotency_key]
        film = SimpleNamespace(
            id=ProductionId.new(),
            project_id=project_id,
            revision_id=project.head.id,
            job_id=(await self._jobs.create_job(who, NewJob(kind="film"))).id,
            state="making",
            options=options,
            report=None,
            outputs={},
            created_at=NOW,
        )
        self.all[film.id] = film
        if idempotency_key:
            self._keys[idempotency_key] = film
        return film

    async def get(self, who, film_id):
        if film_id not in self.all:
            raise MissingError(f"there is no film {film_id}")
        return self.all[film_id]

    async def list(self, who, project_id, paging):
        await self._projects.get(who, project_id)
        return Page([film for film in self.all.values() if film.project_id == project_id], None)


class FakeChoices:
    """Nothing is set, and what is set is told again."""

    async def get(self, who):
        return Choices({}, None)

    async def put(self, who, choices):
        return Choices(choices, None)


class FakeTakedowns:
    """Nothing is held back."""

    async def is_held_back(self, key):
        return False


class FakeAccounts:
    def __init__(self):
        self.all = {}

    async def add(self, who, new):
        account = AccountId.new()
        row = {
            "id": account,
            "workspace_id": who.workspace,
            "user_id": who.user,
            "access": "sealed",
        }
        row |= {
            "provider": new.provider,
            "name": new.name,
            "sharing": new.sharing,
            "created_at": NOW,
        }
        row |= dict.fromkeys(("variable", "until", "reason", "probe_at", "last_used_at"))
        row |= dict.fromkeys(("failures", "probes", "successes", "failed", "seconds"), 0)
        row |= {"priority": new.priority, "max_concurrent_jobs": new.max_concurrent_jobs}
        row |= {"requests_per_minute": new.requests_per_minute, "credits": new.credits}
        row |= {"paused": False, "state": "active", "base_url": new.access.base_url}
        self.all[account] = Account.of(cast("Any", row))
        return self.all[account]

    async def get(self, who, account_id):
        if account_id not in self.all:
            raise MissingError(f"there is no account {account_id}")
        return self.all[account_id]

    async def list(self, who, paging, *, provider=None):
        return Page(list(self.all.values()), None)

    async def change(self, who, account_id, change, access=None):
        return await self.get(who, account_id)

    async def remove(self, who, account_id):
        await self.get(who, account_id)
        del self.all[account_id]

    async def test(self, who, account_id):
        await self.get(who, account_id)
        return Trial(tried=True)


class FakeChats:
    """Begins conversations, and forgets them."""

    async def create(self, who, title="", *, system="", route=None, project_id=None):
        if project_id is not None:
            raise ProjectMissingError(f"there is no project {project_id}")
        return Thread(ThreadId.new(), who.user, None, title, system, {}, NOW, NOW)

    async def send(self, who, thread, text, images=()):
        raise MissingError(f"there is no thread {thread}")


class FakeEvents:
    """All that was published, to everybody."""

    def __init__(self):
        self.told = []
        self.readers = 0
        self._more = asyncio.Condition()

    async def tell(self, kind, subject, **data):
        async with self._more:
            self.told.append(
                Event(event_id(len(self.told) + 1), kind, subject, data, NOW, WORKSPACE)
            )
            self._more.notify_all()

    async def newest(self):
        return event_id(len(self.told))

    async def iterate(self, who, after=None, subject=None):
        at = parse_event_id(after) if after else len(self.told)
        self.readers += 1
        try:
            while True:
                async with self._more:
                    while len(self.told) <= at:
                        await self._more.wait()
                event = self.told[at]
                at += 1
                if subject in {None, event.subject}:
                    yield event
        finally:
            self.readers -= 1


class FakeTrail:
    """Nobody has done anything."""

    async def list(self, who, sought, paging):
        return Page([], None)

    async def list_own(self, who, sought, paging):
        return Page([], None)


class FakeExports:
    """Projects are asked to be written as files, and never are."""

    async def ask(self, who, project_id, projects, jobs):
        project = await projects.get(who, project_id)
        return await jobs.create_job(who, NewJob(kind="project_export", name=project.name))


class FakeImports:
    """There is no file of a project in this house."""

    async def ask(self, who, asset, jobs, name=None):
        raise MissingError(f"there is no asset {asset}")

    async def bring(self, who, path, file, jobs, name=None):
        raise InvalidInputError("the file is no project")


@dataclass
class House:
    """The app with its fakes."""

    root: Any
    settings: WebSettings = field(default_factory=WebSettings)
    checks: dict = field(default_factory=dict)
    limits: LimitSettings = field(default_factory=LimitSettings)
    answers: Any = field(default_factory=FakeAnswers)

    def __post_init__(self):
        self.urls = SignedUrls(b"s" * 32, SystemClock())
        self.objects = DiskObjects(self.root / "objects", self.urls)
        self.tokens, self.workspaces, self.jobs = FakeDoor(), FakeWorkspaces(), FakeJobs()
        self.projects, self.assets = FakeProjects(), FakeAssets(self.objects)
        self.accounts = FakeAccounts()
        self.films, self.events = FakeFilms(self.projects, self.jobs), FakeEvents()
        self.metrics = Metrics()
        self.limiter = Limiter(self.limits, CacheSettings(), SystemClock())
        self.app = create_app(make_async_container(self._provider()), self.settings, self.checks)

    def _provider(self):
        provider = Provider(scope=Scope.APP)
        for kind, one in {
            Doorkeeper: self.tokens,
            WorkspaceService: self.workspaces,
            JobService: self.jobs,
            JobKinds: JobKinds(),
            ProjectService: self.projects,
            AssetService: self.assets,
            Provenance: FakeProvenance(),
            UploadService: FakeUploads(),
            Revisions: FakeRevisions(self.projects, self.assets),
            ProductionService: self.films,
            ProjectExports: FakeExports(),
            ProjectImports: FakeImports(),
            AuditLog: FakeTrail(),
            AccountBook: self.accounts,
            LLMChatService: FakeChats(),
            EventStream: self.events,
            Objects: self.objects,
            SignedUrls: self.urls,
            Metrics: self.metrics,
            Limiter: self.limiter,
            KeptAnswers: self.answers,
            ChoiceBook: FakeChoices(),
            Takedowns: FakeTakedowns(),
        }.items():
            provider.provide(_giver(one), provides=kind)
        return provider

    @asynccontextmanager
    async def client(self, address="127.0.0.1", headers=SIGNED_IN):
        """A client in this process that is signed in, and seems to call from `address`."""
        transport = httpx2.ASGITransport(
            self.app, client=(address, 50000), raise_app_exceptions=False
        )
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://test", headers=headers
        ) as client:
            yield client


def _giver(one):
    def give() -> object:
        return one

    return give
