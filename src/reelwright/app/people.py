"""Principals by a user's id, for the scripts and plugins that know no other name of a person."""

from sqlalchemy import select

from reelwright.engines.database.database import Database
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.tables import WorkspaceRow


class PrincipalOf:
    """Finds the principal that acts for a user in the workspace of their own.

    Never to be reached by a request: it believes whoever asks.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, user: str) -> Principal:
        """The principal of a user; raises MissingError."""
        known = UserId.parse(user)
        asked = select(WorkspaceRow.id).where(WorkspaceRow.owner_id == known, WorkspaceRow.personal)
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            workspace = await tx.scalar(asked)
        if workspace is None:
            raise MissingError(f"there is no user {known}")
        return Principal(known, workspace)
