"""Settling a project that was unpacked: new ids for everything, and its rows in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from reelwright.engines.database.database import Tx
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.ground.texts import json_text
from reelwright.library.carried import CarriedAsset, Mark, label_carried
from reelwright.library.keeping import Incoming
from reelwright.library.labels import checked_tags
from reelwright.library.measuring import measure_now
from reelwright.library.storage_service import SENT
from reelwright.projects.carried import CarriedProject, make_carried, tell_carried
from reelwright.projects.named_assets import is_asset, renamed
from reelwright.projects.parts import Part
from reelwright.projects.records import checked_name, checked_type
from reelwright.projects.types import PROJECT_CONFIGS
from reelwright.studio.parcels.believing import believed, type_of
from reelwright.studio.parcels.gathering import Parts
from reelwright.studio.parcels.manifest import (
    read_items,
)
from reelwright.studio.parcels.unpacking import Content, Unpacked


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project that is to be kept: itself, its parts, its files, and what these are called."""

    id: ProjectId
    project: CarriedProject
    parts: Sequence[tuple[Part, Sequence[BaseModel]]]
    files: Sequence[Incoming]
    labels: Sequence[tuple[AssetId, CarriedAsset, Sequence[Mark]]]


class Settling:
    """Gives what comes in a place of its own."""

    def __init__(self, clock: Clock, parts: Parts) -> None:
        self._clock = clock
        self._parts = parts.all

    def plan(self, project_id: ProjectId, come: Unpacked, name: str | None = None) -> NewProject:
        """All of it under new ids; raises InvalidInputError for what can be no project."""
        manifest = come.manifest
        called = checked_name(manifest.project.name if name is None else name)
        project = manifest.project.model_copy(update={"name": called})
        folder = PROJECT_CONFIGS[checked_type(project.type)]["storage_prefix"]
        # In the order in which they came: the newest is the last again.
        fresh = sorted(AssetId.new() for _ in manifest.assets)
        names = dict(zip([one.id for one in manifest.assets], fresh, strict=True))
        naming = _Naming({manifest.project.id: project_id, **names})
        parts = [
            (part, read_items(part, renamed(manifest.parts[part.name], naming.name)))
            for part in self._parts
        ]
        files, labels = [], []
        for one in manifest.assets:
            content, id_ = come.contents[one.sha256], names[one.id]
            marks = believed(one, content.facts)
            facts = renamed(one.facts, naming.name)
            facts = _facts(one, content, facts, marked=bool(marks))
            json_text(facts, "what is told of a file")
            checked_tags(one.tags)
            kept = one.model_copy(update={"marks": list(marks)})
            files.append(_incoming(kept, content, facts, (id_, project_id, folder)))
            labels.append((id_, one, marks))
        return NewProject(project_id, project, parts, files, labels)

    async def settle(self, tx: Tx, who: Principal, new: NewProject) -> bool:
        """Write it all down, after its files; False, and nothing, if the project is there already."""
        now = self._clock.now()
        if not await make_carried(tx, who, new.id, new.project, now):
            return False
        for part, items in new.parts:
            await part.unpack_in(tx, who, new.id, items)
        await label_carried(tx, who, new.labels, now)
        await tell_carried(tx, new.id, new.project)
        return True


class _Naming:
    """New names for old ones. Whatever else looks like an asset's id gets one that names nothing."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = dict(known)

    def name(self, text: str) -> str:
        if text in self._known:
            return self._known[text]
        if is_asset(text):
            return self._known.setdefault(text, AssetId.new())
        return text


def _facts(
    one: CarriedAsset, content: Content, told: dict[str, Any], *, marked: bool
) -> dict[str, Any]:
    """A product is what its maker said of it; of anything else counts what was measured."""
    facts = told if marked else {**told, **content.facts}
    if content.redrawn and measure_now(content.path).sha256 != one.sha256:
        facts = {**facts, SENT: one.sha256}
    return facts


def _incoming(
    one: CarriedAsset,
    content: Content,
    facts: Mapping[str, Any],
    place: tuple[AssetId, ProjectId, str],
) -> Incoming:
    id_, project_id, folder = place
    return Incoming(
        path=content.path,
        name=one.name,
        media_type=type_of(content.media_type, one.media_type),
        origin=one.new_origin(),
        facts=facts,
        project_id=project_id,
        id=id_,
        folder=folder,
        brought=True,
    )
