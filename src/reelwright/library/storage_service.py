"""Files and saved states of projects of every type, by the rules of the type."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, OriginKind
from reelwright.library.sniffing import sniff_file
from reelwright.projects.states import ProjectStates
from reelwright.projects.types import PROJECT_CONFIGS, SAME_TYPES


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


class StorageService:
    """One way in for all project types."""

    def __init__(self, library: AssetService, states: ProjectStates) -> None:
        self._library = library
        self._states = states

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
        allowed = rules["allowed_file_types"]
        if "*/*" not in allowed and found not in {SAME_TYPES.get(one, one) for one in allowed}:
            raise FileRefusedError(
                f"{file.name[:100]} is {found} by its content",
                way_out=f"{project_type} takes {', '.join(allowed)}",
            )
        return found

    async def upload_project_file(
        self,
        who: Principal,
        project_id: str,
        project_type: str,
        file: UploadedFile,
        metadata: Mapping[str, Any] | None = None,
    ) -> Asset:
        """Take a file of a project in; `metadata` is kept with it. Raises FileRefusedError."""
        media_type = await asyncio.to_thread(
            self.validate_file_for_project_type, file, project_type
        )
        return await self._library.keep(
            who,
            file.path,
            name=file.name,
            media_type=media_type,
            origin=Origin(OriginKind.UPLOAD, file.name),
            facts={**(metadata or {}), "project_type": project_type},
            project_id=project_id,
        )

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
