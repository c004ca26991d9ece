"""Tables: who runs work, which names it goes by, and what transactional steps have answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import Table


class ExecutorRow(Table):
    """A worker process, by one start of it. `taken_at`: it is gone, its work goes to others.

    `host` names a machine's boot and its process space, so that others there can see whether the
    process still lives; None where that cannot be told.
    """

    __tablename__ = "executors"

    id: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str | None]
    pid: Mapped[int]
    process_started: Mapped[str | None]
    version: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    taken_at: Mapped[datetime | None]


class DurableName(Table):
    """A workflow or a queue that some worker knows: others cannot be called."""

    __tablename__ = "durable_names"

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    fair: Mapped[bool] = mapped_column(server_default="false")


class StepEffect(Table):
    """The memory of a transactional step, committed together with its effect.

    Row-level security lets a request's role at its own workspace's rows only; the system's steps
    have none ("").
    """

    __tablename__ = "step_effects"
    __table_args__ = (Index("ix_step_effects_created_at", "created_at"),)

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    workflow_id: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
