"""Rows of music sessions and takes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select, update

from reelwright.engines.database.database import Tx
from reelwright.ground.ids import AssetId, JobId, MusicSessionId, MusicTakeId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.studio.music.tables import MusicSessionRow, MusicTakeRow
from reelwright.studio.music.values import MusicSession, MusicTake, SessionMissingError


async def add_session(tx: Tx, who: Principal, session: MusicSession) -> None:
    """Write a session down."""
    await tx.execute(
        insert(MusicSessionRow).values(
            id=session.id,
            workspace_id=who.workspace,
            user_id=who.user,
            project_id=session.project_id,
            title=session.title,
            style=session.style,
            lyrics=session.lyrics,
            seconds=session.seconds,
            created_at=session.created_at,
        )
    )


async def sessions_of(tx: Tx, who: Principal, most: int) -> Sequence[MusicSession]:
    """The newest sessions, without their takes."""
    query = (
        select(MusicSessionRow)
        .where(MusicSessionRow.workspace_id == who.workspace)
        .order_by(MusicSessionRow.id.desc())
        .limit(most)
    )
    return [_session(row, ()) for row in (await tx.execute(query)).scalars()]


async def session_of(
    tx: Tx, who: Principal, session: MusicSessionId, *, hold: bool = False
) -> MusicSession:
    """A session with its takes; with `hold`, others wait to change it. Raises SessionMissingError."""
    query = select(MusicSessionRow).where(
        MusicSessionRow.workspace_id == who.workspace, MusicSessionRow.id == session
    )
    query = query.with_for_update() if hold else query
    row = (await tx.execute(query)).scalar_one_or_none()
    if row is None:
        raise SessionMissingError(f"there is no music session {session}")
    takes = (
        select(MusicTakeRow)
        .where(MusicTakeRow.workspace_id == who.workspace, MusicTakeRow.session_id == session)
        .order_by(MusicTakeRow.number)
    )
    return _session(row, [_take(one) for one in (await tx.execute(takes)).scalars()])


async def add_take(tx: Tx, who: Principal, session: MusicSessionId, values: dict[str, Any]) -> int:
    """Write a take down as the next of its session; its number."""
    query = select(func.coalesce(func.max(MusicTakeRow.number), 0)).where(
        MusicTakeRow.workspace_id == who.workspace, MusicTakeRow.session_id == session
    )
    number = int((await tx.execute(query)).scalar_one()) + 1
    row = {"workspace_id": who.workspace, "session_id": session, "number": number} | values
    await tx.execute(insert(MusicTakeRow).values(row))
    return number


async def change_take(tx: Tx, who: Principal, take: MusicTakeId, values: dict[str, Any]) -> None:
    """Change a take's row."""
    await tx.execute(
        update(MusicTakeRow)
        .where(MusicTakeRow.workspace_id == who.workspace, MusicTakeRow.id == take)
        .values(values)
    )


def _session(row: MusicSessionRow, takes: Sequence[MusicTake]) -> MusicSession:
    return MusicSession(
        MusicSessionId(row.id),
        row.title,
        row.style,
        row.lyrics,
        row.seconds,
        row.created_at,
        ProjectId(row.project_id) if row.project_id else None,
        takes,
    )


def _take(row: MusicTakeRow) -> MusicTake:
    return MusicTake(
        MusicTakeId(row.id),
        row.number,
        row.prompt,
        row.seconds,
        row.model,
        JobId(row.job_id) if row.job_id else None,
        AssetId(row.asset_id) if row.asset_id else None,
        MusicTakeId(row.extends) if row.extends else None,
        row.rating,
        row.micros,
        row.error,
    )
