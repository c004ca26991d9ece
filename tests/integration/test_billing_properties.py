"""Whatever is done in whatever order, the ledger says what a simple model says."""

import asyncio
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.billing.errors import LimitReachedError
from reelwright.billing.limits import NewLimit, Scope
from reelwright.ground.ids import JobId, ProjectId
from support.databases import doors
from support.money import Till, call, read_state
from support.tenants import stranger

MICROS = st.integers(0, 60)
PLACE = st.integers(0, 5)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("hold"), MICROS),
        st.tuples(st.just("settle"), PLACE, MICROS),
        st.tuples(st.just("release"), PLACE),
        st.tuples(st.just("again"), PLACE),
    ),
    min_size=1,
    max_size=14,
)


@dataclass
class Model:
    """The ledger as a child would write it down."""

    limit: int
    held: dict[int, int] = field(default_factory=dict)
    released: set[int] = field(default_factory=set)
    paid: dict[int, int] = field(default_factory=dict)

    @property
    def totals(self):
        return sum(self.held.values()), sum(self.paid.values())

    def hold(self, n, micros):
        if micros and sum(self.totals) + micros > self.limit:
            return False
        self.held[n] = micros
        return True

    def settle(self, n, micros):
        if n in self.paid:
            return (False, False)
        late = n in self.released
        self.held.pop(n, None)
        self.released.discard(n)
        self.paid[n] = micros
        return (True, late)

    def release(self, n):
        if n not in self.held:
            return (False, False)
        del self.held[n]
        self.released.add(n)
        return (True, False)


async def act_out(till, tx, who, model, acts):
    """Do everything in the ledger and in the model; both answer the same each time."""
    root, project, holds = JobId.new(), ProjectId.new(), []
    limit = NewLimit(Scope.PRODUCTION, model.limit, subject=root)
    await till.limits.set_in(tx, who, limit)
    for name, *given_ in acts:
        if name == "hold":
            new = call(given_[0], root_job_id=root, project_id=project)
            try:
                await till.ledger.hold(tx, who, new)
                fits = True
            except LimitReachedError:
                fits = False
            assert fits == model.hold(len(holds), given_[0])
            holds += [new] if fits else []
        elif holds:
            n = given_[0] % len(holds)
            if name == "again":
                await till.ledger.hold(tx, who, holds[n])
                continue
            more = given_[1:]
            ending = await getattr(till.ledger, name)(tx, who, holds[n].id, *more)
            assert (ending.changed, ending.late) == getattr(model, name)(n, *more)


def test_any_order_of_holds_and_ends_keeps_the_balances_of_a_simple_model(database_url):
    async def scenario(database, acts, limit):
        till, who, model = Till(database), stranger(), Model(limit)
        async with database.transaction(who) as tx:
            await act_out(till, tx, who, model, acts)
            money = await read_state(tx)
        assert money.sum_of_all == 0
        assert money.entries == money.holds == model.totals
        for total in money.totals.values():
            assert total == model.totals

    with asyncio.Runner() as runner:
        opened = doors(database_url)
        database = runner.run(opened.__aenter__())

        @settings(max_examples=150, deadline=None)
        @given(ACTS, st.integers(0, 150))
        def whatever_is_done(acts, limit):
            runner.run(scenario(database, acts, limit))

        try:
            whatever_is_done()
        finally:
            runner.run(opened.__aexit__(None, None, None))
