"""Revisions of projects whose files come with them: all of it is kept, or nothing.

The files' rows are written in the transaction of the revision that names them. What is refused, and be
it at the last moment, leaves no asset and nothing that counts; a process that is killed leaves objects
that no row knows, and clean-up removes these.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelwright.engines.database.database import Tx
from reelwright.film.screenplay.encoding import decode
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetMissingError, Origin, OriginKind
from reelwright.library.keeping import Incoming, NotWantedError
from reelwright.library.quotas import StorageQuota
from reelwright.library.storage_service import SENT, Arrival, StorageService, UploadedFile
from reelwright.projects.records import is_another
from reelwright.projects.service import NewProject, ProjectService
from reelwright.projects.values import Content, Project, Revision

_LONGEST_TEXT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that comes to a project; `ours` lies where nobody changes it any more, others are copied.

    One with a `media_type` was read already: every type of project takes it, and no quota refuses it.
    """

    name: str
    path: Path
    sha256: str
    media_type: str | None = None
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """What is sent of a project: files, and which of them is the screenplay. The others stay but with `only`."""

    files: Sequence[Coming]
    script: str | None
    only: bool = False

    def content(self, before: Revision | None, assets: Mapping[str, AssetId]) -> Content:
        """What it makes of a revision, when its files are these assets."""
        if before is None or self.only:
            return Content(assets, self.script)
        script = self.script or before.script
        others = {n: one for n, one in before.files.items() if n != before.script or n == script}
        return Content(others | dict(assets), script)

    def to_json(self) -> dict[str, Any]:
        """As it is told to whoever comes late: files by their SHA-256, for none of them was kept."""
        return {"script": self.script, "files": {one.name: one.sha256 for one in self.files}}


@dataclass(frozen=True, slots=True)
class _Home:
    """The project that files come to."""

    id: ProjectId
    type: str


class Revisions:
    """Makes and revises projects out of files; another workspace's are missing."""

    def __init__(
        self,
        projects: ProjectService,
        library: AssetService,
        storage: StorageService,
        quota: StorageQuota,
    ) -> None:
        self._projects = projects
        self._library = library
        self._storage = storage
        self._quota = quota

    async def create(
        self,
        who: Principal,
        name: str,
        project_type: str,
        change: Change,
        *,
        source: str | None = None,
    ) -> Project:
        """Make a project; raises InvalidInputError, FileRefusedError, and what the quota raises.

        There is one of each `source`: if another made it meanwhile, it is revised.
        """
        assets = {one.name: AssetId.new() for one in change.files}
        new = NewProject(name, change.content(None, assets), project_type, source)
        new.check()
        made: list[Project] = []

        async def create(tx: Tx) -> None:
            project = await self._projects.create_in(tx, who, new)
            if project is None:
                raise NotWantedError
            made.append(project)

        home = _Home(new.id, new.project_type)
        async with self._incoming(who, home, change.files, assets) as files:
            await self._library.take_in_all(who, files, None, create)
        if made:
            return made[-1]
        other = await self._projects.from_source(who, source or "")
        if other is None:
            raise ConflictError("the project was changed meanwhile", way_out="try again")
        await self.revise(who, other.id, change)
        return await self._projects.get(who, other.id)

    async def revise(
        self, who: Principal, project_id: ProjectId, change: Change, *, expected: int | None = None
    ) -> Revision:
        """Make what is sent the newest revision; equal content makes none.

        Raises ProjectMissingError, ProjectAwayError, RevisionConflictError with both when `expected` is
        not the head any more, and what `create` raises.
        """
        project = await self._projects.get(who, project_id)
        known = await self._known(who, project.head, change.files)
        fresh = [one for one in change.files if one.name not in known]
        assets = known | {one.name: AssetId.new() for one in fresh}
        sent = change.to_json()
        if not is_another(project, change.content(project.head, assets), expected, sent):
            return project.head
        made: list[Revision] = []

        async def hold(tx: Tx) -> None:
            await self._projects.hold_in(tx, who, project_id)

        async def revise(tx: Tx) -> None:
            made.append(
                await self._projects.revise_in(
                    tx,
                    who,
                    project_id,
                    lambda head: change.content(head, assets),
                    expected=expected,
                    sent=sent,
                )
            )

        home = _Home(project_id, project.project_type)
        async with self._incoming(who, home, fresh, assets) as files:
            await self._library.take_in_all(who, files, hold, revise)
        return made[-1]

    async def text(self, who: Principal, revision: Revision, name: str | None) -> str | None:
        """The text of a revision's file; None if it has no such file, or one that is long or no text."""
        if name is None or name not in revision.files:
            return None
        asset = await self._library.get(who, revision.files[name])
        if asset.size > _LONGEST_TEXT:
            return None
        try:
            return decode(await self._library.read(who, asset.id), name)[0]
        except InvalidInputError:  # a PDF, say
            return None

    async def _known(
        self, who: Principal, head: Revision, files: Sequence[Coming]
    ) -> dict[str, AssetId]:
        """What was there before under its name: that asset is named again."""
        same = {one.name: head.files[one.name] for one in files if one.name in head.files}
        found: Mapping[AssetId, Asset] = {}
        with suppress(AssetMissingError):  # somebody has deleted one of them: all are kept anew
            found = await self._library.get_many(who, list(same.values())) if same else {}
        known = {
            name: found[asset].facts.get(SENT, found[asset].sha256)
            for name, asset in same.items()
            if asset in found
        }
        return {one.name: same[one.name] for one in files if known.get(one.name) == one.sha256}

    @asynccontextmanager
    async def _incoming(
        self,
        who: Principal,
        home: _Home,
        files: Sequence[Coming],
        assets: Mapping[str, AssetId],
    ) -> AsyncIterator[Sequence[Incoming]]:
        """Files as they may be kept: media looked at, by the rules of the project's type."""
        media = [one for one in files if one.media_type is None]
        if media:
            await self._quota.check(who, sum(one.path.stat().st_size for one in media))
        async with AsyncExitStack() as stack:
            incoming = []
            for one in files:
                asset, path = assets[one.name], one.path
                if not one.ours:
                    path = await stack.enter_async_context(self._library.copied(path))
                if one.media_type is not None:
                    origin = Origin(OriginKind.UPLOAD, one.name)
                    told = (one.media_type, origin, {}, home.id)
                    incoming.append(Incoming(path, one.name, *told, id=asset))
                    continue
                arrival = Arrival(home.type, home.id, asset_id=asset)
                looked = self._storage.looked_at(who, UploadedFile(path, one.name), arrival)
                incoming.append(await stack.enter_async_context(looked))
            yield incoming
