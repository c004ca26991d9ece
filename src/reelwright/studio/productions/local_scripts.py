"""A script on this machine's disk as the newest revision of its project."""

import asyncio
import hashlib
import mimetypes
from pathlib import Path

from reelwright.ground.principals import Principal
from reelwright.library.revisions import Change, Coming, Revisions
from reelwright.projects.records import FILM
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Revision
from reelwright.studio.productions.scripts import NOTES
from reelwright.studio.reading import ReadFilm


class LocalScripts:
    """Keeps what the disk says now: script, notes and own files."""

    def __init__(self, projects: ProjectService, revisions: Revisions) -> None:
        self._projects = projects
        self._revisions = revisions

    async def keep(self, who: Principal, script: Path, read: ReadFilm) -> Revision:
        """The revision, in the project of this very file, that says what the disk says now.

        Another command may revise the project a moment later: ours stays what we have read.
        """
        source = await asyncio.to_thread(script.resolve)
        wanted = {script.name: source}
        if read.notes is not None:
            wanted[NOTES] = read.notes
        wanted |= read.own_files
        files = [await asyncio.to_thread(_coming, name, path) for name, path in wanted.items()]
        change = Change(files, script.name, only=True)
        project = await self._projects.from_source(who, str(source))
        if project is None:
            name = _one_line(read.breakdown.title or script.stem)
            made = await self._revisions.create(who, name, FILM, change, source=str(source))
            return made.head
        return await self._revisions.revise(who, project.id, change)


def _coming(name: str, path: Path) -> Coming:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Coming(name, path, _sha256(path), kind, ours=False)


def _one_line(name: str) -> str:
    return (
        " ".join("".join(c if c.isprintable() else " " for c in name).split())[:200] or "Untitled"
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
