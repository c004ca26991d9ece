"""Invitations: a place in a workspace or on a project, offered to an address."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from reelwright.engines.database.database import Database, Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.ground.clock import Clock
from reelwright.ground.errors import (
    ConflictError,
    DeniedError,
    InvalidInputError,
    MissingError,
    UnauthenticatedError,
)
from reelwright.ground.ids import InvitationId, ProjectId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.audit import AuditLog
from reelwright.identity.emails import clean_email
from reelwright.identity.handing_over import (
    Given,
    owner_to_give,
    take_project,
    take_workspace,
)
from reelwright.identity.mail_codes import CodeKey
from reelwright.identity.members import may_admit
from reelwright.identity.putting_out import end_offers, settle
from reelwright.identity.quotas import Quotas
from reelwright.identity.secrets import SecretText
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tables import InvitationRow, MembershipRow, UserRow, WorkspaceRow
from reelwright.identity.throttling import Throttle

INVITED = "member:invited"
"""The event that has an invitation's letter written."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A place that is offered, not yet taken or taken back.

    With `owned_by` it is the project itself, or the workspace, and theirs until then.
    """

    id: InvitationId
    email: str
    role: Role
    project: ProjectId | None
    workspace: WorkspaceId
    by: UserId
    created_at: datetime
    expires_at: datetime
    workspace_name: str = ""
    owned_by: UserId | None = None
    leaves: bool = False

    @property
    def hands_over(self) -> bool:
        """Whether whoever takes it becomes the owner in somebody's place."""
        return self.owned_by is not None


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody has offered, the text that opens it, and whether a letter takes it there.

    A letter goes only on behalf of whoever has proved their own address: nobody else has us write
    to strangers.
    """

    invitation: Invitation
    text: str = field(repr=False)
    mailed: bool


_NAME_OF = select(WorkspaceRow.name)
STANDS = func.offer_stands(InvitationRow.id)
"""Whether whoever offered it is not kept out, and might offer it still."""


class InvitationGoneError(MissingError):
    """There is no such invitation, or it is over."""

    code = "invitation_gone"


class InvitationService:
    """Offers places, and lets those in who were offered one."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        audit: AuditLog,
        throttle: Throttle,
        key: CodeKey,
        settings: IdentitySettings,
        quotas: Quotas,
    ) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._throttle = throttle
        self._key = key
        self._quotas = quotas
        self._for = timedelta(days=settings.invitation_days)

    async def offer(
        self, who: Principal, email: str, role: Role, project: ProjectId | None = None
    ) -> Offered:
        """Offer a place in the workspace, or on one project of it; the text that opens it is told once.

        Raises DeniedError, InvalidInputError for a role nobody can be invited to, RateLimitedError.
        """
        email = clean_email(email)
        if role is Role.GUEST or (project is None and role is Role.OWNER):
            raise InvalidInputError(f"nobody is invited as {role.value}")
        if project is not None and role is Role.ADMIN:
            raise InvalidInputError("projects have no admins", way_out="invite an owner or editor")
        await self._throttle.invitation(who.user, email)
        offered, secret = self._new(who, email, role, project)
        async with self._database.transaction(who) as tx:
            await may_admit(tx, role, project)
            return await self._add(tx, who, offered, secret)

    async def hand_over(
        self, who: Principal, email: str, project: ProjectId | None = None, *, leaves: bool = False
    ) -> Offered:
        """Offer a project itself, or the workspace of whoever asks; the text that opens it is told once.

        It is the offerer's until somebody takes it; then they are an editor of it, or, if they want
        to leave, nothing. Raises DeniedError for who does not own it, ConflictError for a personal
        workspace, RateLimitedError.
        """
        email = clean_email(email)
        await self._throttle.invitation(who.user, email)
        offered, secret = self._new(who, email, Role.OWNER, project)
        async with self._database.transaction(who) as tx:
            owner = await owner_to_give(tx, who, project)
            offered = replace(offered, owned_by=owner, leaves=leaves)
            return await self._add(tx, who, offered, secret)

    def _new(
        self, who: Principal, email: str, role: Role, project: ProjectId | None
    ) -> tuple[Invitation, SecretText]:
        secret, now = self._key.text(InvitationId.new()), self._clock.now()
        offered = Invitation(
            secret.id, email, role, project, who.workspace, who.user, now, now + self._for
        )
        return offered, secret

    async def _add(
        self, tx: Tx, who: Principal, offered: Invitation, secret: SecretText
    ) -> Offered:
        row = {"id": offered.id, "workspace_id": who.workspace, "project_id": offered.project}
        row |= {"user_id": who.user, "email": offered.email, "role": offered.role.value}
        row |= {"hash": secret.hash(), "owned_by": offered.owned_by, "leaves": offered.leaves}
        row |= {"created_at": offered.created_at, "expires_at": offered.expires_at}
        await tx.execute(insert(InvitationRow).values(row))
        # Whose address it is stands in the offer alone, and goes with it: the trail is for ever.
        said: dict[str, object] = {"role": offered.role.value, "project_id": offered.project}
        said |= {"hands_over": True} if offered.hands_over else {}
        await self._audit.write(tx, who, "invitation:offered", offered.id, said)
        name = await tx.scalar(_NAME_OF.where(WorkspaceRow.id == who.workspace))
        inviter = await tx.get_one(UserRow, who.user)
        mailed = inviter.local or inviter.email_verified_at is not None
        if mailed:
            await publish(tx, NewEvent(INVITED, offered.id))
        return Offered(replace(offered, workspace_name=name or ""), secret.reveal(), mailed)

    async def list(self, who: Principal, project: ProjectId | None = None) -> Sequence[Invitation]:
        """The open offers in the workspace, or those of a project; newest first."""
        statement = select(InvitationRow).where(
            InvitationRow.workspace_id == who.workspace,
            InvitationRow.project_id.is_not_distinct_from(project),
            *self._open(),
        )
        async with self._database.read(who) as tx:
            name = await tx.scalar(_NAME_OF.where(WorkspaceRow.id == who.workspace))
            rows = await tx.scalars(statement.order_by(InvitationRow.id.desc()))
            return [_invitation(row, name or "") for row in rows]

    async def revoke(self, who: Principal, invitation: InvitationId) -> None:
        """Take an offer back; again is no error."""
        async with self._database.transaction(who) as tx:
            found = await tx.scalar(
                update(InvitationRow)
                .where(InvitationRow.workspace_id == who.workspace, InvitationRow.id == invitation)
                .values(revoked_at=func.coalesce(InvitationRow.revoked_at, func.now()))
                .returning(InvitationRow.id)
            )
            if found is None:
                raise InvitationGoneError("there is no such invitation")
            await self._audit.write(tx, who, "invitation:revoked", invitation, {})

    async def look_at(self, text: str) -> Invitation:
        """What a text opens, for whoever has it; raises InvitationGoneError."""
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            return await self._find(tx, text)

    async def accept(self, user: UserId, text: str) -> Invitation:
        """Let somebody in who was offered a place, at the address they sign in with.

        A better place they have already stays. Raises InvitationGoneError, also when whoever offered
        it might not offer it any more, DeniedError; and QuotaError where a project is handed over for whose files they have no room.
        """
        async with self._database.transaction(Activity.SIGN_IN) as tx:
            offered = await self._find(tx, text, lock=True)
            person = await tx.get_one(UserRow, user)
            if person.email != offered.email:
                raise DeniedError(
                    "this invitation is for another address",
                    way_out=f"sign in as the person it was sent to ({_hidden(offered.email)})",
                )
            await tx.execute(
                update(InvitationRow)
                .where(InvitationRow.id == offered.id)
                .values(accepted_at=self._clock.now())
            )
            if offered.owned_by is None:
                await _let_in(tx, user, offered)
            else:
                await self._take_over(tx, user, offered, offered.owned_by)
            who = Principal(user, offered.workspace)
            said = {"user": user, "role": offered.role.value, "project_id": offered.project}
            await self._audit.write(tx, who, "invitation:accepted", offered.id, said)
            place = offered.project or offered.workspace
            await publish(tx, NewEvent("member:added", place, said, offered.workspace))
        return offered

    async def _take_over(self, tx: Tx, user: UserId, offered: Invitation, giver: UserId) -> None:
        """Make somebody the owner in the giver's place; of two who are offered it, the first is."""
        if giver == user:
            raise ConflictError("it is yours already")
        place = offered.project or offered.workspace
        given = Given(place, giver, user, leaves=offered.leaves)
        if offered.project is None:
            taken = await take_workspace(tx, given)
        else:
            limits = (await self._quotas.allowance(tx, user)).limits
            taken = await take_project(tx, given, limits.storage)
        if not taken:
            raise InvitationGoneError("this is not theirs to give any more")
        who = Principal(user, offered.workspace)
        told: list[NewEvent] = []
        if offered.project is None:
            await end_offers(tx, giver, offered.workspace)
            told = await settle(tx, self._audit, who, giver)
        kind = "workspace" if offered.project is None else "project"
        said = {"user": user, "was": giver, "left": offered.leaves}
        await self._audit.write(tx, who, f"{kind}:handed_over", place, said)
        if offered.project is not None:
            told = [NewEvent("project:handed_over", offered.project, said, offered.workspace)]
        await publish(tx, *told)

    async def _find(self, tx: Tx, text: str, *, lock: bool = False) -> Invitation:
        try:
            secret = SecretText.parse(text, InvitationId)
        except UnauthenticatedError:
            raise InvitationGoneError("this is no invitation") from None
        statement = (
            select(InvitationRow, WorkspaceRow.name)
            .join(WorkspaceRow, WorkspaceRow.id == InvitationRow.workspace_id)
            .where(InvitationRow.id == secret.id, *self._open(), STANDS)
        )
        if lock:
            statement = statement.with_for_update(of=InvitationRow)
        row = (await tx.execute(statement)).one_or_none()
        if not secret.fits(row[0].hash if row else None) or row is None:
            raise InvitationGoneError("this invitation is over, or was taken back")
        return _invitation(row[0], row[1])

    def _open(self) -> tuple[ColumnElement[bool], ...]:
        return (
            InvitationRow.accepted_at.is_(None),
            InvitationRow.revoked_at.is_(None),
            InvitationRow.expires_at > self._clock.now(),
        )


async def _let_in(tx: Tx, user: UserId, offered: Invitation) -> None:
    place = {"workspace_id": offered.workspace, "user_id": user, "project_id": offered.project}
    adding = upsert(MembershipRow).values(**place, role=offered.role.value)
    if await tx.scalar(adding.on_conflict_do_nothing().returning(MembershipRow.user_id)):
        return
    mine = (
        MembershipRow.workspace_id == offered.workspace,
        MembershipRow.user_id == user,
        MembershipRow.project_id.is_not_distinct_from(offered.project),
    )
    has = Role((await tx.execute(select(MembershipRow.role).where(*mine))).scalar_one())
    if has.reaches(offered.role):
        raise ConflictError(f"you are there already, as {has.value}")
    await tx.execute(update(MembershipRow).where(*mine).values(role=offered.role.value))


def _hidden(email: str) -> str:
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def _invitation(row: InvitationRow, workspace_name: str) -> Invitation:
    return Invitation(
        InvitationId(row.id),
        row.email,
        Role(row.role),
        ProjectId(row.project_id) if row.project_id else None,
        WorkspaceId(row.workspace_id),
        UserId(row.user_id),
        row.created_at,
        row.expires_at,
        workspace_name,
        UserId(row.owned_by) if row.owned_by else None,
        row.leaves,
    )
