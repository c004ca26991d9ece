"""All that is a person's as one file, to look at or to take along: a job, for it may be much."""

import asyncio
import json
import secrets
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from reelwright.engines.database.database import Database
from reelwright.engines.durable.contract import Json
from reelwright.engines.storage.files import environment
from reelwright.engines.storage.objects import Objects
from reelwright.ground.digests import digest
from reelwright.ground.errors import MissingError
from reelwright.ground.exporting import Exportable
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.workspaces import Workspace, WorkspaceService
from reelwright.jobs.job import Job, NewJob
from reelwright.jobs.kinds import JobKind, Work
from reelwright.jobs.progress import BoundProgress
from reelwright.jobs.service import JobService
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import MadeProduct
from reelwright.library.exports import ASSETS, OPERATION

KIND = "export"


class NothingToSay(BaseModel):
    """An export takes no parameters: it is of whoever asks."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Exportables:
    """What every domain has to give."""

    all: Sequence[Exportable]


class Belongings:
    """Writes exports. What it makes is an asset of the person's own workspace."""

    def __init__(
        self,
        database: Database,
        audit: AuditLog,
        exportables: Exportables,
        workspaces: WorkspaceService,
        library: AssetService,
        objects: Objects,
    ) -> None:
        self._database = database
        self._audit = audit
        self._exportables = exportables.all
        self._workspaces = workspaces
        self._library = library
        self._objects = objects

    @property
    def kind(self) -> JobKind:
        """The kind of job that does it; asked for twice, it is one while it runs.

        Also for who has no room left: what is theirs people may always take along. Its file counts.
        """
        return JobKind(name=KIND, params=NothingToSay, run=self._run, joins=True, private=True)

    async def ask(self, who: Principal, jobs: JobService) -> Job:
        """Ask for an export, in the workspace of their own."""
        home = await self._workspaces.default(who)
        there = Principal(who.user, home.id, operator=who.operator)
        async with self._database.transaction(there) as tx:
            (job,) = await jobs.create_jobs_in(tx, there, [NewJob(kind=KIND)])
            await self._audit.write(tx, there, "person:export_asked", who.user, {"job_id": job.id})
        return job

    async def _run(self, work: Work) -> Json:
        home = await self._workspaces.default(work.who)
        who = Principal(work.who.user, home.id)
        # The same job makes the same product: begun again after a crash, it does not make a second.
        recipe = digest([KIND, work.job.id])
        async with self._draft() as path:
            await self._write(who, path, work.progress)
            made = MadeProduct(recipe, OPERATION, path, "application/zip")
            asset = (await self._library.keep_products(who, [made]))[recipe]
        return {"asset_id": asset.id, "size": asset.size}

    @asynccontextmanager
    async def _draft(self) -> AsyncIterator[Path]:
        path = self._objects.drafts / f"{secrets.token_hex(12)}.zip"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    async def _write(self, who: Principal, path: Path, progress: BoundProgress) -> None:
        workspaces = await self._workspaces.list(who, archived=True)
        with (
            environment("cannot write the export"),
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file,
        ):
            for one in self._exportables:
                if one.personal:
                    await self._write_rows(file, one, who, f"person/{one.name}", whole=False)
            for number, workspace in enumerate(workspaces):
                progress.update(number / len(workspaces), workspace.name)
                await self._write_workspace(file, who, workspace)

    async def _write_workspace(
        self, file: zipfile.ZipFile, who: Principal, workspace: Workspace
    ) -> None:
        there = Principal(who.user, workspace.id)
        whole = workspace.owner == who.user
        at = f"workspaces/{workspace.id}"
        about = {"id": workspace.id, "name": workspace.name, "owner": workspace.owner}
        file.writestr(f"{at}/workspace.json", _line(about))
        for one in self._exportables:
            if not one.personal:
                await self._write_rows(file, one, there, f"{at}/{one.name}", whole=whole)
        for one in self._exportables:
            if one.name == ASSETS:
                async for row in one.rows(there, whole=whole):
                    if row["key"]:
                        await self._write_file(file, f"{at}/files/{row['id']}", row)

    async def _write_rows(
        self, file: zipfile.ZipFile, one: Exportable, who: Principal, at: str, *, whole: bool
    ) -> None:
        with file.open(f"{at}.jsonl", "w", force_zip64=True) as lines:
            async for row in one.rows(who, whole=whole):
                lines.write(_line({name: row[name] for name in row if name != "key"}))

    async def _write_file(self, file: zipfile.ZipFile, at: str, row: Mapping[str, Any]) -> None:
        """Pictures, sound and films are packed already; one that is deleted meanwhile is left out."""
        info = zipfile.ZipInfo(f"{at}/{_plain(row['name'])}")
        stream = self._objects.stream(row["key"])
        try:
            first = await anext(stream, b"")
        except MissingError:
            return
        with file.open(info, "w", force_zip64=True) as target:
            await asyncio.to_thread(target.write, first)
            async for chunk in stream:
                await asyncio.to_thread(target.write, chunk)


def _line(row: Mapping[str, Any]) -> bytes:
    return (json.dumps(row, default=str, ensure_ascii=False) + "\n").encode()


def _plain(name: str) -> str:
    """A name that leads nowhere else when it is unpacked."""
    plain = "".join(sign if sign.isprintable() and sign not in "/\\:" else "_" for sign in name)
    return plain.strip(". ")[:150] or "file"
