"""What every process stands on: the clock, the settings, and the engines, closed again at the end."""

import asyncio
from collections.abc import AsyncIterator

from dishka import Provider, Scope, from_context, provide, provide_all

from reelwright.app.part import Part
from reelwright.app.settings import Settings, clear
from reelwright.billing.settings import BillingSettings
from reelwright.engines.cache.cache import Cache, CacheIntegration, CacheService, RedisCache
from reelwright.engines.database.connections import ConnectionManager
from reelwright.engines.database.database import Database, connect
from reelwright.engines.database.indexes import IndexingStrategy
from reelwright.engines.database.optimisation import OptimizationService
from reelwright.engines.database.roles import Urls
from reelwright.engines.database.slow_statements import QueryOptimizer
from reelwright.engines.database.timings import StatementTimings
from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Durable, Executor
from reelwright.engines.durable.executor import DbosExecutor
from reelwright.engines.durable.retention import Retention
from reelwright.engines.events.announcing import Announcer
from reelwright.engines.events.pruning import EventPruner
from reelwright.engines.http.client import Http
from reelwright.engines.limits.limiter import Limiter
from reelwright.engines.mail.contract import Mailer
from reelwright.engines.mail.folder import FolderMailer
from reelwright.engines.mail.smtp import SmtpMailer
from reelwright.engines.secrets.encryption import EncryptionService
from reelwright.engines.secrets.keyring import open_keyring
from reelwright.engines.secrets.keys import house_key
from reelwright.engines.secrets.vault import Vault
from reelwright.engines.storage.objects import Objects
from reelwright.engines.storage.objects_open import open_objects, signed_urls
from reelwright.engines.storage.signing import SignedUrls
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.ground.clock import Clock, SystemClock
from reelwright.identity.plans import QuotaSettings
from reelwright.identity.settings import IdentitySettings
from reelwright.jobs.settings import JobSettings
from reelwright.projects.settings import ProjectSettings


class Ground(Provider):
    """What everything else stands on."""

    scope = Scope.APP
    settings = from_context(Settings)
    urls = from_context(Urls)
    part = from_context(Part)
    clock = provide(SystemClock, provides=Clock)
    metrics = provide(Metrics)

    @provide
    def job_settings(self, settings: Settings) -> JobSettings:
        return settings.jobs

    @provide
    def project_settings(self, settings: Settings) -> ProjectSettings:
        return settings.projects

    @provide
    def billing_settings(self, settings: Settings) -> BillingSettings:
        return settings.billing

    @provide
    def quota_settings(self, settings: Settings) -> QuotaSettings:
        return settings.quotas

    @provide
    def identity_settings(self, settings: Settings) -> IdentitySettings:
        return settings.identity


class DataEngines(Provider):
    """The database, and what can be said about its speed."""

    scope = Scope.APP
    insight = provide_all(ConnectionManager, OptimizationService)

    @provide
    def timings(self) -> StatementTimings:
        return StatementTimings()

    @provide
    async def database(
        self, settings: Settings, urls: Urls, part: Part, timings: StatementTimings
    ) -> AsyncIterator[Database]:
        database = connect(settings.database, urls, application=part.application, timings=timings)
        yield database
        await database.dispose()

    @provide
    def queries(self, database: Database, timings: StatementTimings) -> QueryOptimizer:
        return QueryOptimizer(database, timings)

    @provide
    def indexing(self, database: Database) -> IndexingStrategy:
        return IndexingStrategy(database)


class WorkEngines(Provider):
    """Durable work and events."""

    scope = Scope.APP

    @provide
    async def durable(self, urls: Urls) -> AsyncIterator[Durable]:
        durable = DbosDurable(urls.system)
        yield durable
        durable.close()

    @provide
    def executor(self, settings: Settings, urls: Urls, database: Database) -> Executor:
        return DbosExecutor(database, urls.system, settings.durable)

    @provide
    def retention(
        self, settings: Settings, urls: Urls, database: Database, clock: Clock
    ) -> Retention:
        return Retention(database, urls.system, settings.durable, clock)

    @provide
    def announcer(self, database: Database, settings: Settings) -> Announcer:
        return Announcer(database, settings.events)

    @provide
    def pruner(self, database: Database, settings: Settings, clock: Clock) -> EventPruner:
        return EventPruner(database, settings.events, clock)


class OtherEngines(Provider):
    """Storage, secrets, remembered answers, and asking others."""

    scope = Scope.APP
    remembering = provide_all(CacheService, CacheIntegration)
    encryption = provide(EncryptionService)

    @provide
    def signed_urls(self, settings: Settings, clock: Clock) -> SignedUrls:
        key = house_key(settings.home, "media", given=clear(settings.secrets.house_key))
        return signed_urls(settings.storage, key, clock)

    @provide
    def objects(self, settings: Settings, urls: SignedUrls) -> Objects:
        return open_objects(settings.storage, settings.home, urls)

    @provide
    async def vault(self, settings: Settings) -> Vault:
        # A passphrase takes its time on purpose.
        return Vault(await asyncio.to_thread(open_keyring, settings.secrets, settings.home))

    @provide
    async def cache(self, settings: Settings) -> AsyncIterator[Cache]:
        cache = RedisCache(settings.cache) if settings.cache.url else Cache(settings.cache)
        yield cache
        await cache.close()

    @provide
    def mailer(self, settings: Settings) -> Mailer:
        if settings.mail.host is None:
            return FolderMailer(settings.home / "letters", settings.mail.sender)
        return SmtpMailer(settings.mail)

    @provide
    async def limiter(self, settings: Settings, clock: Clock) -> AsyncIterator[Limiter]:
        limiter = Limiter(settings.limits, settings.cache, clock)
        yield limiter
        await limiter.close()

    @provide
    async def http(self, settings: Settings) -> AsyncIterator[Http]:
        http = Http(settings.http)
        yield http
        await http.close()


def foundations() -> list[Provider]:
    """All of them."""
    return [Ground(), DataEngines(), WorkEngines(), OtherEngines()]
