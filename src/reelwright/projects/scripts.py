"""Projects made from a script's text."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import PurePath
from typing import Protocol

from reelwright.engines.database.database import Tx
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.film.screenplay.pdf_layout import PlacedRun
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.projects.service import NewProject, ProjectService
from reelwright.projects.values import Content, Project, Revision

LARGEST = 64 * 1024 * 1024
FORMATS = {
    "fountain": (".fountain", "text/plain"),
    "fdx": (".fdx", "application/xml"),
    "text": (".txt", "text/plain"),
    "pdf": (".pdf", "application/pdf"),
}


class FileKeeper(Protocol):
    """Whoever keeps the files of projects; the library does."""

    async def keep_bytes(
        self,
        who: Principal,
        data: bytes,
        *,
        name: str,
        media_type: str,
        project_id: str | None = None,
        joining: Callable[[Tx], Awaitable[None]] | None = None,
        following: Callable[[Tx, AssetId], Awaitable[None]] | None = None,
    ) -> AssetId:
        """Keep bytes under a name, and do what comes before and after in the same transaction."""
        ...

    async def read(self, who: Principal, asset_id: AssetId) -> bytes:
        """The bytes of what was kept."""
        ...


class ScriptDesk:
    """Takes scripts as text or bytes, refuses what is no script, and makes projects of the others."""

    def __init__(self, projects: ProjectService, keeper: FileKeeper) -> None:
        self._projects = projects
        self._keeper = keeper

    async def create_from_text(
        self,
        who: Principal,
        name: str,
        text: str | bytes,
        format: str = "fountain",  # noqa: A002 - the word of the trade
    ) -> Project:
        """Make a project of a script in one of FORMATS; raises InvalidInputError, as the reader says."""
        script, data = await _checked(text, format)
        project_id = ProjectId.new()
        made: list[Project | None] = []

        async def create(tx: Tx, asset: AssetId) -> None:
            new = NewProject(name, Content({script: asset}, script), id=project_id)
            made.append(await self._projects.create_in(tx, who, new))

        await self._keep(who, script, data, project_id, create)
        project = made[-1]
        assert project is not None, "it has no source that another could have"
        return project

    async def revise_from_text(
        self,
        who: Principal,
        project_id: ProjectId,
        text: str | bytes,
        format: str = "fountain",  # noqa: A002 - the word of the trade
        *,
        expected: int | None = None,
    ) -> Revision:
        """Put a new script in place of a project's; its other files stay. An equal one changes nothing."""
        project = await self._projects.get(who, project_id)
        head = project.head
        script, data = await _checked(text, format)
        if script == head.script and await self._keeper.read(who, head.files[script]) == data:
            return await self._projects.revise(
                who, project_id, head.files, script, expected=expected
            )
        made: list[Revision] = []

        async def hold(tx: Tx) -> None:
            await self._projects.hold_in(tx, who, project_id)

        async def revise(tx: Tx, asset: AssetId) -> None:
            def changed(head: Revision) -> Content:
                others = {k: v for k, v in head.files.items() if k != head.script}
                return Content({**others, script: asset}, script)

            made.append(
                await self._projects.revise_in(tx, who, project_id, changed, expected=expected)
            )

        await self._keep(who, script, data, project_id, revise, hold)
        return made[-1]

    async def _keep(
        self,
        who: Principal,
        script: str,
        data: bytes,
        project_id: ProjectId,
        following: Callable[[Tx, AssetId], Awaitable[None]],
        joining: Callable[[Tx], Awaitable[None]] | None = None,
    ) -> None:
        """Keep a script with what names it, or nothing of both."""
        media_type = next(kind for suffix, kind in FORMATS.values() if script.endswith(suffix))
        await self._keeper.keep_bytes(
            who,
            data,
            name=script,
            media_type=media_type,
            project_id=project_id,
            joining=joining,
            following=following,
        )


async def _checked(text: str | bytes, form: str) -> tuple[str, bytes]:
    """The script's file name and bytes, if it can be read."""
    if form not in FORMATS:
        raise InvalidInputError(
            f"{form!r} is no format of scripts", way_out=f"one of {', '.join(FORMATS)}"
        )
    script = str(PurePath("script").with_suffix(FORMATS[form][0]))
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if len(data) > LARGEST:
        raise InvalidInputError("the script is larger than 64 MB", way_out="is it a screenplay?")
    await asyncio.to_thread(read_screenplay, data, script, _pdf_runs)
    return script, data


def _pdf_runs(data: bytes, name: str) -> Sequence[Sequence[PlacedRun]]:
    from reelwright.engines.media.pdf_text import read_pdf_runs  # noqa: PLC0415 - only for PDFs

    return read_pdf_runs(data, name)
