"""What people do with the assets they have: naming, tagging, liking, throwing away and taking back."""

import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.library import statements
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetChange, AssetInUseError, AssetMissingError
from reelwright.library.tables import AssetRow, TagRow
from reelwright.library.texts import file_name
from reelwright.library.using import check_unused

_MOST_TAGS = 50
_LONGEST_TAG = 60
_KEPT = timedelta(days=30)
_AT_ONCE = 200

_THROWN_AWAY = text("""
    SELECT workspace_id, user_id, id FROM assets WHERE trashed_at < :before
    ORDER BY trashed_at LIMIT :most OFFSET :skipped""")


class AssetLabels:
    """Changes assets of the workspace of whoever asks; another workspace's are missing."""

    def __init__(self, database: Database, library: AssetService, clock: Clock) -> None:
        self._database = database
        self._library = library
        self._clock = clock

    async def change(self, who: Principal, asset_id: AssetId, change: AssetChange) -> Asset:
        """Change what is given; `tags` take the place of those there were. Raises AssetMissingError."""
        values: dict[str, Any] = {}
        if change.name is not None:
            values["name"] = file_name(change.name)
        if change.favourite is not None:
            values["favourite"] = change.favourite
        tags = None if change.tags is None else checked_tags(change.tags)
        async with self._database.transaction(who) as tx:
            await _set(tx, who, asset_id, values)
            if tags is not None:
                await _tag(tx, who, asset_id, tags)
        return await self._library.get(who, asset_id)

    async def throw_away(self, who: Principal, asset_id: AssetId) -> Asset:
        """Put an asset into the trash; clean-up deletes it after 30 days. Raises AssetInUseError."""
        async with self._database.transaction(who) as tx:
            await check_unused(tx, who, asset_id)
            await _set(tx, who, asset_id, {"trashed_at": self._clock.now()})
        return await self._library.get(who, asset_id)

    async def take_back(self, who: Principal, asset_id: AssetId) -> Asset:
        """Take an asset out of the trash."""
        async with self._database.transaction(who) as tx:
            await _set(tx, who, asset_id, {"trashed_at": None})
        return await self._library.get(who, asset_id)

    async def list_tags(self, who: Principal) -> Sequence[str]:
        """All tags of the workspace, by name."""
        query = (
            select(TagRow.tag)
            .where(TagRow.workspace_id == who.workspace)
            .distinct()
            .order_by(TagRow.tag)
            .limit(1000)
        )
        async with self._database.read(who) as tx:
            return list((await tx.execute(query)).scalars())

    async def sweep_companions(self) -> int:
        """Delete thumbnails and the like of assets that are gone; returns how many. A chore."""
        told: dict[str, Any] = {"after": "", "most": _AT_ONCE}
        count = 0
        while True:
            async with self._database.read(Activity.CLEAN_UP) as tx:
                rows = (await tx.execute(statements.LEFT_COMPANIONS, told)).all()
            for row in rows:
                owner = Principal(UserId(row.user_id), WorkspaceId(row.workspace_id))
                with suppress(AssetMissingError):  # another process was faster
                    await self._library.delete(owner, AssetId(row.id))
                    count += 1
                told["after"] = row.id
            if len(rows) < _AT_ONCE:
                return count

    async def empty_trash(self) -> int:
        """Delete what has been in the trash of any workspace for 30 days; returns how many."""
        told = {"before": self._clock.now() - _KEPT, "most": _AT_ONCE, "skipped": 0}
        count = 0
        while True:
            async with self._database.read(Activity.CLEAN_UP) as tx:
                rows = (await tx.execute(_THROWN_AWAY, told)).all()
            for row in rows:
                owner = Principal(UserId(row.user_id), WorkspaceId(row.workspace_id))
                try:
                    await self._library.delete(owner, AssetId(row.id))
                    count += 1
                except AssetInUseError:  # a revision has named it since: it stays where it is
                    told["skipped"] += 1
                except AssetMissingError:
                    pass  # another process was faster
            if len(rows) < _AT_ONCE:
                return count


async def _set(tx: Tx, who: Principal, asset_id: AssetId, values: dict[str, Any]) -> None:
    found = (AssetRow.workspace_id == who.workspace, AssetRow.id == asset_id)
    query = select(AssetRow.id).where(*found).with_for_update()
    if (await tx.execute(query)).one_or_none() is None:
        raise AssetMissingError(f"there is no asset {asset_id}")
    if values:
        await tx.execute(update(AssetRow).where(*found).values(**values))


async def _tag(tx: Tx, who: Principal, asset_id: AssetId, tags: Sequence[str]) -> None:
    mine = (TagRow.workspace_id == who.workspace, TagRow.asset_id == asset_id)
    await tx.execute(delete(TagRow).where(*mine, TagRow.tag.not_in(tags)))
    rows = [{"workspace_id": who.workspace, "tag": tag, "asset_id": asset_id} for tag in tags]
    if rows:
        await tx.execute(insert(TagRow).values(rows).on_conflict_do_nothing())


def checked_tags(tags: Sequence[str]) -> list[str]:
    """Tags as they are kept; raises InvalidInputError."""
    clean = sorted({" ".join(tag.casefold().split()) for tag in tags})
    if len(clean) > _MOST_TAGS:
        raise InvalidInputError(f"an asset has at most {_MOST_TAGS} tags")
    if not all(0 < len(tag) <= _LONGEST_TAG and _is_line(tag) for tag in clean):
        raise InvalidInputError(
            f"a tag is 1 to {_LONGEST_TAG} signs on one line", way_out="choose another"
        )
    return clean


def _is_line(tag: str) -> bool:
    return not {"Cc", "Cs"} & set(map(unicodedata.category, tag))
