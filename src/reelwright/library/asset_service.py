"""The library as everyone above uses it: keeping files, finding them, handing them out."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, func, select

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.storage.objects import Objects
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.library import statements
from reelwright.library.assets import (
    Asset,
    AssetFilter,
    AssetMissingError,
    MadeProduct,
    Origin,
    OriginKind,
    SyncStatus,
)
from reelwright.library.belongings import ProjectFiles
from reelwright.library.film_pieces import note_uses
from reelwright.library.keeping import Incoming, Joining, Keeper
from reelwright.library.measuring import draft_of, measure, snapshot
from reelwright.library.quotas import NoQuota, StorageQuota
from reelwright.library.releasing import release
from reelwright.library.rows import (
    asset_from,
    assets_of,
    filtered,
    newest_first,
    products_of,
    shown,
)
from reelwright.library.tables import AssetRow, BlobRow, ProductRow
from reelwright.library.texts import file_name
from reelwright.library.using import check_unused, take_back, use_in

_TOUCHED_EVERY = timedelta(days=1)
_EVERYTHING = AssetFilter()
_BEGINNING = Paging()
_UNLIMITED = NoQuota()

Naming = Callable[[Tx, AssetId], Awaitable[None]]
"""Whatever names an asset from its first moment on, in the transaction that keeps it."""


class AssetService:
    """Assets of the workspace of whoever asks; another workspace's are missing."""

    def __init__(
        self,
        database: Database,
        objects: Objects,
        clock: Clock,
        quota: StorageQuota = _UNLIMITED,
    ) -> None:
        self._database = database
        self._objects = objects
        self._clock = clock
        self._quota = quota
        self._keeper = Keeper(database, objects, clock, quota)
        self._files = ProjectFiles(clock)

    async def keep(
        self,
        who: Principal,
        path: Path,
        *,
        name: str,
        media_type: str,
        origin: Origin,
        facts: Mapping[str, Any] | None = None,
        project_id: str | None = None,
    ) -> Asset:
        """Take a file in as a new asset. A person's file is copied; our own, never changed, is linked."""
        one = Incoming(path, name, media_type, origin, facts or {}, project_id)
        if origin.kind is not OriginKind.UPLOAD:
            return (await self._keeper.keep(who, [one]))[0]
        async with snapshot(path, self._objects.drafts) as copied:
            one = Incoming(copied, name, media_type, origin, facts or {}, project_id)
            return (await self._keeper.keep(who, [one]))[0]

    def copied(self, path: Path) -> AbstractAsyncContextManager[Path]:
        """A copy of a person's file, gone when the block ends."""
        return snapshot(path, self._objects.drafts)

    async def take_in(
        self, who: Principal, one: Incoming, joining: Joining | None = None
    ) -> Asset | None:
        """Take in a file of our own, never changed afterwards; None if whoever joins does not want it."""
        kept = await self._keeper.keep(who, [one], joining)
        return kept[0] if kept else None

    async def take_in_all(
        self, who: Principal, files: Sequence[Incoming], joining: Joining | None, following: Joining
    ) -> None:
        """Take in files of our own, and what comes before and after their rows: all of it, or nothing."""
        await self._keeper.keep_all(who, files, joining, following)

    async def complete(self, who: Principal, one: Incoming) -> None:
        """Give the asset of that id its bytes, from a file never changed afterwards."""
        await self._keeper.complete(who, one)

    async def keep_bytes(
        self,
        who: Principal,
        data: bytes,
        *,
        name: str,
        media_type: str,
        project_id: str | None = None,
        joining: Joining | None = None,
        following: Naming | None = None,
    ) -> AssetId:
        """Take bytes in as an upload of that name, between what comes before and after: all, or nothing."""
        async with draft_of(data, self._objects.drafts) as path:
            origin = Origin(OriginKind.UPLOAD, name)
            one = Incoming(path, name, media_type, origin, {}, project_id)

            async def name_it(tx: Tx) -> None:
                if following:
                    await following(tx, one.id)

            return (await self._keeper.keep(who, [one], joining, name_it))[0].id

    async def keep_products(
        self, who: Principal, made: Sequence[MadeProduct], joining: Joining | None = None
    ) -> dict[str, Asset]:
        """Take products in, all or none; returns the asset of each recipe that has one then.

        A recipe that has a product already keeps it: doing this again changes nothing. `joining`
        comes before their rows, and raises NotWantedError if none are wanted.
        """
        incoming = [
            Incoming(
                path=one.path,
                name=f"{one.operation or 'product'}{one.path.suffix}",
                media_type=one.media_type,
                origin=one.origin or Origin(OriginKind.RECIPE, one.recipe_digest),
                facts=one.facts,
                project_id=one.project_id,
                recipe=one.recipe_digest,
                family=one.family_digest,
                operation=one.operation,
                companion_of=one.companion_of,
                inputs=one.inputs,
            )
            for one in made
        ]
        recipes = {one.id: one.recipe for one in incoming if one.recipe}
        new = await self._keeper.keep(who, incoming, joining)
        products = {recipes[asset.id]: asset for asset in new}
        others = {one.recipe_digest for one in made} - set(products)
        if others:
            products |= await self.find_products(who, others)
        return products

    async def find_products(self, who: Principal, digests: Collection[str]) -> dict[str, Asset]:
        """The products of those recipes (with their takes) that there are.

        Finding counts as using: what lay in the trash is taken out of it.
        """
        before = self._clock.now() - _TOUCHED_EVERY
        rows = await self._products(who, digests)
        unused = [row.recipe_digest for row in rows if row.last_used_at < before]
        if unused:
            told = {"workspace": who.workspace, "some": unused}
            told |= {"now": self._clock.now(), "before": before}
            async with self._database.transaction(who) as tx:
                await tx.execute(statements.TOUCH_PRODUCTS, told)
        found = {row.recipe_digest: asset_from(row, row.operation) for row in rows}
        if thrown := {one.id for one in found.values() if one.trashed_at}:
            async with self._database.transaction(who) as tx:
                gone = thrown - set(await take_back(tx, who, thrown))
            kept = {recipe: one for recipe, one in found.items() if one.id not in gone}
            return {recipe: replace(one, trashed_at=None) for recipe, one in kept.items()}
        return found

    async def use_in(
        self, who: Principal, assets: Collection[AssetId], project_id: ProjectId | None
    ) -> dict[AssetId, Asset]:
        """What assets are used as in a project, or in none: it goes with no other one.

        Of those that are gone, nothing. What lay in the trash is taken out of it.
        """
        async with self._database.transaction(who) as tx:
            return await use_in(tx, who, self._files, assets, project_id)

    async def known_products(self, who: Principal, digests: Collection[str]) -> dict[str, Asset]:
        """The same for whoever only wants to know: it does not count as using, and writes nothing."""
        rows = await self._products(who, digests)
        return {row.recipe_digest: asset_from(row, row.operation) for row in rows}

    async def _products(
        self, who: Principal, digests: Collection[str]
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        if not digests:
            return []
        async with self._database.read(who) as tx:
            return (await tx.execute(products_of(who.workspace, list(digests)))).all()

    async def name_product(
        self, who: Principal, asset: AssetId, recipes: Collection[str], operation: str
    ) -> None:
        """Say that an asset is the product of further recipes: whoever has these finds it."""
        told = {"workspace": who.workspace, "asset": asset, "recipes": sorted(set(recipes))}
        told |= {"operation": operation, "now": self._clock.now()}
        async with self._database.transaction(who) as tx:
            await tx.execute(statements.NAME_PRODUCTS, told)

    async def note_uses(
        self, who: Principal, project_id: str, digests: Collection[str]
    ) -> set[str]:
        """Note that products are pieces of a film of a project, as long as which they stay; those there are."""
        return await note_uses(self._database, who, project_id, digests)

    async def forget_products(self, who: Principal, digests: Sequence[str]) -> None:
        """Forget which assets are the products of those recipes; the assets stay."""
        async with self._database.transaction(who) as tx:
            await tx.execute(
                delete(ProductRow).where(
                    ProductRow.workspace_id == who.workspace,
                    ProductRow.recipe_digest.in_(sorted(digests)),
                )
            )

    async def get(self, who: Principal, asset_id: AssetId) -> Asset:
        """An asset; raises AssetMissingError."""
        return (await self.get_many(who, [asset_id]))[asset_id]

    async def get_many(self, who: Principal, asset_ids: Sequence[AssetId]) -> dict[AssetId, Asset]:
        """Assets by id, in one query; raises AssetMissingError if one is not there."""
        async with self._database.read(who) as tx:
            query = shown(assets_of(who.workspace)).where(AssetRow.id.in_(asset_ids))
            found = {one.id: one for one in map(asset_from, await tx.execute(query))}
        for asset_id in asset_ids:
            if asset_id not in found:
                raise AssetMissingError(f"there is no asset {asset_id}")
        return found

    async def get_asset_for_user(self, asset_id: AssetId, who: Principal) -> Asset:
        """`get`, under the name that scripts know."""
        return await self.get(who, asset_id)

    async def list_assets(
        self, who: Principal, wanted: AssetFilter = _EVERYTHING, paging: Paging = _BEGINNING
    ) -> Page[Asset]:
        """`list`, under the name that scripts know."""
        return await self.list(who, wanted, paging)

    async def delete_asset(self, asset_id: AssetId, who: Principal) -> None:
        """`delete`, under the name that scripts know."""
        await self.delete(who, asset_id)

    async def list(
        self, who: Principal, wanted: AssetFilter = _EVERYTHING, paging: Paging = _BEGINNING
    ) -> Page[Asset]:
        """Assets, newest first."""
        query = filtered(shown(assets_of(who.workspace)), wanted)
        after = paging.after()
        query = newest_first(query, wanted, str(after[0]) if after else None, paging.limit + 1)
        async with self._database.read(who) as tx:
            found = [asset_from(row) for row in await tx.execute(query)]
        return paging.page(found, lambda asset: [asset.id])

    async def url(self, who: Principal, asset_id: AssetId, *, expires: int | None = None) -> str:
        """A signed URL of an asset's bytes, good for `expires` seconds; raises AssetMissingError."""
        return await self.url_of(await self.get(who, asset_id), expires=expires)

    async def url_of(
        self, asset: Asset, *, name: str | None = None, expires: int | None = None
    ) -> str:
        """A signed URL of an asset that was got just now; `name` is what it is saved as."""
        saved = file_name(name) if name else asset.name
        return await self._objects.url(
            _bytes_of(asset), media_type=asset.media_type, name=saved, expires=expires
        )

    async def fetch(
        self,
        who: Principal,
        asset: Asset | AssetId,
        path: Path,
        *,
        own: bool = False,
        held: bool = False,
    ) -> None:
        """Put an asset's bytes at `path`, whole: linked where possible, with `own` a copy to change.

        Raises TakenDownError, but with `held`: for ending what was begun before.
        """
        if not isinstance(asset, Asset):
            asset = await self.get(who, asset)
        if held:
            asset = replace(asset, withheld_by=None)
        await self._objects.fetch(_bytes_of(asset), path, own=own)

    async def read(self, who: Principal, asset_id: AssetId) -> bytes:
        """An asset's bytes, all at once: for small ones."""
        return await self._objects.get(_bytes_of(await self.get(who, asset_id)))

    async def delete(self, who: Principal, asset_id: AssetId) -> None:
        """Delete an asset, and the product it is; its bytes go after the grace period, if unused."""
        async with self._database.transaction(who) as tx:
            await self.delete_in(tx, who, asset_id)

    async def delete_in(self, tx: Tx, who: Principal, asset_id: AssetId) -> None:
        """Delete an asset in the caller's transaction; raises AssetMissingError, AssetInUseError."""
        await check_unused(tx, who, asset_id)
        row = await tx.execute(
            delete(AssetRow)
            .where(AssetRow.workspace_id == who.workspace, AssetRow.id == asset_id)
            .returning(AssetRow.id, AssetRow.sha256)
        )
        gone = row.one_or_none()
        if gone is None:
            raise AssetMissingError(f"there is no asset {asset_id}")
        with_it = {"workspace": who.workspace, "some": [asset_id]}
        companions = (await tx.execute(statements.DELETE_COMPANIONS, with_it)).scalars()
        digests = [one for one in (gone.sha256, *companions) if one]
        await release(tx, self._quota, who, digests, self._clock.now())

    async def mark_downloading(self, who: Principal, asset_id: AssetId) -> None:
        """Say that an asset's bytes are on their way; raises ConflictError if they are here."""
        asked = {"workspace": who.workspace, "id": asset_id}
        async with self._database.transaction(who) as tx:
            marked = (await tx.execute(statements.MARK_DOWNLOADING, asked)).one_or_none()
        if marked is None:
            asset = await self.get(who, asset_id)
            raise ConflictError(f"asset {asset.id} is downloaded already")

    async def mark_downloaded(
        self,
        who: Principal,
        asset_id: AssetId,
        path: Path | str,
        size: int | None = None,
        sha256: str | None = None,
    ) -> Asset:
        """Take in the bytes that came, in a file never changed afterwards; doing it again changes nothing.

        Raises InvalidInputError if they are not as many as was said, or others.
        """
        asset, path = await self.get(who, asset_id), Path(path)
        if asset.sync_status is SyncStatus.DOWNLOADED:
            return asset
        (came,) = await measure([path])
        if size not in {None, came.size} or sha256 not in {None, came.sha256}:
            raise InvalidInputError(
                f"{path.name} is not what was to be downloaded", way_out="download it anew"
            )
        one = Incoming(path, asset.name, asset.media_type, asset.origin, {}, id=asset_id)
        await self.complete(who, one)
        return await self.get(who, asset_id)

    async def get_user_asset_count(self, who: Principal) -> int:
        """How many assets of the workspace are the user's."""
        mine = AssetRow.workspace_id == who.workspace, AssetRow.user_id == who.user
        query = select(func.count()).where(*mine, AssetRow.companion_of.is_(None))
        async with self._database.read(who) as tx:
            return (await tx.execute(query)).scalar_one()

    async def get_user_storage_used(self, who: Principal) -> int:
        """How many bytes are kept for the user, in whatever workspace: what their quota counts."""
        return await self._quota.used(who)

    async def stored(self, who: Principal) -> int:
        """How many bytes the workspace's assets take, equal content counted once."""
        query = select(func.coalesce(func.sum(BlobRow.size), 0)).where(
            BlobRow.workspace_id == who.workspace, BlobRow.uses > 0
        )
        async with self._database.read(who) as tx:
            return int((await tx.execute(query)).scalar_one())


def _bytes_of(asset: Asset) -> str:
    asset.require_served()
    if not asset.key:
        raise ConflictError(
            f"asset {asset.id} is not downloaded yet", way_out="wait until it is downloaded"
        )
    return asset.key
