"""Webhooks of fal's are believed by its keys, and its keys are not asked for at every ring."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reelwright.engines.http.client import Http
from reelwright.providers.errors import BadKeyError
from reelwright.providers.fal.webhooks import Webhooks
from reelwright.testing.fakes.fal import FakeFal
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.server import Work
from support.vendors import LOOPBACK

pytestmark = pytest.mark.anyio

WORK = Work("fal-1", "fal-ai/flux/dev", {}, Mood.WORK, time.monotonic())
BODY = json.dumps({"request_id": "fal-1", "status": "OK", "payload": {}}).encode()


class Doorstep:
    """Where webhooks arrive: fal being served, and what verifies."""

    def __init__(self, fake, webhooks, url):
        self.fake, self.webhooks, self.url = fake, webhooks, f"{url}/.well-known/jwks.json"

    def sent(self, now, body=BODY):
        headers = self.fake.ringer.signed(WORK, body, int(now.timestamp()))
        return {name.lower(): value for name, value in headers.items()}

    async def believes(self, headers, now, body=BODY):
        try:
            delivery = await self.webhooks.verified(headers, body, self.url, now)
        except BadKeyError:
            return False
        return delivery.request_id == "fal-1"

    @property
    def readings(self):
        return sum(path.endswith("jwks.json") for _, path in self.fake.requests)


@pytest.fixture
async def door():
    http, fake = Http(LOOPBACK), FakeFal()
    with fake.served() as url:
        yield Doorstep(fake, Webhooks(http), url)
        await http.close()


NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


async def test_a_ring_is_good_for_five_minutes_either_way(door):
    headers = door.sent(NOW)
    for late_s, believed in ((0, True), (300, True), (-300, True), (301, False), (-301, False)):
        assert await door.believes(headers, NOW + timedelta(seconds=late_s)) is believed


@pytest.mark.parametrize("part", ["request-id", "user-id", "timestamp", "signature"])
async def test_a_ring_without_one_of_its_parts_or_with_another_is_not_believed(door, part):
    name = f"x-fal-webhook-{part}"
    headers = door.sent(NOW)
    assert not await door.believes({k: v for k, v in headers.items() if k != name}, NOW)
    last = "1" if headers[name][-1] != "1" else "2"
    for other in (headers[name][:-1] + last, "é", "9" * 400):
        assert not await door.believes(headers | {name: other}, NOW)


async def test_keys_are_read_once_a_day(door):
    for hours in (0, 1, 23, 25):
        now = NOW + timedelta(hours=hours)
        assert await door.believes(door.sent(now), now)
    assert door.readings == 2


async def test_a_new_key_is_found_and_strangers_do_not_make_us_ask_each_time(door):
    assert await door.believes(door.sent(NOW), NOW)
    door.fake.ringer.key = Ed25519PrivateKey.generate()
    for _ in range(3):
        assert not await door.believes(door.sent(NOW), NOW)
    assert door.readings == 1
    later = NOW + timedelta(minutes=5)
    assert await door.believes(door.sent(later), later)
    assert door.readings == 2


async def test_what_is_incomplete_or_old_asks_nobody(door):
    assert not await door.believes({}, NOW)
    assert not await door.believes(door.sent(NOW), NOW + timedelta(hours=1))
    assert door.readings == 0
