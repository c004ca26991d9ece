"""Revisions over HTTP: read by their numbers, restored, and shown to whoever revises over another."""

import pytest

from support.api import whole_api

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - NIGHT\n\nMARA (40) waits.\n\nMARA\nYou came back.\n"
OTHER = SCRIPT.replace("waits", "sleeps")
THIRD = SCRIPT.replace("waits", "sings")
NOTES = '[film]\nscore_mood = "eerie"\n'


@pytest.fixture
async def api(database_url, tmp_path):
    async with whole_api(database_url, tmp_path) as api:
        yield api


async def _revised(client):
    """Where a project lies that is at revision 2, which somebody has not seen."""
    answer = await client.post("/api/v1/projects", json={"script": SCRIPT, "notes": NOTES})
    place = f"/api/v1/projects/{answer.json()['id']}"
    second = await client.put(f"{place}/revision", json={"script": OTHER})
    assert (second.status_code, second.headers["etag"]) == (200, '"r2"')
    return place


WAYS = {409: {"params": {"expected": 1}}, 412: {"headers": {"If-Match": '"r1"'}}}


@pytest.mark.parametrize("status", WAYS)
async def test_whoever_revises_over_another_revision_is_shown_both(api, status):
    async with api.client() as client:
        place = await _revised(client)
        there = (await client.get(f"{place}/revision")).json()
        late = await client.put(f"{place}/revision", json={"script": THIRD}, **WAYS[status])
        problem = late.json()
        assert (late.status_code, problem["code"]) == (status, "revision_conflict")
        assert f"{place.removeprefix('/api/v1')}/revisions/2" in problem["way_out"]
        told = problem["details"]["there"]
        assert (told["number"], told["user_id"]) == (2, api.opened.owner.user)
        assert (told["files"], told["script"]) == (there["files"], "script.fountain")
        assert told["created_at"][:19] == there["created_at"][:19]
        sent = problem["details"]["sent"]
        assert (sent["expected"], sent["script"]) == (1, "script.fountain")
        assert set(sent["files"]) == {"script.fountain"}
        same = await client.put(f"{place}/revision", json={"script": OTHER}, **WAYS[status])
        assert same.json()["number"] == 2  # as it was: the answer to the first may have been lost
        seen = {"If-Match": late.headers.get("etag") or '"r2"'}
        done = await client.put(f"{place}/revision", json={"script": THIRD}, headers=seen)
        assert (done.status_code, done.json()["number"]) == (200, 3)


async def test_a_revision_is_read_by_its_number_with_its_text(api):
    async with api.client() as client:
        place = await _revised(client)
        first = await client.get(f"{place}/revisions/1")
        assert (first.status_code, first.headers["etag"]) == (200, '"r1"')
        told = first.json()
        assert (told["text"], told["notes"], told["number"]) == (SCRIPT, NOTES, 1)
        assert set(told["files"]) == {"script.fountain", "notes"}
        assert told["user_id"] == api.opened.owner.user
        newest = await client.get(f"{place}/revision")
        assert (newest.headers["etag"], newest.json()["text"]) == ('"r2"', OTHER)
        missing = await client.get(f"{place}/revisions/3")
        assert (missing.status_code, missing.json()["code"]) == (404, "revision_missing")
        assert (await client.get(f"{place}/revisions/0")).status_code == 422
        nowhere = place[:-4] + "zzzz"
        assert (await client.get(f"{nowhere}/revisions/1")).json()["code"] == "project_missing"
        made = {"name": "C", "type": "custom"}
        empty = (await client.post("/api/v1/projects", json=made)).json()["id"]
        found = (await client.get(f"/api/v1/projects/{empty}/revision")).json()
        assert (found["text"], found["notes"], found["files"]) == (None, None, {})


async def test_an_earlier_revision_is_restored_as_one_of_its_own(api):
    async with api.client() as client:
        place = await _revised(client)
        first = (await client.get(f"{place}/revisions/1")).json()
        back = await client.post(f"{place}/revisions/1/restore", headers={"If-Match": '"r2"'})
        assert (back.status_code, back.headers["etag"]) == (200, '"r3"')
        assert (back.json()["number"], back.json()["files"]) == (3, first["files"])
        listed = (await client.get(f"{place}/revisions")).json()["items"]
        assert [one["number"] for one in listed] == [3, 2, 1]
        assert (await client.get(f"{place}/revision")).json()["text"] == SCRIPT
        again = await client.post(f"{place}/revisions/1/restore")
        assert again.json()["number"] == 3  # it is the newest already
        missing = await client.post(f"{place}/revisions/9/restore")
        assert (missing.status_code, missing.json()["code"]) == (404, "revision_missing")


@pytest.mark.parametrize("status", WAYS)
async def test_a_revision_is_not_restored_over_one_that_was_not_seen(api, status):
    async with api.client() as client:
        place = await _revised(client)
        late = await client.post(f"{place}/revisions/1/restore", **WAYS[status])
        assert (late.status_code, late.json()["code"]) == (status, "revision_conflict")
        details = late.json()["details"]
        assert (details["there"]["number"], details["sent"]["restored"]) == (2, 1)
        assert (await client.get(f"{place}/revision")).json()["number"] == 2
        await client.post(f"{place}/archive")
        away = await client.post(f"{place}/revisions/1/restore")
        assert (away.status_code, away.json()["code"]) == (409, "project_away")
