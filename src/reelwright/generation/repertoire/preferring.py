"""Which models people prefer: each for themselves, a project for all who work on it, else by the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.repertoire.settings import ModelSettings
from reelwright.generation.repertoire.tables import PreferenceRow
from reelwright.generation.requests import ASKABLE
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import ProjectId, UserId
from reelwright.ground.principals import Principal
from reelwright.projects.tables import ProjectRow
from reelwright.providers.operations import Operation


@dataclass(frozen=True, slots=True)
class Preference:
    """A model that is asked first for an operation. Of a project, where one is named; else the person's.

    `user` is who said so; nobody where it is the installation's setting.
    """

    operation: Operation
    model: str
    project: ProjectId | None = None
    user: UserId | None = None


class Preferences:
    """Keeps preferences, and says which one counts."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        repertoire: Repertoire,
        settings: ModelSettings,
    ) -> None:
        self._database = database
        self._clock = clock
        self._repertoire = repertoire
        self._default = settings.preferred()

    async def prefer(
        self, who: Principal, operation: Operation, model: str, project: ProjectId | None = None
    ) -> Preference:
        """Ask this model first from now on; raises InvalidInputError, MissingError for the project."""
        row = await self._repertoire.model(who, model)
        if operation not in ASKABLE or row.operation is not operation:
            raise InvalidInputError(
                f"{row.title} makes {row.operation}, not {operation}",
                way_out=f"`reelwright models {operation}` lists those that do",
            )
        values = {"workspace_id": who.workspace, "user_id": who.user, "project_id": project}
        values |= {"operation": operation.value, "model": row.id, "created_at": self._clock.now()}
        owner = "user_id" if project is None else "project_id"
        made = insert(PreferenceRow).values(**values)
        async with self._database.transaction(who) as tx:
            if project is not None:
                known = select(ProjectRow.id).where(ProjectRow.id == project)
                if await tx.scalar(known) is None:
                    raise MissingError("there is no such project")
            no_project = PreferenceRow.project_id.is_(None)
            await tx.execute(
                made.on_conflict_do_update(
                    index_elements=["workspace_id", owner, "operation"],
                    index_where=no_project if project is None else ~no_project,
                    set_={one: values[one] for one in ("model", "user_id", "created_at")},
                )
            )
        return Preference(operation, row.id, project, who.user)

    async def forget(
        self, who: Principal, operation: Operation, project: ProjectId | None = None
    ) -> None:
        """Prefer none any more; raises MissingError where none was."""
        mine = PreferenceRow.user_id == who.user
        whose = (
            mine & PreferenceRow.project_id.is_(None)
            if project is None
            else PreferenceRow.project_id == project
        )
        gone = (
            delete(PreferenceRow)
            .where(PreferenceRow.operation == operation.value, whose)
            .returning(PreferenceRow.number)
        )
        async with self._database.transaction(who) as tx:
            if await tx.scalar(gone) is None:
                raise MissingError(f"no model is preferred for {operation}")

    async def list(self, who: Principal, project: ProjectId | None = None) -> Sequence[Preference]:
        """What counts now, by operation: the project's, then one's own, then the installation's."""
        found = await self.of(who, project)
        return [found[operation] for operation in Operation if operation in found]

    async def of(
        self, who: Principal, project: ProjectId | None = None
    ) -> Mapping[Operation, Preference]:
        """The same, by the operation."""
        mine = (PreferenceRow.user_id == who.user) & PreferenceRow.project_id.is_(None)
        asked = (
            select(PreferenceRow)
            .where(or_(mine, PreferenceRow.project_id == project) if project else mine)
            .order_by(PreferenceRow.project_id.asc().nulls_first())
        )
        async with self._database.read(who) as tx:
            rows = (await tx.scalars(asked)).all()
        found = {one: Preference(one, model) for one, model in self._default.items()}
        for row in rows:
            operation = Operation(row.operation)
            theirs = ProjectId(row.project_id) if row.project_id else None
            found[operation] = Preference(operation, row.model, theirs, UserId(row.user_id))
        return found
