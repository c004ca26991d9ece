"""The web face over the real services, as `reelwright serve` has them."""

from itertools import product

import pytest

from reelwright.engines.storage.home import home
from reelwright.ground.principals import Principal
from reelwright.identity.tokens import TokenService
from support.house import calling
from support.people import new_person

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n"


async def test_a_project_its_film_and_its_files_are_there_for_their_owner_and_for_nobody_else(
    opened, database
):
    stranger: Principal = await new_person(database)
    tokens = await opened.container.get(TokenService)
    theirs = (await tokens.create(stranger, "theirs"))[1]
    mine = (home() / "token").read_text(encoding="utf-8").strip()
    async with calling(opened, mine) as client, calling(opened, theirs) as other:
        assert (await client.get("/health/ready")).json()["status"] == "ready"
        project = (await client.post("/api/v1/projects", json={"script": SCRIPT})).json()
        url = f"/api/v1/projects/{project['id']}"
        revised = await client.put(f"{url}/revision", json={"script": SCRIPT + "\nShe waits.\n"})
        assert revised.json()["number"] == 2
        again = await client.put(f"{url}/revision", json={"script": SCRIPT + "\nShe waits.\n"})
        assert again.json() == revised.json()
        asset = revised.json()["files"]["script.fountain"]
        signed = (await client.get(f"/api/v1/assets/{asset}/url")).json()["url"]
        assert (await client.get(signed)).text == SCRIPT + "\nShe waits.\n"
        key = {"Idempotency-Key": "one"}
        order = {"options": {"size": "320x180"}}
        started = await client.post(f"{url}/films", json=order, headers=key)
        assert started.status_code == 202, started.text
        film = started.json()
        assert (await client.post(f"{url}/films", json=order, headers=key)).json()["id"] == film[
            "id"
        ]
        await client.post(f"/api/v1/jobs/{film['job_id']}/cancel")
        shown = (await client.get(f"/api/v1/films/{film['id']}")).json()
        assert shown["job_state"] in {"cancelled", "completed"}
        listed = (await client.get("/api/v1/jobs", params={"project_id": project["id"]})).json()
        assert [job["id"] for job in listed["items"]] == [film["job_id"]]
        for path in (
            url,
            f"{url}/revisions",
            f"/api/v1/assets/{asset}",
            f"/api/v1/films/{film['id']}",
            f"/api/v1/jobs/{film['job_id']}",
        ):
            assert (await client.get(path)).status_code == 200, path
            assert (await other.get(path)).status_code == 404, path
        assert (await other.post(f"{url}/films")).status_code == 404
        assert (await other.get("/api/v1/projects")).json()["items"] == []


async def test_no_cursor_of_anybodys_making_is_a_fault(opened):
    mine = (home() / "token").read_text(encoding="utf-8").strip()
    async with calling(opened, mine) as client:
        project = (await client.post("/api/v1/projects", json={"script": SCRIPT})).json()["id"]
        paths = ("jobs", "projects", "assets", f"projects/{project}/revisions")
        cursors = ("WzFd", "WyJ4Il0=", "W10=", "W251bGxd", "W3t9XQ==")
        for path, cursor in product(paths, cursors):
            answer = await client.get(f"/api/v1/{path}", params={"cursor": cursor})
            assert answer.status_code in {200, 422}, f"{path} {answer.text}"
