"""What of a project's own goes into a file and comes out of it: revisions, states, what was said."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from reelwright.engines.database.database import Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId, RevisionId
from reelwright.ground.principals import Principal
from reelwright.projects import announcing
from reelwright.projects.announcing import announce
from reelwright.projects.records import (
    add_revision,
    check_script,
    checked_name,
    checked_type,
    project_of,
    revision_from,
)
from reelwright.projects.tables import ProjectRow, RevisionRow
from reelwright.projects.values import Revision

LARGEST_NUMBER = 10**9
"""Below what the columns hold: there is room for all that comes after."""
_LONGEST_SCRIPT = 200
Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]


class CarriedProject(BaseModel):
    """What a project is called and what it is for; `head` is the number of its newest revision.

    `id` is the one it had: what names it in its states names the new one afterwards.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(max_length=100)
    name: str = Field(max_length=200)
    type: str = Field(max_length=60)
    head: Number


class CarriedRevision(BaseModel):
    """A state of the project's files."""

    model_config = ConfigDict(extra="forbid")

    number: Number
    script: str | None = Field(max_length=4096)
    files: dict[str, str] = Field(max_length=2000)
    at: AwareDatetime


async def carried_project(tx: Tx, who: Principal, project_id: ProjectId) -> CarriedProject:
    """A project's own row; raises ProjectMissingError."""
    project = await project_of(tx, who.workspace, project_id)
    head = project.head.number
    return CarriedProject(id=project_id, name=project.name, type=project.project_type, head=head)


async def make_carried(
    tx: Tx, who: Principal, project_id: ProjectId, one: CarriedProject, now: datetime
) -> bool:
    """Make the project that a file is about, without anything of it yet; False: it is there."""
    row = {"id": project_id, "workspace_id": who.workspace, "user_id": who.user, "head": one.head}
    row |= {"name": checked_name(one.name), "project_type": checked_type(one.type)}
    row |= {"created_at": now, "updated_at": now}
    adding = upsert(ProjectRow).values(row).on_conflict_do_nothing().returning(ProjectRow.id)
    return (await tx.execute(adding)).one_or_none() is not None


class Revisions:
    """The revisions of projects."""

    name = "revisions"
    item = CarriedRevision
    shows_assets = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def pack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId
    ) -> Sequence[CarriedRevision]:
        """All of them, the first first."""
        mine = RevisionRow.workspace_id == who.workspace, RevisionRow.project_id == project_id
        rows = await tx.scalars(select(RevisionRow).where(*mine).order_by(RevisionRow.number))
        return [_carried(revision_from(row)) for row in rows]

    async def unpack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, items: Sequence[CarriedRevision]
    ) -> None:
        """Write them down; the head must be among them, and no number twice."""
        head, project_type = (
            await tx.execute(
                select(ProjectRow.head, ProjectRow.project_type).where(
                    ProjectRow.workspace_id == who.workspace, ProjectRow.id == project_id
                )
            )
        ).one()
        numbers = [one.number for one in items]
        if len(set(numbers)) < len(numbers) or max(numbers, default=0) != head:
            raise InvalidInputError("the revisions do not end with the one the project stands at")
        for one in items:
            _check_place(one.script)
            check_script(project_type if one.number == head else "", one.script)
            files = {name: AssetId.parse(asset) for name, asset in one.files.items()}
            at = min(one.at, self._clock.now())
            await add_revision(
                tx, who, Revision(RevisionId.new(), project_id, one.number, one.script, files, at)
            )


async def tell_carried(tx: Tx, project_id: ProjectId, one: CarriedProject) -> None:
    """Tell that a project has come out of a file."""
    told = {"name": one.name, "type": one.type, "imported": True}
    await announce(tx, announcing.CREATED, project_id, **told)


def _check_place(script: str | None) -> None:
    """A script is laid out under its own name: raise InvalidInputError for one that leads elsewhere."""
    if script is None:
        return
    name = PurePosixPath(script).name
    if name in {"", ".", ".."} or "\\" in name or len(name.encode()) > _LONGEST_SCRIPT:
        raise InvalidInputError(f"{script[:60]!r} is no name for a script")


def _carried(one: Revision) -> CarriedRevision:
    files: dict[str, Any] = dict(one.files)
    return CarriedRevision(number=one.number, script=one.script, files=files, at=one.created_at)
