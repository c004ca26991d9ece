"""The audit trail: written with the deed, read by the workspace, changed by nobody."""

import pytest
from sqlalchemy import text

from reelwright.ground.errors import InvalidInputError
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Activity
from reelwright.identity.audit import AuditLog, Sought
from support.clocks import HandClock
from support.people import new_person

pytestmark = pytest.mark.anyio


async def test_a_deed_is_noted_with_its_transaction_and_shown_to_its_workspace_only(database):
    log = AuditLog(database, HandClock())
    who, stranger = await new_person(database), await new_person(database)
    async with database.transaction(who) as tx:
        first = await log.write(tx, who, "route:changed", "rte_1", {"to": "fal"})
        second = await log.write(tx, who, "route:changed", "rte_2", {})
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(who) as tx:
            await log.write(tx, who, "route:changed", "rte_1", {})
            raise ZeroDivisionError
    assert (await log.list(who)).rows == [second, first]
    assert (await log.list(who, Sought(subject="rte_1"))).rows == [first]
    page = await log.list(who, paging=Paging(1))
    assert (await log.list(who, paging=Paging(1, page.next))).rows == [first]
    assert (await log.list(stranger)).rows == []
    async with database.read(Activity.AUDIT) as tx:
        assert await tx.scalar(text("SELECT count(*) FROM audit_entries")) == 2
    async with database.transaction(who) as tx:
        for action, detail in (
            ("changed", {}),
            ("route:changed", {"at": object()}),
            ("route:changed", {"text": "\0"}),
            ("route:changed", {"text": "x" * 20_000}),
        ):
            with pytest.raises(InvalidInputError):
                await log.write(tx, who, action, "rte_1", detail)
