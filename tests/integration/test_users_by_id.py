"""Scripts and plugins make, change, count and let go of people by their ids."""

from datetime import UTC, datetime, timedelta

import pytest

from reelwright.ground.errors import ConflictError, InvalidInputError, MissingError
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Activity, Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.leaving import Leaving
from reelwright.identity.newcomers import personal
from reelwright.identity.passwords import Passwords
from reelwright.identity.plans import Limits, QuotaSettings
from reelwright.identity.quotas import QuotaError, Quotas
from reelwright.identity.sessions import SessionService
from reelwright.identity.settings import IdentitySettings
from reelwright.identity.tokens import TokenService
from reelwright.identity.usage import UsageBook
from reelwright.identity.users import Books, UserService
from support.clocks import HandClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def users(database):
    clock, settings = HandClock(datetime.now(UTC)), IdentitySettings()
    limits = Limits(jobs_a_day=2, storage=5 * 10**9)
    quotas = Quotas(database, clock, QuotaSettings(plan="tried", plans={"tried": limits}))
    audit = AuditLog(database, clock)
    sessions = SessionService(database, clock, audit, settings)
    tokens = TokenService(database, clock, audit, settings)
    leaving = Leaving(database, audit, sessions, tokens)
    passwords = Passwords(at_once=1)
    books = Books(quotas, UsageBook(database, clock, quotas), leaving, passwords, clock)
    yield UserService(database, books)
    passwords.close()


async def test_a_person_is_made_changed_counted_and_let_go(users, database):
    given = {"email": "John@Example.com", "username": "john", "password": "a secret for john 123"}
    john = await users.create_user(**given, role="user")
    assert (john.email, john.name, john.admin) == ("john@example.com", "john", False)
    with pytest.raises(ConflictError):
        await users.create_user(**given)
    with pytest.raises(InvalidInputError):
        await users.create_user("a@b.example", "a", "a secret for john 123", role="king")
    assert (await users.update_user(john.id, name="Jonathan")).name == "Jonathan"

    await users.check_can_create_job(john)
    await users.increment_job_count(john)
    day = await users.record_daily_usage(john.id, jobs_created=1, assets_created=1)
    assert (day.jobs, day.assets) == (2, 1)
    with pytest.raises(QuotaError, match="jobs a day: 2 of 2"):
        await users.check_can_create_job(john)
    await users.check_storage_available(john, 5.0)
    await users.increment_storage(john, 2.5)
    with pytest.raises(QuotaError, match="bytes of storage"):
        await users.check_storage_available(john, 2.6)
    await users.increment_storage(john, -1)
    await users.check_storage_available(john, 3.5)
    async with database.transaction(Activity.SIGN_IN) as tx:
        who: Principal = await personal(tx, john.id)
    (used,) = await users.usage(who, day.day - timedelta(days=3), day.day)
    assert (used.jobs, used.bytes) == (2, 2_500_000_000)

    await users.delete_user(john.id)
    assert (await users.get_user(john.id)).suspended_at is not None
    with pytest.raises(MissingError):
        await users.get_user(UserId.new())
