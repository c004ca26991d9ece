"""References frozen for a project: pictures of its characters and places, pinned by name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import AssetId, ProjectId, ReferenceId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.rights import Rights
from reelwright.projects.service import ProjectService
from reelwright.studio.hands.tables import ReferenceRow

_LONGEST = 100


class ReferenceKind(StrEnum):
    """Of what a reference is."""

    CHARACTER = "character"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture pinned to a project; `name` is the character's or the place's, in capitals."""

    id: ReferenceId
    project_id: ProjectId
    kind: ReferenceKind
    name: str
    asset_id: AssetId
    created_at: datetime


class References:
    """Pins pictures to projects. Stills of whoever or whatever is named are drawn after them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        projects: ProjectService,
        library: AssetService,
        rights: Rights,
    ) -> None:
        self._database = database
        self._clock = clock
        self._projects = projects
        self._library = library
        self._rights = rights

    async def pin(
        self,
        who: Principal,
        project_id: ProjectId,
        name: str,
        asset_id: AssetId,
        kind: ReferenceKind = ReferenceKind.CHARACTER,
    ) -> Reference:
        """Pin a picture; the same one twice is one.

        Raises ProjectMissingError, AssetMissingError, and what `Rights.require` raises: a character's
        picture stands for a member of the cast.
        """
        name = " ".join(name.upper().split())
        if not 1 <= len(name) <= _LONGEST:
            raise InvalidInputError(
                "a reference has a name", way_out="the character's, the place's"
            )
        await self._projects.get(who, project_id)
        asset = await self._library.get(who, asset_id)
        if not asset.media_type.startswith("image/"):
            raise InvalidInputError(
                f"{asset.name} is no picture", way_out="pin a PNG, JPEG or WebP"
            )
        await self._rights.require(who, [asset_id], cast=kind is ReferenceKind.CHARACTER)
        pin = Reference(ReferenceId.new(), project_id, kind, name, asset_id, self._clock.now())
        values = {
            "id": pin.id,
            "workspace_id": who.workspace,
            "project_id": project_id,
            "kind": kind.value,
            "name": name,
            "asset_id": asset_id,
            "created_at": pin.created_at,
        }
        async with self._database.transaction(who) as tx:
            await tx.execute(insert(ReferenceRow).values(values).on_conflict_do_nothing())
        found = await self.list(who, project_id)
        return next(one for one in found if (one.name, one.asset_id) == (name, asset_id))

    async def list(self, who: Principal, project_id: ProjectId) -> Sequence[Reference]:
        """A project's references, by name, the newest of each name first."""
        query = (
            select(ReferenceRow)
            .where(
                ReferenceRow.workspace_id == who.workspace, ReferenceRow.project_id == project_id
            )
            .order_by(ReferenceRow.name, ReferenceRow.id.desc())
        )
        async with self._database.read(who) as tx:
            return [_reference(row) for row in (await tx.execute(query)).scalars()]

    async def unpin(self, who: Principal, reference: ReferenceId) -> None:
        """Take a reference away; the picture stays in the library. Raises MissingError."""
        query = (
            delete(ReferenceRow)
            .where(ReferenceRow.workspace_id == who.workspace, ReferenceRow.id == reference)
            .returning(ReferenceRow.id)
        )
        async with self._database.transaction(who) as tx:
            gone = (await tx.execute(query)).one_or_none()
        if gone is None:
            raise MissingError(f"there is no reference {reference}")

    async def named_in(
        self, who: Principal, project_id: ProjectId, words: str
    ) -> Sequence[Reference]:
        """The newest reference of each name that the words hold, in the order they are named."""
        places: dict[str, tuple[int, Reference]] = {}
        for one in await self.list(who, project_id):
            found = re.search(rf"(?<!\w){re.escape(one.name)}(?!\w)", words, re.IGNORECASE)
            if found and one.name not in places:
                places[one.name] = found.start(), one
        return [one for _, one in sorted(places.values(), key=lambda place: place[0])]


def _reference(row: ReferenceRow) -> Reference:
    return Reference(
        ReferenceId(row.id),
        ProjectId(row.project_id),
        ReferenceKind(row.kind),
        row.name,
        AssetId(row.asset_id),
        row.created_at,
    )
