"""Files and saved states of projects of every type, by the rules of the type."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reelwright.engines.processes.apart import UnreadableError
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, OriginKind
from reelwright.library.examination import Examiner
from reelwright.library.keeping import Incoming, Joining
from reelwright.library.measuring import measure
from reelwright.library.quotas import NoQuota, StorageQuota
from reelwright.library.sniffing import sniff_file
from reelwright.projects.states import ProjectStates
from reelwright.projects.types import PROJECT_CONFIGS, SAME_TYPES

_UNLIMITED = NoQuota()
SENT = "sent_sha256"
"""The fact that says what was sent, where a picture was drawn anew."""


class FileRefusedError(InvalidInputError):
    """A file that its type of project does not take."""

    code = "file_refused"


class ProjectDataMissingError(MissingError):
    """Nothing was saved for that project."""

    code = "project_data_missing"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that came in: where it lies for now, and what its sender calls it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file that comes in belongs to, which asset it becomes, and what happens with that."""

    project_type: str
    project_id: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    asset_id: AssetId = field(default_factory=AssetId.new)
    joining: Joining | None = None


class StorageService:
    """One way in for all project types."""

    def __init__(
        self,
        library: AssetService,
        states: ProjectStates,
        examiner: Examiner,
        quota: StorageQuota = _UNLIMITED,
    ) -> None:
        self._library = library
        self._states = states
        self._examiner = examiner
        self._quota = quota

    def get_project_config(self, project_type: str) -> Mapping[str, Any]:
        """The rules of a project type: allowed types, largest size in bytes, operations."""
        try:
            return PROJECT_CONFIGS[project_type]
        except KeyError:
            raise InvalidInputError(
                f"{project_type!r} is no type of project",
                way_out=f"one of {', '.join(PROJECT_CONFIGS)}",
            ) from None

    def validate_file_for_project_type(self, file: UploadedFile, project_type: str) -> str:
        """The file's media type, found from its content; raises FileRefusedError."""
        rules = self.get_project_config(project_type)
        size, largest = file.path.stat().st_size, rules["max_file_size"]
        if size > largest:
            raise FileRefusedError(
                f"{file.name[:100]} has {size / 1e6:.1f} MB",
                way_out=f"{project_type} takes files up to {largest // (1024 * 1024)} MB",
            )
        if size == 0:
            raise FileRefusedError(f"{file.name[:100]} is empty", way_out="choose another file")
        found = sniff_file(file.path)
        self._check_type(file, found, project_type)
        return found

    def _check_type(self, file: UploadedFile, found: str, project_type: str) -> None:
        allowed = self.get_project_config(project_type)["allowed_file_types"]
        if "*/*" not in allowed and found not in {SAME_TYPES.get(one, one) for one in allowed}:
            raise FileRefusedError(
                f"{file.name[:100]} is {found} by its content",
                way_out=f"{project_type} takes {', '.join(allowed)}",
            )

    async def upload_project_file(
        self,
        who: Principal,
        project_id: str | None,
        project_type: str,
        file: UploadedFile,
        metadata: Mapping[str, Any] | None = None,
    ) -> Asset:
        """Take a file of a project in; `metadata` is kept with it. Raises FileRefusedError."""
        await asyncio.to_thread(self.validate_file_for_project_type, file, project_type)
        await self._quota.check(who, file.path.stat().st_size)
        async with self._library.copied(file.path) as path:
            arrival = Arrival(project_type, project_id, metadata or {})
            kept = await self.take_in(who, UploadedFile(path, file.name), arrival)
        assert kept is not None, "nobody joined"
        return kept

    async def take_in(self, who: Principal, file: UploadedFile, arrival: Arrival) -> Asset | None:
        """Look at a file that nobody changes any more, and keep it; None if whoever joins does not want it.

        Raises FileRefusedError. The quota was asked before.
        """
        async with self.looked_at(who, file, arrival) as one:
            return await self._library.take_in(who, one, arrival.joining)

    async def complete(self, who: Principal, file: UploadedFile, arrival: Arrival) -> None:
        """The same for the asset that is there already and waits for its bytes."""
        async with self.looked_at(who, file, arrival) as one:
            await self._library.complete(who, one)

    @asynccontextmanager
    async def looked_at(
        self, who: Principal, file: UploadedFile, arrival: Arrival
    ) -> AsyncIterator[Incoming]:
        """A file as it may be kept, until the block ends; raises FileRefusedError."""
        rules = self.get_project_config(arrival.project_type)
        media_type = await asyncio.to_thread(
            self.validate_file_for_project_type, file, arrival.project_type
        )
        try:
            async with self._examiner.examined(who.workspace, file.path, media_type) as looked:
                self._check_type(file, looked.media_type, arrival.project_type)
                facts = {**arrival.facts, **looked.facts, "project_type": arrival.project_type}
                if looked.path != file.path:
                    (sent,) = await measure([file.path])
                    facts[SENT] = sent.sha256
                yield Incoming(
                    path=looked.path,
                    name=file.name,
                    media_type=looked.media_type,
                    origin=Origin(OriginKind.UPLOAD, file.name),
                    facts=facts,
                    project_id=arrival.project_id,
                    id=arrival.asset_id,
                    folder=rules["storage_prefix"],
                    brought=True,
                )
        except UnreadableError as error:
            raise FileRefusedError(
                f"{file.name[:100]} is {media_type} by its first bytes, but {error.message}",
                way_out=error.way_out or "choose another file",
            ) from error

    async def save_project_data(
        self, who: Principal, project_id: str, project_type: str, data: Mapping[str, Any]
    ) -> None:
        """Make this the `data` of the project's state for that type; what it was stays a version."""
        self.get_project_config(project_type)
        new = dict(data)
        await self._states.change(
            who, project_id, lambda state: {**state, "data": new}, editor=project_type
        )

    async def load_project_data(
        self, who: Principal, project_id: str, project_type: str
    ) -> dict[str, Any]:
        """The data that was saved last; raises ProjectDataMissingError."""
        self.get_project_config(project_type)
        found = await self._states.load(who, project_id, editor=project_type)
        if "data" not in found.state:
            raise ProjectDataMissingError(f"nothing was saved for project {project_id}")
        return found.state["data"]
