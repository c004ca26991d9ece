"""Comments on projects: said, answered, changed, resolved, listed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from sqlalchemy import delete, func, insert, select, update

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import CommentId, ProjectId, UserId, WorkspaceId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.projects import announcing
from reelwright.projects.announcing import announce
from reelwright.projects.comment import (
    MOST_REPLIES,
    About,
    Anchor,
    Comment,
    CommentFilter,
    CommentMissingError,
    CommentThread,
    NotYoursError,
    checked_body,
)
from reelwright.projects.records import hold_here, project_of
from reelwright.projects.tables import CommentRow

_BEGINNING = Paging()
_ALL = CommentFilter()
_PROJECT = Anchor()
_ANCHORED = {About.SCENE, About.SHOT}


class Anchors(Protocol):
    """Whoever reads the scenes and shots of projects' scripts; the studio does."""

    async def read(self, who: Principal, project_id: ProjectId) -> Mapping[str, str]:
        """What the scenes and shots of the script as it stands are called, by their ids."""
        ...


class Comments:
    """Comments on the projects of a workspace; another workspace's are missing."""

    def __init__(self, database: Database, clock: Clock, anchors: Anchors) -> None:
        self._database = database
        self._clock = clock
        self._anchors = anchors

    async def add(
        self, who: Principal, project_id: ProjectId, body: str, anchor: Anchor = _PROJECT
    ) -> CommentThread:
        """Say something; raises InvalidInputError for a scene or shot that the script has not."""
        anchor.check()
        if anchor.about in _ANCHORED:
            names = await self._anchors.read(who, project_id)
            if anchor.id not in names:
                raise InvalidInputError(
                    f"the script has no {anchor.about} {str(anchor.id)[:60]!r}",
                    way_out="name one by its stable id, as the breakdown has it",
                )
            anchor = replace(anchor, label=names[anchor.id])
        said = self._new(project_id, checked_body(body), anchor, user=who.user)
        async with self._database.transaction(who) as tx:
            await hold_here(tx, who, project_id)
            await add_in(tx, who.workspace, said)
        return CommentThread(said, ())

    async def reply(
        self, who: Principal, project_id: ProjectId, thread_id: CommentId, body: str
    ) -> Comment:
        """Answer in a thread."""
        said = self._new(project_id, checked_body(body), _PROJECT, user=who.user)
        async with self._database.transaction(who) as tx:
            await hold_here(tx, who, project_id)
            first = await _one(tx, who, project_id, thread_id)
            await _hold(tx, who, project_id, first, reply=True)
            said = replace(said, thread_id=first.thread_id or first.id, anchor=first.anchor)
            if await _replies(tx, who, said.thread_id) >= MOST_REPLIES:
                raise ConflictError(
                    f"a thread has at most {MOST_REPLIES} replies", way_out="begin another"
                )
            await add_in(tx, who.workspace, said)
        return said

    async def edit(
        self, who: Principal, project_id: ProjectId, comment_id: CommentId, body: str
    ) -> Comment:
        """Say it otherwise; raises NotYoursError."""
        values = {"body": checked_body(body), "edited_at": self._clock.now()}
        async with self._database.transaction(who) as tx:
            await _own(tx, who, project_id, comment_id)
            return await self._change(tx, who, project_id, comment_id, "edited", values)

    async def delete(self, who: Principal, project_id: ProjectId, comment_id: CommentId) -> None:
        """Take back what one has said; raises NotYoursError. What was answered stays, empty."""
        async with self._database.transaction(who) as tx:
            own = await _own(tx, who, project_id, comment_id)
            if own.thread_id is None and await _replies(tx, who, own.id):
                values = {"body": "", "deleted_at": self._clock.now()}
                await self._change(tx, who, project_id, comment_id, "deleted", values)
                return
            await tx.execute(delete(CommentRow).where(*_this(who, project_id, comment_id)))
            if own.thread_id is not None and not await _replies(tx, who, own.thread_id):
                empty = CommentRow.deleted_at.is_not(None)
                await tx.execute(
                    delete(CommentRow).where(*_this(who, project_id, own.thread_id), empty)
                )
            await _tell(tx, own, "deleted")

    async def resolve(
        self, who: Principal, project_id: ProjectId, comment_id: CommentId, *, resolved: bool
    ) -> Comment:
        """Say that a thread is settled, or is not after all; doing it again changes nothing."""
        async with self._database.transaction(who) as tx:
            first = await _one(tx, who, project_id, comment_id)
            if first.thread_id is not None:
                first = await _one(tx, who, project_id, first.thread_id)
            if (first.resolved_at is not None) is resolved:
                return first
            values = {
                "resolved_at": self._clock.now() if resolved else None,
                "resolved_by": who.user if resolved else None,
            }
            what = "resolved" if resolved else "reopened"
            return await self._change(tx, who, project_id, first.id, what, values)

    async def list(
        self,
        who: Principal,
        project_id: ProjectId,
        wanted: CommentFilter = _ALL,
        paging: Paging = _BEGINNING,
    ) -> Page[CommentThread]:
        """Threads, the newest first, each with all its replies."""
        async with self._database.read(who) as tx:
            await project_of(tx, who.workspace, project_id)
            threads, last = await threads_of(tx, who.workspace, project_id, wanted, paging)
        if any(one.first.anchor.about in _ANCHORED for one in threads):
            names = await self._anchors.read(who, project_id)
            threads = [replace(one, lost=_is_lost(one.first.anchor, names)) for one in threads]
        return Page(threads, last)

    def _new(
        self,
        project_id: ProjectId,
        body: str,
        anchor: Anchor,
        *,
        user: UserId | None = None,
        guest: str | None = None,
    ) -> Comment:
        now = self._clock.now()
        return Comment(CommentId.new(), project_id, None, user, guest, anchor, body, now)

    async def _change(
        self,
        tx: Tx,
        who: Principal,
        project_id: ProjectId,
        comment_id: CommentId,
        what: str,
        values: Mapping[str, Any],
    ) -> Comment:
        this = _this(who, project_id, comment_id)
        await tx.execute(update(CommentRow).where(*this).values(**values))
        changed = await _one(tx, who, project_id, comment_id)
        await _tell(tx, changed, what)
        return changed


async def add_in(tx: Tx, workspace: WorkspaceId, said: Comment) -> None:
    """Write down what was said, and tell of it."""
    anchor = said.anchor
    row = {"id": said.id, "workspace_id": workspace, "project_id": said.project_id}
    row |= {"thread_id": said.thread_id, "user_id": said.user_id, "guest": said.guest}
    row |= {"about": anchor.about.value, "anchor": anchor.id, "label": anchor.label}
    row |= {"at_ms": anchor.at_ms, "body": said.body, "created_at": said.created_at}
    await tx.execute(insert(CommentRow).values(row))
    await _tell(tx, said, "added", workspace)


async def threads_of(
    tx: Tx, workspace: WorkspaceId, project_id: ProjectId, wanted: CommentFilter, paging: Paging
) -> tuple[list[CommentThread], str | None]:
    """A page of a project's threads, and where the next one begins."""
    mine = CommentRow.workspace_id == workspace, CommentRow.project_id == project_id
    query = select(CommentRow).where(*mine, CommentRow.thread_id.is_(None))
    if wanted.about is not None:
        query = query.where(CommentRow.about == wanted.about.value)
    if wanted.anchor is not None:
        query = query.where(CommentRow.anchor == wanted.anchor)
    if wanted.resolved is not None:
        done = CommentRow.resolved_at
        query = query.where(done.is_not(None) if wanted.resolved else done.is_(None))
    if after := paging.after():
        query = query.where(CommentRow.id < str(after[0]))
    query = query.order_by(CommentRow.id.desc()).limit(paging.limit + 1)
    page = paging.page([_comment(row) for row in await tx.scalars(query)], lambda one: [one.id])
    answers: dict[str, list[Comment]] = {one.id: [] for one in page.rows}
    asked = select(CommentRow).where(*mine, CommentRow.thread_id.in_(list(answers)))
    for row in await tx.scalars(asked.order_by(CommentRow.id)):
        answers[str(row.thread_id)].append(_comment(row))
    return [CommentThread(one, answers[one.id]) for one in page.rows], page.next


def _this(who: Principal, project_id: ProjectId, comment_id: CommentId) -> tuple[Any, ...]:
    return (
        CommentRow.workspace_id == who.workspace,
        CommentRow.project_id == project_id,
        CommentRow.id == comment_id,
    )


async def _one(tx: Tx, who: Principal, project_id: ProjectId, comment_id: CommentId) -> Comment:
    row = await tx.scalar(
        select(CommentRow)
        .where(*_this(who, project_id, comment_id))
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise CommentMissingError(f"there is no comment {comment_id}")
    return _comment(row)


async def _own(tx: Tx, who: Principal, project_id: ProjectId, comment_id: CommentId) -> Comment:
    """A comment of whoever asks, that nobody answers or changes until the end."""
    found = await _one(tx, who, project_id, comment_id)
    if found.user_id != who.user:
        raise NotYoursError("somebody else said this", way_out="answer it, or resolve the thread")
    await _hold(tx, who, project_id, found)
    return await _one(tx, who, project_id, comment_id)


async def _hold(
    tx: Tx, who: Principal, project_id: ProjectId, said: Comment, *, reply: bool = False
) -> None:
    """Hold the comment a thread begins with until the end; raises CommentMissingError if it went.

    Many may answer at once; whoever takes the first comment back waits for them.
    """
    first = said.thread_id or said.id
    query = select(CommentRow.id).where(*_this(who, project_id, first))
    held = query.with_for_update(read=True, key_share=True) if reply else query.with_for_update()
    if await tx.scalar(held) is None:
        raise CommentMissingError(f"there is no comment {first}")


async def _replies(tx: Tx, who: Principal, thread_id: CommentId | None) -> int:
    query = select(func.count()).where(
        CommentRow.workspace_id == who.workspace, CommentRow.thread_id == thread_id
    )
    return await tx.scalar(query) or 0


async def _tell(tx: Tx, said: Comment, what: str, workspace: WorkspaceId | None = None) -> None:
    told = {"comment_id": said.id, "thread_id": said.thread_id or said.id, "what": what}
    await announce(tx, announcing.COMMENTED, said.project_id, workspace=workspace, **told)


def _is_lost(anchor: Anchor, names: Mapping[str, str]) -> bool:
    return anchor.about in _ANCHORED and anchor.id not in names


def _comment(row: CommentRow) -> Comment:
    anchor = Anchor(About(row.about), row.anchor, row.at_ms, row.label)
    return Comment(
        CommentId(row.id),
        ProjectId(row.project_id),
        CommentId(row.thread_id) if row.thread_id else None,
        UserId(row.user_id) if row.user_id else None,
        row.guest,
        anchor,
        row.body,
        row.created_at,
        row.edited_at,
        row.resolved_at,
        UserId(row.resolved_by) if row.resolved_by else None,
        row.deleted_at,
    )
