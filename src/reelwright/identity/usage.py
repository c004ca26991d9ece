"""What people have asked for and made, day by day of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from reelwright.engines.database.database import Database
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Principal, Who
from reelwright.identity.days import day_of
from reelwright.identity.quotas import Quotas
from reelwright.identity.tables import UsageDayRow

_LONGEST = 400  # days


@dataclass(frozen=True, slots=True)
class UsageDay:
    """A day of a person: the jobs they asked for, the files that were made or brought, and their bytes."""

    day: date
    jobs: int
    assets: int
    bytes: int


class UsageBook:
    """Shows what people used, and takes note of more."""

    def __init__(self, database: Database, clock: Clock, quotas: Quotas) -> None:
        self._database = database
        self._clock = clock
        self._quotas = quotas

    async def list(self, who: Who, user: UserId, since: date, until: date) -> Sequence[UsageDay]:
        """The days from `since` to `until`, both included, on which there was anything.

        A principal sees their own. Raises InvalidInputError for more than 400 days.
        """
        if not 0 <= (until - since).days <= _LONGEST:
            raise InvalidInputError(f"ask for 1 to {_LONGEST} days, the first of them first")
        statement = select(UsageDayRow).where(
            UsageDayRow.user_id == user, UsageDayRow.day.between(since, until)
        )
        async with self._database.read(who) as tx:
            rows = await tx.scalars(statement.order_by(UsageDayRow.day))
            return [_day(row) for row in rows]

    async def note(self, who: Principal, *, jobs: int = 0, assets: int = 0) -> UsageDay:
        """Add to what is known of today, whatever the limits are; the day as it is then."""
        if min(jobs, assets) < 0:
            raise InvalidInputError("what was used is not less than nothing")
        async with self._database.transaction(who) as tx:
            zone = (await self._quotas.allowance(tx, who.user)).zone
            today = day_of(zone, self._clock.now())
            adding = insert(UsageDayRow).values(
                user_id=who.user,
                day=today,
                jobs_created=jobs,
                jobs_counted=jobs,
                assets_made=assets,
            )
            added = adding.on_conflict_do_update(
                index_elements=["user_id", "day"],
                set_={
                    name: UsageDayRow.__table__.columns[name] + adding.excluded[name]
                    for name in ("jobs_created", "jobs_counted", "assets_made")
                },
            ).returning(UsageDayRow)
            return _day((await tx.scalars(added)).one())


def _day(row: UsageDayRow) -> UsageDay:
    return UsageDay(row.day, row.jobs_created, row.assets_made, row.bytes_made)
