"""The tables of rights in files: likenesses of people, notices of strangers, what is held back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from reelwright.engines.database.tables import Table, TenantTable
from reelwright.ground.ids import LikenessId, NoticeId, TakedownId


class LikenessRow(TenantTable):
    """What somebody said of a person in a file; without `person`: that nobody real is in it.

    It is said of the content (`sha256`): a copy, or the same file sent again, is the same likeness.
    It outlives the file, since what was made from it may still be there.
    """

    __tablename__ = "likenesses"
    __table_args__ = (
        CheckConstraint("num_nonnulls(basis, wording, wording_version) IN (0, 3)", name="consent"),
        CheckConstraint("person IS NOT NULL OR basis IS NULL", name="of_somebody"),
        Index("ix_likenesses_workspace_id_sha256", "workspace_id", "sha256"),
        Index("ix_likenesses_workspace_id_id", "workspace_id", "id"),
    )

    id: Mapped[LikenessId] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    asset_id: Mapped[str]
    sha256: Mapped[str]
    user_id: Mapped[str]
    person: Mapped[str | None]
    covers: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    basis: Mapped[str | None]
    wording: Mapped[str | None]
    wording_version: Mapped[str | None]
    evidence_id: Mapped[str | None]
    ends_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_reason: Mapped[str | None]


class NoticeRow(Table):
    """What somebody demands about a file here. It belongs to no tenant: operators alone read it."""

    __tablename__ = "takedown_notices"
    __table_args__ = (
        CheckConstraint("kind IN ('likeness', 'copyright', 'other')", name="kind"),
        CheckConstraint("state IN ('open', 'upheld', 'rejected', 'lifted')", name="state"),
        Index("ix_takedown_notices_state", "state", "id"),
    )

    id: Mapped[NoticeId] = mapped_column(primary_key=True)
    kind: Mapped[str]
    address: Mapped[str]
    claimant: Mapped[str]
    reach: Mapped[str]
    statement: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    reason: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    about_workspace: Mapped[str | None]
    takedown_id: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class TakedownRow(TenantTable):
    """What an operator holds back in a workspace, and why; `reply` is what the workspace says to it.

    `assets` are those that were named; what was made from them is held back with them.
    """

    __tablename__ = "takedowns"
    __table_args__ = (
        CheckConstraint("kind IN ('likeness', 'copyright', 'other')", name="kind"),
        Index("ix_takedowns_workspace_id_id", "workspace_id", "id"),
    )

    id: Mapped[TakedownId] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    notice_id: Mapped[str]
    kind: Mapped[str]
    reason: Mapped[str]
    assets: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    reply: Mapped[str | None]
    replied_by: Mapped[str | None]
    replied_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    lifted_reason: Mapped[str | None]


class WithheldRow(TenantTable):
    """Content that a takedown holds back, also when it comes in again."""

    __tablename__ = "withheld_contents"
    __table_args__ = (Index("ix_withheld_contents_takedown_id", "takedown_id"),)

    workspace_id: Mapped[str] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[str] = mapped_column(primary_key=True)
    takedown_id: Mapped[str] = mapped_column(
        ForeignKey("takedowns.id", ondelete="CASCADE"), primary_key=True
    )
