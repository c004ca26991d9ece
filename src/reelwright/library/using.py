"""What is used stays; and what was made before is used: out of the trash, or as another project's own."""

from collections.abc import Collection

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.library import statements
from reelwright.library.announcing import announce
from reelwright.library.assets import Asset, AssetInUseError
from reelwright.library.belongings import ProjectFiles
from reelwright.library.rows import asset_from, assets_of, shown
from reelwright.library.tables import AssetRow

_RESTORED = "asset:restored"


async def check_unused(tx: Tx, who: Principal, asset_id: AssetId) -> None:
    """Raises AssetInUseError if a revision of a project names the asset, or it shows a consent."""
    asked = {"workspace": who.workspace, "id": asset_id}
    if (await tx.execute(statements.SHOWS_CONSENT, asked)).scalar_one():
        raise AssetInUseError(
            f"asset {asset_id} shows what somebody agreed to",
            way_out="withdraw that consent first",
        )
    if (await tx.execute(statements.IN_REVISION, asked)).scalar_one():
        raise AssetInUseError(
            f"asset {asset_id} is a file of a project's revision",
            way_out="revisions keep their files; archive the project instead",
        )


async def take_back(tx: Tx, who: Principal, assets: Collection[AssetId]) -> dict[AssetId, Asset]:
    """Take assets out of the trash, and tell it; returns those that are there still."""
    told = {"workspace": who.workspace, "some": sorted(assets)}
    await tx.execute(statements.HOLD_ASSETS, told)
    taken = set((await tx.execute(statements.TAKE_BACK, told)).scalars())
    found = await _read(tx, who, assets)
    await announce(tx, [one for one in found.values() if one.id in taken], _RESTORED)
    return found


async def use_in(
    tx: Tx,
    who: Principal,
    files: ProjectFiles,
    assets: Collection[AssetId],
    project_id: ProjectId | None,
) -> dict[AssetId, Asset]:
    """What assets are used as in a project (or in none), by their ids; of those that are gone, nothing.

    Each is itself where it belongs there; else another of the same content, made if there is none.
    """
    told = {"workspace": who.workspace, "some": sorted(set(assets)), "project": project_id}
    living = set((await tx.execute(statements.HOLD_ASSETS, told)).scalars())
    used = {row.made: row.used for row in await tx.execute(statements.IN_PROJECT, told)}
    fresh = await files.copy_in(tx, who, living - set(used), project_id)
    found = await take_back(tx, who, [*used.values(), *fresh.values()])
    await announce(tx, [found[one] for one in fresh.values()])
    return {AssetId(old): found[AssetId(new)] for old, new in {**used, **fresh}.items()}


async def _read(tx: Tx, who: Principal, assets: Collection[AssetId]) -> dict[AssetId, Asset]:
    query = shown(assets_of(who.workspace)).where(AssetRow.id.in_(sorted(assets)))
    return {one.id: one for one in map(asset_from, await tx.execute(query))}
