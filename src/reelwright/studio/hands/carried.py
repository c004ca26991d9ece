"""The pictures pinned to a project, as they go into its file and come out of it."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import insert, select, text

from reelwright.engines.database.database import Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId, ReferenceId
from reelwright.ground.principals import Principal
from reelwright.projects.records import is_line
from reelwright.studio.hands.references import ReferenceKind
from reelwright.studio.hands.tables import ReferenceRow

_PICTURES = text("""
    SELECT id FROM assets
    WHERE workspace_id = :workspace AND id = ANY(:some) AND kind = 'image'""")


class CarriedReference(BaseModel):
    """A picture of a character or a place, by the name it is pinned under."""

    model_config = ConfigDict(extra="forbid")

    kind: ReferenceKind
    name: str = Field(min_length=1, max_length=100)
    asset: str = Field(max_length=100)


class PinnedPictures:
    """The references of projects."""

    name = "references"
    item = CarriedReference
    shows_assets = True

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def pack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId
    ) -> Sequence[CarriedReference]:
        """All of them, the oldest first."""
        row = ReferenceRow
        mine = row.workspace_id == who.workspace, row.project_id == project_id
        rows = await tx.scalars(select(row).where(*mine).order_by(row.id))
        return [
            CarriedReference(kind=ReferenceKind(one.kind), name=one.name, asset=one.asset_id)
            for one in rows
        ]

    async def unpack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, items: Sequence[CarriedReference]
    ) -> None:
        """Pin them again; what is no picture is refused."""
        told = {"workspace": who.workspace, "some": [one.asset for one in items]}
        pictures = set((await tx.execute(_PICTURES, told)).scalars())
        if not {one.asset for one in items} <= pictures:
            raise InvalidInputError("a picture that is pinned is none, or is not there")
        if len({(one.name, one.asset) for one in items}) < len(items):
            raise InvalidInputError("a picture is pinned twice")
        if not all(is_line(one.name) for one in items):
            raise InvalidInputError("the name of a picture that is pinned is not one line")
        shared = {"workspace_id": who.workspace, "project_id": project_id}
        shared |= {"created_at": self._clock.now()}
        ids = sorted(ReferenceId.new() for _ in items)
        rows = [
            shared | {"id": id_, "kind": one.kind.value, "name": one.name, "asset_id": one.asset}
            for id_, one in zip(ids, items, strict=True)
        ]
        if rows:
            await tx.execute(insert(ReferenceRow), rows)
