"""The base of all tables: each domain declares its own in its `tables.py`, Alembic sees them all."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ARRAY, BigInteger, DateTime, MetaData, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from reelwright.ground.ids import Id

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """A table. Text columns hold ids; JSON is JSONB; times are aware."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
    }

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # Kinds of ids may be declared after this module; all are text.
        cls.registry.update_type_annotation_map({kind: Text() for kind in Id.__subclasses__()})
        super().__init_subclass__(**kwargs)


class TenantTable(Table):
    """A table whose rows belong to a workspace; row-level security is forced on it.

    Indexes of tenants' tables lead with `workspace_id`.
    """

    __abstract__ = True

    workspace_id: Mapped[str] = mapped_column(Text())
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ChoreRow(Table):
    """A chore that one process does for all, and when it was last begun. Belongs to no tenant."""

    __tablename__ = "chores"

    name: Mapped[str] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime]


class StatementTiming(Table):
    """How long one statement of ours took, over all processes; times are microseconds.

    `buckets` counts runs by the bounds in `timings.BOUNDS_US`. Belongs to no tenant.
    """

    __tablename__ = "statement_timings"

    digest: Mapped[str] = mapped_column(primary_key=True)
    statement: Mapped[str]
    calls: Mapped[int] = mapped_column(BigInteger())
    total_us: Mapped[int] = mapped_column(BigInteger())
    longest_us: Mapped[int] = mapped_column(BigInteger())
    buckets: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()))
    first_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_at: Mapped[datetime] = mapped_column(server_default=func.now())
