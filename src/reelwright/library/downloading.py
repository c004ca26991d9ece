"""Assets whose bytes are still elsewhere, and bringing them, also in several goes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from reelwright.engines.database.database import Database
from reelwright.engines.http.client import Answer, Http
from reelwright.engines.http.failures import UnreachableError
from reelwright.engines.storage.files import environment
from reelwright.engines.storage.objects import Objects
from reelwright.ground.clock import Clock
from reelwright.ground.errors import (
    ConflictError,
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
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, Origin, SyncStatus
from reelwright.library.keeping import Incoming
from reelwright.library.sniffing import UNKNOWN, sniff_file
from reelwright.library.texts import file_name

_GOES = 5
_PAUSE_S = 0.2
_PART, _WHOLE = 206, 200


class DownloadRefusedError(ReelwrightError):
    """The other side does not give the bytes."""

    code = "download_refused"
    kind = Kind.UNAVAILABLE


class RemoteAssets:
    """Assets whose bytes are at an address; of one remote id there is one in a workspace."""

    def __init__(
        self, database: Database, library: AssetService, objects: Objects, http: Http, clock: Clock
    ) -> None:
        self._database = database
        self._library = library
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
        async with self._database.transaction(who) as tx:
            if (await tx.execute(statements.ADD_REMOTE, row)).one_or_none() is not None:
                await announce(tx, [asset])
                return asset
            known = (await tx.execute(statements.BY_REMOTE_ID, row)).scalar_one()
        return await self._library.get(who, AssetId(known))

    async def mark_downloading(self, who: Principal, asset_id: AssetId) -> None:
        """Say that an asset's bytes are on their way; raises ConflictError if they are here."""
        asked = {"workspace": who.workspace, "id": asset_id}
        async with self._database.transaction(who) as tx:
            marked = (await tx.execute(statements.MARK_DOWNLOADING, asked)).one_or_none()
        if marked is None:
            asset = await self._library.get(who, asset_id)
            raise ConflictError(f"asset {asset.id} is downloaded already")

    async def mark_downloaded(
        self, who: Principal, asset_id: AssetId, path: Path, *, media_type: str | None = None
    ) -> Asset:
        """Take in the bytes that came, in a file never changed afterwards; doing it again changes nothing."""
        asset = await self._library.get(who, asset_id)
        if asset.sync_status is not SyncStatus.DOWNLOADED:
            kind = media_type or asset.media_type
            one = Incoming(path, asset.name, kind, asset.origin, {}, id=asset_id)
            await self._library.complete(who, one)
        return await self._library.get(who, asset_id)

    async def mark_failed(self, who: Principal, asset_id: AssetId, error: ReelwrightError) -> None:
        """Say that an asset's bytes could not be had; asking again is allowed."""
        told = {"workspace": who.workspace, "id": asset_id}
        told |= {"error": json_text(written_error(error), "an error")}
        async with self._database.transaction(who) as tx:
            await tx.execute(statements.MARK_FAILED, told)

    async def download(self, who: Principal, asset_id: AssetId) -> Asset:
        """Bring an asset's bytes; what came before it broke off is not asked for again.

        Raises DownloadRefusedError, and what the HTTP client raises; the asset says so as well.
        """
        asset = await self._library.get(who, asset_id)
        if asset.sync_status is SyncStatus.DOWNLOADED:
            return asset
        if asset.remote_url is None:
            raise InvalidInputError(f"asset {asset_id} has no address to be brought from")
        await self.mark_downloading(who, asset_id)
        draft = _Draft(self._objects.drafts / f"{asset_id}.download")
        try:
            await self._bring(asset.remote_url, draft)
            found = await asyncio.to_thread(sniff_file, draft.path)
            media_type = None if found == UNKNOWN else found
            kept = await self.mark_downloaded(who, asset_id, draft.path, media_type=media_type)
        except ReelwrightError as error:
            await self.mark_failed(who, asset_id, error)
            raise
        draft.forget()
        return kept

    async def _bring(self, url: str, draft: "_Draft") -> None:
        for go in range(1, _GOES + 1):
            try:
                async with self._http.stream(url, headers=draft.wanted()) as (answer, parts):
                    await draft.take(answer, parts)
                return
            except UnreachableError:
                if go == _GOES:
                    raise
                await asyncio.sleep(_PAUSE_S * 2**go)


class _Draft:
    """What has come of a file so far, and by which version of it: only that one can be gone on with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tag = path.with_name(f"{path.name}.etag")

    def wanted(self) -> dict[str, str]:
        """The headers to ask for the rest by."""
        size = self.path.stat().st_size if self.path.exists() and self._tag.exists() else 0
        return {"Range": f"bytes={size}-"} if size else {}

    async def take(self, answer: Answer, parts: AsyncIterator[bytes]) -> None:
        """Write down what comes. Raises UnreachableError if it is less than it was to be."""
        tag = answer.headers.get("etag", "")
        size, whole = 0, answer.headers.get("content-length")
        if answer.status == _PART and tag == self._tag.read_text(encoding="utf-8"):
            size = self.path.stat().st_size
            whole = answer.headers.get("content-range", "").rpartition("/")[2]
        elif answer.status in {_PART, 416}:
            self.forget()  # it is another file by now: from the beginning
            raise UnreachableError("the file was changed on the way")
        elif answer.status != _WHOLE:
            raise DownloadRefusedError(f"the other side answered {answer.status}")
        elif tag and not tag.startswith("W/"):
            self._tag.write_text(tag, encoding="utf-8")
        else:
            self._tag.unlink(missing_ok=True)
        with (
            environment("cannot write to the storage"),
            self.path.open("ab" if size else "wb") as file,
        ):
            async for some in parts:
                await asyncio.to_thread(file.write, some)
                size += len(some)
        if whole and whole.isdigit() and size != int(whole):
            raise UnreachableError("less came than was announced")

    def forget(self) -> None:
        """Begin again next time."""
        self.path.unlink(missing_ok=True)
        self._tag.unlink(missing_ok=True)
