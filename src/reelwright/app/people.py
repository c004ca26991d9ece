"""People: who they are at the door, and by their ids for scripts that know no other name of them."""

from collections.abc import AsyncIterator

from dishka import AsyncContainer, Provider, Scope, provide, provide_all
from sqlalchemy import select

from reelwright.app.settings import Settings, clear
from reelwright.engines.database.database import Database
from reelwright.engines.secrets.keys import house_key
from reelwright.engines.secrets.vault import Vault
from reelwright.ground.clock import Clock
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.auth_service import AuthService
from reelwright.identity.ceremonies import Ceremonies
from reelwright.identity.choices import ChoiceBook
from reelwright.identity.doorkeeper import Doorkeeper, Homes
from reelwright.identity.invitations import InvitationService
from reelwright.identity.leaving import Erasure, Leaving
from reelwright.identity.letters.inviting import InvitationWriter
from reelwright.identity.letters.writing import LetterWriter
from reelwright.identity.mail_codes import CodeKey, MailCodes
from reelwright.identity.members import MemberService
from reelwright.identity.oauth.places import Places
from reelwright.identity.oauth.settings import OAuthSettings
from reelwright.identity.oauth_service import OAuthService
from reelwright.identity.operators import Operators
from reelwright.identity.oversight import Oversight
from reelwright.identity.owner import LocalOwner
from reelwright.identity.passkeys import PasskeyService
from reelwright.identity.passwords import Passwords
from reelwright.identity.quotas import JobCharges, Quotas
from reelwright.identity.recovery import RecoveryService
from reelwright.identity.service_tokens import ServiceTokens
from reelwright.identity.sessions import SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.site import Site
from reelwright.identity.social_accounts import SocialAccountService
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
    counted = provide_all(Quotas, UsageBook, Oversight, ChoiceBook)
    jobs = provide(JobCharges, provides=JobQuota)
    door = provide_all(SessionService, Doorkeeper, AuthService, Throttle)
    places = provide_all(MemberService, InvitationService, Leaving, Erasure)

    @provide
    def users(self, database: Database, books: Books) -> UserService:
        return UserService(database, books)

    elsewhere = provide_all(OAuthService, SocialAccountService, Ceremonies, Places, PasskeyService)
    letters = provide_all(MailCodes, LetterWriter, InvitationWriter, RecoveryService)

    @provide
    def code_key(self, settings: Settings) -> CodeKey:
        given = clear(settings.secrets.house_key)
        return CodeKey(house_key(settings.home, "mail codes", given=given))

    @provide
    def service_tokens(
        self, database: Database, clock: Clock, site: Site, container: AsyncContainer
    ) -> ServiceTokens:
        async def vault() -> Vault:
            return await container.get(Vault)

        return ServiceTokens(database, clock, vault, site)

    @provide
    def tokens(
        self,
        database: Database,
        clock: Clock,
        audit: AuditLog,
        settings: IdentitySettings,
        services: ServiceTokens,
    ) -> TokenService:
        return TokenService(database, clock, audit, settings, services)

    @provide
    def oauth(self, settings: Settings) -> OAuthSettings:
        return settings.oauth

    @provide
    def site(self, settings: Settings) -> Site:
        return Site(settings.web.base_url)

    @provide
    def homes(self) -> Homes:
        return _HOMES

    @provide
    async def passwords(self) -> AsyncIterator[Passwords]:
        passwords = Passwords()
        yield passwords
        passwords.close()
