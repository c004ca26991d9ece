"""How much may be stored: asked of whoever keeps count, a floor that does not know files."""

from typing import Protocol

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Principal


class StorageQuota(Protocol):
    """Counts the bytes of a workspace, equal content once, for whoever brought it first.

    Refuses by a ReelwrightError of kind exhausted.
    """

    async def check(self, who: Principal, size: int) -> None:
        """Ask whether so many more bytes may come in."""
        ...

    async def used(self, who: Principal) -> int:
        """How many bytes are counted for them, in whatever workspace."""
        ...

    async def check_in(self, tx: Tx, who: Principal, size: int) -> None:
        """The same in the caller's transaction; with `hold` before, of all that are asked at once."""
        ...

    async def hold(self, tx: Tx, who: Principal) -> None:
        """From here to the commit others wait who hold the same person."""
        ...

    async def charge(
        self, tx: Tx, who: Principal, size: int, *, refuse: bool, assets: int = 1
    ) -> None:
        """Count bytes of so many assets that are kept from now on, in the transaction that keeps them.

        With `refuse` so many of those that come at once are let in as there is room for.
        """
        ...

    async def give_back(self, tx: Tx, owner: UserId, size: int) -> None:
        """Take back the count of bytes that nothing uses any more from whom they were counted for.

        In the transaction that lets go of them.
        """
        ...


class NoQuota(StorageQuota):
    """Lets everything in, and keeps no count."""

    async def check(self, who: Principal, size: int) -> None:
        """Nothing is refused."""

    async def used(self, who: Principal) -> int:  # noqa: ARG002 - of nobody is anything known
        """Nothing is counted."""
        return 0

    async def check_in(self, tx: Tx, who: Principal, size: int) -> None:
        """Nothing is refused."""

    async def hold(self, tx: Tx, who: Principal) -> None:
        """Nobody need wait."""

    async def charge(
        self, tx: Tx, who: Principal, size: int, *, refuse: bool, assets: int = 1
    ) -> None:
        """Nothing is counted."""

    async def give_back(self, tx: Tx, owner: UserId, size: int) -> None:
        """Nothing is counted."""
