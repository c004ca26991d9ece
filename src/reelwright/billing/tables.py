"""The tables of money: holds, the ledger's entries, running totals, limits, and alerts told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import TenantTable

TRANSFERS_SQL = (
    "debit = 'held' AND credit = 'budget' OR debit = 'budget' AND credit = 'held'"
    " OR debit = 'spent' AND credit = 'payable'"
)


class HoldRow(TenantTable):
    """Money set aside for one call of a provider, and what became of it.

    `micros` is the most it may cost, `price` the price that was quoted. Only how it ended and the
    vendor's name for it (`remote_id`) are ever changed. `root_job_id` is the film production's job,
    at the root of the tree; `day` (UTC) says in which periods it counts, also when it ends later.
    Projects and jobs are named without a key: what was paid outlives what it was paid for.
    """

    __tablename__ = "holds"
    __table_args__ = (
        CheckConstraint("state IN ('held', 'released', 'settled')", name="state"),
        CheckConstraint("micros >= 0 AND settled_micros >= 0", name="amounts"),
        CheckConstraint("(state = 'settled') = (settled_micros IS NOT NULL)", name="settled"),
        CheckConstraint("(state = 'held') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        Index("ix_holds_day", "workspace_id", "day"),
        Index("ix_holds_open", "workspace_id", "id", postgresql_where=text("state = 'held'")),
        Index(
            "ix_holds_remote_id",
            "workspace_id",
            "vendor",
            "remote_id",
            postgresql_where=text("remote_id IS NOT NULL"),
        ),
    )

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    project_id: Mapped[str | None]
    job_id: Mapped[str | None]
    root_job_id: Mapped[str | None]
    operation: Mapped[str]
    vendor: Mapped[str]
    model: Mapped[str]
    micros: Mapped[int] = mapped_column(BigInteger())
    currency: Mapped[str]
    price: Mapped[dict[str, Any]]
    day: Mapped[date] = mapped_column(Date())
    state: Mapped[str] = mapped_column(server_default="held")
    settled_micros: Mapped[int | None] = mapped_column(BigInteger())
    remote_id: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class EntryRow(TenantTable):
    """An amount moved from one account to another: both legs are one row, so every entry balances.

    `held` from `budget` is a hold, `budget` from `held` its end, `spent` from `payable` what was
    made. The unique key lets each of the three happen once to a hold.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint(TRANSFERS_SQL, name="accounts"),
        CheckConstraint("micros > 0", name="amount"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        UniqueConstraint(
            "workspace_id", "hold_id", "debit", "credit", name="uq_ledger_entries_once"
        ),
        ForeignKeyConstraint(
            ["workspace_id", "hold_id"],
            ["holds.workspace_id", "holds.id"],
            name="fk_ledger_entries_hold",
        ),
        Index("ix_ledger_entries_workspace_id", "workspace_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    hold_id: Mapped[str]
    debit: Mapped[str]
    credit: Mapped[str]
    micros: Mapped[int] = mapped_column(BigInteger())
    currency: Mapped[str]
    user_id: Mapped[str]


class TotalRow(TenantTable):
    """What is held and was spent on a subject in a period: whoever would spend locks it first.

    Changed by the ledger's two functions only, together with the hold.
    """

    __tablename__ = "spending_totals"
    __table_args__ = (
        CheckConstraint("held_micros >= 0 AND spent_micros >= 0", name="amounts"),
        # Updated often, and no index holds what changes: room for that on its own page.
        {"postgresql_with": {"fillfactor": "50"}},
    )

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    held_micros: Mapped[int] = mapped_column(BigInteger())
    spent_micros: Mapped[int] = mapped_column(BigInteger())


class LimitRow(TenantTable):
    """How much may be spent on a subject in each of its periods; '' is every subject without its own.

    Setting it anew gives it a new id, so its alerts begin anew.
    """

    __tablename__ = "spending_limits"
    __table_args__ = (
        CheckConstraint("micros >= 0", name="amount"),
        UniqueConstraint(
            "workspace_id", "scope", "subject", "currency", name="uq_spending_limits_subject"
        ),
    )

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    subject: Mapped[str]
    currency: Mapped[str]
    micros: Mapped[int] = mapped_column(BigInteger())
    user_id: Mapped[str]


class AlertRow(TenantTable):
    """That a step of a limit (per cent) was reached in a period was told."""

    __tablename__ = "spending_alerts"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    limit_id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
