"""What is looked at before files are worked on: who may do what with which, and what they are."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from reelwright.engines.media.edits.measures import Measures
from reelwright.engines.media.edits.room import CuttingRoom
from reelwright.engines.storage.files import environment
from reelwright.engines.storage.objects import Objects, Told
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset
from reelwright.projects.service import ProjectService
from reelwright.projects.types import operations_of, types_with

_REMEMBERED = 10_000
_BROUGHT_AT_ONCE = 64 * 2**20
"""Bytes that are fetched from a bucket before a job is made; of more only the job itself looks."""


class OperationUnsupportedError(InvalidInputError):
    """A type of project that does not have an operation."""

    code = "operation_unsupported"


class Desk:
    """Looks at assets for those who work on them."""

    def __init__(
        self,
        library: AssetService,
        objects: Objects,
        projects: ProjectService,
        room: CuttingRoom,
    ) -> None:
        self._library = library
        self._objects = objects
        self._projects = projects
        self._room = room
        # By the keys of their bytes, which never change under one and are one workspace's alone.
        self._known: dict[str, Measures] = {}

    async def allow(self, who: Principal, operation: str, project: ProjectId | None) -> None:
        """Raise OperationUnsupportedError if the project's type has no such operation."""
        if project is None:
            return
        kind = (await self._projects.get(who, project)).project_type
        if operation not in operations_of(kind):
            raise OperationUnsupportedError(
                f"a project of type {kind} has no operation {operation}",
                way_out=f"these have: {', '.join(types_with(operation))}; or leave the project out",
            )

    async def assets(self, who: Principal, ids: Sequence[AssetId]) -> list[Asset]:
        """The assets, in order.

        Raises AssetMissingError, TakenDownError, and ConflictError for what is not here yet.
        """
        found = await self._library.get_many(who, list(dict.fromkeys(ids)))
        for one in found.values():
            one.require_served()
            if not one.key:
                raise ConflictError(
                    f"the bytes of asset {one.id} are not here yet",
                    way_out="try again when it is downloaded",
                )
        return [found[one] for one in ids]

    async def measures(self, assets: Sequence[Asset]) -> list[Measures] | None:
        """What assets are; None if that would mean to bring much from a bucket first."""
        known = {one.key: self._known.get(one.key) for one in assets}
        new = {one.key: one for one in assets if known[one.key] is None}
        found = await self._measure(new) if new else {}
        if found is None:
            return None
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known |= found
        return [known[one.key] or found[one.key] for one in assets]

    async def _measure(self, distinct: Mapping[str, Asset]) -> dict[str, Measures] | None:
        local = {key: await self._local(key) for key in distinct}
        far = [one for key, one in distinct.items() if local[key] is None]
        if sum(one.size for one in far) > _BROUGHT_AT_ONCE:
            return None
        async with self.folder() as folder:
            paths = [
                local[key] or await self._bring(one, folder / str(number))
                for number, (key, one) in enumerate(distinct.items())
            ]
            return dict(zip(distinct, await self._room.measure(paths), strict=True))

    @asynccontextmanager
    async def folder(self) -> AsyncIterator[Path]:
        """A folder on the library's disk, gone afterwards with all that is in it."""
        with environment("cannot make a folder to work in"):
            made = TemporaryDirectory(prefix="edit-", dir=self._objects.drafts)
        try:
            yield Path(made.name)
        finally:
            await asyncio.to_thread(made.cleanup)

    async def bring(
        self, assets: Sequence[Asset], folder: Path, told: Told | None = None
    ) -> list[Path]:
        """The files of assets, in order; each to be read only. `told` hears of bytes that came."""
        distinct = {one.key: one for one in assets}
        paths = {
            key: await self._bring(one, folder / f"input-{number}", told)
            for number, (key, one) in enumerate(distinct.items())
        }
        return [paths[one.key] for one in assets]

    async def _bring(self, asset: Asset, path: Path, told: Told | None = None) -> Path:
        await self._objects.fetch(asset.key, path, told=told)
        return path

    async def _local(self, key: str) -> Path | None:
        part = await self._objects.open_range(key)
        close = getattr(part.chunks, "aclose", None)
        if close is not None:
            await close()
        return part.path
