"""The tables of what operators set about models, and of which models people prefer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import Table


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
