"""Money is held, settled, released: once each, wholly or not at all, and seen by its tenant only."""

import asyncio
import contextvars

import pytest
import sqlalchemy as sa
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from reelwright.billing.errors import LimitReachedError
from reelwright.billing.holds import HoldState
from reelwright.billing.limits import NewLimit, Scope
from reelwright.engines.database.failures import RightsError
from reelwright.engines.database.retrying import retrying
from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.ground.ids import HoldId, JobId, ProjectId
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Activity
from support.money import Till, call
from support.people import new_person

pytestmark = pytest.mark.anyio

_ENTRY = text("""
INSERT INTO ledger_entries (workspace_id, hold_id, debit, credit, micros, currency, user_id)
VALUES (:w, :h, :d, :c, :m, 'USD', 'x')""")


@pytest.fixture
def till(database):
    return Till(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


async def test_a_hold_keeps_the_most_a_call_may_cost_and_the_price_it_was_reckoned_by(till, who):
    project, root = ProjectId.new(), JobId.new()
    price = {"parts": [{"unit": "image", "amount": "0.025"}], "source": "fal.ai"}
    hold = await till.hold(who, 25_000, price=price, project_id=project, root_job_id=root)
    assert await till.ledger.get(who, hold.id) == hold
    assert (hold.state, hold.micros, hold.price) == (HoldState.HELD, 25_000, price)
    money = await till.state(who)
    assert money.entries == money.holds == (25_000, 0)
    scopes = ("workspace_month", "user_day", "project", "production")
    assert money.totals == dict.fromkeys(scopes, (25_000, 0))


async def test_settling_spends_what_was_made_and_frees_the_rest(till, who):
    hold = await till.hold(who, 100)
    ending = await till.settle(who, hold, 60, remote_id="req-1")
    assert (ending.changed, ending.late) == (True, False)
    assert (ending.hold.state, ending.hold.settled_micros) == (HoldState.SETTLED, 60)
    assert await till.ledger.get(who, hold.id) == ending.hold
    balances = await till.analytics.balances(who)
    assert {account: micros for (account, _), micros in balances.items()} == {
        "budget": 0,
        "held": 0,
        "spent": 60,
        "payable": -60,
    }


async def test_a_second_end_changes_nothing_and_says_so(till, who):
    settled, released = await till.hold(who, 100), await till.hold(who, 50)
    await till.settle(who, settled, 60)
    await till.release(who, released)
    before = await till.state(who)
    again = [
        await till.settle(who, settled, 60),
        await till.settle(who, settled, 99),
        await till.release(who, settled),
        await till.release(who, released),
    ]
    assert [one.changed for one in again] == [False] * 4
    assert again[1].hold.settled_micros == 60
    assert await till.state(who) == before


async def test_a_late_success_settles_a_released_hold_once(till, who):
    hold = await till.hold(who, 100)
    await till.release(who, hold)
    late = await till.settle(who, hold, 70)
    assert (late.changed, late.late, late.hold.state) == (True, True, HoldState.SETTLED)
    assert not (await till.settle(who, hold, 70)).changed
    assert (await till.state(who)).entries == (0, 70)


async def test_ends_that_race_end_a_hold_once(till, who):
    for most, cost in ((100, 60), (0, 0)):
        hold = await till.hold(who, most)
        endings = await asyncio.gather(*(till.settle(who, hold, cost) for _ in range(8)))
        assert sum(one.changed for one in endings) == 1
    money = await till.state(who)
    assert money.entries == money.holds == money.totals["user_day"] == (0, 60)


async def test_what_was_paid_is_recorded_though_it_was_more_than_held(till, who):
    await till.limits.set(who, NewLimit(Scope.USER_DAY, 100))
    hold = await till.hold(who, 100)
    await till.settle(who, hold, 130)
    assert (await till.state(who)).entries == (0, 130)
    with pytest.raises(LimitReachedError):
        await till.hold(who, 1)


async def test_what_costs_nothing_is_held_and_settled_without_money(till, who):
    await till.limits.set(who, NewLimit(Scope.WORKSPACE_MONTH, 0))
    hold = await till.hold(who, 0)
    assert (await till.settle(who, hold, 0)).changed
    money = await till.state(who)
    assert (money.entries, money.totals) == ((0, 0), {})


async def test_what_was_held_for_nothing_and_cost_something_is_recorded(till, who):
    hold = await till.hold(who, 0)
    await till.settle(who, hold, 7)
    money = await till.state(who)
    assert money.entries == money.totals["workspace_month"] == (0, 7)


async def test_a_crash_before_the_commit_leaves_no_trace_and_the_step_can_be_done_again(till, who):
    new = call(100)

    async def crash(act):
        with pytest.raises(ZeroDivisionError):
            async with till.database.transaction(who) as tx:
                await act(tx)
                raise ZeroDivisionError

    await crash(lambda tx: till.ledger.hold(tx, who, new))
    assert (await till.state(who)).entries == (0, 0)
    async with till.database.transaction(who) as tx:
        hold = await till.ledger.hold(tx, who, new)
    for act in (
        lambda tx: till.ledger.settle(tx, who, hold.id, 60),
        lambda tx: till.ledger.release(tx, who, hold.id),
    ):
        await crash(act)
        money = await till.state(who)
        assert money.entries == money.holds == money.totals["user_day"] == (100, 0)
    assert (await till.settle(who, hold, 60)).changed


async def test_a_hold_that_is_asked_for_again_is_the_one_that_is_there(till, who):
    new, other = call(100), call(5)

    async def take(*news):
        return await retrying(till.database, who, lambda tx: till.ledger.hold_all(tx, who, news))

    for one in (new, call(0)):
        taken = await asyncio.gather(*(take(one) for _ in range(4)))
        assert {hold.id for (hold,) in taken} == {one.id}
    assert [one.id for one in await take(new, other)] == [new.id, other.id]
    assert (await till.state(who)).entries == (105, 0)
    with pytest.raises(InvalidInputError):
        await take(new, new)
    assert await take() == []


async def test_several_holds_are_one_statement_and_all_or_none(till, who):
    await till.limits.set(who, NewLimit(Scope.USER_DAY, 100))
    async with till.database.transaction(who) as tx:
        with pytest.raises(LimitReachedError) as caught:
            await till.ledger.hold_all(tx, who, [call(40), call(40), call(21)])
        assert caught.value.refusal["asked"] == 101
        held = await till.ledger.hold_all(tx, who, [call(40), call(40), call(20)])
    assert len(held) == 3
    assert (await till.state(who)).entries == (100, 0)


async def test_holding_costs_one_statement_and_each_end_one(till, who):
    said = []

    def hear(*args):
        said.append(args[2])

    event.listen(sa.Engine, "before_cursor_execute", hear)
    counts = []
    try:
        async with till.database.transaction(who) as tx:
            for count in (1, 300):
                said.clear()
                held = await till.ledger.hold_all(tx, who, [call(9) for _ in range(count)])
                counts.append(len(said))
            for act in (
                till.ledger.settle(tx, who, held[0].id, 5, remote_id="r"),
                till.ledger.release(tx, who, held[1].id),
            ):
                said.clear()
                await act
                counts.append(len(said))
    finally:
        event.remove(sa.Engine, "before_cursor_execute", hear)
    assert counts == [1, 1, 1, 1]


async def test_what_is_written_about_money_cannot_be_changed(till, who):
    hold = await till.hold(who, 100)
    await till.ledger.decide(who, hold.id, None)
    for statement in (
        "UPDATE ledger_entries SET micros = 1",
        "DELETE FROM ledger_entries",
        "TRUNCATE ledger_entries",
        "DELETE FROM holds",
        "UPDATE holds SET micros = 1",
        "UPDATE holds SET price = '{}'",
        "UPDATE audit_entries SET subject = 'x'",
        "DELETE FROM audit_entries",
        "DELETE FROM spending_totals",
    ):
        for one in (who, Activity.AUDIT):
            with pytest.raises(RightsError):
                async with till.database.transaction(one) as tx:
                    await tx.execute(text(statement))


async def test_no_entry_can_be_written_that_does_not_balance_or_comes_twice(till, who):
    hold = await till.hold(who, 100)
    for debit, credit, micros, rule in (
        ("spent", "budget", 5, "ck_ledger_entries_accounts"),
        ("held", "held", 5, "ck_ledger_entries_accounts"),
        ("held", "budget", -5, "ck_ledger_entries_amount"),
        ("held", "budget", 100, "uq_ledger_entries_once"),
    ):
        told = {"w": who.workspace, "h": hold.id, "d": debit, "c": credit, "m": micros}
        with pytest.raises(DBAPIError, match=rule):
            async with till.database.transaction(who) as tx:
                await tx.execute(_ENTRY, told)


async def test_strangers_neither_see_nor_end_a_hold(till, who, database):
    hold = await till.hold(who, 100)
    stranger = await new_person(database)
    for act in (
        till.settle(stranger, hold, 1),
        till.release(stranger, hold),
        till.ledger.get(stranger, hold.id),
        till.ledger.decide(stranger, hold.id, 1),
        till.settle(who, call(1, id=HoldId.new()), 1),
    ):
        with pytest.raises(MissingError):
            await act
    assert (await till.ledger.list(stranger)).rows == []
    assert await till.analytics.balances(stranger) == {}
    assert (await till.state(stranger)).totals == {}
    assert (await till.state(who)).entries == (100, 0)
    with pytest.raises(RightsError):
        async with database.transaction(stranger) as tx:
            await till.ledger.hold(tx, who, call(1))


async def test_tenants_do_not_wait_for_each_other(till, who, database):
    stranger = await new_person(database)
    async with database.transaction(who) as tx:
        await till.ledger.hold(tx, who, call(5))

        async def elsewhere():
            return await till.hold(stranger, 5)

        task = asyncio.get_running_loop().create_task(elsewhere(), context=contextvars.Context())
        assert (await asyncio.wait_for(task, 5)).micros == 5


async def test_an_unknown_outcome_stays_held_until_a_person_decides(till, who):
    hold, other = await till.hold(who, 100), await till.hold(who, 50)
    assert [one.id for one in (await till.ledger.list(who, [HoldState.HELD])).rows] == [
        other.id,
        hold.id,
    ]
    assert (await till.ledger.decide(who, hold.id, 80)).changed
    assert (await till.ledger.decide(who, other.id, None)).changed
    assert not (await till.ledger.decide(who, hold.id, 80)).changed
    with pytest.raises(ConflictError):
        await till.ledger.decide(who, hold.id, 81)
    assert (await till.ledger.list(who, [HoldState.HELD])).rows == []
    trail = (await till.audit.list(who)).rows
    assert [(one.action, one.subject, one.detail["micros"]) for one in trail] == [
        ("hold:decided", other.id, None),
        ("hold:decided", hold.id, 80),
    ]


async def test_holds_are_listed_in_pages(till, who):
    held = [await till.hold(who, n) for n in range(3)]
    first = await till.ledger.list(who, paging=Paging(2))
    rest = await till.ledger.list(who, paging=Paging(2, first.next))
    assert sorted(one.micros for one in (*first.rows, *rest.rows)) == [0, 1, 2]
    assert rest.next is None
    assert {one.id for one in held} == {one.id for one in (*first.rows, *rest.rows)}


@pytest.mark.parametrize("micros", [-1, 10**15 + 1, 0.5, True])
async def test_no_money_is_held_that_is_no_amount(micros):
    with pytest.raises(InvalidInputError):
        call(micros)
    with pytest.raises(InvalidInputError):
        call(1, currency="usd")
