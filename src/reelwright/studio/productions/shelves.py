"""The shelf of a workspace on this machine: its products as files, backed by its library."""

import asyncio
import os
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from reelwright.engines.storage.files import environment
from reelwright.engines.storage.objects import ObjectMissingError
from reelwright.engines.storage.store import Store, Stored
from reelwright.ground.errors import EnvironmentFailedError
from reelwright.ground.ids import ProjectId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, MadeProduct
from reelwright.studio.workshop import Order

StoreOf = Callable[[WorkspaceId], Path]
"""The folder of a workspace's products on this machine."""


class Shelf:
    """What one workspace has made: found in its library, brought to this machine when needed.

    The library is the truth; the store beside it is this machine's copy. Where both lie on one
    disk, a file is linked, not copied. Whatever is found or kept is a piece of a film of the project.
    """

    def __init__(
        self, who: Principal, project_id: ProjectId, store: Store, library: AssetService
    ) -> None:
        self.store = store
        self._who = who
        self._project_id = project_id
        self._library = library
        self._noted: set[str] = set()

    async def find(self, digests: Collection[str]) -> dict[str, Stored]:
        """The products that are there; those that only this machine has are handed to the library.

        They are noted before they are looked for: what was found does not go with another project.
        """
        await self._note(digests)
        assets = await self._library.find_products(self._who, list(digests))
        for one in assets.values():  # nothing more is made of what is held back
            one.require_served()
        found = {digest: self._stored(digest, asset) for digest, asset in assets.items()}
        local = await asyncio.to_thread(self._found_here, [d for d in digests if d not in found])
        if local:
            await self.keep(local)
        await self._note(found)  # what came in between
        return {**found, **{one.digest: one for one in local}}

    async def assets(self, digests: Collection[str]) -> Mapping[str, Asset]:
        """The library's assets of products."""
        return await self._library.find_products(self._who, list(digests))

    async def keep(self, made: Sequence[Stored]) -> None:
        """Hand products of this machine to the library."""
        products = [
            MadeProduct(
                recipe_digest=one.digest,
                operation=one.operation,
                path=one.path,
                media_type=one.media_type,
                facts=one.facts,
                inputs=one.inputs,
                project_id=self._project_id,
            )
            for one in made
        ]
        await self.keep_products(products)

    async def keep_products(self, made: Sequence[MadeProduct]) -> Mapping[str, Asset]:
        """Hand products to the library; the asset of each recipe, also of one that was there."""
        kept = await self._library.keep_products(self._who, made)
        await self._note(kept)
        return kept

    async def _note(self, digests: Collection[str]) -> None:
        new = set(digests) - self._noted
        if new:
            self._noted |= await self._library.note_uses(self._who, self._project_id, new)

    async def bring_inputs(self, orders: Sequence[Order]) -> None:
        """Bring the products the orders read, and that other machines made, to this one."""
        root = self.store.root
        files = {path for one in orders for path in _files(one.request) if root in path.parents}
        own = {one.digest for one in orders}
        missing = {path.stem for path in files if path.stem not in own and not path.exists()}
        if missing:
            await self.bring(missing)

    async def bring(self, digests: Collection[str]) -> None:
        """Bring products to this machine that are not there yet."""
        away = [digest for digest in digests if self.store.find(digest) is None]
        for digest, asset in (await self.assets(away)).items():
            await self._bring(digest, asset)

    async def _bring(self, digest: str, asset: Asset) -> None:
        folder = self.store.root / "drafts" / f"brought-{os.urandom(8).hex()}"
        with environment("cannot write to the store"):
            folder.mkdir(parents=True)
        try:
            path = folder / f"product{Path(asset.name).suffix}"
            await self._fetch(digest, asset, path)
            await asyncio.to_thread(self._put, digest, path, asset)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _fetch(self, digest: str, asset: Asset, path: Path) -> None:
        try:
            await self._library.fetch(self._who, asset, path)
        except ObjectMissingError as error:
            await self._library.forget_products(self._who, [digest])
            raise EnvironmentFailedError(
                "a finished product is gone from storage",
                way_out="start the film again: what is gone is made anew",
            ) from error

    def _put(self, digest: str, path: Path, asset: Asset) -> None:
        operation = Path(asset.name).stem
        facts, kind = asset.facts, asset.media_type
        self.store.put(digest, path, operation=operation, media_type=kind, facts=facts)

    def _found_here(self, digests: Sequence[str]) -> list[Stored]:
        return [found for digest in digests if (found := self.store.find(digest))]

    def _stored(self, digest: str, asset: Asset) -> Stored:
        path = self.store.place_of(digest, Path(asset.name).suffix)
        return Stored(digest, path, asset.media_type, asset.facts)


class Shelves:
    """The shelves of this process, each opened once."""

    def __init__(self, store_of: StoreOf, library: AssetService, limit: int) -> None:
        self._store_of = store_of
        self._library = library
        self._limit = limit
        self._stores: dict[WorkspaceId, Store] = {}
        self._open = ExitStack()

    def of(self, who: Principal, project_id: ProjectId) -> Shelf:
        """The shelf of whoever asks, for films of a project."""
        store = self._stores.get(who.workspace)
        if store is None:
            store = self._open.enter_context(Store(self._store_of(who.workspace)))
            self._stores[who.workspace] = store
        return Shelf(who, project_id, store, self._library)

    def close(self) -> None:
        """Let go of all stores, and bring each back to its limit where nobody else has it open."""
        self._open.close()
        for store in self._stores.values():
            with suppress(OSError):
                Store(store.root).trim(self._limit)
        self._stores.clear()


def _files(request: object) -> set[Path]:
    """All paths a request names, wherever in its fields they stand."""
    if isinstance(request, Path):
        return {request}
    if isinstance(request, (tuple, list)):
        return {path for one in request for path in _files(one)}
    if isinstance(request, Mapping):
        return {path for one in request.values() for path in _files(one)}
    if hasattr(request, "__dataclass_fields__"):
        names = request.__dataclass_fields__  # pyrefly: ignore[missing-attribute]
        return {path for name in names for path in _files(getattr(request, name))}
    return set()
