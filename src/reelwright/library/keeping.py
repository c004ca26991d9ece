"""Taking files in: the object first, then the rows, all of a batch in one transaction.

Killed in between, the object is one that no row knows; clean-up removes it after its grace.
"""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.storage.objects import Objects
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, Kind, ReelwrightError
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.ground.texts import json_text
from reelwright.library import statements
from reelwright.library.announcing import announce
from reelwright.library.assets import Asset, AssetMissingError, Origin
from reelwright.library.keys import new_key
from reelwright.library.measuring import Measured, measure
from reelwright.library.quotas import StorageQuota
from reelwright.library.texts import file_name

_TRIES = 5
_UNSURE = {Kind.UNAVAILABLE, Kind.FAULT}
"""Errors after which rows may have been written all the same: their objects are left to clean-up."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way in. With a `recipe` it is kept only if that recipe has no product yet."""

    path: Path
    name: str
    media_type: str
    origin: Origin
    facts: Mapping[str, Any]
    project_id: str | None = None
    recipe: str | None = None
    family: str | None = None
    operation: str = ""
    companion_of: AssetId | None = None
    inputs: Sequence[str] = ()
    id: AssetId = field(default_factory=AssetId.new)
    folder: str = ""
    """Of storage: below the workspace's, above the month's."""
    brought: bool = False
    """By a person, so that their quota may refuse it. What was made, and may be paid for, is kept."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where the content of a batch lies, or would lie; `written` are those we have put there."""

    keys: dict[str, str]
    written: set[str]


Joining = Callable[[Tx], Awaitable[None]]
"""Something else that happens in the transaction that keeps the files, or not at all."""

_Record = Callable[
    [Tx, Principal, Sequence[tuple[Incoming, Measured]], _Placed, datetime],
    Awaitable[tuple[list[Asset], dict[str, str]]],
]


class NotWantedError(Exception):
    """Raised by whoever joins the transaction of keeping: nothing shall be kept, and nothing is wrong."""


class _ContentGoneError(Exception):
    """Content that was here a moment ago is being forgotten: it must be written again."""


class Keeper:
    """Takes files into a workspace's library."""

    def __init__(
        self, database: Database, objects: Objects, clock: Clock, quota: StorageQuota
    ) -> None:
        self._database = database
        self._objects = objects
        self._clock = clock
        self._quota = quota

    async def keep(
        self,
        who: Principal,
        files: Sequence[Incoming],
        joining: Joining | None = None,
        following: Joining | None = None,
    ) -> list[Asset]:
        """Keep files; returns the assets that are new. Of equal recipes only the first is kept.

        `joining` comes before their rows, `following` after them.
        """
        if not files:
            return []
        return await self._take_in(who, files, self._record, joining, following)

    async def keep_all(
        self, who: Principal, files: Sequence[Incoming], joining: Joining | None, following: Joining
    ) -> None:
        """The same; what comes before and after the rows happens also where there are no files."""
        if files:
            await self.keep(who, files, joining, following)
            return
        with suppress(NotWantedError):
            async with self._database.transaction(who) as tx:
                if joining:
                    await joining(tx)
                await following(tx)

    async def complete(self, who: Principal, one: Incoming) -> None:
        """Give the asset that has this id its bytes; one that has them keeps what it has."""
        await self._take_in(who, [one], self._complete)

    async def _take_in(
        self,
        who: Principal,
        files: Sequence[Incoming],
        record: _Record,
        joining: Joining | None = None,
        following: Joining | None = None,
    ) -> list[Asset]:
        measured = await measure([one.path for one in files])
        sized = list(zip(files, measured, strict=True))
        known = await self._known(who, {one.sha256 for one in measured})
        placed = _Placed({}, set())
        for _ in range(_TRIES):
            now = self._clock.now()
            await self._place(who, sized, known, placed, now)
            try:
                async with self._database.transaction(who) as tx:
                    if joining:
                        await joining(tx)
                    new, keys = await record(tx, who, sized, placed, now)
                    if following:
                        await following(tx)
            except _ContentGoneError:
                known = set()
                continue
            except NotWantedError:
                new, keys = [], {}
            except ReelwrightError as error:
                if error.kind not in _UNSURE:
                    with suppress(ReelwrightError):  # else clean-up does it
                        await self._objects.delete([placed.keys[sha] for sha in placed.written])
                raise
            spare = [
                placed.keys[sha] for sha in placed.written if keys.get(sha) != placed.keys[sha]
            ]
            if spare:
                await self._objects.delete(spare)
            return new
        raise ConflictError("the library is being cleaned just now", way_out="try again")

    async def _known(self, who: Principal, some: set[str]) -> set[str]:
        asked = {"workspace": who.workspace, "some": list(some)}
        async with self._database.read(who) as tx:
            return set((await tx.execute(statements.KNOWN_BLOBS, asked)).scalars())

    async def _place(
        self,
        who: Principal,
        sized: Sequence[tuple[Incoming, Measured]],
        known: set[str],
        placed: _Placed,
        now: datetime,
    ) -> None:
        """Write what is not known to be there, each content once, under keys of its own."""
        files = []
        for one, content in sized:
            sha256 = content.sha256
            if sha256 in placed.written or (sha256 in known and sha256 in placed.keys):
                continue
            key = new_key(who.workspace, now, one.name, sha256, one.media_type, one.folder)
            placed.keys[sha256] = key
            if sha256 not in known:
                placed.written.add(sha256)
                files.append((key, one.path, one.media_type))
        if files:
            await self._objects.put_files(files)

    async def _record(
        self,
        tx: Tx,
        who: Principal,
        sized: Sequence[tuple[Incoming, Measured]],
        placed: _Placed,
        now: datetime,
    ) -> tuple[list[Asset], dict[str, str]]:
        """Write the rows of new assets; returns these, and where each content lies that they use."""
        made = any(one.recipe for one, _ in sized)
        if made:  # first of all, as whoever holds back does
            await tx.execute(statements.BESIDE_TAKEDOWNS, {"workspace": who.workspace})
        await _hold_living(tx, who, {one.companion_of for one, _ in sized if one.companion_of})
        new = await _claim(tx, who, sized, now)
        keys = await self._use(tx, who, new, placed, now)
        if new:
            await tx.execute(statements.ADD_ASSETS, _columns(who, new, now))
        if new and made:
            await tx.execute(statements.HOLD_BACK, {"assets": [one.id for one, _ in new]})
        assets = [_asset(one, content, keys[content.sha256], now) for one, content in new]
        await announce(
            tx,
            [made for made, (one, _) in zip(assets, new, strict=True) if one.companion_of is None],
        )  # nobody asked for a thumbnail's news
        return assets, keys

    async def _complete(
        self,
        tx: Tx,
        who: Principal,
        sized: Sequence[tuple[Incoming, Measured]],
        placed: _Placed,
        now: datetime,
    ) -> tuple[list[Asset], dict[str, str]]:
        ((one, content),) = sized
        asked = {"workspace": who.workspace, "id": one.id}
        waiting = (await tx.execute(statements.LOCK_WAITING, asked)).one_or_none()
        if waiting is None:
            return [], {}
        keys = await self._use(tx, who, sized, placed, now)
        told = {"sha256": content.sha256, "size": content.size, "media_type": one.media_type}
        told |= {"facts": json_text(one.facts, "the facts of an asset")}
        await tx.execute(statements.COMPLETE_ASSET, asked | told)
        await announce(tx, [_asset(one, content, keys[content.sha256], now)], "asset:downloaded")
        return [], keys

    async def _use(
        self,
        tx: Tx,
        who: Principal,
        new: Sequence[tuple[Incoming, Measured]],
        placed: _Placed,
        now: datetime,
    ) -> dict[str, str]:
        """Count the uses, and the bytes nobody used before; returns the key of each content."""
        keys, fresh = await _use_blobs(tx, who, new, placed, now)
        brought = {content.sha256 for one, content in new if one.brought}
        for refuse in (False, True):
            sizes = [size for sha256, size in fresh.items() if (sha256 in brought) is refuse]
            if sizes:
                told = {"refuse": refuse, "assets": len(sizes)}
                await self._quota.charge(tx, who, sum(sizes), **told)
        return keys


async def _hold_living(tx: Tx, who: Principal, some: set[AssetId]) -> None:
    """Raises AssetMissingError for a companion of what was deleted while it was made."""
    if not some:
        return
    told = {"workspace": who.workspace, "some": sorted(some)}
    living = set((await tx.execute(statements.HOLD_LIVING, told)).scalars())
    for one in sorted(some - living):
        raise AssetMissingError(f"there is no asset {one}")


async def _claim(
    tx: Tx, who: Principal, sized: Sequence[tuple[Incoming, Measured]], now: datetime
) -> list[tuple[Incoming, Measured]]:
    """Those to be kept: all that are no products, and the products nobody made before us."""
    made = {one.recipe: one for one, _ in reversed(sized) if one.recipe}
    if not made:
        return list(sized)
    claims = {
        "workspace": who.workspace,
        "now": now,
        "recipes": list(made),
        "families": [one.family for one in made.values()],
        "operations": [one.operation for one in made.values()],
        "sources": [json.dumps(list(one.inputs)) if one.inputs else None for one in made.values()],
        "assets": [one.id for one in made.values()],
    }
    claimed = set((await tx.execute(statements.CLAIM_PRODUCTS, claims)).scalars())
    ours = {made[recipe].id for recipe in claimed}
    return [(one, content) for one, content in sized if not one.recipe or one.id in ours]


async def _use_blobs(
    tx: Tx,
    who: Principal,
    new: Sequence[tuple[Incoming, Measured]],
    placed: _Placed,
    now: datetime,
) -> tuple[dict[str, str], dict[str, int]]:
    """Count the uses; returns each content's key, and the sizes of those that nothing used before.

    Raises _ContentGoneError.
    """
    if not new:
        return {}, {}
    uses = Counter(content.sha256 for _, content in new)
    sizes = {content.sha256: content.size for _, content in new}
    columns = {
        "workspace": who.workspace,
        "user": who.user,
        "now": now,
        "digests": list(uses),
        "sizes": [sizes[sha256] for sha256 in uses],
        "keys": [placed.keys[sha256] for sha256 in uses],
        "uses": list(uses.values()),
    }
    rows = (await tx.execute(statements.USE_BLOBS, columns)).all()
    keys = {row.sha256: row.key for row in rows}
    for sha256, key in keys.items():
        if key == placed.keys[sha256] and sha256 not in placed.written:
            raise _ContentGoneError  # its row was made just now, with a key nothing was written under
    fresh = {row.sha256: sizes[row.sha256] for row in rows if row.uses == uses[row.sha256]}
    return keys, fresh


def _columns(
    who: Principal, new: Sequence[tuple[Incoming, Measured]], now: datetime
) -> dict[str, Any]:
    return {
        "workspace": who.workspace,
        "user": who.user,
        "now": now,
        "ids": [one.id for one, _ in new],
        "digests": [content.sha256 for _, content in new],
        "sizes": [content.size for _, content in new],
        "media_types": [one.media_type for one, _ in new],
        "names": [file_name(one.name) for one, _ in new],
        "origins": [one.origin.kind.value for one, _ in new],
        "refs": [one.origin.ref for one, _ in new],
        "facts": [json_text(one.facts, "the facts of an asset") for one, _ in new],
        "projects": [one.project_id for one, _ in new],
        "companions": [one.companion_of for one, _ in new],
    }


def _asset(one: Incoming, content: Measured, key: str, now: datetime) -> Asset:
    return Asset(
        one.id,
        content.sha256,
        content.size,
        one.media_type,
        file_name(one.name),
        one.origin,
        one.facts,
        now,
        one.project_id,
        key,
        operation=one.operation,
    )
