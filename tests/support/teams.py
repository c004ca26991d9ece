"""A workspace of a team, with projects and people who are let in."""

from sqlalchemy import update

from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.limits.limiter import Limiter
from reelwright.engines.limits.settings import LimitSettings
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.audit import AuditLog
from reelwright.identity.invitations import InvitationService
from reelwright.identity.mail_codes import CodeKey
from reelwright.identity.members import MemberService
from reelwright.identity.plans import QuotaSettings
from reelwright.identity.quotas import Quotas
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import UserRow
from reelwright.identity.throttling import Throttle
from reelwright.identity.workspaces import WorkspaceService
from reelwright.projects.service import ProjectService
from support.people import new_person


class Team:
    """A workspace of a team, and two projects of it."""

    def __init__(self, database):
        self.database = database
        audit = AuditLog(database, SystemClock())
        self.members = MemberService(database, audit)
        quotas = Quotas(database, SystemClock(), QuotaSettings())
        limits = LimitSettings(letter="none", invitation="none")
        limiter = Limiter(limits, CacheSettings(), SystemClock())
        self.offers = InvitationService(
            database,
            SystemClock(),
            audit,
            Throttle(limiter),
            CodeKey(b"k" * 32),
            IdentitySettings(),
            quotas,
        )
        self.projects = ProjectService(database, SystemClock())

    async def gather(self):
        self.ada = await self.person("ada")
        made = await WorkspaceService(self.database).create(self.ada, "Team")
        self.owner = Principal(self.ada.user, made.id, Role.OWNER)
        self.one, self.other = [await self.project(self.owner, name) for name in "AB"]
        return self

    async def person(self, name):
        who = await new_person(self.database, name)
        async with self.database.transaction(Activity.SIGN_IN) as tx:
            await tx.execute(
                update(UserRow).where(UserRow.id == who.user).values(email=f"{name}@example.com")
            )
        return who

    async def project(self, who, name):
        files = {"a.fountain": AssetId.new()}
        return (await self.projects.create(who, name, files, "a.fountain")).id

    async def let_in(self, name, role, project=None, *, by=None):
        """Somebody new, let in by invitation, as the door would know them."""
        who = await self.person(name)
        made = await self.offers.offer(by or self.owner, f"{name}@example.com", role, project)
        await self.offers.accept(who.user, made.text)
        return Principal(who.user, self.owner.workspace, Role.GUEST if project else role)
