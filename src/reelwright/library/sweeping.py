"""Clean-up of the library: content nobody uses any more, and objects no row ever knew."""

from dataclasses import dataclass
from datetime import timedelta

from reelwright.engines.database.database import Database
from reelwright.engines.storage.objects import ObjectInfo, Objects
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import WorkspaceId
from reelwright.ground.principals import Activity
from reelwright.library import statements, upload_statements

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How many went: objects that were used once, that never got a row, drafts; and uploads whose time was over."""

    released: int
    orphans: int
    drafts: int
    uploads: int = 0


class LibrarySweeper:
    """Deletes what the library does not need, no sooner than the grace period after it was last needed.

    The grace MUST be longer than any upload takes: an object is written before its row.
    Several may sweep at once; killed in between, the next sweep goes on.
    """

    def __init__(
        self,
        database: Database,
        objects: Objects,
        clock: Clock,
        grace: timedelta = timedelta(days=1),
    ) -> None:
        self._database = database
        self._objects = objects
        self._clock = clock
        self._grace = grace

    async def sweep(self) -> Swept:
        """Go over all workspaces once."""
        released = await self._sweep_released()
        orphans = await self._sweep_orphans()
        drafts = await self._objects.sweep_drafts(self._grace)
        uploads = await self.sweep_uploads()
        return Swept(released, orphans, drafts, uploads)

    async def sweep_uploads(self) -> int:
        """Forget uploads whose time is over, with their bytes; returns how many."""
        count = 0
        while True:
            told = {"now": self._clock.now(), "most": _AT_ONCE}
            async with self._database.transaction(Activity.CLEAN_UP) as tx:
                gone = (await tx.execute(upload_statements.EXPIRE, told)).one()
            await self._objects.delete(gone.keys)  # killed before: they are orphans now
            count += gone.uploads
            if gone.uploads < _AT_ONCE:
                return count

    async def _sweep_released(self) -> int:
        count = 0
        told = {"before": self._clock.now() - self._grace, "most": _AT_ONCE}
        while True:
            async with self._database.transaction(Activity.CLEAN_UP) as tx:
                keys = list((await tx.execute(statements.FORGET_BLOBS, told)).scalars())
            if not keys:
                return count
            await self._objects.delete(keys)  # killed before: they are orphans now
            count += len(keys)

    async def _sweep_orphans(self) -> int:
        """Only what lies below a workspace's name is ours to judge: a bucket may hold other things."""
        count, before = 0, self._clock.now() - self._grace
        old: list[str] = []
        async for one in self._objects.list():
            if one.at < before and _workspace(one):
                old.append(one.key)
            if len(old) == _AT_ONCE:
                count += await self._delete_unknown(old)
                old = []
        return count + await self._delete_unknown(old)

    async def _delete_unknown(self, keys: list[str]) -> int:
        if not keys:
            return 0
        asked = {"keys": keys, "workspaces": [key.partition("/")[0] for key in keys]}
        async with self._database.read(Activity.CLEAN_UP) as tx:
            used = set((await tx.execute(statements.USED_KEYS, asked)).scalars())
        unknown = [key for key in keys if key not in used]
        await self._objects.delete(unknown)
        return len(unknown)


def _workspace(one: ObjectInfo) -> bool:
    try:
        WorkspaceId.parse(one.key.partition("/")[0])
    except InvalidInputError:
        return False
    return True
