"""A script on this machine's disk as the newest revision of its project."""

import asyncio
import hashlib
import mimetypes
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetMissingError, Origin, OriginKind
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Revision
from reelwright.studio.productions.scripts import NOTES
from reelwright.studio.reading import ReadFilm


class LocalScripts:
    """Keeps what the disk says now: script, notes and own files."""

    def __init__(self, projects: ProjectService, library: AssetService) -> None:
        self._projects = projects
        self._library = library

    async def keep(self, who: Principal, script: Path, read: ReadFilm) -> Revision:
        """The revision, in the project of this very file, that says what the disk says now.

        Another command may revise the project a moment later: ours stays what we have read.
        """
        source = await asyncio.to_thread(script.resolve)
        project = await self._projects.from_source(who, str(source))
        known = await self._known(who, project.head.files if project else {})
        wanted = {script.name: source}
        if read.notes is not None:
            wanted[NOTES] = read.notes
        wanted |= read.own_files
        files = {name: await self._kept(who, name, path, known) for name, path in wanted.items()}
        if project is None:
            name = read.breakdown.title or script.stem
            project = await self._projects.create(
                who, _one_line(name), files, script.name, source=str(source)
            )
            return project.head
        return await self._projects.revise(who, project.id, files, script.name)

    async def _known(
        self, who: Principal, files: Mapping[str, AssetId]
    ) -> dict[tuple[str, str], AssetId]:
        """The head's assets by name and content; none if somebody has deleted one of them."""
        assets: Mapping[AssetId, Asset] = {}
        if files:
            with suppress(AssetMissingError):
                assets = await self._library.get_many(who, list(files.values()))
        if not assets:
            return {}
        return {(name, assets[one].sha256): one for name, one in files.items()}

    async def _kept(
        self, who: Principal, name: str, path: Path, known: Mapping[tuple[str, str], AssetId]
    ) -> AssetId:
        sha256 = await asyncio.to_thread(_sha256, path)
        if (name, sha256) in known:
            return known[name, sha256]
        kept = await self._library.keep(
            who,
            path,
            name=path.name,
            media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            origin=Origin(OriginKind.UPLOAD, path.name),
        )
        return kept.id


def _one_line(name: str) -> str:
    return (
        " ".join("".join(c if c.isprintable() else " " for c in name).split())[:200] or "Untitled"
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
