"""Conversations as they are kept, and what of a long one is said to a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from reelwright.engines.database.database import Tx
from reelwright.generation.llm.tables import ThreadMessageRow, ThreadRow
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import AssetId, MessageId, ProjectId, SubmissionId, ThreadId, UserId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal

_THREAD = ThreadRow.__table__.columns
_MESSAGE = ThreadMessageRow.__table__.columns

_MOST_TOKENS = 60_000
_SIGNS_A_TOKEN = 3
_TOKENS_A_PICTURE = 1500
_MOST_PICTURES = 8


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation. `route` is how its models are chosen, as `RouteParams` writes it."""

    id: ThreadId
    user: UserId
    project_id: ProjectId | None
    title: str
    system: str
    route: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One message. An answer names its model, its call and what it cost, in millionths of `currency`."""

    id: MessageId
    role: str
    text: str
    images: Sequence[AssetId] = ()
    submission: SubmissionId | None = None
    model: str | None = None
    cost_micros: int | None = None
    currency: str | None = None
    created_at: datetime | None = None


def said(system: str, turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """What a model is told of a conversation, as messages in JSON.

    Always what stands before all of it, and the newest turn. Then as many turns before that, newest
    first and without gaps, as fit into 60,000 tokens (three signs each, 1,500 for a picture); it
    begins with a person's turn. Of pictures the newest eight are shown, older ones only mentioned.
    """
    kept, left, pictures = list[Turn](), _MOST_TOKENS, 0
    for turn in reversed(turns):
        left -= len(turn.text) // _SIGNS_A_TOKEN + _TOKENS_A_PICTURE * len(turn.images)
        if kept and left < 0:
            break
        kept.append(turn)
    while len(kept) > 1 and kept[-1].role != "user":
        kept.pop()
    told: list[dict[str, Any]] = []
    for turn in kept:
        shown = list(turn.images)[: max(0, _MOST_PICTURES - pictures)]
        pictures += len(shown)
        gone = len(turn.images) - len(shown)
        text = turn.text + (f"\n({gone} earlier pictures)" if gone else "")
        told.append({"role": turn.role, "text": text, "images": [{"asset": one} for one in shown]})
    head = [{"role": "system", "text": system}] if system else []
    return head + told[::-1]


async def add(tx: Tx, who: Principal, values: Mapping[str, Any]) -> Thread:
    """Begin a conversation."""
    row = {"id": ThreadId.new(), "workspace_id": who.workspace, "user_id": who.user, **values}
    adding = insert(ThreadRow).values(row).returning(*_THREAD)
    return _thread((await tx.execute(adding)).mappings().one())


async def get(tx: Tx, who: Principal, thread: ThreadId) -> Thread:
    """One; MissingError."""
    mine = ThreadRow.workspace_id == who.workspace, ThreadRow.id == thread
    row = (await tx.execute(select(*_THREAD).where(*mine))).mappings().one_or_none()
    if row is None:
        raise MissingError(f"there is no thread {thread}")
    return _thread(row)


async def page(tx: Tx, who: Principal, project: ProjectId | None, paging: Paging) -> Page[Thread]:
    """Conversations, newest first; of one project, if it is named."""
    query = select(*_THREAD).where(ThreadRow.workspace_id == who.workspace)
    if project is not None:
        query = query.where(ThreadRow.project_id == project)
    if after := paging.after():
        query = query.where(ThreadRow.id < str(after[0]))
    query = query.order_by(ThreadRow.id.desc()).limit(paging.limit + 1)
    rows = [_thread(row) for row in (await tx.execute(query)).mappings()]
    return paging.page(rows, lambda thread: [thread.id])


async def remove(tx: Tx, who: Principal, thread: ThreadId) -> None:
    """Forget one with all its turns; MissingError."""
    await get(tx, who, thread)
    mine = ThreadRow.workspace_id == who.workspace, ThreadRow.id == thread
    await tx.execute(delete(ThreadRow).where(*mine))


async def turns(tx: Tx, who: Principal, thread: ThreadId) -> list[Turn]:
    """All turns, in order."""
    mine = ThreadMessageRow.workspace_id == who.workspace, ThreadMessageRow.thread_id == thread
    query = select(*_MESSAGE).where(*mine).order_by(ThreadMessageRow.id)
    return [_turn(row) for row in (await tx.execute(query)).mappings()]


async def add_turn(
    tx: Tx, who: Principal, thread: ThreadId, role: str, text: str, **more: Any
) -> Turn:
    """Write a turn down; the conversation was spoken in just now."""
    row = {"id": MessageId.new(), "workspace_id": who.workspace, "thread_id": thread}
    row |= {"role": role, "text": text, **more}
    adding = insert(ThreadMessageRow).values(row).returning(*_MESSAGE)
    turn = _turn((await tx.execute(adding)).mappings().one())
    mine = ThreadRow.workspace_id == who.workspace, ThreadRow.id == thread
    await tx.execute(update(ThreadRow).where(*mine).values(updated_at=func.clock_timestamp()))
    return turn


def _thread(row: Mapping[Any, Any]) -> Thread:
    project = row["project_id"]
    return Thread(
        ThreadId(row["id"]),
        UserId(row["user_id"]),
        ProjectId(project) if project else None,
        row["title"],
        row["system"],
        row["route"],
        row["created_at"],
        row["updated_at"],
    )


def _turn(row: Mapping[Any, Any]) -> Turn:
    call = row["submission_id"]
    return Turn(
        MessageId(row["id"]),
        row["role"],
        row["text"],
        tuple(AssetId(one) for one in row["images"]),
        SubmissionId(call) if call else None,
        row["model"],
        row["cost_micros"],
        row["currency"],
        row["created_at"],
    )
