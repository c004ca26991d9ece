"""What the floors above hold of a project, as far as its life here needs to know: ports, bound in wiring."""

from collections.abc import Collection
from typing import Protocol

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal


class Files(Protocol):
    """Whoever keeps the files of projects; the library does."""

    async def copy_in(
        self, tx: Tx, who: Principal, assets: Collection[str], project_id: ProjectId
    ) -> dict[str, AssetId]:
        """Assets of the same content for another project, by the ids of those that are there."""
        ...

    async def give_back_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, keep: Collection[str]
    ) -> None:
        """Delete a project's assets but those to `keep` and those other projects' revisions and films need."""
        ...


class Works(Protocol):
    """Whoever knows what is being made of projects, and was made; the studio does."""

    async def are_live_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> bool:
        """Whether something of a project is being made, or how it ended is not known."""
        ...

    async def used_elsewhere_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> set[str]:
        """The assets of a project that others' films, newest states, pins or sessions show."""
        ...
