"""Files and data of projects of every type, in one store: what scripts call `storage_service`."""

import json
import mimetypes
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol, cast

from reelwright.ground.errors import InvalidInputError
from reelwright.services import slot
from reelwright.services.kit import generate_unique_id, sanitize_filename
from reelwright.services.project_types import ProjectType, project_type


class Objects(Protocol):
    """Whatever keeps bytes under keys; the house's object store does."""

    async def put(self, key: str, data: bytes, *, media_type: str) -> Any:
        """Keep bytes under a key, whole or not at all."""
        ...

    async def get(self, key: str) -> bytes:
        """The bytes of a key; raises MissingError."""
        ...


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A file on its way in."""

    filename: str
    data: bytes
    content_type: str | None = None

    @property
    def media_type(self) -> str:
        """What it says it is, or what its name says."""
        guessed = self.content_type or mimetypes.guess_type(self.filename)[0]
        return guessed or "application/octet-stream"


class StorageService:
    """Keeps the files and the data of projects, by the rules of the project's type.

    For scripts and plugins: whoever holds it sees every user's projects.
    """

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    async def upload_project_file(
        self,
        *,
        user_id: str,
        project_id: str,
        project_type: str,
        file: Any,
        metadata: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Keep a file; `file` has `filename`, `content_type` and `data` (or an async or plain `read`)."""
        brought = await _brought(file, _rules(project_type).max_file_size)
        self.validate_file_for_project_type(brought, project_type)
        root = _root(project_type, user_id, project_id)
        file_id = generate_unique_id("file")
        name = sanitize_filename(brought.filename)
        key = f"{root}/files/{file_id}/{name}"
        info = {
            "id": file_id,
            "key": key,
            "filename": name,
            "media_type": brought.media_type,
            "size": len(brought.data),
            "metadata": dict(metadata or {}),
        }
        await self._objects.put(key, brought.data, media_type=brought.media_type)
        await self._objects.put(
            f"{root}/files/{file_id}.json", json.dumps(info).encode(), media_type="application/json"
        )
        return info

    async def save_project_data(
        self, *, user_id: str, project_id: str, project_type: str, data: Any
    ) -> None:
        """Keep a project's data, in place of what was kept before; plain JSON values."""
        try:
            text = json.dumps(data, ensure_ascii=False)
        except (TypeError, ValueError) as error:
            raise InvalidInputError(f"the project's data is not plain JSON: {error}") from error
        key = f"{_root(project_type, user_id, project_id)}/project.json"
        await self._objects.put(key, text.encode(), media_type="application/json")

    async def load_project_data(self, *, user_id: str, project_id: str, project_type: str) -> Any:
        """A project's data as last kept; raises MissingError."""
        key = f"{_root(project_type, user_id, project_id)}/project.json"
        return json.loads(bytes(await self._objects.get(key)))

    def validate_file_for_project_type(self, file: Any, project_type: str) -> None:
        """Raise InvalidInputError for a file that this type of project does not take."""
        brought = file if isinstance(file, ProjectFile) else _described(file)
        size = getattr(file, "size", None)
        _rules(project_type).check(
            brought.media_type, size if isinstance(size, int) else len(brought.data)
        )

    def get_project_config(self, project_type: str) -> dict[str, Any]:
        """The rules of a project type, as plain data."""
        return _rules(project_type).as_dict()


def _rules(name: str) -> ProjectType:
    return project_type(name)


def _root(type_name: str, *ids: str) -> str:
    for part in ids:
        if not part or part != sanitize_filename(part):
            raise InvalidInputError(f"{part[:60]!r} cannot be part of a key")
    return "/".join((project_type(type_name).storage_prefix, *ids))


def _described(file: Any) -> ProjectFile:
    data = getattr(file, "data", b"")
    return ProjectFile(
        str(getattr(file, "filename", None) or "unnamed"),
        data if isinstance(data, bytes) else b"",
        getattr(file, "content_type", None),
    )


async def _brought(file: Any, most: int) -> ProjectFile:
    described = _described(file)
    read = getattr(file, "read", None)
    if described.data or not callable(read):
        return described
    data = cast("Any", read(most + 1))  # one byte more than may be: enough to refuse it
    data = data if isinstance(data, bytes) else await data
    return ProjectFile(**{**asdict(described), "data": data})


storage_service = cast("StorageService", slot.CurrentService("storage_service"))
