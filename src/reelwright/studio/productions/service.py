"""Productions as everyone above uses them: films are started, looked at, listed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from reelwright.billing.limits import NewLimit, Scope
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.engines.database.database import Database, Tx
from reelwright.ground.digests import digest
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProductionId, ProjectId, RevisionId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.service import JobService
from reelwright.library.rights import Rights
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Project, Revision
from reelwright.studio.options import FilmOptions, read_options, written_options
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.records import (
    add_production,
    count_wanting,
    production_of,
    production_of_job,
    productions_of_project,
)
from reelwright.studio.productions.routes import FilmRoutes

FILM = "film"
"""The kind of the jobs that make films."""

_BEGINNING = Paging()


class ProductionService:
    """Starts the making of films and tells of it."""

    def __init__(
        self,
        database: Database,
        jobs: JobService,
        projects: ProjectService,
        routes: FilmRoutes,
        limits: SpendingLimits,
        rights: Rights,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._projects = projects
        self._routes = routes
        self._limits = limits
        self._rights = rights

    async def start_film(
        self,
        who: Principal,
        project_id: ProjectId,
        options: Mapping[str, Any],
        idempotency_key: str | None = None,
        *,
        revision_id: RevisionId | None = None,
        scheduled_at: datetime | None = None,
    ) -> Production:
        """Begin the film of a revision, the newest if none is named; one under way is joined.

        Asked again with one `idempotency_key`, it answers the production of the first time, also
        when that has ended. `options` as `studio.options.read_options` takes them. Raises NoScriptError,
        ProjectAwayError for a project that is archived or in the trash, and what `Rights.require`
        raises of its files.
        """
        project, revision = await self._filmed(who, project_id, revision_id)
        chosen = await self._settled(who, read_options(options), project.id)
        written = written_options(chosen)
        new = NewJob(
            kind=FILM,
            params={"project": project.id, "options": written},
            name=project.name,
            project_id=project.id,
            scheduled_at=scheduled_at,
            join_key=f"film:{digest([revision.id, written, str(scheduled_at)])}",
            request_key=idempotency_key,
        )
        async with self._database.transaction(who) as tx:
            (job,) = await self._jobs.create_jobs_in(tx, who, [new])
            production = await production_of_job(tx, job.id)
            if production is None:
                production = _beginning(job, revision, written)
                await add_production(tx, production)
                await self._limit(tx, who, job, chosen)
            elif production.live:
                await count_wanting(tx, production.id, 1)
        return production

    async def _filmed(
        self, who: Principal, project_id: ProjectId, revision_id: RevisionId | None
    ) -> tuple[Project, Revision]:
        """The project and the revision a film is made of; raises NoScriptError, ProjectAwayError."""
        project = await self._projects.get(who, project_id)
        project.require_here()
        revision = project.head
        if revision_id is not None:
            revision = await self._projects.get_revision(who, revision_id)
        revision.screenplay()
        await self._rights.require(who, list(revision.files.values()))
        return project, revision

    async def _settled(
        self, who: Principal, options: FilmOptions, project_id: ProjectId
    ) -> FilmOptions:
        if options.route is None:
            return replace(options, max_cost=None)
        if options.max_cost is None:
            raise InvalidInputError(
                "a film along a route needs to be told what it may cost",
                way_out="ask for a quote, then say --max-cost 5 (max_cost)",
            )
        return options.along(await self._routes.settled(who, options, project_id))

    async def _limit(self, tx: Tx, who: Principal, job: Job, options: FilmOptions) -> None:
        if options.max_cost is not None:
            most = NewLimit(Scope.PRODUCTION, options.max_cost, subject=job.id)
            await self._limits.set_in(tx, who, most)

    async def leave(self, who: Principal, production: Production) -> None:
        """Want it no more: its job is cancelled, unless others have asked for it too."""

        async def unwanted(tx: Tx) -> bool:
            return await count_wanting(tx, production.id, -1) < 1

        await self._jobs.cancel_job(who, production.job_id, only_if=unwanted)

    async def get(self, who: Principal, production_id: ProductionId) -> Production:
        """A production; raises MissingError."""
        async with self._database.read(who) as tx:
            return await production_of(tx, production_id)

    async def list(
        self, who: Principal, project_id: ProjectId, paging: Paging = _BEGINNING
    ) -> Page[Production]:
        """A project's productions, the newest first; raises MissingError if there is no project."""
        await self._projects.get(who, project_id)
        async with self._database.read(who) as tx:
            return await productions_of_project(tx, project_id, paging)


def _beginning(job: Job, revision: Revision, options: Mapping[str, Any]) -> Production:
    return Production(
        id=ProductionId.new(),
        workspace_id=job.workspace_id,
        user_id=job.user_id,
        project_id=revision.project_id,
        revision_id=revision.id,
        job_id=job.id,
        options=options,
        live=True,
        report=None,
        outputs={},
        created_at=job.created_at,
        finished_at=None,
    )
