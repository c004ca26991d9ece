"""Threads and messages in the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import DirectorMessageId, DirectorThreadId, ProjectId, RevisionId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.studio.advice.model import Advice, AdviceMissingError, Edit, Thread
from reelwright.studio.advice.tables import DirectorMessageRow, DirectorThreadRow


async def add_thread(tx: Tx, who: Principal, thread: Thread) -> None:
    """Write a new thread down."""
    row = {"id": thread.id, "project_id": thread.project_id, "title": thread.title}
    row |= {"workspace_id": who.workspace, "user_id": who.user, "created_at": thread.created_at}
    await tx.execute(insert(DirectorThreadRow).values(row))


async def thread_of(
    tx: Tx, who: Principal, thread_id: DirectorThreadId, *, lock: bool = False
) -> Thread:
    """A thread; raises AdviceMissingError. With `lock` nobody else adds to it meanwhile."""
    query = select(DirectorThreadRow).where(
        DirectorThreadRow.workspace_id == who.workspace, DirectorThreadRow.id == thread_id
    )
    if lock:
        query = query.with_for_update()
    row = (await tx.execute(query)).scalar_one_or_none()
    if row is None:
        raise AdviceMissingError(f"there is no thread {thread_id}")
    return _thread(row)


async def threads_of(tx: Tx, who: Principal, project_id: ProjectId, paging: Paging) -> Page[Thread]:
    """A project's threads, newest first."""
    query = select(DirectorThreadRow).where(
        DirectorThreadRow.workspace_id == who.workspace,
        DirectorThreadRow.project_id == project_id,
    )
    if after := paging.after():
        query = query.where(DirectorThreadRow.id < str(after[0]))
    query = query.order_by(DirectorThreadRow.id.desc()).limit(paging.limit + 1)
    found = [_thread(row) for row in (await tx.execute(query)).scalars()]
    return paging.page(found, lambda one: [one.id])


async def add_messages(tx: Tx, who: Principal, messages: Sequence[dict[str, Any]]) -> list[Advice]:
    """Write messages down at the end of their thread, which the caller holds locked."""
    last = select(func.coalesce(func.max(DirectorMessageRow.number), 0)).where(
        DirectorMessageRow.workspace_id == who.workspace,
        DirectorMessageRow.thread_id == messages[0]["thread_id"],
    )
    number = (await tx.execute(last)).scalar_one()
    rows = [
        {**one, "workspace_id": who.workspace, "user_id": who.user, "number": number + at}
        for at, one in enumerate(messages, 1)
    ]
    adding = insert(DirectorMessageRow).returning(DirectorMessageRow, sort_by_parameter_order=True)
    return [_message(row) for row in (await tx.execute(adding, rows)).scalars()]


async def message_of(tx: Tx, who: Principal, message_id: DirectorMessageId) -> Advice:
    """A message; raises AdviceMissingError."""
    query = select(DirectorMessageRow).where(
        DirectorMessageRow.workspace_id == who.workspace, DirectorMessageRow.id == message_id
    )
    row = (await tx.execute(query)).scalar_one_or_none()
    if row is None:
        raise AdviceMissingError(f"there is no message {message_id}")
    return _message(row)


async def last_messages(
    tx: Tx, who: Principal, thread_id: DirectorThreadId, most: int
) -> list[Advice]:
    """The last so many messages of a thread, oldest first."""
    query = select(DirectorMessageRow).where(
        DirectorMessageRow.workspace_id == who.workspace,
        DirectorMessageRow.thread_id == thread_id,
    )
    query = query.order_by(DirectorMessageRow.number.desc()).limit(most)
    return [_message(row) for row in (await tx.execute(query)).scalars()][::-1]


def _thread(row: DirectorThreadRow) -> Thread:
    return Thread(DirectorThreadId(row.id), ProjectId(row.project_id), row.title, row.created_at)


def _message(row: DirectorMessageRow) -> Advice:
    return Advice(
        id=DirectorMessageId(row.id),
        thread_id=DirectorThreadId(row.thread_id),
        project_id=ProjectId(row.project_id),
        number=row.number,
        role=row.role,
        text=row.text,
        edits=tuple(Edit.read(one) for one in row.edits),
        warnings=tuple(row.warnings),
        about=tuple(row.about),
        images=tuple(row.images),
        revision_id=RevisionId(row.revision_id),
        model=row.model,
        cost_micros=row.cost_micros,
        currency=row.currency,
        created_at=row.created_at,
    )
