"""How often the web face may be asked: by address, by principal, and who is not counted."""

import time

import pytest

from reelwright.engines.limits.settings import LimitSettings
from support.web import House

pytestmark = pytest.mark.anyio
JOBS = "/api/v1/jobs"


@pytest.fixture
def house(tmp_path):
    return House(tmp_path, limits=LimitSettings(address="5/day", principal="3/day"))


async def test_a_principal_who_asks_too_often_is_told_when_to_come_back(house):
    async with house.client("203.0.113.1") as client:
        answers = [await client.get(JOBS) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    refused = answers[-1]
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "rate_limited"
    assert 0 < int(refused.headers["Retry-After"]) <= 86400
    policies = '"address";q=5;w=86400, "principal";q=3;w=86400'
    assert refused.headers["RateLimit-Policy"] == policies
    assert answers[0].headers["RateLimit"].startswith('"address";r=4;t=')
    assert '"principal";r=2;t=' in answers[0].headers["RateLimit"]
    assert "X-Request-Id" in refused.headers


async def test_an_address_is_counted_before_anybody_is_known(house):
    async with house.client("203.0.113.2", headers={}) as client:
        answers = [await client.get(path) for path in [JOBS, "/nowhere"] * 3]
    assert [one.status_code for one in answers] == [401, 404, 401, 404, 401, 429]


async def test_neighbours_in_one_ipv6_network_are_counted_together_and_others_apart(house):
    for last in range(5):
        async with house.client(f"2001:db8:0:1::{last}", headers={}) as client:
            assert (await client.get(JOBS)).status_code == 401
    async with house.client("2001:db8:0:1:ffff::", headers={}) as client:
        assert (await client.get(JOBS)).status_code == 429
    async with house.client("2001:db8:0:2::1", headers={}) as client:
        assert (await client.get(JOBS)).status_code == 401


async def test_this_machine_and_those_who_ask_how_it_is_are_not_counted(house):
    async with house.client() as client:
        answers = [await client.get(JOBS) for _ in range(9)]
    async with house.client("203.0.113.3") as client:
        answers += [await client.get("/health/live") for _ in range(9)]
    assert {one.status_code for one in answers} == {200}
    assert not any("RateLimit" in one.headers for one in answers)
    forwarded = {"X-Forwarded-For": "203.0.113.4"}
    async with house.client(headers=forwarded) as client:
        told = [(await client.get(JOBS)).status_code for _ in range(6)]
    assert told == [401] * 5 + [429]


async def test_counting_costs_less_than_a_tenth_of_a_millisecond_with_ten_thousand_callers(house):
    limiter = house.limiter
    for number in range(10_000):
        await limiter.hit("address", f"198.51.{number // 256}.{number % 256}")
    begun = time.process_time()
    for number in range(1000):
        await limiter.hit("principal", f"user-{number}")
    assert (time.process_time() - begun) / 1000 < 100e-6
