"""A revision's script, notes and own files, laid out on this machine for reading."""

import asyncio
import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from reelwright.engines.storage.files import environment
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.rights import Rights
from reelwright.projects.service import Revision
from reelwright.studio.reading import notes_path

NOTES = "notes"
"""The name under which a revision holds its notes."""
_GONE = "gone-"


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Where a revision's files lie on this machine; only read, never changed."""

    script: Path
    folder: Path

    def own(self, name: str) -> Path:
        """Where a file lies that the notes name, under the very name they use."""
        return self.folder / "own" / own_file(name)


def own_file(name: str) -> str:
    """A file name for any name in the notes, also `../sounds/door.wav` and absolute ones."""
    return hashlib.sha256(name.encode()).hexdigest()[:24] + Path(name).suffix[:16]


class Scripts:
    """Lays revisions out below a folder, each once; a revision never changes."""

    def __init__(self, root: Path, library: AssetService, rights: Rights) -> None:
        self._root = root
        self._library = library
        self._rights = rights

    async def lay_out(self, who: Principal, revision: Revision) -> LaidOut:
        """The revision's files, fetched if this machine does not have them.

        Raises NoScriptError, and what `Rights.require` raises: a film is made anew each time.
        """
        await self._rights.require(who, list(revision.files.values()))
        folder = self._root / revision.id
        laid_out = LaidOut(folder / Path(revision.screenplay()).name, folder)
        try:
            os.utime(folder)  # in use: the sweep goes by this
        except FileNotFoundError:
            await self._fetch(who, revision, laid_out)
        return laid_out

    async def sweep(self, older_than: timedelta) -> int:
        """Remove what was not used for so long; returns how many folders. It is fetched again if need be."""
        return await asyncio.to_thread(_sweep, self._root, older_than)

    async def _fetch(self, who: Principal, revision: Revision, laid_out: LaidOut) -> None:
        draft = self._root / f"draft-{os.urandom(8).hex()}"
        with environment("cannot lay out the script"):
            (draft / "own").mkdir(parents=True)
        try:
            for name, asset_id in revision.files.items():
                target = draft / self._place(name, revision.screenplay(), laid_out.script)
                await self._fetch_one(who, asset_id, target)
            await asyncio.to_thread(_settle, draft, laid_out.folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _place(self, name: str, script: str, path: Path) -> Path:
        if name == script:
            return Path(path.name)
        if name == NOTES:
            return Path(notes_path(path).name)
        return Path("own") / own_file(name)

    async def _fetch_one(self, who: Principal, asset_id: AssetId, target: Path) -> None:
        asset = await self._library.get(who, asset_id)
        await self._library.fetch(who, asset, target)


def _settle(draft: Path, folder: Path) -> None:
    """Give the folder its name when it is whole; another may have done so meanwhile."""
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _sweep(root: Path, older_than: timedelta) -> int:
    swept, before = 0, time.time() - older_than.total_seconds()
    for folder in root.iterdir() if root.is_dir() else ():
        try:
            if folder.stat().st_mtime >= before:
                continue
            # Out of the way in one step: whoever comes meanwhile finds all of it, or nothing.
            gone = folder if folder.name.startswith(_GONE) else root / f"{_GONE}{folder.name}"
            folder.rename(gone)
        except OSError:
            continue  # another sweeps as well
        shutil.rmtree(gone, ignore_errors=True)
        swept += 1
    return swept
