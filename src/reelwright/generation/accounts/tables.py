"""The tables of accounts: what each is, and the slots that calls hold on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import Table, TenantTable
from reelwright.ground.ids import AccountId


class AccountRow(TenantTable):
    """One key of one vendor: sealed in `access`, or read from the environment's `variable` at use."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("sharing IN ('private', 'workspace', 'everyone')", name="sharing"),
        CheckConstraint("state IN ('active', 'cooling', 'exhausted', 'disabled')", name="state"),
        CheckConstraint("(state = 'cooling') = (until IS NOT NULL)", name="until"),
        CheckConstraint("num_nonnulls(access, variable) = 1", name="one_key"),
        CheckConstraint("priority BETWEEN 0 AND 10", name="priority"),
        CheckConstraint("max_concurrent_jobs > 0", name="slots"),
        CheckConstraint("requests_per_minute > 0", name="per_minute"),
        CheckConstraint("credits >= 0", name="credits"),
        Index("ix_accounts_workspace_id_provider", "workspace_id", "provider"),
        Index("ix_accounts_user_id", "user_id"),
        Index(
            "uq_accounts_variable",
            "workspace_id",
            "user_id",
            "variable",
            unique=True,
            postgresql_where=text("variable IS NOT NULL"),
        ),
        # Those of the operator, for all workspaces; and those that are not well, for healing.
        Index("ix_accounts_everyone", "provider", postgresql_where=text("sharing = 'everyone'")),
        Index("ix_accounts_unwell", "state", postgresql_where=text("state <> 'active'")),
    )

    id: Mapped[AccountId] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    provider: Mapped[str]
    name: Mapped[str]
    sharing: Mapped[str] = mapped_column(server_default=text("'private'"))
    access: Mapped[str | None]
    variable: Mapped[str | None]
    base_url: Mapped[str] = mapped_column(server_default=text("''"))
    priority: Mapped[int] = mapped_column(server_default=text("5"))
    max_concurrent_jobs: Mapped[int] = mapped_column(server_default=text("5"))
    requests_per_minute: Mapped[int | None]
    credits: Mapped[float | None]
    paused: Mapped[bool] = mapped_column(server_default=text("false"))
    state: Mapped[str] = mapped_column(server_default=text("'active'"))
    until: Mapped[datetime | None]
    reason: Mapped[str | None]
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    probes: Mapped[int] = mapped_column(server_default=text("0"))
    probe_at: Mapped[datetime | None]
    successes: Mapped[int] = mapped_column(BigInteger(), server_default=text("0"))
    failed: Mapped[int] = mapped_column(BigInteger(), server_default=text("0"))
    seconds: Mapped[float] = mapped_column(server_default=text("0"))
    last_used_at: Mapped[datetime | None]


class CircuitRow(Table):
    """How a model has fared through an account, if any call of it has failed lately.

    Belongs to the account, and so to no tenant alone. `recent` is a sign a call: x failed, . worked;
    `trial_of` the reservation of the call that tries it.
    """

    __tablename__ = "account_circuits"
    __table_args__ = (
        Index(
            "ix_account_circuits_open",
            "open_until",
            postgresql_where=text("open_until IS NOT NULL"),
        ),
    )

    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    recent: Mapped[str]
    opens: Mapped[int]
    open_until: Mapped[datetime | None]
    trial_until: Mapped[datetime | None]
    trial_of: Mapped[str | None]
    reason: Mapped[str | None]


class AccountReservationRow(TenantTable):
    """A slot that a call holds until it is released; kept a little longer, for the minute's count.

    Names the workspace that uses the account, which need not be the account's.
    """

    __tablename__ = "account_reservations"
    __table_args__ = (
        Index(
            "uq_account_reservations_live",
            "workspace_id",
            "id",
            unique=True,
            postgresql_where=text("released_at IS NULL"),
        ),
        Index(
            "ix_account_reservations_live",
            "account_id",
            postgresql_where=text("released_at IS NULL"),
        ),
        Index("ix_account_reservations_taken_at", "account_id", "taken_at"),
    )

    number: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    id: Mapped[str]
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_id: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    model: Mapped[str]
    credits: Mapped[float]
    taken_at: Mapped[datetime]
    released_at: Mapped[datetime | None]


class AccountWaitRow(TenantTable):
    """A job that stands in line for an account, since `created_at`; see `accounts.line`."""

    __tablename__ = "account_waits"
    __table_args__ = (
        Index("ix_account_waits_lane", "workspace_id", "lane", "created_at"),
        Index("ix_account_waits_job_id", "job_id"),
    )

    workflow_id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_id: Mapped[str]
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    lane: Mapped[str]
    wants: Mapped[list[Any]]
    called_at: Mapped[datetime | None]
