"""The tables of users, workspaces, who belongs where, how they sign in, and who did what."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import Table, TenantTable
from reelwright.ground.ids import (
    AuditId,
    CeremonyId,
    InvitationId,
    MailCodeId,
    PasskeyId,
    SessionId,
    SigningKeyId,
    SocialAccountId,
    TokenId,
    UserId,
    WorkspaceId,
)

_ROLES = "role IN ('owner', 'admin', 'editor', 'commenter', 'viewer')"
_PROJECT_ROLES = "project_id IS NULL OR role <> 'admin'"


class UserRow(Table):
    """A person. At most one is `local`: whoever owns this machine's installation.

    An `admin` operates the installation. `plan` names their limits (null: the usual ones), each `max_`
    overrules one of them. `zone` names the time zone in which their day begins. `erasing_at`: they have
    left for good, and all that is theirs is being deleted.
    """

    __tablename__ = "users"
    __table_args__ = (
        Index("uq_users_local", "local", unique=True, postgresql_where=text("local")),
        Index("uq_users_email", "email", unique=True),
    )

    id: Mapped[UserId] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None]
    local: Mapped[bool] = mapped_column(server_default=text("false"))
    admin: Mapped[bool] = mapped_column(server_default=text("false"))
    plan: Mapped[str | None]
    max_accounts: Mapped[int | None]
    max_jobs_a_day: Mapped[int | None] = mapped_column(BigInteger)
    max_jobs_at_once: Mapped[int | None] = mapped_column(BigInteger)
    max_storage: Mapped[int | None] = mapped_column(BigInteger)
    zone: Mapped[str] = mapped_column(server_default=text("'UTC'"))
    email_verified_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    erasing_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class WorkspaceRow(Table):
    """The tenant. Everyone owns exactly one that is `personal`."""

    __tablename__ = "workspaces"
    __table_args__ = (
        Index("uq_workspaces_personal", "owner_id", unique=True, postgresql_where=text("personal")),
        Index("ix_workspaces_owner_id", "owner_id"),
    )

    id: Mapped[WorkspaceId] = mapped_column(primary_key=True)
    name: Mapped[str]
    owner_id: Mapped[UserId] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    personal: Mapped[bool] = mapped_column(server_default=text("false"))
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class MembershipRow(Table):
    """Who belongs to which workspace, or to which project of it, as what."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint(_ROLES, name="role"),
        CheckConstraint(_PROJECT_ROLES, name="project_role"),
        ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_memberships_project",
            ondelete="CASCADE",
        ),
        Index(
            "uq_memberships_place",
            "workspace_id",
            "user_id",
            "project_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_memberships_user_id", "user_id"),
        Index(
            "ix_memberships_project",
            "workspace_id",
            "project_id",
            postgresql_where=text("project_id IS NOT NULL"),
        ),
    )

    workspace_id: Mapped[WorkspaceId] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE")
    )
    user_id: Mapped[UserId] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    project_id: Mapped[str | None] = mapped_column(Text())
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __mapper_args__ = {  # noqa: RUF012  # the base class's word
        "primary_key": [workspace_id, user_id, project_id],
        "allow_partial_pks": True,
    }


class InvitationRow(TenantTable):
    """A place offered to whoever has the secret; only its hash is kept.

    With `owned_by` the project or the workspace itself is offered: it is theirs until then, and if
    `leaves`, they go.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint(_ROLES, name="role"),
        CheckConstraint(_PROJECT_ROLES, name="project_role"),
        CheckConstraint("owned_by IS NULL OR role = 'owner'", name="hands_over"),
        ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_invitations_project",
            ondelete="CASCADE",
        ),
        Index("ix_invitations_workspace_id", "workspace_id", "id"),
        Index("ix_invitations_project", "workspace_id", "project_id"),
        Index("ix_invitations_user_id", "user_id"),
    )

    id: Mapped[InvitationId] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    project_id: Mapped[str | None]
    user_id: Mapped[UserId] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    email: Mapped[str]
    role: Mapped[str]
    hash: Mapped[str]
    owned_by: Mapped[str | None] = mapped_column(Text())
    leaves: Mapped[bool] = mapped_column(server_default=text("false"))
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class CredentialRow(Table):
    """How a person's password is checked. Requests have no right to it at all."""

    __tablename__ = "credentials"

    user_id: Mapped[UserId] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    password_hash: Mapped[str]
    changed_at: Mapped[datetime]


class SessionRow(Table):
    """A sign-in: only the hash of its secret is kept. `operator_id`: who acts in the person's place."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_user_id", "user_id", "id"),
        Index(
            "ix_sessions_operator_id",
            "operator_id",
            postgresql_where=text("operator_id IS NOT NULL"),
        ),
    )

    id: Mapped[SessionId] = mapped_column(primary_key=True)
    user_id: Mapped[UserId] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    operator_id: Mapped[UserId | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    hash: Mapped[str]
    address: Mapped[str | None]
    agent: Mapped[str | None]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class MailCodeRow(Table):
    """A secret that was mailed to a person, for one purpose, once; only its hash is kept."""

    __tablename__ = "mail_codes"
    __table_args__ = (Index("ix_mail_codes_user_id", "user_id", "purpose"),)

    id: Mapped[MailCodeId] = mapped_column(primary_key=True)
    user_id: Mapped[UserId] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    email: Mapped[str]
    hash: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SocialAccountRow(Table):
    """An account elsewhere (`provider`, and `subject`: its id there) by which a person signs in."""

    __tablename__ = "social_accounts"
    __table_args__ = (
        Index("uq_social_accounts_subject", "provider", "subject", unique=True),
        Index("ix_social_accounts_user_id", "user_id"),
    )

    id: Mapped[SocialAccountId] = mapped_column(primary_key=True)
    user_id: Mapped[UserId] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    provider: Mapped[str]
    subject: Mapped[str]
    email: Mapped[str | None]
    name: Mapped[str | None]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime]


class PasskeyRow(Table):
    """A person's key on a device: its public half, and how often it says it was used."""

    __tablename__ = "passkeys"
    __table_args__ = (
        Index("uq_passkeys_credential", "credential", unique=True),
        Index("ix_passkeys_user_id", "user_id"),
    )

    id: Mapped[PasskeyId] = mapped_column(primary_key=True)
    user_id: Mapped[UserId] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    credential: Mapped[bytes]
    public_key: Mapped[bytes]
    uses: Mapped[int] = mapped_column(BigInteger())
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ChoicesRow(Table):
    """What a person has set for themselves, on all their devices."""

    __tablename__ = "choices"

    user_id: Mapped[UserId] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    choices: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class CeremonyRow(Table):
    """A sign-in under way; whoever has the secret finishes it, once. Only its hash is kept."""

    __tablename__ = "ceremonies"
    __table_args__ = (Index("ix_ceremonies_expires_at", "expires_at"),)

    id: Mapped[CeremonyId] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    hash: Mapped[str]
    data: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime]


class SigningKeyRow(Table):
    """A key that signs tokens between services, sealed; it signs until `retires_at`.

    Its public half is told until `expires_at`, when the last token it signed has ended.
    """

    __tablename__ = "signing_keys"

    id: Mapped[SigningKeyId] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    public: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    retires_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class TokenRow(TenantTable):
    """A token: only the hash of its secret is kept. `scopes` names what it may be used for."""

    __tablename__ = "tokens"
    __table_args__ = (
        Index("ix_tokens_workspace_id_user_id", "workspace_id", "user_id"),
        Index("ix_tokens_user_id", "user_id"),
    )

    id: Mapped[TokenId] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_id: Mapped[UserId] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    hash: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), server_default=text("'{read,write,spend,manage}'")
    )
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class UsageDayRow(Table):
    """What a person asked for and made on a day of theirs.

    `jobs_counted` is held against the limit: `jobs_created` less those that came to nothing.
    """

    __tablename__ = "usage_days"

    user_id: Mapped[UserId] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    jobs_created: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    jobs_counted: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    assets_made: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    bytes_made: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class UsageTotalRow(Table):
    """The bytes that are kept for a person, in all workspaces together."""

    __tablename__ = "usage_totals"

    user_id: Mapped[UserId] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    bytes: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class AuditRow(TenantTable):
    """Who did what, on what; requests may add to it and read it, nobody changes it.

    `operator_id`: who acted in the person's place. The transaction itself knows, so none can be left out.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_subject", "workspace_id", "subject", "id"),
        Index("ix_audit_entries_user_id", "user_id", "id"),
    )

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[AuditId] = mapped_column(primary_key=True)
    user_id: Mapped[UserId]
    operator_id: Mapped[str | None] = mapped_column(
        server_default=text("nullif(current_setting('app.operator_id', true), '')")
    )
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]


class AnswerRow(TenantTable):
    """What a request with a key of its caller's was answered; no status: it is being answered."""

    __tablename__ = "kept_answers"
    __table_args__ = (Index("ix_kept_answers_created_at", "created_at"),)

    workspace_id: Mapped[WorkspaceId] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[bytes]
    claim: Mapped[str]
    until: Mapped[datetime]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
