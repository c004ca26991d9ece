"""Who spent what, for what, with whom; and whether the vendor says the same."""

from datetime import date

import pytest

from reelwright.billing.analytics import Dimension
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Activity, Principal
from support.money import Till
from support.people import join, new_person

pytestmark = pytest.mark.anyio
DAY_S = 24 * 3600
NOVEMBER = {"since": date(2026, 11, 1), "before": date(2026, 12, 1)}


@pytest.fixture
def till(database):
    return Till(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


async def test_usage_is_told_by_user_project_model_vendor_and_day(till, who, database):
    other = await new_person(database)
    await join(database, other, who.workspace)
    fellow = Principal(other.user, who.workspace)
    film, trailer = sorted(ProjectId.new() for _ in range(2))
    await till.settle(who, await till.hold(who, 100, project_id=film), 60)
    await till.hold(who, 30, project_id=film, vendor="google", model="google/veo")
    till.clock.pass_time(DAY_S)
    await till.release(fellow, await till.hold(fellow, 100, project_id=trailer))
    await till.settle(fellow, await till.hold(fellow, 9, currency="EUR", project_id=trailer), 9)

    async def told(*by, **when):
        rows = await till.analytics.usage(who, by, **when)
        return [(*one.by.values(), one.currency, one.calls, one.held, one.spent) for one in rows]

    assert await told(Dimension.USER) == [
        (who.user, "USD", 2, 30, 60),
        (other.user, "EUR", 1, 0, 9),
        (other.user, "USD", 1, 0, 0),
    ]
    assert await told(Dimension.PROJECT, Dimension.VENDOR) == [
        (film, "fal", "USD", 1, 0, 60),
        (film, "google", "USD", 1, 30, 0),
        (trailer, "fal", "EUR", 1, 0, 9),
        (trailer, "fal", "USD", 1, 0, 0),
    ]
    assert await told(Dimension.MODEL, since=date(2026, 11, 21)) == [
        ("fal/flux", "EUR", 1, 0, 9),
        ("fal/flux", "USD", 1, 0, 0),
    ]
    assert await told(Dimension.DAY, before=date(2026, 11, 21)) == [
        ("2026-11-20", "USD", 2, 30, 60)
    ]
    assert await told() == [("EUR", 1, 0, 9), ("USD", 3, 30, 60)]
    stranger = await new_person(database)
    assert await till.analytics.usage(stranger, [Dimension.USER]) == []


async def test_usage_of_one_project_or_person_says_what_the_ledger_says(till, who, database):
    other = await new_person(database)
    await join(database, other, who.workspace)
    fellow = Principal(other.user, who.workspace)
    film = ProjectId.new()
    late = await till.hold(who, 100, project_id=film)
    await till.release(who, late)
    await till.settle(who, late, 60)  # it was made after all
    await till.settle(fellow, await till.hold(fellow, 10, project_id=film), 25)
    await till.hold(who, 7, project_id=film)
    await till.hold(fellow, 9)

    async def told(**of):
        return [
            (one.calls, one.held, one.spent) for one in await till.analytics.usage(who, [], **of)
        ]

    assert await told(project=film) == [(3, 7, 85)]
    assert await told(user=other.user) == [(2, 9, 25)]
    assert await told(project=film, user=other.user) == [(1, 0, 25)]
    assert await told(project=ProjectId.new()) == []
    assert await told() == [(4, 16, 85)]
    assert (await till.state(who)).entries == (16, 85)


async def test_usage_is_written_as_csv_to_the_millionth_and_as_no_formula(till, who):
    await till.settle(who, await till.hold(who, 3, model="=1+1"), 1)
    await till.hold(who, 2_500_000)
    told = await till.analytics.usage_csv(who, [Dimension.MODEL, Dimension.DAY])
    assert told == (
        "model,day,currency,calls,held,spent\n"
        "'=1+1,2026-11-20,USD,1,0.000000,0.000001\n"
        "fal/flux,2026-11-20,USD,1,2.500000,0.000000\n"
    )


async def test_an_invoice_is_reconciled_for_a_workspace_and_by_the_system_for_all(
    till, who, database
):
    other = await new_person(database)
    await till.settle(who, await till.hold(who, 100), 60, remote_id="a")
    await till.settle(who, await till.hold(who, 100), 70, remote_id="b")
    await till.settle(other, await till.hold(other, 100), 80, remote_id="c")
    await till.settle(who, await till.hold(who, 5, vendor="google"), 5, remote_id="g")
    unknown, released = await till.hold(who, 30), await till.hold(who, 30)
    async with database.transaction(who) as tx:
        await till.ledger.name_remote(tx, who, unknown.id, "u")
        await till.ledger.name_remote(tx, who, released.id, "r")
    await till.release(who, released)
    invoice = ["remote_id,amount", "a,0.00006", "b,0.000071", "c,0.00008", "u,0.00002", "r,0.00001"]

    mine = await till.analytics.reconcile(who, "fal", invoice, **NOVEMBER)
    assert [one.remote_id for one in mine.matched] == ["a"]
    assert [one.remote_id for one in mine.differing] == ["b"]
    assert [(one.remote_id, one.holds) for one in mine.missing_here] == [
        ("c", ()),
        ("r", (released.id,)),
        ("u", (unknown.id,)),
    ]
    assert mine.missing_there == []

    await till.ledger.decide(who, unknown.id, 20)
    assert (await till.settle(who, released, 10)).late
    all_ = await till.analytics.reconcile(Activity.AUDIT, "fal", invoice, **NOVEMBER)
    assert [one.remote_id for one in all_.matched] == ["a", "c", "r", "u"]
    assert (all_.billed, all_.recorded) == (241, 240)
    shorter = await till.analytics.reconcile(who, "fal", invoice[:2], **NOVEMBER)
    assert [one.remote_id for one in shorter.missing_there] == ["b", "r", "u"]
    december = {"since": date(2026, 12, 1), "before": date(2027, 1, 1)}
    late = await till.analytics.reconcile(who, "fal", invoice[:2], **december)
    assert (late.agrees, [one.remote_id for one in late.matched]) == (True, ["a"])
