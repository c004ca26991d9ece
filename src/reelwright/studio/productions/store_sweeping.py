"""Stores of workspaces that are no more are forgotten: each machine looks after its own disk."""

import asyncio
import shutil
from pathlib import Path

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.engines.storage.files import environment
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import WorkspaceId
from reelwright.ground.principals import Activity

STORES = "stores"
"""The folder of the home in which each workspace but the owner's has its store, by its id."""

_KNOWN = text("SELECT known_workspaces(CAST(:some AS text[]))")


class StoreSweeper:
    """Deletes what only this machine still has of workspaces that were deleted."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    async def sweep(self) -> int:
        """How many stores went. What is no workspace's name is left alone."""
        names = await asyncio.to_thread(self._names)
        if not names:
            return 0
        async with self._database.read(Activity.CLEAN_UP) as tx:
            known = set(await tx.scalars(_KNOWN, {"some": names}))
        gone = [name for name in names if name not in known]
        for name in gone:
            await asyncio.to_thread(shutil.rmtree, self._folder / name, ignore_errors=True)
        return len(gone)

    def _names(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        with environment("cannot read the stores"):
            return sorted(one.name for one in self._folder.iterdir() if _is_workspace(one.name))


def _is_workspace(name: str) -> bool:
    try:
        WorkspaceId.parse(name)
    except InvalidInputError:
        return False
    return True
