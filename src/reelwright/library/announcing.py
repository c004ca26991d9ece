"""Telling that an asset is there."""

from importlib import import_module
from importlib.util import find_spec

from reelwright.engines.database.database import Tx
from reelwright.library.assets import Asset

_EVENTS = "reelwright.engines.events.publishing"


async def announce(tx: Tx, assets: list[Asset]) -> None:
    """Publish `asset:created` for each, in the transaction that made them."""
    if not assets or find_spec(_EVENTS) is None:
        return
    events = import_module(_EVENTS)
    await events.publish(
        tx, *(events.NewEvent("asset:created", asset.id, _told(asset)) for asset in assets)
    )


def _told(asset: Asset) -> dict[str, object]:
    return {
        "name": asset.name,
        "media_type": asset.media_type,
        "size": asset.size,
        "origin": asset.origin.kind.value,
        "project_id": asset.project_id,
    }
