"""Changes that say what they mean to change, on a real Postgres."""

import asyncio

import pytest

from support.api import whole_api

pytestmark = pytest.mark.anyio


@pytest.fixture
async def api(database_url, tmp_path):
    async with whole_api(database_url, tmp_path) as api:
        yield api


async def test_a_change_is_made_to_what_was_seen_and_of_many_at_once_one_is(api):
    async with api.client() as client:
        made = (await client.post("/api/v1/workspaces", json={"name": "A"})).json()
        path = f"/api/v1/workspaces/{made['id']}"
        seen = (await client.get(path)).headers["ETag"]
        other = await client.patch(path, json={"name": "B"}, headers={"If-Match": 'W/"other"'})
        assert (other.status_code, other.json()["code"]) == (412, "changed")
        done = await client.patch(path, json={"name": "B"}, headers={"If-Match": seen})
        assert done.json().get("name") == "B", done.text
        late = await client.patch(path, json={"name": "C"}, headers={"If-Match": seen})
        assert late.status_code == 412
        seen = (await client.get(path)).headers["ETag"]
        rush = [
            client.patch(path, json={"name": f"D{number}"}, headers={"If-Match": seen})
            for number in range(8)
        ]
        statuses = sorted(one.status_code for one in await asyncio.gather(*rush))
        assert statuses[0] == 200
        assert set(statuses[1:]) <= {409, 412}
        missing = f"/api/v1/workspaces/{made['id'][:-4]}zzzz"
        assert (
            await client.patch(missing, json={"name": "E"}, headers={"If-Match": "*"})
        ).status_code == 412
        anything = await client.patch(path, json={"name": "F"}, headers={"If-Match": "*"})
        assert anything.status_code == 200
