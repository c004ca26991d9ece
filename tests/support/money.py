"""Money for tests: a workspace's ledger, limits and what one call is asked with."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from reelwright.billing.analytics import AnalyticsService
from reelwright.billing.holds import NewHold
from reelwright.billing.ledger import Ledger
from reelwright.billing.settings import BillingSettings
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.identity.audit import AuditLog
from support.clocks import HandClock


def call(micros, **more):
    """One call of a model, that may cost so much."""
    asked: dict[str, Any] = {
        "operation": "text-to-image",
        "vendor": "fal",
        "model": "fal/flux",
        "micros": micros,
    }
    return NewHold(**asked | more)


class Till:
    """All services of money on one database, and their acts in transactions of their own."""

    def __init__(self, database) -> None:
        self.database = database
        self.clock = HandClock()
        self.audit = AuditLog(database, self.clock)
        self.ledger = Ledger(database, self.clock, self.audit, BillingSettings())
        self.limits = SpendingLimits(database, self.clock, self.audit)
        self.analytics = AnalyticsService(database)

    async def hold(self, who, micros, **more):
        async with self.database.transaction(who) as tx:
            return await self.ledger.hold(tx, who, call(micros, **more))

    async def settle(self, who, hold, micros, **more):
        async with self.database.transaction(who) as tx:
            return await self.ledger.settle(tx, who, hold.id, micros, **more)

    async def release(self, who, hold):
        async with self.database.transaction(who) as tx:
            return await self.ledger.release(tx, who, hold.id)

    async def state(self, who):
        """Everything the database knows of a workspace's money, told three ways."""
        async with self.database.read(who) as tx:
            return await read_state(tx)


@dataclass(frozen=True)
class Money:
    """Held and spent: by the entries, by the holds, and by the totals of each scope."""

    entries: tuple[int, int]
    holds: tuple[int, int]
    totals: dict[str, tuple[int, int]]
    sum_of_all: int


async def read_state(tx):
    legs = await tx.execute(
        text("SELECT account, sum(micros)::bigint AS total FROM ledger_legs GROUP BY 1")
    )
    accounts = {row.account: row.total for row in legs}
    assert accounts.get("budget", 0) == -accounts.get("held", 0)
    assert accounts.get("payable", 0) == -accounts.get("spent", 0)
    holds = await tx.execute(
        text("""SELECT coalesce(sum(micros) FILTER (WHERE state = 'held'), 0)::bigint,
                coalesce(sum(settled_micros), 0)::bigint FROM holds""")
    )
    totals = await tx.execute(
        text("""SELECT scope, sum(held_micros)::bigint, sum(spent_micros)::bigint
                FROM spending_totals GROUP BY scope""")
    )
    return Money(
        entries=(accounts.get("held", 0), accounts.get("spent", 0)),
        holds=tuple(holds.one()),
        totals={scope: (held, spent) for scope, held, spent in totals},
        sum_of_all=sum(accounts.values()),
    )
