"""Gathering a project: its manifest, as it stands at one moment, and where the bytes of its files lie."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

import reelwright
from reelwright.engines.database.database import Database
from reelwright.generation.submissions.provenance import Provenance
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import ProjectId, SubmissionId
from reelwright.ground.principals import Principal
from reelwright.library.carried import StoredAsset, carried_assets
from reelwright.projects.carried import CarriedProject, Revisions, carried_project
from reelwright.projects.named_assets import assets_in
from reelwright.projects.parts import Part
from reelwright.projects.standing import standing_of
from reelwright.studio.parcels.manifest import (
    MOST_FILES,
    Manifest,
    written_items,
)
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.planning import Planner
from reelwright.studio.productions.records import finished_productions
from reelwright.studio.productions.shelves import Shelves

_MOST_FILMS = 20
# All of it is read as it is at one moment, whoever saves meanwhile.
_ONE_MOMENT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
MADE_BY = "made_by"
"""The fact that says by which model an asset was made, in whatever house."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What every domain puts into a project's file."""

    all: Sequence[Part]

    def names(self) -> Collection[str]:
        """What they are called."""
        return [one.name for one in self.all]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A project, to be written; `keys` says where each content lies in storage.

    `standing` is how the project stood when it was read.
    """

    manifest: Manifest
    keys: Mapping[str, str]
    standing: str

    @property
    def contents(self) -> Mapping[str, tuple[int, str]]:
        """Size and media type of each content, by its digest."""
        return {one.sha256: (one.size, one.media_type) for one in self.manifest.assets}


class Gathering:
    """Gathers the projects of a workspace."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        parts: Parts,
        planner: Planner,
        shelves: Shelves,
        provenance: Provenance,
    ) -> None:
        self._database = database
        self._clock = clock
        self._parts = parts.all
        self._planner = planner
        self._shelves = shelves
        self._provenance = provenance

    async def gather(
        self, who: Principal, project_id: ProjectId, *, guest: bool = False
    ) -> Gathered:
        """All of a project; raises ProjectMissingError, ConflictError where a file of it is gone.

        For a guest only its own files: states may name any of the workspace, and so may pins.
        """
        films = await self._films(who, project_id)
        recipes: set[str] = set()
        for one in films:
            recipes |= await self._planner.pieces(one, self._shelves.of(who, project_id))
        outputs = {asset for one in films for asset in one.outputs.values()}
        async with self._database.read(who) as tx:
            await tx.execute(_ONE_MOMENT)
            project = await carried_project(tx, who, project_id)
            standing = await standing_of(tx, who, project_id)
            parts = {
                one.name: written_items(await one.pack_in(tx, who, project_id))
                for one in self._parts
            }
            named = set(assets_in(parts[Revisions.name] if guest else parts))
            named |= outputs
            stored = await carried_assets(tx, who, project_id, named, recipes)
        await self._name_models(who, stored)
        return Gathered(*self._written(project, parts, stored), standing)

    def _written(
        self, project: CarriedProject, parts: dict[str, list[Any]], stored: Sequence[StoredAsset]
    ) -> tuple[Manifest, Mapping[str, str]]:
        there = {one.told.id for one in stored}
        for part in self._parts:
            if part.shows_assets:
                parts[part.name] = [one for one in parts[part.name] if set(assets_in(one)) <= there]
        if not set(assets_in(parts[Revisions.name])) <= there:
            raise ConflictError(
                f"files of project {project.id} are gone, or held back",
                way_out="revise it without them",
            )
        keys = {one.told.sha256: one.key for one in stored}
        if len(keys) > MOST_FILES:
            raise InvalidInputError(
                f"the project has {len(keys)} files, and one file holds {MOST_FILES}",
                way_out="delete what it does not need",
            )
        manifest = Manifest(
            made_by=f"reelwright {reelwright.__version__}",
            made_at=self._clock.now(),
            project=project,
            parts=parts,
            assets=[one.told for one in stored],
        )
        return manifest, keys

    async def _films(self, who: Principal, project_id: ProjectId) -> Sequence[Production]:
        """The films that were made of it, one for each way of making, the newest first."""
        async with self._database.read(who) as tx:
            found = await finished_productions(tx, who, project_id)
        ways = {
            (one.revision_id, repr(sorted(one.options.items()))): one for one in reversed(found)
        }
        return sorted(ways.values(), key=lambda one: one.id, reverse=True)[:_MOST_FILMS]

    async def _name_models(self, who: Principal, stored: Sequence[StoredAsset]) -> None:
        """Say by which model an asset was made; what it cost stays in the books."""
        calls = await self._provenance.calls(
            who, [one.submission for one in stored if one.submission]
        )
        for one in stored:
            call = calls.get(SubmissionId(one.submission)) if one.submission else None
            if call is not None:
                told = {"provider": call.provider, "model": call.model}
                one.told.facts[MADE_BY] = told | {"operation": call.operation}
