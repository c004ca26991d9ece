"""Transactions open as whoever asks, and nobody sees another's rows."""

import pytest
from sqlalchemy import text

from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.ground.transactions import InsideTransactionError

pytestmark = pytest.mark.anyio


async def test_a_transaction_knows_who_is_asking(database):
    who = Principal(UserId.new(), WorkspaceId.new())
    async with database.transaction(who) as tx:
        row = (
            await tx.execute(text("SELECT current_user, current_setting('app.workspace_id')"))
        ).one()
    assert row == ("reelwright_app", who.workspace)


async def test_the_system_has_a_role_of_its_own(database):
    async with database.transaction(Activity.REAP) as tx:
        row = (await tx.execute(text("SELECT current_user, current_setting('app.activity')"))).one()
    assert row == ("reelwright_system", "reap")


async def test_a_transaction_inside_another_is_refused(database):
    async with database.transaction(Activity.REAP):
        with pytest.raises(InsideTransactionError):
            async with database.transaction(Activity.REAP):
                pass
