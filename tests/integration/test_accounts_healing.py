"""Accounts fall ill by what their vendors say, and return; each change is told to their workspace."""

import asyncio
import json

import pytest
from sqlalchemy import text

from reelwright.engines.http.client import Http
from reelwright.engines.secrets.keyring import KeyFile
from reelwright.engines.secrets.vault import Vault
from reelwright.generation.accounts.account import AccountState, Sharing
from reelwright.generation.accounts.errors import NoFreeAccountError
from reelwright.ground.principals import Activity
from reelwright.providers.contract import Access, Standing
from reelwright.providers.errors import (
    BadKeyError,
    OutOfCreditsError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
)
from reelwright.providers.loader import load_provider
from reelwright.testing.fakes.brave import FakeBrave
from support.accounts import MuteVendor, Pool
from support.people import new_person
from support.vendors import LOOPBACK

pytestmark = pytest.mark.anyio


@pytest.fixture
def pool(database):
    return Pool(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


async def state(pool, account):
    return (await pool.look(account)).condition.state


async def test_a_rate_limited_account_is_free_when_its_rest_is_over(pool, who):
    account = await pool.add(who)
    await pool.service.record_failure(account.id, RateLimitedError("slower", retry_after_s=30))
    with pytest.raises(NoFreeAccountError, match="resting"):
        await pool.take(who, "sub-1")
    pool.clock.pass_time(30)
    assert await pool.take(who, "sub-1")  # also before anybody looked after it
    assert await pool.healer.heal() == 1
    assert await state(pool, account) is AccountState.ACTIVE
    assert await pool.events(who) == ["added", "cooling", "healed"]


async def test_a_disabled_account_returns_when_its_vendor_accepts_the_key(pool, who):
    account = await pool.add(who, "right-again")
    bad = BadKeyError("no")
    pool.vendor.answers["right-again"] = bad
    await pool.service.record_failure(account.id, bad)
    assert await pool.healer.heal() == 0
    assert pool.vendor.probed == []  # not before its time
    pool.clock.pass_time(300)
    assert await pool.healer.heal() == 0
    assert await pool.healer.heal() == 0
    assert len(pool.vendor.probed) == 1  # the next one is further away
    pool.vendor.answers["right-again"] = Standing(credits=12)
    pool.clock.pass_time(600)
    assert await pool.healer.heal() == 1
    healed = await pool.take(who, "sub-1")
    assert healed.credits == 12
    assert await pool.events(who) == ["added", "disabled", "healed"]


async def test_an_exhausted_account_stays_so_while_its_vendor_sees_no_credits(pool, who):
    account = await pool.add(who, credits=3)
    await pool.service.record_failure(account.id, OutOfCreditsError("empty"))
    pool.vendor.answers["key-1"] = OutOfCreditsError("still empty")
    pool.clock.pass_time(300)
    assert await pool.healer.heal() == 0
    pool.vendor.answers["key-1"] = UnavailableError("away")
    pool.clock.pass_time(600)
    assert await pool.healer.heal() == 0
    assert await state(pool, account) is AccountState.EXHAUSTED
    pool.vendor.answers["key-1"] = Standing(credits=40)
    pool.clock.pass_time(6 * 3600)
    assert await pool.healer.heal() == 1


async def test_of_a_vendor_without_trials_the_next_call_is_the_trial(database, who):
    pool = Pool(database, vendor=MuteVendor())
    account = await pool.add(who)
    for wait in (300, 600, 1200):  # it is refused each time, and has to wait longer
        await pool.service.record_failure(account.id, BadKeyError("no"))
        pool.clock.pass_time(wait - 1)
        assert await pool.healer.heal() == 0
        pool.clock.pass_time(1)
        assert await pool.healer.heal() == 1
    await pool.service.record_success(account.id, 1)
    assert (await pool.look(account)).condition.probes == 0


async def test_used_up_credits_exhaust_and_new_ones_heal(pool, who):
    account = await pool.add(who, credits=25)
    await pool.service.deduct_credits(account.id, 20)
    assert (await pool.look(account)).credits == 5
    await pool.service.deduct_credits(account.id, 20)
    assert await state(pool, account) is AccountState.EXHAUSTED
    await pool.service.update_credits(account.id, 500)
    assert (await pool.look(account)).credits == 500
    assert await state(pool, account) is AccountState.ACTIVE
    assert await pool.events(who) == ["added", "exhausted", "healed"]


async def test_credits_used_up_at_the_release_are_noticed(pool, who):
    account = await pool.add(who, credits=5)
    await pool.take(who, "sub-1", needs=5)
    await pool.release(who, "sub-1", spent=7)
    with pytest.raises(NoFreeAccountError):
        await pool.take(who, "sub-2")
    await pool.healer.heal()
    assert await state(pool, account) is AccountState.EXHAUSTED


async def test_a_refusal_is_not_the_accounts_fault(pool, who):
    account = await pool.add(who)
    await pool.service.record_failure(account.id, RefusedError("never"))
    assert (await pool.look(account)).figures.failed == 0
    assert await pool.events(who) == ["added"]


async def test_of_an_account_that_was_removed_meanwhile_nothing_is_noted(pool, who):
    account = await pool.add(who)
    await pool.book.remove(who, account.id)
    await pool.service.record_success(account.id, 1)
    await pool.service.record_failure(account.id, BadKeyError("no"))
    assert await pool.events(who) == ["added", "removed"]


async def test_a_paused_account_is_left_alone(pool, who):
    account = await pool.add(who)
    await pool.service.record_failure(account.id, BadKeyError("no"))
    await pool.book.change(who, account.id, {"paused": True})
    pool.clock.pass_time(3600)
    await pool.healer.heal()
    assert pool.vendor.probed == []
    await pool.book.change(who, account.id, {"paused": False})  # people overrule machines
    assert await pool.take(who, "sub-1")


async def test_one_account_that_cannot_be_tried_does_not_keep_the_others_ill(pool, who, database):
    broken, other = await pool.add(who, "one"), await pool.add(who, "two")
    for account in (broken, other):
        await pool.service.record_failure(account.id, BadKeyError("no"))
    async with database.transaction(Activity.DISPATCH) as tx:
        await tx.execute(
            text("UPDATE accounts SET access = 'v1|k|a|b|c' WHERE id = :id"), {"id": broken.id}
        )
    pool.clock.pass_time(300)
    assert await pool.healer.heal() == 1
    assert await state(pool, broken) is AccountState.DISABLED


async def test_an_account_that_may_go_beyond_its_credits_is_not_held_up_by_having_none(pool, who):
    account = await pool.add(who, credits=3)
    pool.vendor.answers["key-1"] = Standing(credits=0)
    assert (await pool.book.test(who, account.id)).error is None
    assert (await pool.take(who, "sub-1", needs=10)).credits is None


async def test_many_who_heal_at_once_try_each_account_once(pool, who):
    for number in range(3):
        account = await pool.add(who, f"key-{number}")
        await pool.service.record_failure(account.id, BadKeyError("no"))
    pool.clock.pass_time(300)
    healed = await asyncio.gather(*(pool.healer.heal() for _ in range(4)))
    assert sum(healed) == 3
    assert len(pool.vendor.probed) == 3


async def test_what_befalls_the_operators_account_is_told_to_the_operator_only(pool, database):
    operator, person = await new_person(database), await new_person(database)
    async with database.transaction(Activity.SIGN_IN) as tx:
        await tx.execute(
            text("UPDATE users SET admin = true WHERE id = :id"), {"id": operator.user}
        )
    account = await pool.add(operator, sharing=Sharing.EVERYONE)
    await pool.take(person, "sub-1")
    await pool.service.record_failure(account.id, RateLimitedError("slower"))
    assert await pool.events(operator) == ["added", "cooling"]
    assert await pool.events(person) == []


async def test_events_tell_no_name_no_key_and_no_word_of_the_vendor(pool, who, database):
    secret = Access("very-secret", "https://v.example", {"token": "also-secret"})
    account = await pool.add(who, access=secret, name="Card of Ada")
    error = BadKeyError("the key very-secret is wrong")
    pool.vendor.answers["very-secret"] = error
    await pool.service.record_failure(account.id, error)
    await pool.book.test(who, account.id)
    async with database.read(who) as tx:
        told = json.dumps((await tx.execute(text("SELECT data FROM events"))).scalars().all())
        row = await tx.scalar(text("SELECT a::text FROM accounts AS a"))
    for word in ("very-secret", "also-secret", "is wrong"):
        assert word not in told
        assert word not in row
    assert "Card of Ada" not in told
    shown = repr(await pool.look(account)) + repr(pool.service.access_of(account))
    assert "secret" not in shown
    assert account.sealed not in shown


async def test_a_trial_by_hand_shows_how_it_stands_and_is_noted(pool, who):
    account = await pool.add(who)
    pool.vendor.answers["key-1"] = Standing(credits=7, note="of the free plan")
    trial = await pool.book.test(who, account.id)
    assert (trial.tried, trial.error, trial.credits, trial.note) == (
        True,
        None,
        7,
        "of the free plan",
    )
    pool.vendor.answers["key-1"] = BadKeyError("no")
    trial = await pool.book.test(who, account.id)
    assert isinstance(trial.error, BadKeyError)
    assert await state(pool, account) is AccountState.DISABLED
    pool.vendor.answers["key-1"] = Standing()
    await pool.book.test(who, account.id)
    assert await state(pool, account) is AccountState.ACTIVE


async def test_a_new_key_of_the_vault_takes_over_and_the_old_one_can_go(database, who, tmp_path):
    vault = Vault(KeyFile(tmp_path / "vault.json"))
    pool = Pool(database, vault=vault)
    access = Access("the-key")
    account = await pool.add(who, access=access)
    old = vault._keyring.current().id
    vault.rotate()
    assert await pool.healer.rewrap() == 1
    assert await pool.healer.rewrap() == 0
    vault.retire(old)
    assert pool.service.access_of(await pool.look(account)) == access


async def test_released_slots_are_forgotten_when_no_minute_counts_them(pool, who, database):
    await pool.add(who)
    await pool.take(who, "sub-1")
    await pool.take(who, "sub-2")
    await pool.release(who, "sub-1")
    pool.clock.pass_time(300)
    await pool.healer.heal()
    async with database.read(who) as tx:
        ids = (await tx.execute(text("SELECT id FROM account_reservations"))).scalars().all()
    assert ids == ["sub-2"]


async def test_a_vendors_own_adapter_heals_its_account_when_the_key_works_again(database, who):
    fake = FakeBrave(keys={"another"})
    with fake.served() as url:
        http = Http(LOOPBACK)
        pool = Pool(database, vendor=load_provider("brave", http))
        account = await pool.add(who, access=Access("mine", url))
        trial = await pool.book.test(who, account.id)
        assert isinstance(trial.error, BadKeyError)
        assert await state(pool, account) is AccountState.DISABLED
        fake.keys.add("mine")
        pool.clock.pass_time(300)
        assert await pool.healer.heal() == 1
        await http.close()
    assert fake.charges == []
