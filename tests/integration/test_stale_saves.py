"""What is saved over something else than was seen: refused, and nothing of either is lost."""

import asyncio

import pytest

from support.api import whole_api

pytestmark = pytest.mark.anyio


@pytest.fixture
async def api(database_url, tmp_path):
    async with whole_api(database_url, tmp_path) as api:
        yield api


async def _state(client):
    """Where the state of a new project lies, at version 1."""
    made = await client.post("/api/v1/projects", json={"type": "custom", "name": "C"})
    place = f"/api/v1/projects/{made.json()['id']}/state"
    first = await client.put(place, json={"ui": {"tab": 1}}, headers={"If-Match": '"v0"'})
    assert (first.status_code, first.headers["etag"]) == (200, '"v1"')
    return place


async def test_whoever_saves_a_stale_state_by_its_tag_is_shown_both(api):
    async with api.client() as client:
        place, stale = await _state(client), {"ui": {"tab": 2}}
        ways = {
            412: {"headers": {"If-Match": '"v0"'}},
            409: {"params": {"expected": 0}},
        }
        for status, way in ways.items():
            late = await client.put(place, json=stale, **way)
            assert (late.status_code, late.json()["code"]) == (status, "state_conflict")
            details = late.json()["details"]
            assert details["there"]["version"] == 1
            assert details["there"]["state"] == {"ui": {"tab": 1}}
            assert details["sent"] == {"expected": 0, "state": stale}
        newest = (await client.get(place)).json()
        assert (newest["version"], newest["state"]) == (1, {"ui": {"tab": 1}})
        # An edit changes what it names: over versions that are all one's own it is no conflict.
        edited = await client.patch(place, json=stale, headers={"If-Match": '"v0"'})
        assert (edited.status_code, edited.json()["version"]) == (200, 2)


async def test_edits_at_once_by_one_tag_are_gathered_and_all_are_saved(api):
    async with api.client() as client:
        place = await _state(client)
        seen = (await client.get(place)).headers["etag"]
        edits = [
            client.patch(place, json={"data": {str(n): n}}, headers={"If-Match": seen})
            for n in range(6)
        ]
        assert [one.status_code for one in await asyncio.gather(*edits)] == [200] * 6
        newest = (await client.get(place)).json()
        assert newest["state"]["data"] == {str(n): n for n in range(6)}


async def test_a_tag_is_a_version_or_whatever_is_there_or_is_refused(api):
    async with api.client() as client:
        place = await _state(client)
        for wrong in ('W/"0a1b"', '"r1"', '"v1", "v2"', "v1"):
            refused = await client.put(place, json={"ui": {}}, headers={"If-Match": wrong})
            assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
        two = {"headers": {"If-Match": '"v1"'}, "params": {"expected": 0}}
        assert (await client.put(place, json={"ui": {}}, **two)).status_code == 422
        saved = await client.put(place, json={"ui": {"tab": 3}}, headers={"If-Match": "*"})
        assert (saved.status_code, saved.json()["version"]) == (200, 2)


async def test_an_earlier_state_is_restored_over_the_one_that_was_seen(api):
    async with api.client() as client:
        place = await _state(client)
        await client.patch(place, json={"ui": {"tab": 2}}, headers={"If-Match": '"v1"'})
        back = f"{place}/versions/1/restore"
        late = await client.post(back, headers={"If-Match": '"v1"'})
        assert (late.status_code, late.json()["details"]["there"]["version"]) == (412, 2)
        done = await client.post(back, headers={"If-Match": '"v2"'})
        assert (done.status_code, done.json()["restored"], done.headers["etag"]) == (200, 1, '"v3"')
