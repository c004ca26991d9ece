"""Projects made from a script's text."""

import asyncio
from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from reelwright.film.screenplay.formats import read_screenplay
from reelwright.film.screenplay.pdf_layout import PlacedRun
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Project, Revision

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
    ) -> AssetId:
        """Keep bytes under a name."""
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
        asset = await self._keep(who, script, data, project_id)
        return await self._projects.create(
            who, name, {script: asset}, script, project_id=project_id
        )

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
            asset = head.files[script]
        else:
            asset = await self._keep(who, script, data, project_id)
        files = {k: v for k, v in project.head.files.items() if k != project.head.script}
        return await self._projects.revise(
            who, project_id, {**files, script: asset}, script, expected=expected
        )

    async def _keep(
        self, who: Principal, script: str, data: bytes, project_id: ProjectId
    ) -> AssetId:
        media_type = next(kind for suffix, kind in FORMATS.values() if script.endswith(suffix))
        return await self._keeper.keep_bytes(
            who, data, name=script, media_type=media_type, project_id=project_id
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
