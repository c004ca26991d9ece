"""`storage_service` for scripts: files and data of projects, through the running house's storage.

Scripts name a user and hand over an upload as web frameworks do; the house's own storage takes a
principal and a file on disk. This door translates, and does nothing else.
"""

import asyncio
import inspect
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal
from reelwright.ground.transactions import forbid_in_transaction
from reelwright.services import slot

STORAGE, PRINCIPALS = "storage_service", "principal_of"
"""Services of the house: its storage; and what finds a principal by a user's id (may be missing)."""
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file that came in: where it lies for now, and what its sender calls it."""

    path: Path
    name: str


class StorageDoor:
    """Files and data of projects of every type. `user_id` is a principal or a user's id."""

    async def upload_project_file(
        self,
        *,
        user_id: Principal | str,
        project_id: str,
        project_type: str,
        file: Any,
        metadata: Mapping[str, Any] | None = None,
    ) -> Any:
        """Keep a file; the asset it became. Raises InvalidInputError for one its type does not take."""
        forbid_in_transaction("an upload")
        storage, who = _storage(), await _principal(user_id)
        async with brought(file, storage.get_project_config(project_type)) as here:
            return await storage.upload_project_file(who, project_id, project_type, here, metadata)

    async def save_project_data(
        self,
        *,
        user_id: Principal | str,
        project_id: str,
        project_type: str,
        data: Mapping[str, Any],
    ) -> None:
        """Keep a project's data, in place of what was kept before."""
        who = await _principal(user_id)
        await _storage().save_project_data(who, project_id, project_type, data)

    async def load_project_data(
        self, *, user_id: Principal | str, project_id: str, project_type: str
    ) -> dict[str, Any]:
        """A project's data as last kept; raises MissingError."""
        who = await _principal(user_id)
        return await _storage().load_project_data(who, project_id, project_type)

    def validate_file_for_project_type(self, file: Any, project_type: str) -> Any:
        """The media type of a file on disk (`path`, `name`) or of an upload (`file`, `filename`).

        Raises InvalidInputError when this type of project does not take it.
        """
        storage = _storage()
        if hasattr(file, "path"):
            return storage.validate_file_for_project_type(_on_disk(file), project_type)
        stream = getattr(file, "file", file)
        with tempfile.NamedTemporaryFile(prefix="reelwright-") as kept:
            left = storage.get_project_config(project_type)["max_file_size"] + 1
            stream.seek(0)
            while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
                kept.write(chunk)
                left -= len(chunk)
            stream.seek(0)
            kept.flush()
            here = BroughtFile(Path(kept.name), _name(file))
            return storage.validate_file_for_project_type(here, project_type)

    def get_project_config(self, project_type: str) -> Mapping[str, Any]:
        """The rules of a project type."""
        return _storage().get_project_config(project_type)


@asynccontextmanager
async def brought(file: Any, rules: Mapping[str, Any]) -> AsyncIterator[BroughtFile]:
    """An upload as a file on disk: at most one byte more than the rules take, gone afterwards."""
    if hasattr(file, "path"):
        yield _on_disk(file)
        return
    with tempfile.NamedTemporaryFile(prefix="reelwright-") as kept:
        left = rules["max_file_size"] + 1
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            chunk = await chunk if inspect.isawaitable(chunk) else chunk
            if not chunk:
                break
            await asyncio.to_thread(kept.write, chunk)
            left -= len(chunk)
        await asyncio.to_thread(kept.flush)
        yield BroughtFile(Path(kept.name), _name(file))


def _name(file: Any) -> str:
    return str(getattr(file, "filename", None) or getattr(file, "name", None) or "unnamed")


def _on_disk(file: Any) -> BroughtFile:
    path = Path(file.path)
    return BroughtFile(path, str(getattr(file, "name", None) or path.name))


def _storage() -> Any:
    return slot.current().container.get(STORAGE)


async def _principal(user: Principal | str) -> Principal:
    if isinstance(user, Principal):
        return user
    house = slot.current()
    if PRINCIPALS not in house.registry:
        raise InvalidInputError(
            "this house cannot find a principal by a user's id",
            way_out="hand a Principal over, such as UserService.local_owner() gives",
        )
    return await house.container.get(PRINCIPALS).find(user)


storage_service = StorageDoor()
