"""Operators say who else operates the installation, and how many accounts each may keep."""

import pytest
from sqlalchemy import text

from reelwright.generation.accounts.errors import TooManyAccountsError
from reelwright.generation.submissions.aliases import Aliases
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError, DeniedError, MissingError
from reelwright.ground.ids import UserId
from reelwright.identity.audit import AuditLog, Sought
from reelwright.identity.users import UserService
from support.accounts import Pool
from support.people import new_person, operators_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def operators(database):
    return operators_of(database)


async def test_a_person_is_made_an_operator_by_one_and_by_nobody_else(database, operators):
    users = UserService(database)
    owner, ada = await users.local_owner(), await new_person(database)
    with pytest.raises(DeniedError):
        await operators.list(ada)
    with pytest.raises(DeniedError):
        await operators.change(ada, ada.user, {"admin": True})
    async with database.transaction(ada) as tx:
        sql = "SELECT operate_user(:user, CAST('{\"admin\": true}' AS jsonb))"
        assert not await tx.scalar(text(sql), {"user": ada.user})
    assert not (await users.get(ada)).admin
    assert (await operators.change(owner, ada.user, {"admin": True})).admin
    assert {one.id for one in (await operators.list(ada)).rows} == {owner.user, ada.user}
    with pytest.raises(ConflictError, match="stays an operator"):
        await operators.change(ada, owner.user, {"admin": False})
    with pytest.raises(MissingError):
        await operators.change(ada, UserId.new(), {"admin": True})
    audit = AuditLog(database, SystemClock())
    (entry,) = (await audit.list(owner, Sought(subject=ada.user))).rows
    assert (entry.action, entry.detail["admin"]) == ("user:changed", True)


async def test_a_limit_of_accounts_holds_for_the_person_until_it_is_as_set(database, operators):
    owner, ada = await UserService(database).local_owner(), await new_person(database)
    pool = Pool(database)
    await operators.change(owner, ada.user, {"max_accounts": 1})
    await pool.add(ada)
    with pytest.raises(TooManyAccountsError, match="you have 1 accounts"):
        await pool.add(ada, "key-2")
    assert (await operators.change(owner, ada.user, {"max_accounts": None})).max_accounts is None
    await pool.add(ada, "key-2")


async def test_an_alias_is_the_same_each_time_and_tells_nothing_of_the_person(database):
    ada, bob = await new_person(database), await new_person(database, "Bob")
    aliases = Aliases(b"k" * 32)
    assert aliases.of(ada) == aliases.of(ada) != aliases.of(bob)
    assert ada.user not in aliases.of(ada)
    assert Aliases(b"l" * 32).of(ada) != aliases.of(ada)
