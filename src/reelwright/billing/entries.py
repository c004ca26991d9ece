"""Entries of the ledger as they are shown: what moved, and for what."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import HoldId, JobId, ProjectId, UserId
from reelwright.ground.paging import Paging

_MOST_DIGITS = 18  # of a row's number: what has more is none of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An amount that moved from the account `credit` to `debit`, and the call it moved for."""

    id: int
    hold_id: HoldId
    debit: str
    credit: str
    micros: int
    currency: str
    user_id: UserId
    at: datetime
    project_id: ProjectId | None
    job_id: JobId | None
    root_job_id: JobId | None
    operation: str
    vendor: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEntries:
    """Which entries: of a project, of a job and all that was asked for for its sake, of days (UTC)."""

    project: ProjectId | None = None
    job: JobId | None = None
    since: date | None = None
    before: date | None = None


def entry_of(row: Row[Any]) -> Entry:
    """An entry as its row says."""
    return Entry(
        id=row.id,
        hold_id=HoldId(row.hold_id),
        debit=row.debit,
        credit=row.credit,
        micros=row.micros,
        currency=row.currency,
        user_id=UserId(row.user_id),
        at=row.created_at,
        project_id=ProjectId(row.project_id) if row.project_id else None,
        job_id=JobId(row.job_id) if row.job_id else None,
        root_job_id=JobId(row.root_job_id) if row.root_job_id else None,
        operation=row.operation,
        vendor=row.vendor,
        model=row.model,
    )


def number_after(paging: Paging) -> int | None:
    """The number of the entry to go on after; raises InvalidInputError for no cursor of ours."""
    after = paging.after()
    if after is None:
        return None
    text = str(after[0]) if after else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise InvalidInputError("this cursor is not one of ours", way_out="leave it away")
    return int(text)
