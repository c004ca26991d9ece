"""Small pictures that go with assets: made when first asked for, kept, and gone with them."""

import asyncio
from typing import Literal

from reelwright.engines.media.edits.params import Size
from reelwright.engines.media.edits.room import CuttingRoom
from reelwright.film.recipes import Recipe
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, MadeProduct
from reelwright.studio.edits.desk import Desk
from reelwright.studio.edits.making import recipe_of

Companion = Literal["thumbnail", "strip", "wave"]


class Companions:
    """Thumbnails of what is seen, strips of films, drawn waveforms of what is heard."""

    def __init__(self, library: AssetService, desk: Desk, room: CuttingRoom) -> None:
        self._library = library
        self._desk = desk
        self._room = room
        self._making: dict[tuple[str, str], asyncio.Task[Asset]] = {}

    async def get(
        self, who: Principal, asset_id: AssetId, which: Companion, size: Size = Size.MEDIUM
    ) -> Asset:
        """The picture of an asset; whoever asks while it is being made waits for the same.

        Raises AssetMissingError, OperationRefusedError for what has no such picture,
        UnreadableError.
        """
        (asset,) = await self._desk.assets(who, [asset_id])
        recipe = recipe_of(which, {"size": int(size)}, [asset])
        # It is kept for all who see the asset, though whoever asks first may only look.
        who = Principal(who.user, who.workspace)
        found = await self._library.find_products(who, [recipe.digest])
        if recipe.digest in found:
            return found[recipe.digest]
        key = (who.workspace, recipe.digest)
        making = self._making.get(key)
        if making is None:
            making = asyncio.create_task(self._make(who, asset, which, size, recipe))
            self._making[key] = making
            making.add_done_callback(lambda done: self._ended(key, done))
        # Who goes away takes it from nobody else.
        return await asyncio.shield(making)

    def _ended(self, key: tuple[str, str], making: asyncio.Task[Asset]) -> None:
        del self._making[key]
        if not making.cancelled():
            making.exception()  # all who asked may have gone

    async def _make(
        self, who: Principal, asset: Asset, which: Companion, size: Size, recipe: Recipe
    ) -> Asset:
        async with self._desk.folder() as folder:
            (path,) = await self._desk.bring([asset], folder)
            made = await self._room.look(which, {"size": int(size)}, path, folder)
            product = MadeProduct(
                recipe_digest=recipe.digest,
                operation=which,
                path=made["path"],
                media_type=made["media_type"],
                facts=made["facts"],
                companion_of=asset.id,
            )
            kept = await self._library.keep_products(who, [product])
        return kept[recipe.digest]
