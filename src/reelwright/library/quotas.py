"""How much may be stored: asked of whoever keeps count, a floor that does not know files."""

from typing import Protocol

from reelwright.engines.database.database import Tx
from reelwright.ground.principals import Principal


class StorageQuota(Protocol):
    """Counts the bytes of a workspace, equal content once.

    Refuses by a ReelwrightError of kind exhausted.
    """

    async def check(self, who: Principal, size: int) -> None:
        """Ask whether so many more bytes may come in."""
        ...

    async def charge(
        self, tx: Tx, who: Principal, size: int, *, refuse: bool, assets: int = 1
    ) -> None:
        """Count bytes of so many assets that are kept from now on, in the transaction that keeps them.

        With `refuse` so many of those that come at once are let in as there is room for.
        """
        ...

    async def give_back(self, tx: Tx, who: Principal, size: int) -> None:
        """Count bytes that nothing uses any more, in the transaction that lets go of them."""
        ...


class NoQuota(StorageQuota):
    """Lets everything in."""

    async def check(self, who: Principal, size: int) -> None:
        """Nothing is refused."""

    async def charge(
        self, tx: Tx, who: Principal, size: int, *, refuse: bool, assets: int = 1
    ) -> None:
        """Nothing is counted."""

    async def give_back(self, tx: Tx, who: Principal, size: int) -> None:
        """Nothing is counted."""
