"""What operators said, as rows: read and added, in the caller's transaction."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select

from reelwright.engines.database.database import Tx
from reelwright.generation.repertoire.override import Deed, Override
from reelwright.generation.repertoire.tables import OverrideRow
from reelwright.ground.ids import UserId

Revision = tuple[int, int]
"""Changes whenever something was added: how many there are, and the last. Commits come in any order."""


async def revision(tx: Tx) -> Revision:
    """Which overrides there are, in short."""
    asked = select(func.count(), func.coalesce(func.max(OverrideRow.number), 0))
    count, last = (await tx.execute(asked)).one()
    return count, last


async def every(tx: Tx, model: str | None = None) -> Sequence[Override]:
    """All that was ever said, or of one model; the oldest first."""
    asked = select(OverrideRow).order_by(OverrideRow.number)
    if model is not None:
        asked = asked.where(OverrideRow.model == model)
    return [_read(row) for row in await tx.scalars(asked)]


async def add(
    tx: Tx,
    user: UserId,
    model: str,
    deed: Deed,
    change: Mapping[str, Any],
    valid_from: dt.date,
    source: str,
    now: dt.datetime,
) -> Override:
    """Write one down; the database lets only operators."""
    values = {"model": model, "deed": deed.value, "change": dict(change), "source": source}
    values |= {"valid_from": valid_from, "user_id": user, "created_at": now}
    made = insert(OverrideRow).values(**values).returning(OverrideRow.number)
    number = await tx.scalar(made)
    assert number is not None  # inserted above
    return Override(number, model, deed, change, valid_from, source, user, now)


def _read(row: OverrideRow) -> Override:
    return Override(
        row.number,
        row.model,
        Deed(row.deed),
        row.change,
        row.valid_from,
        row.source,
        UserId(row.user_id),
        row.created_at,
    )
