"""The ways in a person has: nobody is to lock themselves out."""

from datetime import datetime

from sqlalchemy import func, select

from reelwright.engines.database.database import Tx
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import SessionId, UserId
from reelwright.identity.tables import (
    CredentialRow,
    PasskeyRow,
    SessionRow,
    SocialAccountRow,
    UserRow,
)


async def keep_one(tx: Tx, user: UserId) -> None:
    """Raise ConflictError unless there is a way in besides the one that is about to go.

    Of two that go at once, the second sees that the first has gone.
    """
    await tx.execute(select(UserRow.id).where(UserRow.id == user).with_for_update())
    ways = 0
    for table in (CredentialRow, PasskeyRow, SocialAccountRow):
        counting = select(func.count()).select_from(table).where(table.user_id == user)
        ways += await tx.scalar(counting) or 0
    if ways < 2:
        raise ConflictError(
            "this is your last way in", way_out="set a password, or add another way, first"
        )


async def still_signed_in(tx: Tx, user: UserId, session: SessionId | None, now: datetime) -> bool:
    """Whether a session in which something was begun goes on, of somebody who is not kept out.

    Both stay so until the commit: whoever ends sessions, or closes ways in, comes before or after.
    """
    person = select(UserRow.id).where(UserRow.id == user, UserRow.suspended_at.is_(None))
    if await tx.scalar(person.with_for_update(read=True)) is None:
        return False
    live = select(SessionRow.id).where(
        SessionRow.id == session,
        SessionRow.user_id == user,
        SessionRow.revoked_at.is_(None),
        SessionRow.expires_at > now,
    )
    return await tx.scalar(live.with_for_update(read=True)) is not None
