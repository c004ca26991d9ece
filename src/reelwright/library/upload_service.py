"""Files that come in pieces, and go on where they broke off, whoever was killed.

A piece is an object of its own, written before its row; the row moves the upload's end on, if it is
still where the piece begins. So any process may take the next piece, two at one offset cannot both
win, and what a killed process leaves is an object that no row knows. When all is here, the pieces
are put together, looked at as any file that comes in, and become an asset.
"""

import asyncio
import logging
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.storage.objects import Objects
from reelwright.ground.clock import Clock
from reelwright.ground.errors import (
    ExhaustedError,
    InvalidInputError,
    Kind,
    ReelwrightError,
    ToldError,
    written_error,
)
from reelwright.ground.ids import AssetId, UploadId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.ground.texts import json_text
from reelwright.library import upload_statements as statements
from reelwright.library.keeping import NotWantedError
from reelwright.library.pieces import cut, joined
from reelwright.library.quotas import StorageQuota
from reelwright.library.storage_service import Arrival, StorageService, UploadedFile
from reelwright.library.tables import UploadRow
from reelwright.library.texts import file_name
from reelwright.library.uploads import (
    Checksum,
    NewUpload,
    Upload,
    UploadBusyError,
    UploadMissingError,
    UploadOffsetError,
    UploadState,
    UploadTooLargeError,
)

_log = logging.getLogger(__name__)
_LIFETIME = timedelta(days=1)
_MOST_OPEN = 200
_MOST_PARTS = 10_000
_CLAIM = timedelta(seconds=60)
"""How long whoever finishes an upload has it for itself, when nothing more is heard of it."""
_AT_ONCE = 100
_REFUSALS = {Kind.INVALID, Kind.REFUSED}


class UploadService:
    """Uploads of the workspace of whoever asks; another workspace's are missing."""

    renewed_s: ClassVar[float] = 20.0
    """How often a claim is renewed by whoever is at work."""

    def __init__(
        self,
        database: Database,
        objects: Objects,
        storage: StorageService,
        quota: StorageQuota,
        clock: Clock,
    ) -> None:
        self._database = database
        self._objects = objects
        self._storage = storage
        self._quota = quota
        self._clock = clock

    async def create(self, who: Principal, new: NewUpload) -> Upload:
        """Announce a file; raises UploadTooLargeError, and what the quota raises.

        What a person has announced counts as if it were here, in whatever workspace.
        """
        self._check(new)
        now, upload = self._clock.now(), UploadId.new()
        row = {"workspace": who.workspace, "user": who.user, "now": now}
        row |= {"id": upload, "asset_id": AssetId.new()}
        row |= {"name": file_name(new.name), "size": new.size, "expires_at": now + _LIFETIME}
        row |= {"project_type": new.project_type, "project_id": new.project_id}
        row |= {"facts": json_text(new.facts, "what is told of an upload")}
        async with self._database.transaction(who) as tx:
            await self._quota.hold(tx, who)
            others = (await tx.execute(statements.ANNOUNCED, {"now": now})).one()
            if others.uploads >= _MOST_OPEN:
                raise ExhaustedError(
                    f"{others.uploads} uploads are open", way_out="finish or end some of them first"
                )
            await self._quota.check_in(tx, who, others.bytes + new.size)
            await tx.execute(statements.ADD_UPLOAD, row)
            return await self._one(tx, who, upload)

    def _check(self, new: NewUpload) -> None:
        largest = self._storage.get_project_config(new.project_type)["max_file_size"]
        if new.size > largest:
            raise UploadTooLargeError(
                f"{new.name[:100]} has {new.size / 1e6:.1f} MB",
                way_out=f"{new.project_type} takes files up to {largest // (1024 * 1024)} MB",
            )
        if new.size < 1:
            raise InvalidInputError("an empty file is no upload", way_out="choose another file")

    async def get(self, who: Principal, upload_id: UploadId) -> Upload:
        """An upload; raises UploadMissingError."""
        async with self._database.read(who) as tx:
            return await self._one(tx, who, upload_id)

    async def append(
        self,
        who: Principal,
        upload_id: UploadId,
        offset: int,
        chunks: AsyncIterator[bytes],
        checksum: Checksum | None = None,
    ) -> Upload:
        """Take in bytes that begin at `offset`; with the last ones it is finished.

        What came before the stream broke off is kept. Raises UploadOffsetError, ChecksumMismatchError,
        UploadTooLargeError, and what `finish` raises.
        """
        upload = await self.get(who, upload_id)
        _check_open(upload)
        if offset != upload.received:
            raise _elsewhere(upload.received)
        at = offset
        # Closed by us: what is left of it goes at once, also when a piece was refused.
        pieces = cut(chunks, self._objects.drafts, upload.size - offset, checksum)
        try:
            async for path, size in pieces:
                await self._add(who, upload, at, path, size)
                at += size
        finally:
            await pieces.aclose()  # pyrefly: ignore[missing-attribute]
        return await self.finish(who, upload_id)

    async def _add(self, who: Principal, upload: Upload, at: int, path: Path, size: int) -> None:
        key = f"{who.workspace}/uploads/{upload.id}/{at:014}-{secrets.token_hex(4)}"
        await self._objects.put_file(key, path, media_type="application/octet-stream")
        now = self._clock.now()
        part = {"workspace": who.workspace, "id": upload.id, "key": key, "size": size}
        part |= {"starts_at": at, "ends_at": at + size, "most": _MOST_PARTS}
        part |= {"now": now, "expires_at": now + _LIFETIME}
        async with self._database.transaction(who) as tx:
            added = (await tx.execute(statements.ADD_PART, part)).one_or_none()
        if added is None:
            await self._objects.delete([key])
            found = await self.get(who, upload.id)
            _check_open(found)
            if found.received == at:
                raise ExhaustedError(
                    f"the upload has come in {_MOST_PARTS} pieces",
                    way_out="begin again, and send larger pieces",
                )
            raise _elsewhere(found.received)

    async def finish(self, who: Principal, upload_id: UploadId) -> Upload:
        """Make an asset of an upload that is whole; of another, nothing. May be asked again.

        Raises what its type of project refuses (the upload is over then), and what storage raises.
        """
        upload = await self.get(who, upload_id)
        _check_open(upload)
        if not upload.whole or upload.state is not UploadState.OPEN:
            return upload
        now = self._clock.now()
        told = {"workspace": who.workspace, "id": upload_id, "now": now, "until": now + _CLAIM}
        async with self._database.transaction(who) as tx:
            if (await tx.execute(statements.CLAIM, told)).one_or_none() is None:
                return upload  # another process is at it
        try:
            async with self._claimed(who, upload_id):
                await self._take_in(who, upload)
        except ReelwrightError as error:
            if error.kind in _REFUSALS:
                await self._end(who, upload.id, UploadState.REFUSED, error)
            else:
                await self._leave(who, upload.id)
            raise
        except BaseException:
            await self._leave(who, upload.id)
            raise
        return await self.get(who, upload_id)

    async def finish_left(self) -> int:
        """Finish what was whole when the process died that took it in; how many. A chore."""
        async with self._database.read(Activity.CLEAN_UP) as tx:
            told = {"now": self._clock.now(), "most": _AT_ONCE}
            left = (await tx.execute(statements.LEFT, told)).all()
        count = 0
        for one in left:
            who = Principal(UserId(one.user_id), WorkspaceId(one.workspace_id))
            try:
                done = await self.finish(who, UploadId(one.id))
            except ReelwrightError as error:  # the upload says so, or it is tried again
                _log.info("upload %s could not be finished: %s", one.id, error.message)
            else:
                count += done.state is UploadState.FINISHED
        return count

    @asynccontextmanager
    async def _claimed(self, who: Principal, upload_id: UploadId) -> AsyncIterator[None]:
        """Hold the claim as long as it takes; of a process that dies it runs out soon."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(self.renewed_s)
                told = {"workspace": who.workspace, "id": upload_id}
                told |= {"until": self._clock.now() + _CLAIM}
                with suppress(ReelwrightError):
                    async with self._database.transaction(who) as tx:
                        await tx.execute(statements.RENEW, told)

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.wait([renewing])

    async def _take_in(self, who: Principal, upload: Upload) -> None:
        asked = {"workspace": who.workspace, "id": upload.id}
        async with self._database.read(who) as tx:
            keys = list((await tx.execute(statements.PARTS, asked)).scalars())
        gone: list[str] = []

        async def end(tx: Tx) -> None:
            told = asked | {"state": UploadState.FINISHED.value, "error": None}
            if (await tx.execute(statements.END, told)).one_or_none() is None:
                raise NotWantedError
            gone.extend((await tx.execute(statements.DROP_PARTS, asked)).scalars())

        with tempfile.TemporaryDirectory(prefix="upload-", dir=self._objects.drafts) as folder:
            path = Path(folder, "whole")
            await joined(self._objects, keys, path)
            arrival = Arrival(
                upload.project_type, upload.project_id, upload.facts, upload.asset_id, end
            )
            await self._storage.take_in(who, UploadedFile(path, upload.name), arrival)
        await self._objects.delete(gone)  # killed before: they are orphans now

    async def _leave(self, who: Principal, upload_id: UploadId) -> None:
        """Let another try at once."""
        async with self._database.transaction(who) as tx:
            await tx.execute(statements.LEAVE, {"workspace": who.workspace, "id": upload_id})

    async def _end(
        self, who: Principal, upload_id: UploadId, state: UploadState, error: ReelwrightError
    ) -> None:
        asked = {"workspace": who.workspace, "id": upload_id}
        told = json_text(written_error(error), "an error")
        async with self._database.transaction(who) as tx:
            await tx.execute(statements.END, asked | {"state": state.value, "error": told})
            keys = list((await tx.execute(statements.DROP_PARTS, asked)).scalars())
        await self._objects.delete(keys)

    async def end(self, who: Principal, upload_id: UploadId) -> None:
        """Forget an upload and its bytes; an asset that came of it stays."""
        await self.get(who, upload_id)
        asked = {"workspace": who.workspace, "id": upload_id, "now": self._clock.now()}
        async with self._database.transaction(who) as tx:
            # The parts first: their keys are lost with the upload.
            keys = list((await tx.execute(statements.DROP_PARTS, asked)).scalars())
            if (await tx.execute(statements.DROP_UPLOAD, asked)).one_or_none() is None:
                raise UploadBusyError("the upload is being finished", way_out="wait a moment")
        await self._objects.delete(keys)

    async def _one(self, tx: Tx, who: Principal, upload_id: UploadId) -> Upload:
        query = select(UploadRow).where(
            UploadRow.workspace_id == who.workspace, UploadRow.id == upload_id
        )
        row = (await tx.execute(query)).scalar_one_or_none()
        if row is None or row.expires_at <= self._clock.now():
            raise UploadMissingError(f"there is no upload {upload_id}", way_out="begin it again")
        return _upload(row)


def _upload(row: UploadRow) -> Upload:
    return Upload(
        UploadId(row.id),
        row.name,
        row.size,
        row.received,
        row.project_type,
        row.project_id,
        row.facts,
        UploadState(row.state),
        AssetId(row.asset_id),
        row.error,
        row.expires_at,
        row.created_at,
    )


def _check_open(upload: Upload) -> None:
    if upload.error is not None:
        raise ToldError(upload.error)


def _elsewhere(received: int) -> UploadOffsetError:
    return UploadOffsetError(
        f"the upload goes on at {received}", way_out="ask for its offset, and send from there"
    )
