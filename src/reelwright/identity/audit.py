"""The audit trail: who did what, on what, when. Written with the deed, never changed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AuditId, UserId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.ground.texts import NUL
from reelwright.identity.tables import AuditRow

_ACTION = re.compile(r"[a-z_]+:[a-z_]+")
_MOST_BYTES = 16 * 1024
_BEGINNING = Paging()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Somebody did something; `operator`: who acted in their place."""

    id: AuditId
    user: UserId
    action: str
    subject: str
    detail: Mapping[str, Any]
    at: datetime
    operator: UserId | None = None


class AuditLog:
    """Writes down what people do in their workspace, and shows it to its members."""

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
        self, who: Principal, *, subject: str | None = None, paging: Paging = _BEGINNING
    ) -> Page[AuditEntry]:
        """What was done in the workspace, or to one subject, newest first."""
        statement = select(AuditRow).where(AuditRow.workspace_id == who.workspace)
        if subject is not None:
            statement = statement.where(AuditRow.subject == subject)
        if after := paging.after():
            statement = statement.where(AuditRow.id < str(after[0]))
        statement = statement.order_by(AuditRow.id.desc()).limit(paging.limit + 1)
        async with self._database.read(who) as tx:
            rows = [entry_of(row) for row in await tx.scalars(statement)]
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


def entry_of(row: AuditRow) -> AuditEntry:
    """An entry as its row says."""
    return AuditEntry(
        AuditId(row.id),
        UserId(row.user_id),
        row.action,
        row.subject,
        row.detail,
        row.created_at,
        _user(row.operator_id),
    )


def _user(text: str | None) -> UserId | None:
    return UserId(text) if text else None
