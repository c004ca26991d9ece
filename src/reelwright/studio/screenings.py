"""What is shown of a project to whoever came by a share link: its script, its newest film, what is said.

All is read as the system, which sees here what live links name and nothing else.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.storage.objects import Objects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.film.breakdown.model import Breakdown
from reelwright.ground.clock import Clock
from reelwright.ground.errors import DeniedError, ExhaustedError, InvalidInputError
from reelwright.ground.ids import AssetId, CommentId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Activity
from reelwright.library.assets import Asset, TakenDownError
from reelwright.library.rows import asset_from, assets_of
from reelwright.library.tables import AssetRow
from reelwright.projects.comment import (
    About,
    Anchor,
    Comment,
    CommentFilter,
    CommentMissingError,
    CommentThread,
    checked_body,
)
from reelwright.projects.comments import add_in, threads_of
from reelwright.projects.records import project_of
from reelwright.projects.sharing import Admission, ShareMissingError, ShareScope
from reelwright.projects.tables import CommentRow
from reelwright.projects.values import Project, ProjectMissingError
from reelwright.studio.anchors import anchors_of
from reelwright.studio.manuscripts import read_manuscript
from reelwright.studio.productions.scripts import NOTES
from reelwright.studio.readings import Reading, Readings
from reelwright.studio.tables import ProductionRow

FILM = "film.mp4"
_HOUR = timedelta(hours=1)
_EVENING = timedelta(hours=12)
_MOST_AN_HOUR = 60
_EVERYTHING = CommentFilter()


class ShareScopeError(DeniedError):
    """The link is not good for this."""

    code = "share_scope"


class TooMuchSaidError(ExhaustedError):
    """Guests have said enough about one project for now."""

    code = "too_much_said"


@dataclass(frozen=True, slots=True)
class Screening:
    """What a link shows: the project, its script broken down if it has one, and files by their paths."""

    project: Project
    scope: ShareScope
    breakdown: Breakdown | None
    files: Mapping[str, Asset]


class Screenings:
    """Shows projects to guests, and takes down what they say."""

    def __init__(
        self, database: Database, objects: Objects, urls: SignedUrls, clock: Clock
    ) -> None:
        self._database = database
        self._objects = objects
        self._urls = urls
        self._clock = clock
        self._readings = Readings()

    async def show(self, admission: Admission) -> Screening:
        """The project as it stands. To look at: the film alone; to download: all of it, and the script.

        Raises TakenDownError if anything of what would be shown is held back.
        """
        async with self._database.transaction(Activity.SHARE) as tx:
            project = await _shown(tx, admission)
            outputs = await _newest_film(tx, admission)
            wanted = {**project.head.files, **outputs}
            assets = await _assets(tx, admission, wanted.values())
        shown = {FILM} if admission.scope is not ShareScope.DOWNLOAD else set(wanted)
        files = {
            name: assets[asset]
            for name, asset in wanted.items()
            if name in shown and asset in assets and assets[asset].key
        }
        for asset in files.values():
            _require_served(asset)
        script = await self._script(project, assets)
        breakdown = script.breakdown if script else None
        return Screening(project, admission.scope, breakdown, files)

    def url_of(self, admission: Admission, name: str, asset: Asset) -> str:
        """A signed URL of a file that is shown, served by us: it ends with the link."""
        return self._urls.sign(
            asset.key,
            media_type=asset.media_type,
            name=name.rpartition("/")[2],
            expires=int(_EVENING.total_seconds()),
            bound=admission.link,
        )

    async def list_comments(self, admission: Admission, paging: Paging) -> Page[CommentThread]:
        """What was said, the newest first; who of the workspace said it is not told."""
        _require_comments(admission)
        async with self._database.transaction(Activity.SHARE) as tx:
            await _shown(tx, admission)
            threads, last = await threads_of(
                tx, admission.workspace, admission.project, _EVERYTHING, paging
            )
        return Page([_nameless(one) for one in threads], last)

    async def comment(
        self,
        admission: Admission,
        guest: str,
        body: str,
        anchor: Anchor,
        thread_id: CommentId | None = None,
    ) -> Comment:
        """Take down what a guest says, under the name they give; in a thread, or as a new one."""
        _require_comments(admission)
        anchor.check()
        anchor = await self._placed(admission, anchor)
        guest, now = guest.strip(), self._clock.now()
        if not guest:
            raise InvalidInputError("who says it?", way_out="give a name")
        said = Comment(
            CommentId.new(),
            admission.project,
            thread_id,
            None,
            guest,
            anchor,
            checked_body(body),
            now,
        )
        try:
            async with self._database.transaction(Activity.SHARE) as tx:
                await _shown(tx, admission)
                await self._require_calm(tx, admission)
                said = replace(said, thread_id=await _thread(tx, admission, thread_id))
                await add_in(tx, admission.workspace, said)
        except IntegrityError:  # what it answers was taken back a moment ago
            raise CommentMissingError(f"there is no comment {thread_id}") from None
        return said

    async def _require_calm(self, tx: Tx, admission: Admission) -> None:
        query = select(func.count()).where(
            CommentRow.workspace_id == admission.workspace,
            CommentRow.project_id == admission.project,
            CommentRow.guest.is_not(None),
            CommentRow.created_at > self._clock.now() - _HOUR,
        )
        if (await tx.scalar(query) or 0) >= _MOST_AN_HOUR:
            raise TooMuchSaidError("guests have said much just now", way_out="come back later")

    async def _placed(self, admission: Admission, anchor: Anchor) -> Anchor:
        if anchor.about not in {About.SCENE, About.SHOT}:
            return anchor
        async with self._database.transaction(Activity.SHARE) as tx:
            project = await _shown(tx, admission)
            assets = await _assets(tx, admission, project.head.files.values())
        script = await self._script(project, assets)
        names = script.names if script else {}
        if anchor.id not in names:
            raise InvalidInputError(f"the script has no such {anchor.about}")
        return replace(anchor, label=names[anchor.id])

    async def _script(self, project: Project, assets: Mapping[str, Asset]) -> Reading | None:
        files, script = project.head.files, project.head.script
        if script is None or files[script] not in assets:
            return None
        for one in (files[script], files.get(NOTES)):
            if one in assets:
                _require_served(assets[one])
        notes = assets.get(files.get(NOTES, AssetId("")))

        async def read() -> Reading:
            data = await self._objects.get(assets[files[script]].key)
            told = await self._objects.get(notes.key) if notes else b""
            return await asyncio.to_thread(_read, project, data, told.decode("utf-8-sig"))

        return await self._readings.of(project.head.id, read)


def _read(project: Project, data: bytes, notes: str) -> Reading:
    script = read_manuscript(project, data, notes)
    return Reading(script.directed.breakdown, anchors_of(script), len(data))


def _require_served(asset: Asset) -> None:
    """Raise TakenDownError if it is held back; a guest is not told by what."""
    if asset.withheld_by is not None:
        raise TakenDownError


def _require_comments(admission: Admission) -> None:
    if admission.scope is not ShareScope.COMMENT:
        raise ShareScopeError(
            "this link is not for comments", way_out="ask for a link with the scope comment"
        )


async def _shown(tx: Tx, admission: Admission) -> Project:
    """The project, if the link still shows it."""
    try:
        return await project_of(tx, admission.workspace, admission.project)
    except ProjectMissingError:
        raise ShareMissingError from None


async def _thread(tx: Tx, admission: Admission, comment_id: CommentId | None) -> CommentId | None:
    """The thread a comment of the project is in; raises CommentMissingError."""
    if comment_id is None:
        return None
    row = CommentRow
    query = select(func.coalesce(row.thread_id, row.id)).where(
        row.workspace_id == admission.workspace,
        row.project_id == admission.project,
        row.id == comment_id,
    )
    found = await tx.scalar(query)
    if found is None:
        raise CommentMissingError(f"there is no comment {comment_id}")
    return CommentId(found)


async def _newest_film(tx: Tx, admission: Admission) -> dict[str, AssetId]:
    """The files of the film that was finished last."""
    row = ProductionRow
    query = select(row.outputs).where(
        row.workspace_id == admission.workspace,
        row.project_id == admission.project,
        row.finished_at.is_not(None),
        row.outputs.is_not(None),
    )
    found = await tx.scalar(query.order_by(row.finished_at.desc(), row.id.desc()).limit(1))
    return {name: AssetId(one) for name, one in (found or {}).items()}


async def _assets(tx: Tx, admission: Admission, wanted: Iterable[AssetId]) -> dict[str, Asset]:
    ids = sorted(set(wanted))
    query = assets_of(admission.workspace).where(AssetRow.id.in_(ids))
    return {one.id: one for one in map(asset_from, await tx.execute(query))}


def _nameless(thread: CommentThread) -> CommentThread:
    first = replace(thread.first, user_id=None, resolved_by=None)
    return replace(
        thread, first=first, replies=[replace(one, user_id=None) for one in thread.replies]
    )
