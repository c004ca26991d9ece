"""Tables: what happened, and how far the reactions to it have come."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import Table, TenantTable


class EventRow(TenantTable):
    """Something that happened; written in the transaction of what happened, never changed.

    `seq` orders events; `engines/events` says how it is read without holes. `user_id` is who did
    it, None for the system.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_workspace_id_seq", "workspace_id", "seq"),
        Index("ix_events_workspace_id_subject_seq", "workspace_id", "subject", "seq"),
        Index("ix_events_created_at", "created_at"),
    )

    seq: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    kind: Mapped[str]
    subject: Mapped[str]
    data: Mapped[dict[str, Any]]
    user_id: Mapped[str | None]


class EventMark(Table):
    """A number to remember: `pruned`, up to which events have been forgotten."""

    __tablename__ = "event_marks"

    name: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger())


class ReactionCursor(Table):
    """How far a reaction has come, and which process runs it until when."""

    __tablename__ = "reaction_cursors"

    name: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger())
    held_by: Mapped[str | None]
    held_until: Mapped[datetime | None]


class ReactionDelay(Table):
    """An event a reaction failed on, or one that waits behind such a one of the same subject.

    `dead_at`: it was given up, and others of its subject go on.
    """

    __tablename__ = "reaction_delays"

    name: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    subject: Mapped[str]
    event: Mapped[dict[str, Any]]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    error: Mapped[str | None]
    dead_at: Mapped[datetime | None]
