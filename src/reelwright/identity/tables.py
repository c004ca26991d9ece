"""The tables of users, workspaces, who belongs where, tokens, and who did what."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import Table, TenantTable
from reelwright.ground.ids import AuditId, TokenId, UserId, WorkspaceId


class UserRow(Table):
    """A person. At most one is `local`: whoever owns this machine's installation.

    An `admin` operates the installation. `max_accounts`: how many keys of vendors the person may keep
    (null: what the settings say).
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
    max_accounts: Mapped[int | None]
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
    """Who belongs to which workspace, as what."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role IN ('owner', 'member')", name="role"),
        Index("ix_memberships_user_id", "user_id"),
    )

    workspace_id: Mapped[WorkspaceId] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UserId] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class TokenRow(TenantTable):
    """A token: only the hash of its secret is kept."""

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
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class AuditRow(TenantTable):
    """Who did what, on what; requests may add to it and read it, nobody changes it."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "workspace_id", "subject", "id"),)

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[AuditId] = mapped_column(primary_key=True)
    user_id: Mapped[UserId]
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
