"""One suite over what counts tries: memory always, Redis where one is named."""

import asyncio
import logging
import os

import pytest

from reelwright.engines.cache.settings import CacheSettings
from reelwright.engines.limits.drivers import Memory, choose_driver
from reelwright.engines.limits.limiter import Limiter, Policy, RateLimitedError, read_policy
from reelwright.engines.limits.settings import LimitSettings
from support.clocks import HandClock

pytestmark = pytest.mark.anyio
REDIS = os.environ.get("REELWRIGHT_TEST_REDIS_URL")
THREE = Policy(3, 60)


@pytest.fixture(params=["memory", "redis"])
async def make_limiter(request, anyio_backend):
    if request.param == "redis" and not REDIS:
        pytest.skip("no Redis: REELWRIGHT_TEST_REDIS_URL names none")
    made = []
    clock = HandClock()
    url = REDIS if request.param == "redis" else None
    cache = CacheSettings(url=url, prefix=f"test-{os.getpid()}-{id(made)}", within_s=10)

    def new(**settings):
        made.append(Limiter(LimitSettings(**settings), cache, clock))
        return made[-1], clock

    yield new
    for one in made:
        if url:
            await one._driver._storage.reset()
        await one.close()


async def test_so_many_are_allowed_in_a_window_and_the_next_window_begins_anew(make_limiter):
    limiter, clock = make_limiter()
    verdicts = [await limiter.hit("film", "me", THREE) for _ in range(5)]
    assert [one.allowed for one in verdicts] == [True, True, True, False, False]
    assert [one.remaining for one in verdicts] == [2, 1, 0, 0, 0]
    assert verdicts[0].limit == 3
    assert verdicts[0].window_s == 60
    assert 0 < verdicts[0].reset_after_s <= 60
    clock.pass_time(verdicts[-1].reset_after_s)
    assert (await limiter.hit("film", "me", THREE)).remaining == 2


async def test_names_and_keys_are_counted_apart(make_limiter):
    limiter, _ = make_limiter()
    for name, key in (("a", "1"), ("a", "2"), ("b", "1")):
        assert (await limiter.hit(name, key, THREE)).remaining == 2


async def test_of_many_at_once_no_more_than_the_limit_are_let_in(make_limiter):
    limiter, _ = make_limiter()
    asked = (limiter.hit("rush", "me", Policy(10, 60)) for _ in range(50))
    assert sum(one.allowed for one in await asyncio.gather(*asked)) == 10


async def test_a_name_has_the_policy_that_is_set_or_none(make_limiter):
    limiter, _ = make_limiter(sign_in="2/minute", sign_up="none")
    for _ in range(2):
        await limiter.check("sign_in", "me")
    with pytest.raises(RateLimitedError, match="too often") as refused:
        await limiter.check("sign_in", "me")
    assert 0 < refused.value.retry_after <= 60
    for _ in range(100):
        await limiter.check("sign_up", "me")


async def test_where_failures_alone_count_looking_counts_nothing(make_limiter):
    limiter, clock = make_limiter(sign_in="2/minute", sign_up="none")
    for _ in range(5):
        await limiter.require("sign_in", "me")
    for _ in range(2):
        await limiter.hit("sign_in", "me")
    with pytest.raises(RateLimitedError):
        await limiter.require("sign_in", "me")
    await limiter.require("sign_in", "you")
    await limiter.require("sign_up", "me")
    clock.pass_time(60)
    await limiter.require("sign_in", "me")


async def test_processes_that_share_a_redis_count_together(make_limiter):
    (one, _), (other, _) = make_limiter(), make_limiter()
    if isinstance(one._driver, Memory):
        pytest.skip("memory is of one process")
    await one.hit("film", "me", THREE)
    assert (await other.hit("film", "me", THREE)).remaining == 1


async def test_while_redis_is_away_a_process_counts_for_itself_and_says_so_once(caplog):
    class Away:
        asked = 0

        async def count(self, key, kept_s):
            self.asked += 1
            raise ConnectionError

        async def look(self, key):
            return await self.count(key, 1)

        async def close(self):
            pass

    away = Away()
    cache = CacheSettings(pause_s=0.05)
    limiter = Limiter(LimitSettings(), cache, HandClock(), away)
    with caplog.at_level(logging.WARNING):
        found = [await limiter.hit("film", "me", THREE) for _ in range(4)]
        await asyncio.sleep(0.06)
        await limiter.hit("film", "you", THREE)
    assert [one and one.allowed for one in found] == [True, True, True, False]
    assert away.asked == 2
    assert len(caplog.records) == 1
    assert "ConnectionError" in caplog.text


async def test_memory_forgets_what_is_over_and_never_grows_beyond_its_size():
    memory = Memory(100)
    for number in range(1000):
        assert await memory.count(f"k{number}", 60) == 1
        assert len(memory) <= 100
    assert await memory.count("k999", 60) == 2
    brief = choose_driver(CacheSettings(), 100)
    assert await brief.count("k", 0) == await brief.count("k", 0) == 1


@pytest.mark.parametrize(("rate", "policy"), [("none", None), ("5/hour", Policy(5, 3600))])
def test_rates_are_read(rate, policy):
    assert read_policy(rate) == policy


@pytest.mark.parametrize("rate", ["0/minute", "x", "5/week", "5", "", "5/minute "])
def test_what_is_no_rate_is_refused(rate):
    with pytest.raises(ValueError, match="pattern"):
        LimitSettings(address=rate)
