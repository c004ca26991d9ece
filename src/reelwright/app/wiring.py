"""Who is built from what: one provider a floor, constructors say the rest."""

from pathlib import Path

from dishka import (
    AsyncContainer,
    Provider,
    Scope,
    from_context,
    make_async_container,
    provide,
    provide_all,
)
from prometheus_client import CollectorRegistry

from reelwright.app.reactions import REACTIONS
from reelwright.app.settings import Settings, clear
from reelwright.app.working import Worker
from reelwright.engines.database.connections import ConnectionManager
from reelwright.engines.database.database import Database, connect
from reelwright.engines.database.roles import Urls
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Durable, Executor, Roster
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.engines.events.announcing import Announcer
from reelwright.engines.events.reactions import Reactions
from reelwright.engines.events.stream import EventStream
from reelwright.engines.processes.crew import cores
from reelwright.engines.secrets.keys import house_key
from reelwright.engines.storage.objects import Objects
from reelwright.engines.storage.objects_open import open_objects, signed_urls
from reelwright.engines.storage.signing import SignedUrls
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.ground.clock import Clock, SystemClock
from reelwright.ground.ids import WorkspaceId
from reelwright.identity.owner import LocalOwner
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tokens import TokenService
from reelwright.identity.users import UserService
from reelwright.identity.workspaces import WorkspaceService
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.processor import JobProcessor
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.scheduler import JobScheduler
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings
from reelwright.library.asset_service import AssetService
from reelwright.library.storage_service import StorageService
from reelwright.projects.service import ProjectService
from reelwright.studio.planning import STORE_LIMIT
from reelwright.studio.productions.batches import Batches, making_queue
from reelwright.studio.productions.bench import Bench
from reelwright.studio.productions.local import LocalFilms
from reelwright.studio.productions.making import BatchMaking, FilmMaking
from reelwright.studio.productions.order_books import OrderBooks
from reelwright.studio.productions.planning import Planner
from reelwright.studio.productions.scripts import Scripts
from reelwright.studio.productions.service import ProductionService
from reelwright.studio.productions.shelves import Shelves


class Ground(Provider):
    """What everything else stands on."""

    scope = Scope.APP
    settings = from_context(Settings)
    urls = from_context(Urls)
    clock = provide(SystemClock, provides=Clock)

    @provide
    def job_settings(self, settings: Settings) -> JobSettings:
        return settings.jobs

    @provide
    def identity_settings(self, settings: Settings) -> IdentitySettings:
        return settings.identity


class Engines(Provider):
    """Database, durable work, storage, events."""

    scope = Scope.APP

    @provide
    def database(self, settings: Settings, urls: Urls) -> Database:
        return connect(urls=urls, settings=settings.database)

    @provide
    def durable(self, urls: Urls) -> Durable:
        return DbosDurable(urls.system)

    @provide
    def executor(self, settings: Settings, urls: Urls, database: Database) -> Executor:
        return DbosExecutor(database, urls.system, settings.durable)

    @provide
    def signed_urls(self, settings: Settings, clock: Clock) -> SignedUrls:
        key = house_key(settings.home, "media", given=clear(settings.secrets.house_key))
        return signed_urls(settings.storage, key, clock)

    @provide
    def objects(self, settings: Settings, urls: SignedUrls) -> Objects:
        return open_objects(settings.storage, settings.home, urls)

    @provide
    def announcer(self, database: Database, settings: Settings) -> Announcer:
        return Announcer(database, settings.events)

    connections = provide(ConnectionManager)


class Domains(Provider):
    """What every face calls."""

    scope = Scope.APP
    people = provide_all(UserService, TokenService, WorkspaceService, LocalOwner)
    things = provide_all(ProjectService, AssetService, StorageService)
    work = provide_all(JobService, JobProcessor, JobScheduler)

    @provide
    def tracker(self, clock: Clock) -> ProgressTracker:
        return ProgressTracker(clock)

    @provide
    def kinds(self, films: FilmMaking) -> JobKinds:
        return JobKinds([films.kind])


class Studio(Provider):
    """The making of films."""

    scope = Scope.APP
    films = provide_all(ProductionService, LocalFilms, FilmMaking, BatchMaking)
    parts = provide_all(Batches, Planner, OrderBooks)

    @provide
    def bench(self, settings: Settings) -> Bench:
        return Bench(settings.films.crew or cores())

    @provide
    async def shelves(
        self, settings: Settings, users: UserService, library: AssetService
    ) -> Shelves:
        owner = await users.local_owner()

        def store_of(workspace: WorkspaceId) -> Path:
            local = workspace == owner.workspace
            return settings.home / ("store" if local else f"stores/{workspace}")

        return Shelves(store_of, library, settings.films.store_limit or STORE_LIMIT)

    @provide
    def scripts(self, settings: Settings, library: AssetService) -> Scripts:
        return Scripts(settings.home / "scripts", library)


class Serving(Provider):
    """What a process that serves HTTP has besides."""

    scope = Scope.APP
    metrics = provide(Metrics)

    @provide
    def stream(self, database: Database, urls: Urls, settings: Settings) -> EventStream:
        return EventStream(database, urls, settings.events)

    @provide
    def registry(self, metrics: Metrics) -> CollectorRegistry:
        return metrics.registry


class Working(Provider):
    """What a process that takes part in the work has besides."""

    scope = Scope.APP
    worker = provide(Worker)

    @provide
    def reactions(self, database: Database) -> Reactions:
        return Reactions(database, REACTIONS)

    @provide
    def roster(self, processor: JobProcessor, batches: BatchMaking, bench: Bench) -> Roster:
        jobs = processor.roster()
        return Roster(
            workflows=[*jobs.workflows, batches.workflow],
            queues=[*jobs.queues, making_queue(bench.size + 1)],
        )


def wire(settings: Settings, urls: Urls, *, worker: bool, web: bool) -> AsyncContainer:
    """The container of a process."""
    providers = [Ground(), Engines(), Domains(), Studio()]
    providers += [Working()] if worker else []
    providers += [Serving()] if web else []
    return make_async_container(*providers, context={Settings: settings, Urls: urls})
