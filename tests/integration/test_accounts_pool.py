"""The account pool: who is taken, never above a limit, and released once."""

import asyncio
import json
import os
import sys
from contextvars import Context
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from reelwright.generation.accounts.account import Sharing
from reelwright.generation.accounts.errors import NoAccountError, NoFreeAccountError
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import AccountId
from reelwright.ground.principals import Activity
from reelwright.identity.users import UserService
from reelwright.identity.workspaces import WorkspaceService
from reelwright.providers.contract import Access
from reelwright.providers.errors import RateLimitedError
from support.accounts import VENDOR, Pool
from support.clocks import HandClock
from support.databases import doors
from support.people import join, new_person

pytestmark = pytest.mark.anyio
TESTS = Path(__file__).parents[1]


@pytest.fixture
def pool(database):
    return Pool(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


async def team(database, owner, member):
    """The two of them in a workspace of the first."""
    made = await WorkspaceService(database).create(owner, "Team")
    await join(database, member, made.id)
    enter = WorkspaceService(database).enter
    return await enter(owner, made.id), await enter(member, made.id)


async def admin(database):
    person = await new_person(database)
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(text("UPDATE users SET admin = true WHERE id = :id"), {"id": person.user})
    return person


async def test_a_taken_account_is_the_one_that_was_added_and_signs_with_its_key(pool, who):
    access = Access("the-key", "https://vendor.example", {"project": "films"})
    added = await pool.add(who, access=access)
    taken = await pool.take(who, "sub-1")
    assert taken.id == added.id
    assert pool.service.access_of(taken) == access
    assert pool.service.access_of(await pool.service.find(taken.id)) == access


async def test_priority_comes_first_then_the_nearest(pool, database):
    owner, member = await team(database, await new_person(database), await new_person(database))
    operator = await admin(database)
    everyone = await pool.add(operator, sharing=Sharing.EVERYONE)
    shared = await pool.add(owner, sharing=Sharing.WORKSPACE)
    own = await pool.add(member)
    urgent = await pool.add(operator, sharing=Sharing.EVERYONE, priority=0, max_concurrent_jobs=1)
    for call, account in enumerate((urgent, own, own, own, own, own, shared)):
        assert (await pool.take(member, f"sub-{call}")).id == account.id
    await pool.book.change(owner, shared.id, {"paused": True})
    assert (await pool.take(member, "sub-last")).id == everyone.id


async def test_of_equals_the_one_with_most_free_slots_is_taken_then_the_longest_unused(pool, who):
    small = await pool.add(who, max_concurrent_jobs=1)
    large = await pool.add(who, max_concurrent_jobs=3)
    order = [(await pool.take(who, f"sub-{call}")).id for call in range(4)]
    assert order[:2] == [large.id, large.id]
    assert sorted(order[2:]) == sorted([small.id, large.id])
    for call in range(4):
        await pool.release(who, f"sub-{call}")
    await pool.book.change(who, small.id, {"max_concurrent_jobs": 3})
    pool.clock.pass_time(120)
    first = await pool.take(who, "sub-a")
    await pool.release(who, "sub-a")
    pool.clock.pass_time(120)
    assert (await pool.take(who, "sub-b")).id != first.id


async def test_then_most_credits_then_the_best_success_rate(pool, who):
    failing, good = await pool.add(who), await pool.add(who)
    await pool.service.record_success(good.id, 2.5)
    await pool.service.record_failure(failing.id, "it broke")
    assert (await pool.service.select_account(who, VENDOR)).id == good.id
    await pool.service.update_credits(good.id, 10)
    await pool.service.update_credits(failing.id, 20)
    assert (await pool.service.select_account(who, VENDOR)).id == failing.id
    assert (await pool.look(good)).figures.mean_s == 2.5
    assert (await pool.look(failing)).figures.failed == 1


async def test_an_account_without_the_credits_is_passed_over_also_those_promised_to_others(
    pool, who
):
    await pool.add(who, credits=30)
    await pool.take(who, "sub-1", needs=20)
    with pytest.raises(NoFreeAccountError, match="without the 20 credits") as told:
        await pool.take(who, "sub-2", needs=20)
    assert told.value.retry_at == pool.clock.now() + timedelta(seconds=1)  # they may not be used
    await pool.release(who, "sub-1", spent=15)
    await pool.release(who, "sub-1", spent=15)
    with pytest.raises(NoFreeAccountError, match="without the 20 credits") as told:
        await pool.take(who, "sub-2", needs=20)
    assert told.value.retry_at is None
    assert (await pool.take(who, "sub-2", needs=15)).credits == 15


async def test_who_has_no_account_is_told_how_to_add_one(pool, who):
    with pytest.raises(NoAccountError, match="reelwright accounts add fal"):
        await pool.take(who, "sub-1", provider="fal")


async def test_the_same_call_gets_the_same_slot_and_releases_it_once(pool, who):
    await pool.add(who, max_concurrent_jobs=1)
    first = await pool.take(who, "sub-1")
    assert (await pool.take(who, "sub-1")).id == first.id
    assert await pool.release(who, "sub-1") == first.id
    assert await pool.release(who, "sub-1") is None
    await pool.take(who, "sub-2")
    with pytest.raises(NoFreeAccountError, match="all 1 slots taken"):
        await pool.take(who, "sub-1")


async def test_a_slot_of_a_transaction_that_was_rolled_back_was_never_taken(pool, who, database):
    await pool.add(who, max_concurrent_jobs=1)
    with pytest.raises(RuntimeError):
        async with database.transaction(who) as tx:
            await pool.service.take(tx, who, VENDOR, "model", 0, "sub-1")
            raise RuntimeError
    assert await pool.take(who, "sub-2")


async def test_a_free_account_is_taken_without_waiting_for_one_that_another_is_taking(
    pool, who, database
):
    one = await pool.add(who, priority=0)
    other = await pool.add(who)
    async with database.transaction(who) as tx:
        assert (await pool.service.take(tx, who, VENDOR, "model", 0, "sub-1")).id == one.id
        async with asyncio.timeout(5):
            # In a context of its own: a task inherits the mark of the transaction it is made in.
            taking = asyncio.create_task(pool.take(who, "sub-2"), context=Context())
            assert (await taking).id == other.id


async def test_requests_a_minute_hold_in_any_minute_and_the_moment_to_retry_is_exact(pool, who):
    await pool.add(who, requests_per_minute=3, max_concurrent_jobs=10)
    begun = pool.clock.now()
    for call in range(3):
        await pool.take(who, f"sub-{call}")
        await pool.release(who, f"sub-{call}")
        pool.clock.pass_time(10)
    with pytest.raises(NoFreeAccountError, match="requests a minute") as told:
        await pool.take(who, "sub-3")
    assert told.value.retry_at == begun + timedelta(seconds=60)
    assert told.value.retry_after == 30
    pool.clock.pass_time(30)
    await pool.take(who, "sub-3")
    with pytest.raises(NoFreeAccountError):
        await pool.take(who, "sub-4")


async def test_the_moment_to_retry_is_that_of_the_account_that_is_free_first(pool, who):
    late, soon = await pool.add(who), await pool.add(who)
    for account, seconds in ((late, 90), (soon, 40)):
        await pool.service.record_failure(
            account.id, RateLimitedError("slower", retry_after_s=seconds)
        )
    with pytest.raises(NoFreeAccountError, match="2 resting") as told:
        await pool.take(who, "sub-1")
    assert told.value.retry_at == pool.clock.now() + timedelta(seconds=40)
    for account in (late, soon):
        await pool.book.change(who, account.id, {"paused": True})
    with pytest.raises(NoFreeAccountError, match="2 paused") as told:
        await pool.take(who, "sub-1")
    assert told.value.retry_at is None


async def test_a_cap_of_ten_holds_for_two_processes_with_64_tasks(
    pool, who, database, database_url
):
    await pool.add(who, max_concurrent_jobs=10)
    script = str(TESTS / "support" / "account_takers.py")
    words = (sys.executable, script, database_url, who.user, who.workspace, "32", "2")
    environ = os.environ | {"PYTHONPATH": str(TESTS)}
    running = [
        await asyncio.create_subprocess_exec(*words, env=environ, stdout=asyncio.subprocess.PIPE)
        for _ in range(2)
    ]
    told = [json.loads((await one.communicate())[0]) for one in running]
    assert [one["taken"] for one in told] == [64, 64]
    assert max(one["most"] for one in told) == 10
    async with database.read(who) as tx:
        assert await pool.service.reservations_of(tx) == []


async def test_of_64_who_ask_at_once_exactly_ten_get_a_slot(pool, who):
    await pool.add(who, max_concurrent_jobs=10)
    asked = [pool.take(who, f"sub-{call}") for call in range(64)]
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(one, NoFreeAccountError) for one in told) == 54
    assert sum(not isinstance(one, BaseException) for one in told) == 10


async def test_many_who_want_the_last_slots_of_several_accounts_never_wait_in_a_circle(pool, who):
    for _ in range(4):
        await pool.add(who, max_concurrent_jobs=1)
    for turn in range(6):
        asked = [pool.take(who, f"sub-{turn}-{call}") for call in range(20)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert sum(isinstance(one, NoFreeAccountError) for one in told) == 16, told
        for call in range(20):
            await pool.release(who, f"sub-{turn}-{call}")
        pool.clock.pass_time(120)


async def test_a_cap_of_the_operators_account_holds_over_all_workspaces(pool, database):
    account = await pool.add(await admin(database), sharing=Sharing.EVERYONE, max_concurrent_jobs=2)
    people = [await new_person(database) for _ in range(3)]
    for person in people[:2]:
        await pool.take(person, "sub-1")
    with pytest.raises(NoFreeAccountError):
        await pool.take(people[2], "sub-1")
    assert await pool.release(people[2], "sub-1") is None  # another's slot of the same name
    assert await pool.release(people[0], "sub-1") == account.id
    assert await pool.take(people[2], "sub-1")


async def test_a_killed_holders_slot_is_found_and_released_as_its_workspace(pool, who, database):
    await pool.add(who)
    await pool.take(who, "sub-lost")
    pool.clock.pass_time(600)
    await pool.take(who, "sub-new")
    async with database.read(Activity.DISPATCH) as tx:
        before = pool.clock.now() - timedelta(minutes=5)
        (lost,) = await pool.service.reservations_of(tx, before=before)
    assert (lost.id, lost.who, lost.model) == ("sub-lost", who, "model")
    assert await pool.release(lost.who, lost.id)
    async with database.read(who) as tx:
        assert [one.id for one in await pool.service.reservations_of(tx)] == ["sub-new"]


async def test_a_named_account_can_be_reserved_under_the_missions_names(pool, who):
    other, wanted = await pool.add(who, priority=0), await pool.add(who, max_concurrent_jobs=1)
    assert (await pool.service.select_account(who, VENDOR)).id == other.id
    assert (await pool.service.reserve_account(who, wanted.id, "mine")).id == wanted.id
    with pytest.raises(NoFreeAccountError):
        await pool.service.reserve_account(who, wanted.id, "again")
    assert await pool.service.release_account(who, "mine") == wanted.id
    with pytest.raises(MissingError):
        await pool.service.reserve_account(who, AccountId.new(), "none")


class TestTheEnvironment:
    async def owner(self, database):
        return await UserService(database).local_owner()

    async def test_a_key_in_it_is_the_local_owners_and_stands_in_no_row(self, database, who):
        pool = Pool(database, environ={"FAL_KEY": "key-of-the-shell"})
        owner = await self.owner(database)
        taken = await pool.take(owner, "sub-1", provider="fal")
        assert pool.service.access_of(taken) == Access("key-of-the-shell")
        async with database.read(owner) as tx:
            row = await tx.scalar(text("SELECT a::text FROM accounts AS a"))
        assert "key-of-the-shell" not in row
        with pytest.raises(NoAccountError):
            await pool.take(who, "sub-1", provider="fal")
        assert [one.name for one in (await pool.book.list(owner)).rows] == ["FAL_KEY"]

    async def test_a_process_without_it_passes_it_over(self, database):
        environ = {"FAL_KEY": "key-of-the-shell"}
        owner = await self.owner(database)
        await Pool(database, environ=environ).take(owner, "sub-1", provider="fal")
        with pytest.raises(NoAccountError):
            await Pool(database).take(owner, "sub-2", provider="fal")
        assert (await Pool(database).book.list(owner)).rows == []

    async def test_two_names_of_one_key_are_one_account_and_its_cap_holds(self, database):
        environ = {"GOOGLE_API_KEY": "one", "GEMINI_API_KEY": "one"}
        pool, owner = Pool(database, environ=environ), await self.owner(database)
        asked = [pool.take(owner, f"sub-{call}", provider="google") for call in range(8)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert sum(isinstance(one, NoFreeAccountError) for one in told) == 3
        (account,) = (await pool.book.list(owner)).rows
        assert account.running == 5


async def test_two_processes_count_the_same_slots(pool, who, database_url):
    await pool.add(who, max_concurrent_jobs=1)
    await pool.take(who, "sub-1")
    async with doors(database_url) as elsewhere:
        with pytest.raises(NoFreeAccountError):
            await Pool(elsewhere, clock=HandClock()).take(who, "sub-2")
