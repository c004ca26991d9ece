"""The door: whoever brings a token or a session is let in as somebody, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import WorkspaceId
from reelwright.ground.principals import Principal, Role
from reelwright.identity.sessions import SessionService
from reelwright.identity.tokens import TokenService
from reelwright.identity.visitors import Visitor

_SESSION = "rw_ses_"


@dataclass(frozen=True, slots=True)
class Homes:
    """The tables of higher floors that say to which project a thing belongs, by the name of its id."""

    tables: Mapping[str, str]


_ROLE_HERE = text("SELECT role_here(CAST(:project AS text))")


class Doorkeeper:
    """Lets visitors in, and knows what they may do on a project."""

    def __init__(
        self, database: Database, tokens: TokenService, sessions: SessionService, homes: Homes
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._sessions = sessions
        self._asked = {
            name: text(f"SELECT project_id FROM {table} WHERE workspace_id = :w AND id = :id")  # noqa: S608  # our own words only
            for name, table in homes.tables.items()
        }

    async def admit(self, secret: str, workspace: WorkspaceId | None = None) -> Visitor:
        """Who brings this text, a session's or a token's, into the workspace they name (none: their own).

        Raises UnauthenticatedError; NoPlaceError for a workspace in which they have no place.
        """
        if secret.startswith(_SESSION):
            return await self._sessions.admit(secret, workspace)
        return await self._tokens.admit(secret, workspace)

    async def role_on(self, who: Principal, project: str) -> Role | None:
        """What somebody may on a project of their workspace; None if it is not theirs to see."""
        async with self._database.read(who) as tx:
            said = await tx.scalar(_ROLE_HERE, {"project": project})
        general = None if who.role is Role.GUEST else who.role
        there = [role for role in (general, Role(said) if said else None) if role is not None]
        return min(there, key=list(Role).index, default=None)

    async def project_of(self, who: Principal, name: str, thing: str) -> str | None:
        """The project something belongs to, by the name of its id in paths; None if to none.

        Raises MissingError for what is not theirs to see.
        """
        if name == "project_id":
            return thing
        async with self._database.read(who) as tx:
            row = (await tx.execute(self._asked[name], {"w": who.workspace, "id": thing})).first()
        if row is None:
            raise MissingError("there is no such thing")
        found: str | None = row[0]
        return found
