"""The audit trail: who did what, on what, when. Written with the deed, never changed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, or_, select

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AuditId, UserId, WorkspaceId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.ground.texts import NUL
from reelwright.identity.tables import AuditRow

ACTION = r"[a-z_]+:[a-z_]+"
"""What an action looks like: a noun and a verb."""
_ACTION = re.compile(ACTION)
_MOST_BYTES = 16 * 1024
_BEGINNING = Paging()


@dataclass(frozen=True, slots=True)
class Sought:
    """Which deeds are asked for; what is left out does not count.

    `user`: done by them, to them, or in somebody's place by them.
    """

    subject: str | None = None
    user: UserId | None = None
    action: str | None = None
    since: datetime | None = None

    def within(self, statement: Select[*tuple[AuditRow]]) -> Select[*tuple[AuditRow]]:
        """The statement, of these deeds alone."""
        if self.subject is not None:
            statement = statement.where(AuditRow.subject == self.subject)
        if self.user is not None:
            of_theirs = (AuditRow.user_id, AuditRow.operator_id, AuditRow.subject)
            statement = statement.where(or_(*(column == self.user for column in of_theirs)))
        if self.action is not None:
            statement = statement.where(AuditRow.action == self.action)
        if self.since is not None:
            statement = statement.where(AuditRow.created_at >= self.since)
        return statement


_ALL = Sought()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Somebody did something in a workspace; `operator`: who acted in their place."""

    id: AuditId
    workspace: WorkspaceId
    user: UserId
    action: str
    subject: str
    detail: Mapping[str, Any]
    at: datetime
    operator: UserId | None = None


class AuditLog:
    """Writes down what people do, and shows it to a workspace's owner and admins, and to whoever did it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def write(
        self, tx: Tx, who: Principal, action: str, subject: str, detail: Mapping[str, Any]
    ) -> AuditEntry:
        """Note a deed in the transaction in which it is done: both are kept, or neither.

        `action` is a noun and a verb (`limit:set`), `subject` the id of what it was done to; `detail`
        is JSON, small, without secrets.
        """
        entry = AuditEntry(
            AuditId.new(),
            who.workspace,
            who.user,
            action,
            subject,
            _storable(action, detail),
            self._clock.now(),
            who.operator,
        )
        values = {"id": entry.id, "user_id": who.user, "action": action, "subject": subject}
        values |= {"detail": entry.detail, "created_at": entry.at}
        if who.operator is not None:
            values["operator_id"] = who.operator
        await tx.execute(insert(AuditRow).values(workspace_id=who.workspace, **values))
        return entry

    async def list(
        self, who: Principal, sought: Sought = _ALL, paging: Paging = _BEGINNING
    ) -> Page[AuditEntry]:
        """What was done in the workspace, newest first; to others than owners and admins: by them."""
        there = select(AuditRow).where(AuditRow.workspace_id == who.workspace)
        async with self._database.read(who) as tx:
            return await page_of(tx, sought.within(there), paging)

    async def list_own(
        self, who: Principal, sought: Sought = _ALL, paging: Paging = _BEGINNING
    ) -> Page[AuditEntry]:
        """What the one who asks did in whatever workspace, or an operator in their place."""
        own = select(AuditRow).where(AuditRow.user_id == who.user)
        async with self._database.read(who) as tx:
            return await page_of(tx, sought.within(own), paging)


async def page_of(tx: Tx, statement: Select[*tuple[AuditRow]], paging: Paging) -> Page[AuditEntry]:
    """A page of the entries a statement finds, newest first."""
    if after := paging.after():
        statement = statement.where(AuditRow.id < str(after[0]))
    statement = statement.order_by(AuditRow.id.desc()).limit(paging.limit + 1)
    rows = [_entry(row) for row in await tx.scalars(statement)]
    return paging.page(rows, lambda entry: [entry.id])


def _storable(action: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    if not _ACTION.fullmatch(action):
        raise InvalidInputError(f"{action[:60]!r} is no action", way_out="write noun:verb")
    try:
        text = json.dumps(dict(detail), allow_nan=False, ensure_ascii=False)
        size = len(text.encode())
    except (TypeError, ValueError) as error:
        raise InvalidInputError("the detail of a deed cannot be written as JSON") from error
    if size > _MOST_BYTES or NUL.search(text):
        raise InvalidInputError("the detail of a deed is too large, or holds a NUL")
    return dict(detail)


def _entry(row: AuditRow) -> AuditEntry:
    """An entry as its row says."""
    return AuditEntry(
        AuditId(row.id),
        WorkspaceId(row.workspace_id),
        UserId(row.user_id),
        row.action,
        row.subject,
        row.detail,
        row.created_at,
        _user(row.operator_id),
    )


def _user(text: str | None) -> UserId | None:
    return UserId(text) if text else None
