"""Who is built from what: one provider a floor, constructors say the rest."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from dishka import AsyncContainer, Provider, Scope, make_async_container, provide, provide_all
from prometheus_client import CollectorRegistry

from reelwright.app.carrying import Carrying
from reelwright.app.exporting import EXPORTS
from reelwright.app.figures import Figures
from reelwright.app.foundations import foundations
from reelwright.app.generating import Generating
from reelwright.app.housekeeping import Housekeeper, chores, project_chores, rights_chores
from reelwright.app.part import Part
from reelwright.app.people import People
from reelwright.app.reactions import reactions
from reelwright.app.roster import Announcement, told_apart
from reelwright.app.settings import Settings
from reelwright.app.working import Worker
from reelwright.billing.analytics import AnalyticsService
from reelwright.billing.ledger import Ledger
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.engines.database.database import Database
from reelwright.engines.database.exporting import TableExport
from reelwright.engines.database.roles import Urls
from reelwright.engines.database.timings import StatementTimings
from reelwright.engines.durable.contract import Durable, Roster
from reelwright.engines.durable.retention import Retention
from reelwright.engines.events.pruning import EventPruner
from reelwright.engines.events.reactions import Reactions
from reelwright.engines.events.stream import EventStream
from reelwright.engines.media.edits.room import CuttingRoom
from reelwright.engines.media.edits.settings import MediaSettings
from reelwright.engines.processes.crew import cores
from reelwright.engines.storage.objects import Objects
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.generation.accounts.healing import AccountHealer
from reelwright.generation.accounts.overview import AccountOverview
from reelwright.generation.making import Generation
from reelwright.generation.submissions.polling import StatusPoller
from reelwright.generation.submissions.provenance import Provenance
from reelwright.generation.ushering import Usher
from reelwright.ground.clock import Clock
from reelwright.ground.ids import WorkspaceId
from reelwright.identity.answers import KeptAnswers
from reelwright.identity.leaving import Erasure, Farewells
from reelwright.identity.letters.inviting import InvitationWriter
from reelwright.identity.letters.writing import LetterWriter
from reelwright.identity.quotas import StorageCharges
from reelwright.identity.users import UserService
from reelwright.jobs.charging import JobQuota
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.leaving import JobFarewell
from reelwright.jobs.overview import JobOverview
from reelwright.jobs.processor import JobProcessor
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.scheduler import JobScheduler
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings
from reelwright.library.asset_service import AssetService
from reelwright.library.belongings import ProjectFiles
from reelwright.library.counting import AssetStatistics
from reelwright.library.downloading import RemoteAssets
from reelwright.library.examination import Examiner
from reelwright.library.labels import AssetLabels
from reelwright.library.letters.writing import RightsLetters
from reelwright.library.likenesses import Likenesses
from reelwright.library.moving import Mover
from reelwright.library.notices import Notices
from reelwright.library.quotas import StorageQuota
from reelwright.library.revisions import Revisions
from reelwright.library.rights import Rights
from reelwright.library.storage_service import StorageService
from reelwright.library.sweeping import LibrarySweeper
from reelwright.library.takedowns import Takedowns
from reelwright.library.upload_service import UploadService
from reelwright.projects.belongings import Files, Works
from reelwright.projects.life import ProjectLife
from reelwright.projects.presences import Presences
from reelwright.projects.saving import SaveManager
from reelwright.projects.scripts import ScriptDesk
from reelwright.projects.service import ProjectService
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.sharing import ProjectSharingService
from reelwright.projects.states import ProjectStates
from reelwright.studio.belongings import ProjectWorks
from reelwright.studio.downloads import Downloading, Downloads
from reelwright.studio.edits.companions import Companions
from reelwright.studio.edits.desk import Desk
from reelwright.studio.edits.making import EditMaking
from reelwright.studio.edits.processor import MediaProcessor
from reelwright.studio.parcels.exports import ProjectExports
from reelwright.studio.parcels.imports import ProjectImports
from reelwright.studio.parcels.moves import ProjectMoves
from reelwright.studio.personal_export import Belongings, Exportables
from reelwright.studio.planning import STORE_LIMIT
from reelwright.studio.productions.batches import Batches, making_queue
from reelwright.studio.productions.bench import Bench
from reelwright.studio.productions.local import LocalFilms
from reelwright.studio.productions.making import BatchMaking, FilmMaking
from reelwright.studio.productions.order_books import OrderBooks
from reelwright.studio.productions.planning import Planner
from reelwright.studio.productions.purchases import Purchases
from reelwright.studio.productions.quoting import FilmQuotes
from reelwright.studio.productions.routes import FilmRoutes
from reelwright.studio.productions.scripts import Scripts
from reelwright.studio.productions.service import ProductionService
from reelwright.studio.productions.shelves import Shelves
from reelwright.studio.productions.store_sweeping import STORES, StoreSweeper


class Domains(Provider):
    """What every face calls."""

    scope = Scope.APP
    answers = provide(KeptAnswers)
    money = provide_all(Ledger, SpendingLimits, AnalyticsService)
    things = provide_all(ProjectService, AssetService, StorageService, UploadService, Revisions)
    shelves = provide_all(AssetLabels, AssetStatistics, RemoteAssets, Provenance)
    rights = provide_all(Likenesses, Rights, Notices, Takedowns, Mover)
    quota = provide(StorageCharges, provides=StorageQuota)
    projects = provide_all(ProjectStates, ProjectLife, Presences, ProjectSharingService)
    files = provide(ProjectFiles, provides=Files)
    works = provide(ProjectWorks, provides=Works)

    @provide
    def examiner(self) -> Iterator[Examiner]:
        examiner = Examiner()
        yield examiner
        examiner.close()

    work = provide_all(JobService, JobScheduler, JobOverview)
    accounts = provide(AccountOverview)
    jobs_left = provide(JobFarewell)
    belongings = provide(Belongings)
    elsewhere = provide_all(Downloads, Downloading)

    @provide
    def exportables(self, database: Database) -> Exportables:
        return Exportables([TableExport(database, one) for one in EXPORTS])

    @provide
    def farewells(self, jobs: JobFarewell) -> Farewells:
        return Farewells([jobs.call_off])

    @provide
    def saving(self, states: ProjectStates, settings: ProjectSettings) -> SaveManager:
        return SaveManager(states, settings)

    @provide
    def desk(self, projects: ProjectService, library: AssetService) -> ScriptDesk:
        return ScriptDesk(projects, library)

    @provide
    def processor(
        self,
        database: Database,
        durable: Durable,
        kinds: JobKinds,
        clock: Clock,
        tracker: ProgressTracker,
        settings: JobSettings,
        metrics: Metrics,
        quota: JobQuota,
    ) -> JobProcessor:
        return JobProcessor(
            database,
            durable,
            kinds,
            clock,
            tracker,
            settings,
            ended=metrics.job_ended,
            quota=quota,
        )

    @provide
    def tracker(self, clock: Clock) -> ProgressTracker:
        return ProgressTracker(clock)

    @provide
    def kinds(
        self,
        films: FilmMaking,
        generation: Generation,
        edits: EditMaking,
        downloads: Downloading,
        belongings: Belongings,
        exports: ProjectExports,
        imports: ProjectImports,
        moves: ProjectMoves,
    ) -> JobKinds:
        made = (films, generation, edits, downloads)
        return JobKinds([one.kind for one in (*made, belongings, exports, imports, moves)])


class Studio(Provider):
    """The making of films."""

    scope = Scope.APP
    films = provide_all(ProductionService, LocalFilms, FilmMaking, BatchMaking)
    parts = provide_all(Batches, Planner, OrderBooks, Purchases)
    money = provide_all(FilmRoutes, FilmQuotes)

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
            return settings.home / "store" if local else settings.home / STORES / workspace

        return Shelves(store_of, library, settings.films.store_limit or STORE_LIMIT)

    @provide
    def scripts(self, settings: Settings, library: AssetService, rights: Rights) -> Scripts:
        return Scripts(settings.home / "scripts", library, rights)

    @provide
    def roster(self, processor: JobProcessor, batches: BatchMaking, bench: Bench) -> Roster:
        """All that workers can run; known to every process, so that it can be asked for."""
        jobs = processor.roster()
        return Roster(
            workflows=[told_apart(one) for one in (*jobs.workflows, batches.workflow)],
            queues=[*jobs.queues, making_queue(2 * bench.size + 2)],
        )


class Editing(Provider):
    """Work on people's files."""

    scope = Scope.APP
    edits = provide_all(Desk, EditMaking, MediaProcessor, Companions)

    @provide
    def limits(self, settings: Settings) -> MediaSettings:
        return settings.media

    @provide
    def room(self, settings: MediaSettings) -> Iterable[CuttingRoom]:
        room = CuttingRoom(settings)
        yield room
        room.close()


class Serving(Provider):
    """What a process that serves HTTP has besides."""

    scope = Scope.APP
    figures = provide(Figures)

    @provide
    def stream(self, database: Database, urls: Urls, settings: Settings) -> EventStream:
        return EventStream(database, urls, settings.events)

    @provide
    def registry(self, metrics: Metrics) -> CollectorRegistry:
        return metrics.registry


class Working(Provider):
    """What a process that takes part in the work has besides."""

    scope = Scope.APP
    worker = provide_all(Worker, StatusPoller, Usher, RightsLetters)

    @provide
    def reactions(
        self,
        database: Database,
        letters: LetterWriter,
        invitations: InvitationWriter,
        rights: RightsLetters,
    ) -> Reactions:
        return Reactions(database, reactions(letters, invitations, rights))


class Asking(Provider):
    """What a process has besides that takes orders and leaves the work to others."""

    scope = Scope.APP
    announcement = provide(Announcement)


class Keeping(Provider):
    """What a process has besides that works or serves, and lasts."""

    scope = Scope.APP

    @provide
    def sweeper(self, database: Database, objects: Objects, clock: Clock) -> LibrarySweeper:
        return LibrarySweeper(database, objects, clock)

    @provide
    def stores(self, database: Database, settings: Settings) -> StoreSweeper:
        return StoreSweeper(database, settings.home / STORES)

    @provide
    def housekeeper(
        self,
        database: Database,
        clock: Clock,
        events: EventPruner,
        work: Retention,
        library: LibrarySweeper,
        uploads: UploadService,
        objects: Objects,
        scripts: Scripts,
        timings: StatementTimings,
        accounts: AccountHealer,
        answers: KeptAnswers,
        projects: ProjectLife,
        states: ProjectStates,
        labels: AssetLabels,
        erasure: Erasure,
        stores: StoreSweeper,
        notices: Notices,
        mover: Mover,
    ) -> Housekeeper:
        kept = chores(
            *(database, events, work, library, uploads, objects, scripts, timings),
            *(accounts, answers, labels, erasure, stores),
        )
        kept += [*project_chores(projects, states), *rights_chores(notices, mover)]
        return Housekeeper(database, clock, kept)


def wire(settings: Settings, urls: Urls, part: Part) -> AsyncContainer:
    """The container of a process."""
    providers = [*foundations(), People(), Domains(), Generating(), Studio(), Editing()]
    providers += [Carrying()]
    if part.directing:
        from reelwright.app.directing import Directing, Hands  # noqa: PLC0415 - most commands need neither

        providers += [Directing(), Hands()]
    providers += [Keeping()] if part.worker or part.web else []
    providers += [Working()] if part.worker else []
    providers += [Serving()] if part.web else []
    providers += [Asking()] if part.web and not part.worker else []
    context = {Settings: settings, Urls: urls, Part: part}
    return make_async_container(*providers, context=context)
