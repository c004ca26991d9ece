"""Projects of many people over HTTP: types, states, life."""

import asyncio

import pytest

from reelwright.projects.saving import SaveManager
from support.generating import staged
from support.pictures import picture_bytes

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def database_url(server):
    """One database for all tests here: each makes projects of its own."""
    url = server.create()
    yield url
    server.drop(url)


SCRIPT = "INT. HALL - NIGHT\n\nMARA (40) waits.\n\nMARA\nYou came back.\n"
PNG = picture_bytes()


async def test_a_project_of_another_type_lives_without_a_script(database_url):
    async with staged(database_url) as stage, stage.client() as client:
        refused = await client.post("/projects", json={"name": "Dusk"})
        assert (refused.status_code, "made from a script" in refused.text) == (422, True)
        wrong = await client.post("/projects", json={"name": "Dusk", "type": "opera"})
        assert (wrong.status_code, "music-clip" in wrong.json()["way_out"]) == (422, True)
        made = await client.post("/projects", json={"name": "Stills", "type": "image-edit"})
        project = made.json()
        assert (project["type"], project["head"]["script"], project["head"]["files"]) == (
            "image-edit",
            None,
            {},
        )
        place = f"/projects/{project['id']}"
        sent = await client.put(f"{place}/revision", files=[("media", ("a.png", PNG))])
        assert sent.status_code == 200, sent.text
        asset = (await client.get(f"/assets/{sent.json()['files']['a.png']}")).json()
        assert asset["project_id"] == project["id"]
        other = await client.put(f"{place}/revision", files=[("media", ("a.wav", b"RIFF"))])
        assert (other.status_code, other.json()["code"]) == (422, "file_refused")
        film = await client.post(f"{place}/films")
        assert (film.status_code, film.json()["code"]) == (409, "no_script")
        analysis = await client.post(f"{place}/analysis", json={})
        assert (analysis.status_code, analysis.json()["code"]) == (409, "no_script")
        breakdown = await client.get(f"{place}/breakdown")
        assert (breakdown.status_code, breakdown.json()["code"]) == (409, "no_script")
        form = [("type", (None, "custom")), ("name", (None, "Odds and ends"))]
        custom = await client.post("/projects", files=form)
        assert (custom.status_code, custom.json()["type"]) == (201, "custom")
        script = await client.post("/projects", json={"script": SCRIPT})
        asset = script.json()["head"]["files"]["script.fountain"]
        assert (await client.get(f"/assets/{asset}")).json()["project_id"] == script.json()["id"]


async def test_a_state_is_saved_in_the_open_and_edited_by_many(database_url):
    async with staged(database_url) as stage, stage.client() as client:
        project = (await client.post("/projects", json={"type": "custom", "name": "C"})).json()
        place = f"/projects/{project['id']}/state"
        empty = await client.get(place)
        assert (empty.json()["version"], empty.headers["etag"]) == (0, '"v0"')
        state = {"analysis": {"title": "Dusk", "logline": None}, "timeline": [{"clip": 1}]}
        assert (await client.put(place, json=state)).status_code == 422
        first = await client.put(place, json=state, headers={"If-Match": '"v0"'})
        assert (first.status_code, first.json()["state"]) == (200, state)
        again = await client.put(place, params={"expected": 0}, json=state)
        assert again.json()["version"] == 1
        stale = await client.put(place, params={"expected": 0}, json={"ui": {"tab": 2}})
        assert (stale.status_code, stale.json()["code"]) == (409, "state_conflict")
        details = stale.json()["details"]
        assert (details["there"]["version"], details["there"]["state"]) == (1, state)
        assert details["sent"] == {"expected": 0, "state": {"ui": {"tab": 2}}}
        edits = [client.patch(place, json={"ui": {str(n): n}}) for n in range(12)]
        answers = await asyncio.gather(*edits)
        assert {one.status_code for one in answers} == {200}
        newest = (await client.get(place)).json()
        assert newest["state"]["ui"] == {str(n): n for n in range(12)}
        assert newest["version"] <= 3  # few versions, of twelve edits
        wrong = await client.patch(place, json={"timeline": {"a": 1}})
        assert (wrong.status_code, "a list" in wrong.text) == (422, True)
        versions = (await client.get(f"{place}/versions", params={"limit": 1})).json()
        assert versions["items"][0]["version"] == newest["version"]
        assert versions["next"]
        old = await client.get(f"{place}/versions/1")
        assert old.json()["state"] == state
        back = await client.post(f"{place}/versions/1/restore", params={"expected": 1})
        assert back.status_code == 409
        back = await client.post(f"{place}/versions/1/restore")
        assert (back.json()["restored"], back.json()["state"]) == (1, state)
        assert (await client.get(f"{place}/versions/99")).json()["code"] == "state_missing"
        saving, who = await stage.get(SaveManager), stage.house.owner
        last = asyncio.ensure_future(saving.save(who, project["id"], {"data": {"last": 1}}))
        await asyncio.sleep(0)
    assert last.done()  # the house does not stop before it is saved
    assert last.result().state["data"] == {"last": 1}


async def test_a_project_is_copied_put_away_thrown_away_and_deleted(database_url):
    async with staged(database_url) as stage, stage.client() as client:
        project = (await client.post("/projects", json={"script": SCRIPT, "name": "A"})).json()
        place = f"/projects/{project['id']}"
        copy = await client.post(f"{place}/duplicate", json={"name": "B"})
        assert (copy.status_code, copy.json()["name"]) == (201, "B")
        assert copy.headers["location"].endswith(copy.json()["id"])
        assert (await client.post(f"{place}/archive")).json()["archived_at"]
        assert (await client.post(f"{place}/films")).json()["code"] == "project_away"
        assert not (await client.post(f"{place}/restore")).json()["archived_at"]
        assert (await client.delete(f"{place}/trash")).status_code == 409
        assert (await client.delete(place)).status_code == 204
        listed = (await client.get("/projects", params={"trashed": True})).json()["items"]
        assert [one["id"] for one in listed] == [project["id"]]
        names = [one["name"] for one in (await client.get("/projects")).json()["items"]]
        assert ("A" in names, "B" in names) == (False, True)
        assert (await client.delete(f"{place}/trash")).status_code == 204
        assert (await client.get(place)).status_code == 404
        assert (await client.get(f"/projects/{copy.json()['id']}")).status_code == 200
