"""The ways in a person has: nobody is to lock themselves out."""

from sqlalchemy import func, select

from reelwright.engines.database.database import Tx
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import UserId
from reelwright.identity.tables import CredentialRow, PasskeyRow, SocialAccountRow, UserRow


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
