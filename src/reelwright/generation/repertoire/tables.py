"""The tables of what operators set about models, and of which models people prefer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import Table, TenantTable


class OverrideRow(Table):
    """One thing an operator said of a model; rows are added, and never changed.

    Belongs to no tenant: what it says holds for the whole installation.
    """

    __tablename__ = "model_overrides"
    __table_args__ = (
        CheckConstraint("deed IN ('set', 'add', 'reset')", name="deed"),
        Index("ix_model_overrides_model", "model", "number"),
    )

    number: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    model: Mapped[str]
    deed: Mapped[str]
    change: Mapped[dict[str, Any]]
    valid_from: Mapped[date]
    source: Mapped[str]
    user_id: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PreferenceRow(TenantTable):
    """The model to be asked first for an operation: a person's, or, with a project, that project's."""

    __tablename__ = "model_preferences"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "project_id"],
            ["projects.workspace_id", "projects.id"],
            name="fk_model_preferences_project",
            ondelete="CASCADE",
        ),
        Index(
            "uq_model_preferences_user",
            "workspace_id",
            "user_id",
            "operation",
            unique=True,
            postgresql_where=text("project_id IS NULL"),
        ),
        Index(
            "uq_model_preferences_project",
            "workspace_id",
            "project_id",
            "operation",
            unique=True,
            postgresql_where=text("project_id IS NOT NULL"),
        ),
    )

    number: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    user_id: Mapped[str]
    project_id: Mapped[str | None]
    operation: Mapped[str]
    model: Mapped[str]
