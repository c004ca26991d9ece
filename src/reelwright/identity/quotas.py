"""Quotas: who may have how much, counted where it holds when many ask at once, in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text

from reelwright.engines.database.database import Database, Tx
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ExhaustedError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Principal
from reelwright.identity.days import day_of, next_day
from reelwright.identity.plans import UNLIMITED, Limits, QuotaSettings

_ASK = "ask an operator for more"

_PERSON = """
SELECT zone, plan, local, admin, max_jobs_a_day, max_jobs_at_once, max_storage, max_accounts
  FROM users WHERE id = :user"""
_READ_PERSON = text(_PERSON)
# Two of the same person take turns from here to their commits: what the first asks for, the second counts.
_HOLD_PERSON = text(f"{_PERSON} FOR NO KEY UPDATE")
_AT_ONCE = text("SELECT live_jobs()")

# The condition stands where the count is: of any number that come at once, so many pass as there is room.
_CHARGE_DAY = text("""
INSERT INTO usage_days AS u (user_id, day, jobs_created, jobs_counted)
SELECT :user, :day, :jobs, :jobs WHERE CAST(:most AS bigint) IS NULL OR :jobs <= :most
ON CONFLICT (user_id, day) DO UPDATE
   SET jobs_created = u.jobs_created + excluded.jobs_created,
       jobs_counted = u.jobs_counted + excluded.jobs_counted
 WHERE CAST(:most AS bigint) IS NULL OR u.jobs_counted + excluded.jobs_counted <= :most
RETURNING jobs_counted""")
_CHARGE_STORAGE = text("""
INSERT INTO usage_totals AS u (user_id, bytes)
SELECT :user, :size WHERE CAST(:most AS bigint) IS NULL OR :size <= :most
ON CONFLICT (user_id) DO UPDATE SET bytes = u.bytes + excluded.bytes
 WHERE CAST(:most AS bigint) IS NULL OR u.bytes + excluded.bytes <= :most
RETURNING bytes""")
_NOTE_ASSETS = text("""
INSERT INTO usage_days AS u (user_id, day, assets_made, bytes_made) VALUES (:user, :day, :assets, :size)
ON CONFLICT (user_id, day) DO UPDATE SET assets_made = u.assets_made + excluded.assets_made,
       bytes_made = u.bytes_made + excluded.bytes_made""")
_USED_TODAY = text("SELECT jobs_counted FROM usage_days WHERE user_id = :user AND day = :day")
_STORED = text("SELECT bytes FROM usage_totals WHERE user_id = :user")
_RETURN_JOBS = text("SELECT return_jobs(:user, CAST(:day AS date), :jobs)")
_RETURN_STORAGE = text("SELECT return_storage(:user, :size)")


class QuotaError(ExhaustedError):
    """A person has as much as they may. `retry_after`: in how many seconds it is worth asking again."""

    code = "quota_exhausted"

    def __init__(
        self,
        limit: str,
        most: int,
        used: int,
        *,
        resets: datetime | None = None,
        now: datetime | None = None,
        wanted: int = 0,
        way_out: str,
    ) -> None:
        until = f" until {resets:%Y-%m-%d %H:%M} UTC" if resets else ""
        short = f", too many for {wanted} more" if wanted and used < most else ""
        super().__init__(f"{limit}: {used} of {most} are used{until}{short}", way_out=way_out)
        self.limit, self.most, self.used, self.resets = limit, most, used, resets
        self.retry_after = None if resets is None or now is None else (resets - now).total_seconds()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a person may have, where their days begin, and whether they operate the installation."""

    limits: Limits
    zone: str
    plan: str
    operates: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How much a person has of what they may; `resets` is when their next day begins."""

    allowance: Allowance
    jobs_today: int
    jobs_now: int
    stored: int
    today: date
    resets: datetime


class Quotas:
    """Counts jobs and bytes against the limits of a person's plan.

    All that is charged is charged in the transaction that makes the thing: if that comes to nothing,
    so does the charge. A person's things count wherever they are, in whatever workspace.
    """

    def __init__(self, database: Database, clock: Clock, settings: QuotaSettings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings

    async def allowance(self, tx: Tx, user: UserId, *, hold: bool = False) -> Allowance:
        """What somebody may have; `hold`: others of theirs who charge wait until we commit."""
        asked = _HOLD_PERSON if hold else _READ_PERSON
        row = (await tx.execute(asked, {"user": user})).mappings().one_or_none()
        if row is None:
            plan = self._settings.plan
            return Allowance(self._settings.limits(plan), "UTC", plan)
        plan = row["plan"] or (UNLIMITED if row["local"] else self._settings.plan)
        general = Limits() if row["local"] and not row["plan"] else self._settings.limits(plan)
        return Allowance(general.overruled(_own(row)), row["zone"], plan, row["admin"])

    async def standing(self, who: Principal) -> Standing:
        """How much the one who asks has, and may have."""
        now = self._clock.now()
        async with self._database.read(who) as tx:
            allowance = await self.allowance(tx, who.user)
            today = day_of(allowance.zone, now)
            jobs = await self._today(tx, who.user, today)
            at_once = int(await tx.scalar(_AT_ONCE) or 0)
            stored = await self._stored(tx, who.user)
        return Standing(allowance, jobs, at_once, stored, today, next_day(allowance.zone, now))

    async def charge_jobs(self, tx: Tx, who: Principal, jobs: int) -> None:
        """Count jobs that were made in this transaction; raises QuotaError, and none is made.

        They are in the table already, so those at work are counted with them.
        """
        allowance = await self.allowance(tx, who.user)
        most = allowance.limits.jobs_at_once
        if most is not None:
            await self.allowance(tx, who.user, hold=True)
            at_once = int(await tx.scalar(_AT_ONCE) or 0)
            if at_once > most:
                raise _too_many_at_once(most, at_once - jobs)
        now = self._clock.now()
        told = {"user": who.user, "day": day_of(allowance.zone, now), "jobs": jobs}
        most = allowance.limits.jobs_a_day
        if await tx.scalar(_CHARGE_DAY, told | {"most": most}) is None and most is not None:
            raise self._too_many_today(
                allowance, most, await self._today(tx, who.user, told["day"])
            )

    async def check_jobs(self, who: Principal, jobs: int = 1) -> None:
        """Whether so many more jobs may be asked for now; raises QuotaError. Nothing is counted."""
        standing = await self.standing(who)
        limits = standing.allowance.limits
        if limits.jobs_at_once is not None and standing.jobs_now + jobs > limits.jobs_at_once:
            raise _too_many_at_once(limits.jobs_at_once, standing.jobs_now)
        if limits.jobs_a_day is not None and standing.jobs_today + jobs > limits.jobs_a_day:
            raise self._too_many_today(standing.allowance, limits.jobs_a_day, standing.jobs_today)

    async def return_jobs(self, tx: Tx, owner: UserId, charged_at: datetime, jobs: int = 1) -> None:
        """Take back the count of jobs that came to nothing through no fault of their owner's."""
        zone = (await self.allowance(tx, owner)).zone
        told = {"user": owner, "day": day_of(zone, charged_at), "jobs": jobs}
        await tx.execute(_RETURN_JOBS, told)

    async def charge_storage(
        self, tx: Tx, who: Principal, size: int, assets: int = 1, *, refuse: bool = True
    ) -> None:
        """Count bytes that are kept from now on; raises QuotaError where they may be refused."""
        allowance = await self.allowance(tx, who.user)
        most = allowance.limits.storage if refuse else None
        told: dict[str, Any] = {"user": who.user, "size": size}
        if await tx.scalar(_CHARGE_STORAGE, told | {"most": most}) is None and most is not None:
            raise _no_room(most, await self._stored(tx, who.user), size)
        told |= {"day": day_of(allowance.zone, self._clock.now()), "assets": assets}
        await tx.execute(_NOTE_ASSETS, told)

    async def check_storage(self, who: Principal, size: int) -> None:
        """Whether so many bytes would have room now; raises QuotaError. Nothing is counted."""
        async with self._database.read(who) as tx:
            await self.check_storage_in(tx, who, size)

    async def check_storage_in(self, tx: Tx, who: Principal, size: int) -> None:
        """The same, in the caller's transaction."""
        most = (await self.allowance(tx, who.user)).limits.storage
        if most is None:
            return
        stored = await self._stored(tx, who.user)
        if stored + size > most:
            raise _no_room(most, stored, size)

    async def return_storage(self, tx: Tx, owner: UserId, size: int) -> None:
        """Take back the count of bytes that are kept no longer."""
        await tx.execute(_RETURN_STORAGE, {"user": owner, "size": size})

    def _too_many_today(self, allowance: Allowance, most: int, used: int) -> QuotaError:
        now = self._clock.now()
        resets = next_day(allowance.zone, now)
        return QuotaError(
            "jobs a day",
            most,
            used,
            resets=resets,
            now=now,
            way_out=f"wait for tomorrow, or {_ASK}",
        )

    async def _today(self, tx: Tx, user: UserId, day: date) -> int:
        return int(await tx.scalar(_USED_TODAY, {"user": user, "day": day}) or 0)

    async def _stored(self, tx: Tx, user: UserId) -> int:
        return int(await tx.scalar(_STORED, {"user": user}) or 0)


class JobCharges:
    """The same for jobs, as those who make them ask for it."""

    def __init__(self, quotas: Quotas) -> None:
        self._quotas = quotas

    async def charge(self, tx: Tx, who: Principal, jobs: int, *, files: bool) -> None:
        """Count jobs that were just made; raises QuotaError, of those that make files also at no room."""
        if files:
            await self._quotas.check_storage_in(tx, who, 1)
        await self._quotas.charge_jobs(tx, who, jobs)

    async def give_back(self, tx: Tx, owner: UserId, charged_at: datetime) -> None:
        """Take back the count of one job."""
        await self._quotas.return_jobs(tx, owner, charged_at)


class StorageCharges:
    """The same for bytes, as those who keep files ask for it."""

    def __init__(self, quotas: Quotas) -> None:
        self._quotas = quotas

    async def check(self, who: Principal, size: int) -> None:
        """Whether `size` bytes would have room; raises QuotaError."""
        await self._quotas.check_storage(who, size)

    async def used(self, who: Principal) -> int:
        """How many bytes are kept for somebody."""
        return (await self._quotas.standing(who)).stored

    async def check_in(self, tx: Tx, who: Principal, size: int) -> None:
        """The same, in the caller's transaction."""
        await self._quotas.check_storage_in(tx, who, size)

    async def hold(self, tx: Tx, who: Principal) -> None:
        """Others of theirs who hold them wait until the caller's transaction ends."""
        await self._quotas.allowance(tx, who.user, hold=True)

    async def charge(
        self, tx: Tx, who: Principal, size: int, *, refuse: bool, assets: int = 1
    ) -> None:
        """Count the bytes of so many more files; raises QuotaError where they may be refused."""
        await self._quotas.charge_storage(tx, who, size, assets, refuse=refuse)

    async def give_back(self, tx: Tx, owner: UserId, size: int) -> None:
        """Take back the bytes of a file that is gone, and was counted for `owner`."""
        await self._quotas.return_storage(tx, owner, size)


def _own(row: RowMapping) -> Mapping[str, Any]:
    names = {"jobs_a_day", "jobs_at_once", "storage", "accounts"}
    return {name: row[f"max_{name}"] for name in names}


def _too_many_at_once(most: int, used: int) -> QuotaError:
    return QuotaError("jobs at once", most, used, way_out=f"wait until one has ended, or {_ASK}")


def _no_room(most: int, used: int, wanted: int) -> QuotaError:
    return QuotaError(
        "bytes of storage",
        most,
        used,
        wanted=wanted,
        way_out=f"delete what is not needed, end uploads that are open, or {_ASK}",
    )
