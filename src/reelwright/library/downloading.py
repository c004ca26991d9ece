"""Assets whose bytes are still elsewhere, and bringing them, also in several goes."""

import asyncio
from collections.abc import Mapping
from typing import Any

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.http.client import Http
from reelwright.engines.http.failures import UnreachableError
from reelwright.engines.storage.objects import Objects
from reelwright.ground.clock import Clock
from reelwright.ground.errors import (
    InvalidInputError,
    Kind,
    ReelwrightError,
    written_error,
)
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.ground.texts import json_text
from reelwright.library import statements
from reelwright.library.announcing import announce
from reelwright.library.arriving import Draft, Tell
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, SyncStatus
from reelwright.library.quotas import StorageQuota
from reelwright.library.storage_service import (
    Arrival,
    FileRefusedError,
    StorageService,
    UploadedFile,
)
from reelwright.library.texts import file_name

_GOES = 5
_PAUSE_S = 0.2
_AGAIN = frozenset({Kind.UNAVAILABLE, Kind.FAULT})


class RemoteAssets:
    """Assets whose bytes are at an address; of one remote id there is one in a workspace."""

    def __init__(
        self,
        database: Database,
        library: AssetService,
        storage: StorageService,
        objects: Objects,
        http: Http,
        clock: Clock,
        quota: StorageQuota,
    ) -> None:
        self._database = database
        self._library = library
        self._storage = storage
        self._quota = quota
        self._objects = objects
        self._http = http
        self._clock = clock

    async def add(
        self,
        who: Principal,
        *,
        name: str,
        media_type: str,
        origin: Origin,
        remote_url: str,
        remote_id: str | None = None,
        facts: Mapping[str, Any] | None = None,
        project_id: str | None = None,
    ) -> Asset:
        """Make an asset whose bytes are still at `remote_url`; the one of that `remote_id`, if there is one."""
        async with self._database.transaction(who) as tx:
            made = await self.add_in(
                tx,
                who,
                name=name,
                media_type=media_type,
                origin=origin,
                remote_url=remote_url,
                remote_id=remote_id,
                facts=facts,
                project_id=project_id,
            )
        return made if isinstance(made, Asset) else await self._library.get(who, made)

    async def add_in(
        self,
        tx: Tx,
        who: Principal,
        *,
        name: str,
        media_type: str,
        origin: Origin,
        remote_url: str,
        remote_id: str | None = None,
        facts: Mapping[str, Any] | None = None,
        project_id: str | None = None,
    ) -> Asset | AssetId:
        """The same, in the caller's transaction; of a `remote_id` that is known, the asset's id."""
        asset = Asset(
            AssetId.new(),
            "",
            0,
            media_type,
            file_name(name),
            origin,
            facts or {},
            self._clock.now(),
            project_id,
            sync_status=SyncStatus.REMOTE,
            remote_url=remote_url,
            remote_id=remote_id,
        )
        row = {"workspace": who.workspace, "user": who.user, "now": asset.created_at}
        row |= {"id": asset.id, "name": asset.name, "media_type": media_type}
        row |= {"origin": origin.kind.value, "ref": origin.ref, "project_id": project_id}
        row |= {"facts": json_text(asset.facts, "the facts of an asset"), "remote_url": remote_url}
        row |= {"remote_id": remote_id}
        if (await tx.execute(statements.ADD_REMOTE, row)).one_or_none() is not None:
            await announce(tx, [asset])
            return asset
        return AssetId((await tx.execute(statements.BY_REMOTE_ID, row)).scalar_one())

    async def mark_failed(self, who: Principal, asset_id: AssetId, error: ReelwrightError) -> None:
        """Say that an asset's bytes could not be had; asking again is allowed."""
        async with self._database.transaction(who) as tx:
            await self.give_up_in(tx, who, asset_id, error)

    async def give_up_in(
        self, tx: Tx, who: Principal, asset_id: AssetId, error: ReelwrightError
    ) -> None:
        """The same, in the caller's transaction."""
        told = {"workspace": who.workspace, "id": asset_id}
        told |= {"error": json_text(written_error(error), "an error")}
        await tx.execute(statements.MARK_FAILED, told)

    async def download(
        self, who: Principal, asset_id: AssetId, tell: Tell = lambda _size, _whole: None
    ) -> Asset:
        """Bring an asset's bytes; what came before it broke off is not asked for again.

        They are looked at as any file that comes in, by the rules of its type of project. Raises
        DownloadRefusedError, DownloadDelayedError, DownloadBusyError, FileRefusedError, and what the
        HTTP client and the quota raise; the asset says so as well.
        """
        asset = await self._library.get(who, asset_id)
        if asset.sync_status is SyncStatus.DOWNLOADED:
            return asset
        if asset.remote_url is None:
            raise InvalidInputError(f"asset {asset_id} has no address to be brought from")
        draft = Draft(self._objects.drafts / f"{asset_id}.download")
        with draft.alone():
            await self._library.mark_downloading(who, asset_id)
            try:
                await self._bring(who, asset, asset.remote_url, draft, tell)
                arrival = Arrival(type_of(asset), asset.project_id, asset.facts, asset_id)
                await self._storage.complete(who, UploadedFile(draft.path, asset.name), arrival)
            except ReelwrightError as error:
                if error.kind not in _AGAIN:
                    draft.end()
                await self.mark_failed(who, asset_id, error)
                raise
            draft.end()
        return await self._library.get(who, asset_id)

    async def _bring(
        self, who: Principal, asset: Asset, url: str, draft: Draft, tell: Tell
    ) -> None:
        largest = self._storage.get_project_config(type_of(asset))["max_file_size"]

        async def allow(size: int) -> None:
            if size > largest:
                raise FileRefusedError(
                    f"{asset.name[:100]} has more than {size / 1e6:.1f} MB",
                    way_out=f"{type_of(asset)} takes files up to {largest // (1024 * 1024)} MB",
                )
            await self._quota.check(who, size)

        for go in range(1, _GOES + 1):
            try:
                asked = {**draft.wanted(), "Accept-Encoding": "identity"}
                async with self._http.stream(url, headers=asked) as (answer, parts):
                    await draft.take(answer, parts, allow, tell)
                return
            except UnreachableError:
                if go == _GOES:
                    raise
                await asyncio.sleep(_PAUSE_S * 2**go)


def type_of(asset: Asset) -> str:
    """The type of project by whose rules an asset comes in."""
    return str(asset.facts.get("project_type", "film"))
