"""A project moves to another workspace: taken there as its file would be, and thrown away here."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict
from sqlalchemy import text

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.durable.contract import Json
from reelwright.engines.storage.objects import Objects
from reelwright.ground.errors import ConflictError, DeniedError, MissingError
from reelwright.ground.ids import ProjectId, WorkspaceId
from reelwright.ground.principals import Principal, Role
from reelwright.identity.audit import AuditLog
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.kinds import JobKind, Work
from reelwright.jobs.service import JobService
from reelwright.jobs.wanting import Wish, WorkEndedError
from reelwright.projects.life import ProjectLife
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Project, ProjectAwayError, ProjectMissingError
from reelwright.studio.parcels.gathering import Gathering
from reelwright.studio.parcels.imports import ProjectImports, project_of_job
from reelwright.studio.parcels.kinds import parcel_kind
from reelwright.studio.parcels.writing import write_parcel

MOVE = "project_move"
_ASKED = "project:move_asked"
_ROLES = text("SELECT role_here(NULL) AS here, role_here(CAST(:project AS text)) AS there")


class MoveParams(BaseModel):
    """Which project moves, and out of which workspace."""

    model_config = ConfigDict(extra="forbid")

    project: str
    workspace: str


class ProjectMoves:
    """Moves projects between workspaces, on behalf of who owns the project and edits in both."""

    def __init__(
        self,
        database: Database,
        objects: Objects,
        projects: ProjectService,
        life: ProjectLife,
        gathering: Gathering,
        imports: ProjectImports,
        audit: AuditLog,
    ) -> None:
        self._database = database
        self._audit = audit
        self._objects = objects
        self._projects = projects
        self._life = life
        self._gathering = gathering
        self._imports = imports

    @property
    def kind(self) -> JobKind:
        """As jobs know it; it is a job of the workspace that the project comes to."""
        return parcel_kind(MOVE, MoveParams, self._run, joins=True)

    async def ask(
        self, who: Principal, project_id: ProjectId, to: WorkspaceId, jobs: JobService
    ) -> Job:
        """Ask for a project to be moved to another workspace.

        Raises DeniedError, MissingError, ConflictError, ProjectAwayError for one that is put away, and
        ProjectBusyError while something of it is made.
        """
        if to == who.workspace:
            raise ConflictError("the project is there already")
        await self._may_move(who, project_id)
        project = await self._projects.get(who, project_id)
        project.require_here()
        await self._life.require_idle(who, project_id)
        there = Principal(who.user, to, operator=who.operator)
        await self._may_come(there)
        params = {"project": project_id, "workspace": who.workspace}
        new = NewJob(kind=MOVE, params=params, name=project.name)
        async with self._database.transaction(who) as tx:
            await self._audit.write(tx, who, _ASKED, project_id, {"to": to})
        async with self._database.transaction(there) as tx:
            (job,) = await jobs.create_jobs_in(tx, there, [new])
            told = {"from": who.workspace, "job_id": job.id}
            await self._audit.write(tx, there, _ASKED, project_id, told)
        return job

    async def _run(self, work: Work) -> Json:
        asked: MoveParams = work.params
        source = Principal(work.who.user, WorkspaceId.parse(asked.workspace))
        old, new = ProjectId.parse(asked.project), project_of_job(work.job.id)

        async def take() -> str | None:
            return await self._take_along(work, source, old, new)

        async def leave(tx: Tx) -> str | None:
            return await self._leave(tx, source, old, seen)

        seen = await work.steps.run("take along", take)
        project = await self._found(work.who, new)
        if project is None:
            raise WorkEndedError("the job was called off")
        stays = await work.steps.transact(source, "leave", leave)
        if stays == ProjectAwayError.code:
            with suppress(ProjectMissingError):
                await self._life.trash(work.who, new)
            raise ProjectAwayError(
                "the project was moved or thrown away meanwhile", way_out="look where it is now"
            )
        told = {"project_id": project.id, "name": project.name}
        return told | {"left_behind": stays is not None, "why": stays}

    async def _leave(
        self, tx: Tx, source: Principal, old: ProjectId, seen: str | None
    ) -> str | None:
        """Throw the project away where it was; the code of the error for which it stays there.

        It stays if anything of it is being made, or was saved since it was read. What was read is not
        known after a crash at the wrong moment: then it stays too.
        """
        try:
            await self._life.trash_unchanged_in(tx, source, old, seen or "")
        except ProjectAwayError as error:
            return error.code if seen is not None else None
        except (ConflictError, MissingError) as error:
            return error.code
        return None

    async def _take_along(
        self, work: Work, source: Principal, old: ProjectId, new: ProjectId
    ) -> str | None:
        """Make it there what it is here; how it stood here, or None if it was there already."""
        if await self._found(work.who, new) is not None:
            return None
        guest = await self._may_move(source, old)
        await self._may_come(work.who)
        (await self._projects.get(source, old)).require_here()
        gathered = await self._gathering.gather(source, old, guest=guest)
        wish = Wish(self._database, work)

        async def tell(_: int) -> None:
            await wish.check()

        with TemporaryDirectory(prefix="import-", dir=self._objects.drafts) as folder:
            path = Path(folder, "project")
            await write_parcel(path, gathered, self._objects, tell)
            await self._imports.take_in(work, new, path)
        return gathered.standing

    async def _may_move(self, who: Principal, project_id: ProjectId) -> bool:
        """Whether they are a guest where they own the project; raises DeniedError if they do not."""
        async with self._database.read(who) as tx:
            roles = (await tx.execute(_ROLES, {"project": project_id})).one()
        if Role.OWNER not in {roles.here, roles.there}:
            raise DeniedError("only its owner moves a project", way_out="ask them")
        return roles.here is None

    async def _may_come(self, who: Principal) -> None:
        """Raise MissingError, DeniedError unless they edit in that workspace."""
        async with self._database.read(who) as tx:
            role = (await tx.execute(_ROLES, {"project": None})).one().here
        if role is None:
            raise MissingError("there is no such workspace")
        if not Role(role).reaches(Role.EDITOR):
            raise DeniedError("you do not edit in that workspace", way_out="ask its owner")

    async def _found(self, who: Principal, project_id: ProjectId) -> Project | None:
        with suppress(ProjectMissingError):
            return await self._projects.get(who, project_id)
        return None
