"""A project as one file: what every domain puts into it and takes out again, a port bound in wiring."""

from collections.abc import Sequence
from typing import Any, Protocol

from pydantic import BaseModel

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal


class Part(Protocol):
    """A domain's part of a project, as items of one shape that JSON can say.

    Assets are named by their ids; on the way in these are the new ones already. No item names a
    person but by what they are called.
    """

    @property
    def name(self) -> str:
        """What the part is called in the file."""
        ...

    @property
    def item(self) -> type[BaseModel]:
        """How its items look. It comes from strangers: whatever is not allowed for is refused."""
        ...

    @property
    def shows_assets(self) -> bool:
        """Whether an item is nothing without the assets it names."""
        ...

    async def pack_in(self, tx: Tx, who: Principal, project_id: ProjectId) -> Sequence[BaseModel]:
        """All of it that there is of a project."""
        ...

    async def unpack_in(
        self, tx: Tx, who: Principal, project_id: ProjectId, items: Sequence[Any]
    ) -> None:
        """Give it to a project that has just been made; raises InvalidInputError."""
        ...
