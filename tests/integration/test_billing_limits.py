"""Limits hold exactly, whoever spends at once, and never longer than they must."""

import asyncio
import contextvars
import json

import pytest
from sqlalchemy import text

from reelwright.billing.errors import LimitReachedError
from reelwright.billing.limits import NewLimit, Scope
from reelwright.engines.database.failures import CollisionError
from reelwright.ground.errors import DeniedError, InvalidInputError, Kind, MissingError
from reelwright.ground.ids import JobId, LimitId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.identity.audit import Sought
from reelwright.identity.workspaces import WorkspaceService
from support.money import Till, call
from support.people import join, new_person

pytestmark = pytest.mark.anyio
DAY_S = 24 * 3600
_LOCK = text("SELECT lock_spending(:w, spending_counts(:u, CAST(:news AS jsonb), :day))")


@pytest.fixture
def till(database):
    return Till(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


async def held(till, who, micros, **more):
    """Whether it fits."""
    try:
        await till.hold(who, micros, **more)
    except LimitReachedError:
        return False
    return True


async def until_it_waits(tx):
    """Come back when somebody waits for a lock of ours."""
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not await tx.scalar(waits):  # noqa: ASYNC110 - the database tells of no such event
        await asyncio.sleep(0.01)


async def events(till, who):
    async with till.database.read(who) as tx:
        rows = await tx.execute(text("SELECT kind, subject, data FROM events ORDER BY seq"))
        return [(kind, subject, data["step"]) for kind, subject, data in rows]


async def test_of_64_at_once_as_many_hold_as_fit_and_not_one_more(till, database):
    root, project = JobId.new(), ProjectId.new()
    for limit in (
        NewLimit(Scope.WORKSPACE_MONTH, 105),
        NewLimit(Scope.USER_DAY, 105),
        NewLimit(Scope.PROJECT, 105, subject=project),
        NewLimit(Scope.PRODUCTION, 105, subject=root),
    ):
        who = await new_person(database)
        await till.limits.set(who, limit)
        asked = (held(till, who, 10, root_job_id=root, project_id=project) for _ in range(64))
        assert sum(await asyncio.gather(*asked)) == 10
        money = await till.state(who)
        assert money.entries == money.holds == (100, 0)
        assert set(money.totals.values()) == {(100, 0)}


async def test_holds_and_ends_at_once_never_pass_the_limit_nor_wait_in_a_circle(till, who):
    await till.limits.set(who, NewLimit(Scope.USER_DAY, 50))
    projects = [ProjectId.new() for _ in range(3)]
    spent, most = [], []

    async def spend(n):
        try:
            hold = await till.hold(who, 10, project_id=projects[n % 3])
        except LimitReachedError:
            return
        money = await till.state(who)
        most.append(sum(money.totals["user_day"]))
        if n % 2:
            await till.release(who, hold)
        else:
            await till.settle(who, hold, 1)
            spent.append(1)

    try:
        await asyncio.gather(*(spend(n) for n in range(64)))
    except CollisionError:
        pytest.fail("two waited for each other")
    assert max(most) <= 50
    money = await till.state(who)
    assert money.entries == money.holds == money.totals["user_day"] == (0, len(spent))
    assert money.totals["project"] == (0, len(spent))


async def test_two_that_are_first_on_a_project_do_not_wait_in_a_circle(till, who):
    project = ProjectId.new()
    await till.hold(who, 1)

    async def lock(tx, **of):
        counted = {"micros": 1, "currency": "USD"} | of
        told = {"w": who.workspace, "u": who.user, "news": json.dumps([counted])}
        await tx.execute(_LOCK, told | {"day": till.clock.now().date()})

    async with till.database.transaction(who) as tx:
        await lock(tx)
        other = asyncio.get_running_loop().create_task(
            till.hold(who, 1, project_id=project), context=contextvars.Context()
        )
        await until_it_waits(tx)
        await lock(tx, project_id=project)
    await other
    assert (await till.state(who)).totals["project"] == (1, 0)


async def test_a_released_hold_has_room_for_others_at_once(till, who):
    await till.limits.set(who, NewLimit(Scope.WORKSPACE_MONTH, 100))
    first = await till.hold(who, 100)
    assert not await held(till, who, 1)
    await till.release(who, first)
    second = await till.hold(who, 100)
    await till.settle(who, second, 30)
    assert await held(till, who, 70)
    assert not await held(till, who, 1)


async def test_a_refusal_says_what_is_taken_and_the_transaction_goes_on(till, who):
    limit = await till.limits.set(who, NewLimit(Scope.OPERATION, 2_500_000))
    await till.limits.set(who, NewLimit(Scope.USER_DAY, 4_000_000))
    await till.hold(who, 2_500_000)
    async with till.database.transaction(who) as tx:
        with pytest.raises(LimitReachedError, match=r"2\.50 USD") as caught:
            await till.ledger.hold(tx, who, call(2_500_001))
        assert caught.value.kind is Kind.EXHAUSTED
        assert caught.value.refusal["scope"] == "user_day"  # the tightest
        await till.ledger.hold(tx, who, call(1_500_000))
    with pytest.raises(LimitReachedError, match=r"4\.00 USD is taken") as caught:
        await till.hold(who, 1)
    way_out = caught.value.way_out or ""
    assert f"PUT /api/v1/costs/limits/user_day for the subject {who.user}," in way_out
    assert f"`reelwright costs limit user_day AMOUNT --subject {who.user}`" in way_out
    assert caught.value.details["taken"] == 4_000_000
    assert await till.limits.list(who) == [limit, (await till.limits.list(who))[1]]


async def test_an_operations_limit_is_for_each_call(till, who):
    await till.limits.set(who, NewLimit(Scope.OPERATION, 10))
    await till.limits.set(who, NewLimit(Scope.OPERATION, 50, subject="image-to-video"))
    assert [await held(till, who, 10) for _ in range(3)] == [True] * 3
    assert not await held(till, who, 11)
    assert await held(till, who, 50, operation="image-to-video")
    assert not await held(till, who, 51, operation="image-to-video")


async def test_a_subjects_own_limit_goes_before_the_one_for_all(till, who):
    rich, poor = ProjectId.new(), ProjectId.new()
    await till.limits.set(who, NewLimit(Scope.PROJECT, 10))
    await till.limits.set(who, NewLimit(Scope.PROJECT, 90, subject=rich))
    assert not await held(till, who, 90, project_id=poor)
    assert await held(till, who, 90, project_id=rich)
    assert await held(till, who, 10, project_id=poor)
    assert await held(till, who, 1000)


async def test_days_and_months_begin_anew_and_what_was_spent_before_a_limit_counts(till, who):
    await till.settle(who, await till.hold(who, 100), 60)
    await till.limits.set(who, NewLimit(Scope.USER_DAY, 100))
    await till.limits.set(who, NewLimit(Scope.WORKSPACE_MONTH, 130))
    assert not await held(till, who, 41)
    late = await till.hold(who, 40)
    till.clock.pass_time(DAY_S)
    assert await held(till, who, 30)
    assert not await held(till, who, 1)  # the month is full
    await till.release(who, late)  # counts where it was held, so the month has room again
    assert await held(till, who, 40)
    till.clock.pass_time(20 * DAY_S)
    assert await held(till, who, 100)


async def test_no_limit_is_passed_by_paying_in_another_currency(till, who):
    await till.limits.set(who, NewLimit(Scope.WORKSPACE_MONTH, 100))
    with pytest.raises(LimitReachedError, match="no limit in EUR"):
        await till.hold(who, 1, currency="EUR")
    assert (await till.limits.room(who, currency="EUR"))[0].left == 0
    await till.limits.set(who, NewLimit(Scope.WORKSPACE_MONTH, 10, "EUR"))
    assert await held(till, who, 10, currency="EUR")
    assert await held(till, who, 100)
    assert not await held(till, who, 1, currency="EUR")


async def test_quotes_can_ask_what_room_is_left(till, who):
    project, root = ProjectId.new(), JobId.new()
    for limit in (
        NewLimit(Scope.USER_DAY, 100),
        NewLimit(Scope.PROJECT, 70),
        NewLimit(Scope.OPERATION, 65),
    ):
        await till.limits.set(who, limit)
    await till.settle(who, await till.hold(who, 20, project_id=project), 10)
    await till.hold(who, 5, project_id=project)
    rooms = await till.limits.room(
        who, project_id=project, root_job_id=root, operation="text-to-image"
    )
    assert [(one.scope, one.micros, one.taken, one.left) for one in rooms] == [
        (Scope.PROJECT, 70, 15, 55),
        (Scope.OPERATION, 65, 0, 65),
        (Scope.USER_DAY, 100, 15, 85),
    ]
    assert await held(till, who, 55, project_id=project)
    assert not await held(till, who, 1, project_id=project)


async def test_a_limit_stands_where_the_running_period_does(till, who):
    project = ProjectId.new()
    for limit in (
        NewLimit(Scope.WORKSPACE_MONTH, 100),
        NewLimit(Scope.WORKSPACE_MONTH, 100, "EUR"),
        NewLimit(Scope.USER_DAY, 50, subject=who.user),
        NewLimit(Scope.USER_DAY, 40),
        NewLimit(Scope.PROJECT, 20, subject=project),
        NewLimit(Scope.OPERATION, 25, subject="text-to-image"),
    ):
        await till.limits.set(who, limit)
    await till.settle(who, await till.hold(who, 15, project_id=project), 30)
    await till.hold(who, 5)

    async def standings():
        told = await till.limits.standings(who)
        return {(one.limit.scope, one.limit.currency, bool(one.limit.subject)): one for one in told}

    now = await standings()
    assert {key: (one.period, one.taken, one.left) for key, one in now.items()} == {
        (Scope.WORKSPACE_MONTH, "USD", False): ("2026-11", 35, 65),
        (Scope.WORKSPACE_MONTH, "EUR", False): ("2026-11", 0, 100),
        (Scope.USER_DAY, "USD", True): ("2026-11-20", 35, 15),
        (Scope.USER_DAY, "USD", False): ("2026-11-20", None, None),
        (Scope.PROJECT, "USD", True): ("", 30, 0),  # more was paid than was held
        (Scope.OPERATION, "USD", True): ("", None, None),
    }
    till.clock.pass_time(DAY_S)
    later = await standings()
    assert later[Scope.USER_DAY, "USD", True].left == 50
    assert later[Scope.WORKSPACE_MONTH, "USD", False].left == 65
    assert await till.limits.standings(await new_person(till.database)) == []


async def test_each_step_of_a_limit_is_told_once_a_period(till, who):
    await till.limits.set(who, NewLimit(Scope.USER_DAY, 100))
    hold = await till.hold(who, 49)
    assert await events(till, who) == []
    await till.hold(who, 1)
    await till.release(who, hold)
    await till.hold(who, 49)
    expected = [("account:budget", who.user, 50)]
    assert await events(till, who) == expected
    last = await till.hold(who, 30)
    await till.settle(who, last, 60)  # more than was held
    expected += [("account:budget", who.user, 80), ("account:budget", who.user, 100)]
    assert await events(till, who) == expected
    till.clock.pass_time(DAY_S)
    await till.hold(who, 50)
    assert await events(till, who) == [*expected, ("account:budget", who.user, 50)]


async def test_alerts_begin_anew_with_another_amount_and_name_what_they_are_about(till, who):
    project, root = ProjectId.new(), JobId.new()
    await till.limits.set(who, NewLimit(Scope.PROJECT, 100))
    await till.limits.set(who, NewLimit(Scope.PRODUCTION, 100, subject=root))
    await till.hold(who, 50, project_id=project, root_job_id=root)
    await till.limits.set(who, NewLimit(Scope.PROJECT, 200))
    await till.hold(who, 50, project_id=project)
    assert await events(till, who) == [
        ("production:budget", root, 50),
        ("project:budget", project, 50),
        ("project:budget", project, 50),
    ]


async def test_what_is_allowed_a_film_goes_no_further_than_the_limit_of_every_film(till, who):
    loose, tight = JobId.new(), JobId.new()
    await till.limits.set(who, NewLimit(Scope.PRODUCTION, 100))
    await till.limits.set(who, NewLimit(Scope.PRODUCTION, 500, subject=loose))
    await till.limits.set(who, NewLimit(Scope.PRODUCTION, 20, subject=tight))
    for root, fits in ((loose, 100), (tight, 20)):
        with pytest.raises(LimitReachedError):
            await till.hold(who, fits + 1, root_job_id=root)
        await till.hold(who, fits, root_job_id=root)


async def test_64_that_reach_a_step_at_once_tell_it_once(till, who):
    await till.limits.set(who, NewLimit(Scope.WORKSPACE_MONTH, 64))
    assert all(await asyncio.gather(*(held(till, who, 1) for _ in range(64))))
    assert await events(till, who) == [("account:budget", who.workspace, n) for n in (50, 80, 100)]


async def test_an_admin_looks_after_limits_as_the_owner_does(till, who, database):
    team = await WorkspaceService(database).create(who, "Team")
    other = await new_person(database)
    await join(database, other, team.id, "admin")
    admin = Principal(other.user, team.id)
    limit = await till.limits.set(admin, NewLimit(Scope.WORKSPACE_MONTH, 5))
    assert (await till.limits.list(admin)) == [limit]
    await till.limits.remove(admin, limit.id)
    await join(database, who, other.workspace, "viewer")
    with pytest.raises(DeniedError):
        await till.limits.set(Principal(who.user, other.workspace), NewLimit(Scope.USER_DAY, 5))


async def test_only_who_governs_sets_limits_but_a_member_that_of_a_production(till, who, database):
    team = await WorkspaceService(database).create(who, "Team")
    other = await new_person(database)
    await join(database, other, team.id)
    owner, member = Principal(who.user, team.id), Principal(other.user, team.id)
    limit = await till.limits.set(owner, NewLimit(Scope.USER_DAY, 5))
    for act in (
        till.limits.set(member, NewLimit(Scope.USER_DAY, 500)),
        till.limits.set(member, NewLimit(Scope.PRODUCTION, 500)),
        till.limits.remove(member, limit.id),
    ):
        with pytest.raises(DeniedError):
            await act
    await till.limits.set(member, NewLimit(Scope.PRODUCTION, 3, subject=JobId.new()))
    assert not await held(till, member, 6)
    trail = (await till.audit.list(owner)).rows
    assert [(one.user, one.detail["micros"], one.detail["before"]) for one in trail] == [
        (member.user, 3, None),
        (owner.user, 5, None),
    ]


async def test_a_limit_is_changed_and_removed_and_the_trail_says_by_whom(till, who, database):
    await till.limits.set(who, NewLimit(Scope.USER_DAY, 5))
    limit = await till.limits.set(who, NewLimit(Scope.USER_DAY, 7))
    assert await till.limits.list(who) == [limit]
    assert limit.set_by == who.user
    await till.limits.remove(who, limit.id)
    assert await till.limits.list(who) == []
    assert await held(till, who, 1000)
    with pytest.raises(MissingError):
        await till.limits.remove(who, LimitId.new())
    trail = (await till.audit.list(who, Sought(subject=limit.id))).rows
    assert [one.action for one in trail] == ["limit:removed", "limit:set"]
    assert trail[1].detail["before"] == 5
    assert (await till.audit.list(await new_person(database))).rows == []


async def test_a_limit_that_makes_no_sense_is_refused():
    for make in (
        lambda: NewLimit(Scope.USER_DAY, -1),
        lambda: NewLimit(Scope.USER_DAY, 10**15 + 1),
        lambda: NewLimit(Scope.USER_DAY, 1, "dollar"),
        lambda: NewLimit(Scope.WORKSPACE_MONTH, 1, subject="ws_1"),
        lambda: NewLimit(Scope.PROJECT, 1, subject="\0"),
    ):
        with pytest.raises(InvalidInputError):
            make()
