"""A model that fails again and again is left alone, tried by one call, and used again when that works."""

from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client import generate_latest

from reelwright.app.figures import Figures
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.generation.accounts.account import AccountState
from reelwright.generation.accounts.circuits import CircuitState
from reelwright.generation.accounts.errors import NoFreeAccountError
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.generation.stories import Storyteller
from reelwright.providers.errors import (
    RateLimitedError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
)
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from support.accounts import VENDOR, Pool
from support.generating import staged
from support.people import new_person

pytestmark = pytest.mark.anyio

AWAY = UnavailableError("it is away")


@pytest.fixture
def pool(database):
    return Pool(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


async def fail(pool, account, model="model", error=AWAY, times=3):
    for _ in range(times):
        await pool.service.record_failure(account.id, error, model)


async def take(pool, who, call, model="model"):
    async with pool.database.transaction(who) as tx:
        return await pool.service.take(tx, who, VENDOR, model, 0, call)


async def circuit(pool, who, account):
    (one,) = await pool.book.circuits(who, account.id)
    return one


async def test_a_model_that_is_away_is_left_alone_and_the_accounts_others_are_not(pool, who):
    account = await pool.add(who)
    await fail(pool, account, times=2)
    assert await take(pool, who, "before")
    await fail(pool, account, error=UnknownOutcomeError("no answer came"), times=1)
    with pytest.raises(NoFreeAccountError, match="left alone for this model") as refused:
        await take(pool, who, "call-1")
    assert refused.value.retry_after == pool.settings.cool_s
    assert await take(pool, who, "call-2", "another")
    assert (await pool.look(account)).condition.state is AccountState.ACTIVE
    assert (await pool.events(who))[-1] == "circuit_opened"


async def test_after_its_rest_one_call_tries_it_and_closes_it(pool, who):
    account = await pool.add(who)
    await fail(pool, account)
    pool.clock.pass_time(pool.settings.cool_s)
    assert (await circuit(pool, who, account)).state(pool.clock.now()) is CircuitState.HALF_OPEN
    assert await take(pool, who, "trial")
    assert await take(pool, who, "trial")  # the same call, asked for again
    with pytest.raises(NoFreeAccountError, match="left alone"):
        await take(pool, who, "second")
    await pool.service.record_success(account.id, 1.0, "model")
    assert await take(pool, who, "third")
    assert await pool.book.circuits(who, account.id) == []
    assert (await pool.events(who))[-1] == "circuit_closed"


async def test_a_trial_that_fails_doubles_the_rest_and_one_that_shows_nothing_leaves_it_to_another(
    pool, who
):
    account = await pool.add(who)
    await fail(pool, account)
    pool.clock.pass_time(pool.settings.cool_s)
    assert await take(pool, who, "trial")
    await fail(pool, account, times=1)
    one = await circuit(pool, who, account)
    assert (one.open_until - pool.clock.now()).total_seconds() == 2 * pool.settings.cool_s
    pool.clock.pass_time(2 * pool.settings.cool_s)
    assert await take(pool, who, "again")
    await fail(pool, account, error=RateLimitedError("slower", retry_after_s=1), times=1)
    pool.clock.pass_time(1)
    assert await take(pool, who, "another")
    await pool.service.record_failure(account.id, RefusedError("never"), "model")
    assert await pool.book.circuits(who, account.id) == []  # it was there to refuse


async def test_half_of_many_calls_failing_opens_it_though_never_three_in_a_row(database, who):
    pool = Pool(database, settings=AccountSettings(circuit_calls=10))
    account = await pool.add(who)
    for _ in range(4):
        await fail(pool, account, times=1)
        await pool.service.record_success(account.id, 1.0, "model")
    assert await take(pool, who, "call-1")
    await fail(pool, account, times=2)
    with pytest.raises(NoFreeAccountError, match="left alone"):
        await take(pool, who, "call-2")


async def test_an_account_whose_models_are_all_away_rests_as_a_whole(pool, who):
    account = await pool.add(who)
    for _ in range(4):
        for model in ("model", "another"):
            await fail(pool, account, model, times=1)
    assert (await pool.look(account)).condition.state is AccountState.COOLING


async def test_what_is_left_alone_is_a_figure(pool, who):
    account = await pool.add(who)
    await fail(pool, account)
    metrics = Metrics()
    nobody: Any = SimpleNamespace(subscribers=0)
    figures = Figures(metrics, pool.database, nobody, nobody)
    await figures.count_accounts()
    told = generate_latest(metrics.registry.restricted_registry(["reelwright_circuits"])).decode()
    # The pool's clock is behind the database's: there its rest is over.
    assert f'reelwright_circuits{{provider="{VENDOR}",state="half-open"}} 1.0' in told
    assert figures._accounts.labels(VENDOR, "active")._value.get() == 1


async def test_a_person_who_resumes_an_account_has_its_circuits_forgotten(pool, who):
    account = await pool.add(who)
    await fail(pool, account)
    await pool.book.change(who, account.id, {"paused": False})
    assert await take(pool, who, "call-1")


async def test_a_route_moves_on_at_once_the_story_says_so_and_people_see_it(database_url):
    async with staged(database_url, elevenlabs=FakeElevenLabs()) as stage:
        account = await stage.account("elevenlabs")
        pool = await stage.get(AccountService)
        pool._settings = AccountSettings(cool_s=60)
        for _ in range(3):
            await pool.record_failure(account.id, AWAY, "elevenlabs/v3")
        models = ("elevenlabs/v3", "elevenlabs/flash-v2.5")
        job = await stage.make(Operation.SPEECH, {"text": "Who is it?"}, *models)
        assert job.result["model"] == models[1], job.error
        stories = await stage.get(Storyteller)
        (told,) = await stories.of_job(stage.house.owner, job.id)
        assert told.words.startswith("1. elevenlabs/v3 was passed over (no account of elevenlabs")
        assert "elevenlabs/flash-v2.5: made 1 file" in told.words
        async with stage.client() as client:
            (shown,) = (await client.get(f"/accounts/{account.id}/circuits")).json()
            assert (shown["model"], shown["state"], shown["failures"]) == (models[0], "open", 3)
