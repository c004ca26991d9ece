"""The files of projects as a project's life needs them: shared with a copy, given back at its end."""

from collections.abc import Collection

from reelwright.engines.database.database import Tx
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.library import statements
from reelwright.library.film_pieces import FORGET_USES, HOLD_PIECES
from reelwright.library.quotas import NoQuota, StorageQuota
from reelwright.library.releasing import release

_UNLIMITED = NoQuota()
_AT_ONCE = 1000


class ProjectFiles:
    """Counts the uses of projects' files, in the caller's transaction."""

    def __init__(self, clock: Clock, quota: StorageQuota = _UNLIMITED) -> None:
        self._clock = clock
        self._quota = quota

    async def copy_in(
        self, tx: Tx, who: Principal, assets: Collection[str], project_id: ProjectId | None
    ) -> dict[str, AssetId]:
        """Assets of the same content for another project, or none, by the ids of those that are there."""
        fresh = {one: AssetId.new() for one in sorted(assets)}
        told = {"workspace": who.workspace, "user": who.user, "project": project_id}
        told |= {"now": self._clock.now(), "old": list(fresh), "new": list(fresh.values())}
        made = (await tx.execute(statements.COPY_ASSETS, told)).all()
        used = {"workspace": who.workspace, "digests": [row.sha256 for row in made]}
        await tx.execute(statements.USE_BLOBS_AGAIN, used)
        there = {row.id for row in made}
        return {old: new for old, new in fresh.items() if new in there}

    async def give_back_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, keep: Collection[str]
    ) -> None:
        """Delete a project's assets but those to `keep` and those other projects' revisions and films need.

        What goes with them goes too. What stays belongs to no project from now on.
        """
        told = {"workspace": who.workspace, "project": project_id, "keep": sorted(keep)}
        await tx.execute(HOLD_PIECES, told)
        gone = list((await tx.execute(statements.OF_PROJECT_ALONE, told)).scalars())
        for at in range(0, len(gone), _AT_ONCE):
            await self._delete(tx, who, gone[at : at + _AT_ONCE])
        await tx.execute(statements.LEAVE_PROJECT, told)
        await tx.execute(FORGET_USES, told)

    async def _delete(self, tx: Tx, who: Principal, some: list[str]) -> None:
        told = {"workspace": who.workspace, "some": some}
        gone = list((await tx.execute(statements.DELETE_ASSETS, told)).scalars())
        companions = (await tx.execute(statements.DELETE_COMPANIONS, told)).scalars()
        digests = [sha256 for sha256 in (*gone, *companions) if sha256]
        await release(tx, self._quota, who, digests, self._clock.now())
