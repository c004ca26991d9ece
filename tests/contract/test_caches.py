"""One suite over every cache: memory always, Redis where one is named."""

import asyncio
import os
from datetime import timedelta

import pytest

from reelwright.engines.cache.cache import Cache, CacheIntegration, CacheService
from reelwright.engines.cache.settings import CacheSettings
from reelwright.ground.ids import WorkspaceId

pytestmark = pytest.mark.anyio
REDIS = os.environ.get("REELWRIGHT_TEST_REDIS_URL")
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["memory", "redis"])
async def make_cache(request, anyio_backend):
    if request.param == "redis" and not REDIS:
        pytest.skip("no Redis: REELWRIGHT_TEST_REDIS_URL names none")
    made = []
    prefix = f"test-{os.getpid()}-{id(made)}"

    def new():
        url = REDIS if request.param == "redis" else None
        made.append(Cache(CacheSettings(url=url, prefix=prefix, within_s=10)))
        return made[-1]

    yield new
    for one in made:
        await one.close()


class Maker:
    """Counts how often it was asked."""

    def __init__(self, answer="answer", pause_s=0.0):
        self.answer, self.pause_s, self.made = answer, pause_s, 0

    async def __call__(self):
        self.made += 1
        await asyncio.sleep(self.pause_s)
        return self.answer


async def test_an_answer_is_made_once(make_cache):
    cache, make = make_cache(), Maker({"a": [1, None, "é"]})
    for _ in range(3):
        assert await cache.get_or_make("k", MINUTE, make) == {"a": [1, None, "é"]}
    assert make.made == 1
    assert CacheService(cache).figures() == {"hits": 2, "misses": 1, "hit_rate": 2 / 3}


async def test_a_crowd_waits_for_one_making(make_cache):
    cache, make = make_cache(), Maker(pause_s=0.05)
    asked = (cache.get_or_make("k", MINUTE, make, ["t"]) for _ in range(100))
    assert set(await asyncio.gather(*asked)) == {"answer"}
    assert make.made == 1


async def test_what_fails_is_raised_and_not_remembered(make_cache):
    cache = make_cache()

    async def fails():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await cache.get_or_make("k", MINUTE, fails)
    assert await cache.get_or_make("k", MINUTE, Maker()) == "answer"


async def test_a_forgotten_tag_takes_its_answers_along(make_cache):
    cache = make_cache()
    await cache.get_or_make("k", MINUTE, Maker(1), ["a", "b"])
    await cache.get_or_make("l", MINUTE, Maker(1), ["c"])
    await cache.forget("b")
    assert await cache.get_or_make("k", MINUTE, Maker(2), ["b", "a"]) == 2
    assert await cache.get_or_make("l", MINUTE, Maker(2), ["c"]) == 1


async def test_what_is_forgotten_while_it_is_made_is_not_found(make_cache):
    cache = make_cache()
    making = asyncio.create_task(cache.get_or_make("k", MINUTE, Maker("old", 0.1), ["t"]))
    await asyncio.sleep(0.05)
    await cache.forget("t")
    assert await making == "old"
    assert await cache.get_or_make("k", MINUTE, Maker("new"), ["t"]) == "new"


async def test_an_answer_has_its_time(make_cache):
    cache = make_cache()
    await cache.get_or_make("k", timedelta(seconds=0.1), Maker(1))
    await asyncio.sleep(0.2)
    assert await cache.get_or_make("k", MINUTE, Maker(2)) == 2


async def test_tenants_never_share(make_cache):
    cache, one, two = make_cache(), WorkspaceId.new(), WorkspaceId.new()
    for n, workspace in enumerate((one, two, None)):
        assert await cache.get_or_make("k", MINUTE, Maker(n), ["t"], workspace=workspace) == n
    await cache.forget("t", workspace=one)
    assert await cache.get_or_make("k", MINUTE, Maker(9), ["t"], workspace=two) == 1


async def test_a_function_is_remembered_by_its_arguments(make_cache):
    calls = []

    @CacheIntegration(make_cache()).cached("twice", MINUTE)
    async def twice(number, *, workspace=None):
        calls.append((number, workspace))
        return 2 * number

    assert [await twice(2), await twice(2), await twice(3), await twice(2, workspace="w")] == [
        4,
        4,
        6,
        4,
    ]
    assert len(calls) == 3


async def test_it_knows_whether_it_works(make_cache):
    assert await CacheService(make_cache()).is_healthy()


@pytest.mark.skipif(not REDIS, reason="no Redis: REELWRIGHT_TEST_REDIS_URL names none")
async def test_two_processes_make_an_answer_once():
    caches = [
        Cache(CacheSettings(url=REDIS, prefix=f"two-{os.getpid()}", within_s=10)) for _ in range(2)
    ]
    make = Maker(pause_s=0.1)
    try:
        asked = (cache.get_or_make("k", timedelta(seconds=5), make) for cache in caches)
        assert await asyncio.gather(*asked) == ["answer", "answer"]
        assert make.made == 1
    finally:
        for cache in caches:
            await cache.close()


async def test_without_its_redis_every_answer_is_made():
    settings = CacheSettings(url="redis://127.0.0.1:1/0", within_s=0.2)
    cache, make = Cache(settings), Maker()
    for _ in range(3):
        assert await cache.get_or_make("k", MINUTE, make, ["t"]) == "answer"
    await cache.forget("t")
    assert make.made == 3
    assert not await CacheService(cache).is_healthy()
    await cache.close()
