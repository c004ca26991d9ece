"""Letting go of content: what nothing uses any more is given back to whom it was counted for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Principal
from reelwright.library import statements
from reelwright.library.quotas import StorageQuota


async def release(
    tx: Tx, quota: StorageQuota, who: Principal, digests: Sequence[str], now: datetime
) -> None:
    """Count one use less for each of the digests, of assets that were just deleted."""
    if not digests:
        return
    told: dict[str, Any] = {"workspace": who.workspace, "digests": list(digests), "now": now}
    for freed in (await tx.execute(statements.RELEASE_BLOBS, told)).all():
        await quota.give_back(tx, UserId(freed.charged_to), int(freed.bytes))
