"""The job of an operation on files: its inputs are brought, the work done apart, the product kept."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.media.edits.catalogue import any_operation, operation
from reelwright.engines.media.edits.room import CuttingRoom
from reelwright.engines.media.edits.settings import MediaSettings
from reelwright.engines.storage.editions import edition
from reelwright.film.recipes import Recipe
from reelwright.ground.ids import AssetId
from reelwright.jobs.kinds import JobKind, Work
from reelwright.jobs.wanting import Wish, WorkEndedError, while_wanted
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, MadeProduct
from reelwright.library.keeping import NotWantedError
from reelwright.studio.edits.desk import Desk

MEDIA = "media"
_MODEL = "reelwright"
_SOURCES = ("engines/media/edits/*.py", "engines/media/*.py")
_LIBRARIES = ("av", "numpy", "pillow")


class MediaParams(BaseModel):
    """An operation on files, as a job of the kind `media` is asked for."""

    model_config = ConfigDict(extra="forbid")

    operation: str
    params: dict[str, Any] = {}
    inputs: list[str] = Field(min_length=1, max_length=50)

    def model_post_init(self, _: object) -> None:
        """Refuse what no operation can be."""
        one = operation(self.operation)
        one.read(self.params)
        one.count(self.inputs)


class EditMaking:
    """Runs jobs of the kind `media`."""

    def __init__(
        self,
        database: Database,
        library: AssetService,
        desk: Desk,
        room: CuttingRoom,
        settings: MediaSettings,
    ) -> None:
        self._database = database
        self._library = library
        self._desk = desk
        self._room = room
        self._settings = settings

    @property
    def kind(self) -> JobKind:
        """As jobs know it: equal requests are one job while it lives."""
        return JobKind(
            name=MEDIA,
            params=MediaParams,
            run=self.run,
            queue=MEDIA,
            joins=True,
            makes_files=lambda params: not operation(params["operation"]).analysis,
            at_once=self._room.size,
            time_limit=timedelta(seconds=self._settings.time_limit_s),
        )

    async def run(self, work: Work) -> Mapping[str, Any]:
        """Do it; called again after a crash, it finds what was kept, or begins anew."""
        asked: MediaParams = work.params
        await self._desk.allow(work.who, asked.operation, work.job.project_id)
        assets = await self._desk.assets(work.who, [AssetId.parse(one) for one in asked.inputs])
        if operation(asked.operation).analysis:
            return await self._make(work, asked, assets)
        recipe = recipe_of(asked.operation, asked.params, assets)
        known = (await self._library.find_products(work.who, [recipe.digest])).get(recipe.digest)
        if known is not None and (used := await self._used(work, known)):
            return _told(used, made=False)
        return await self._make(work, asked, assets, recipe)

    async def _make(
        self,
        work: Work,
        asked: MediaParams,
        assets: Sequence[Asset],
        recipe: Recipe | None = None,
    ) -> Mapping[str, Any]:
        async with self._desk.folder() as folder:
            making = self._bring_and_make(work, asked, assets, folder)
            made = await while_wanted(self._database, work, making)
            if recipe is None:
                return {"result": made["result"]}
            product = MadeProduct(
                recipe_digest=recipe.digest,
                operation=asked.operation,
                path=made["path"],
                media_type=made["media_type"],
                facts=facts_of(recipe, made["facts"], assets),
                project_id=work.job.project_id,
            )
            kept = await self._keep(work, product)
        asset = kept[recipe.digest]  # of two projects that had it made at once, one has kept it
        return _told(await self._used(work, asset) or asset, made=True)

    async def _bring_and_make(
        self, work: Work, asked: MediaParams, assets: Sequence[Asset], folder: Path
    ) -> dict[str, Any]:
        whole = sum({one.key: one.size for one in assets}.values())
        here = 0

        def brought(size: int) -> None:
            nonlocal here
            here += size
            work.progress.update(0.0, "bringing its files", {"bytes": here, "of": whole})

        def tell(fraction: float) -> None:
            work.progress.update(fraction, asked.operation)

        paths = await self._desk.bring(assets, folder, brought)
        return await self._room.make(asked.operation, asked.params, paths, folder, tell)

    async def _used(self, work: Work, asset: Asset) -> Asset | None:
        """The product as one of this job's project: it does not go with another. None if it has gone."""
        project = work.job.project_id
        if asset.project_id == project:
            return asset
        return (await self._library.use_in(work.who, [asset.id], project)).get(asset.id)

    async def _keep(self, work: Work, product: MadeProduct) -> Mapping[str, Asset]:
        """Nothing is kept, and counted, of a job that was called off at the last moment."""
        wish = Wish(self._database, work)

        async def wanted(tx: Tx) -> None:
            if not await wish.hold_in(tx):
                raise NotWantedError

        kept = await self._library.keep_products(work.who, [product], wanted)
        if product.recipe_digest not in kept:
            raise WorkEndedError("the job was called off")
        return kept


def recipe_of(name: str, params: Mapping[str, Any], assets: Sequence[Asset]) -> Recipe:
    """All that a product of an operation depends on; defaults written out, so that both ways to ask are one."""
    whole = any_operation(name).read(params).model_dump(mode="json")
    version = edition(_SOURCES, _LIBRARIES)
    return Recipe(f"media-{name}", _MODEL, version, whole, tuple(one.sha256 for one in assets))


def facts_of(
    recipe: Recipe, measured: Mapping[str, Any], assets: Sequence[Asset]
) -> dict[str, Any]:
    """What was measured of a product, and how it came about."""
    made = {"operation": recipe.operation.removeprefix("media-"), "params": recipe.params}
    return {**measured, "made": {**made, "inputs": [one.id for one in assets]}}


def _told(asset: Asset, *, made: bool) -> dict[str, Any]:
    return {"asset": asset.id, "media_type": asset.media_type, "facts": asset.facts, "made": made}
