"""People: who they are at the door, and by their ids for scripts that know no other name of them."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, provide, provide_all
from sqlalchemy import select

from reelwright.engines.database.database import Database
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.auth_service import AuthService
from reelwright.identity.doorkeeper import Doorkeeper, Homes
from reelwright.identity.invitations import InvitationService
from reelwright.identity.leaving import Erasure, Leaving
from reelwright.identity.members import MemberService
from reelwright.identity.operators import Operators
from reelwright.identity.oversight import Oversight
from reelwright.identity.owner import LocalOwner
from reelwright.identity.passwords import Passwords
from reelwright.identity.quotas import JobCharges, Quotas
from reelwright.identity.sessions import SessionService
from reelwright.identity.tables import WorkspaceRow
from reelwright.identity.throttling import Throttle
from reelwright.identity.tokens import TokenService
from reelwright.identity.usage import UsageBook
from reelwright.identity.users import Books, UserService
from reelwright.identity.workspaces import WorkspaceService
from reelwright.jobs.charging import JobQuota

_HOMES = Homes(
    {
        "asset_id": "assets",
        "film_id": "productions",
        "job_id": "jobs",
        "reference_id": "project_references",
        "session_id": "music_sessions",
        "thread_id": "threads",
    }
)


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


class People(Provider):
    """Who is who, and may what."""

    scope = Scope.APP
    known = provide_all(PrincipalOf, WorkspaceService, LocalOwner, Operators, AuditLog, Books)
    counted = provide_all(Quotas, UsageBook, Oversight)
    jobs = provide(JobCharges, provides=JobQuota)
    door = provide_all(TokenService, SessionService, Doorkeeper, AuthService, Throttle)
    places = provide_all(MemberService, InvitationService, Leaving, Erasure)

    @provide
    def users(self, database: Database, books: Books) -> UserService:
        return UserService(database, books)

    @provide
    def homes(self) -> Homes:
        return _HOMES

    @provide
    async def passwords(self) -> AsyncIterator[Passwords]:
        passwords = Passwords()
        yield passwords
        passwords.close()
