"""Telling that an asset is there."""

from collections.abc import Sequence

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.library.assets import Asset


async def announce(tx: Tx, assets: Sequence[Asset], kind: str = "asset:created") -> None:
    """Publish an event for each, last in the transaction that makes them."""
    await publish(tx, *(NewEvent(kind, one.id, _told(one)) for one in assets))


def _told(asset: Asset) -> dict[str, object]:
    return {
        "name": asset.name,
        "media_type": asset.media_type,
        "size": asset.size,
        "origin": asset.origin.kind.value,
        "project_id": asset.project_id,
    }
