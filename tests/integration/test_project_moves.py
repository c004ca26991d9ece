"""A project moves to another workspace of whoever owns it: all of it is there, and here it is in the trash."""

import asyncio

import pytest

from reelwright.studio.parcels import moves
from support.api import signed_up, whole_api
from support.upload import uploaded

pytestmark = pytest.mark.anyio

SCRIPT = {"name": "Small", "script": "INT. HALL - DAY\n\nMARA waits.\n"}


class People:
    """Ada with a team, Bo without, and what they ask for."""

    def __init__(self, client):
        self.client = client

    async def gather(self):
        self.ada, self.bo = [await signed_up(self.client, name) for name in ("ada", "bo")]
        self.homes = {}
        for name in ("ada", "bo"):
            (home,) = (await self.ask(name, "GET", "/workspaces", 200))["items"]
            self.homes[name] = home["id"]
        team = await self.ask("ada", "POST", "/workspaces", 201, json={"name": "Team"})
        self.team = team["id"]
        return self

    async def ask(self, name, method, path, status, *, at=None, **more):
        headers = getattr(self, name) | ({"Reelwright-Workspace": at} if at else {})
        answer = await self.client.request(method, f"/api/v1{path}", headers=headers, **more)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def move(self, name, project, there, status=202, *, at=None):
        given = {"workspace_id": there}
        path = f"/projects/{project['id']}/move"
        return await self.ask(name, "POST", path, status, at=at, json=given)

    async def done(self, name, job, there):
        for _ in range(300):
            told = await self.ask(name, "GET", f"/jobs/{job['id']}", 200, at=there)
            if told["finished_at"]:
                assert told["state"] == "completed", told["error"]
                return told["result"]
            await asyncio.sleep(0.1)
        raise AssertionError(told)

    async def let_in(self, role, path, at):
        email = {"email": "bo@example.com", "role": role}
        offer = await self.ask("ada", "POST", path, 201, at=at, json=email)
        given = {"invitation": offer["invitation"]}
        await self.ask("bo", "POST", "/invitations/accept", 200, json=given)


@pytest.fixture
async def people(database_url, tmp_path):
    told = {"identity": {"sign_up": "open"}}
    async with (
        whole_api(database_url, tmp_path, worker=True, **told) as api,
        api.client("") as client,
    ):
        yield await People(client).gather()


async def test_a_project_moves_with_what_was_said_about_it_and_is_thrown_away_here(people):
    project = await people.ask("ada", "POST", "/projects", 201, json=SCRIPT)
    said = {"body": "Why does she wait?"}
    await people.ask("ada", "POST", f"/projects/{project['id']}/comments", 201, json=said)
    moved = await people.done("ada", await people.move("ada", project, people.team), people.team)
    assert moved["name"] == "Small"
    assert moved["left_behind"] is False
    assert (await people.ask("ada", "GET", "/projects", 200))["items"] == []
    (trashed,) = (await people.ask("ada", "GET", "/projects?trashed=true", 200))["items"]
    assert trashed["id"] == project["id"]
    at = f"/projects/{moved['project_id']}"
    (thread,) = (await people.ask("ada", "GET", f"{at}/comments", 200, at=people.team))["items"]
    assert (thread["body"], thread["guest"]) == ("Why does she wait?", "ada")


async def test_whoever_was_given_a_project_takes_it_into_a_workspace_of_their_own(people):
    project = await people.ask("ada", "POST", "/projects", 201, at=people.team, json=SCRIPT)
    path, email = f"/projects/{project['id']}/transfer", {"email": "bo@example.com"}
    offer = await people.ask("ada", "POST", path, 201, at=people.team, json=email)
    given = {"invitation": offer["invitation"]}
    await people.ask("bo", "POST", "/invitations/accept", 200, json=given)
    home = people.homes["bo"]
    job = await people.move("bo", project, home, at=people.team)
    moved = await people.done("bo", job, home)
    (there,) = (await people.ask("bo", "GET", "/projects", 200))["items"]
    assert there["id"] == moved["project_id"]
    assert (await people.ask("ada", "GET", "/projects", 200, at=people.team))["items"] == []


async def test_nobody_moves_what_is_not_theirs_nor_to_where_they_do_not_edit(people):
    project = await people.ask("ada", "POST", "/projects", 201, at=people.team, json=SCRIPT)
    await people.let_in("editor", "/invitations", people.team)
    await people.move("bo", project, people.homes["bo"], 403, at=people.team)
    await people.move("ada", project, people.homes["bo"], 404, at=people.team)
    await people.move("ada", project, people.team, 409, at=people.team)
    await people.move("ada", project, "elsewhere", 422, at=people.team)
    other = await people.ask("bo", "POST", "/projects", 201, json=SCRIPT)
    await people.move("ada", other, people.team, 404)
    bo = {"role": "viewer"}
    with_bo = await people.ask("ada", "GET", "/members", 200, at=people.team)
    (member,) = [one["user"] for one in with_bo["items"] if one["name"] == "bo"]
    await people.ask("ada", "PATCH", f"/members/{member}", 200, at=people.team, json=bo)
    await people.move("bo", other, people.team, 403)


async def test_while_something_is_being_made_of_it_it_stays(people):
    project = await people.ask("ada", "POST", "/projects", 201, json=SCRIPT)
    path = f"/projects/{project['id']}/films"
    film = await people.ask("ada", "POST", path, 202, json={"scheduled_at": "2099-01-01T00:00:00Z"})
    told = await people.move("ada", project, people.team, 409)
    assert told["code"] == "project_busy"
    await people.ask("ada", "POST", f"/jobs/{film['job_id']}/cancel", 202)
    await people.move("ada", project, people.team)


async def test_what_is_saved_while_a_project_moves_stays_where_it_was_saved(people, monkeypatch):
    project = await people.ask("ada", "POST", "/projects", 201, json=SCRIPT)
    at = f"/projects/{project['id']}"
    await people.ask("ada", "PUT", f"{at}/state?expected=0", 200, json={"data": {"a": 1}})
    real = moves.write_parcel

    async def later(*given):
        await real(*given)
        await people.ask("ada", "PUT", f"{at}/state?expected=1", 200, json={"data": {"a": 2}})

    monkeypatch.setattr(moves, "write_parcel", later)
    moved = await people.done("ada", await people.move("ada", project, people.team), people.team)
    assert (moved["left_behind"], moved["why"]) == (True, "conflict")
    assert (await people.ask("ada", "GET", at, 200))["trashed_at"] is None
    state = await people.ask("ada", "GET", f"{at}/state", 200)
    assert state["state"] == {"data": {"a": 2}}


@pytest.mark.parametrize("what", ["revision", "comment", "upload"])
async def test_a_revision_a_comment_and_a_file_are_looked_for_as_well(people, monkeypatch, what):
    project = await people.ask("ada", "POST", "/projects", 201, json=SCRIPT)
    at, real = f"/projects/{project['id']}", moves.write_parcel
    script = {"script": SCRIPT["script"] + "\nShe goes.\n"}

    async def later(*given):
        await real(*given)
        if what == "revision":
            await people.ask("ada", "PUT", f"{at}/revision", 200, json=script)
        elif what == "comment":
            await people.ask("ada", "POST", f"{at}/comments", 201, json={"body": "Late."})
        else:
            people.client.headers.update(people.ada)
            await uploaded(people.client, b"a note", "n.txt", project["id"])

    monkeypatch.setattr(moves, "write_parcel", later)
    moved = await people.done("ada", await people.move("ada", project, people.team), people.team)
    assert moved["left_behind"] is True
    assert (await people.ask("ada", "GET", at, 200))["trashed_at"] is None


async def test_of_two_moves_of_one_project_one_is_called_off(people, monkeypatch):
    project = await people.ask("ada", "POST", "/projects", 201, json=SCRIPT)
    other = (await people.ask("ada", "POST", "/workspaces", 201, json={"name": "Other"}))["id"]
    real, both = moves.write_parcel, asyncio.Barrier(2)

    async def together(*given):
        await real(*given)
        await both.wait()

    monkeypatch.setattr(moves, "write_parcel", together)
    jobs = {there: await people.move("ada", project, there) for there in (people.team, other)}
    ended = {}
    for there, job in jobs.items():
        for _ in range(300):
            told = await people.ask("ada", "GET", f"/jobs/{job['id']}", 200, at=there)
            if told["finished_at"]:
                break
            await asyncio.sleep(0.1)
        ended[there] = told["state"]
    assert sorted(ended.values()) == ["completed", "failed"]
    for there, state in ended.items():
        listed = (await people.ask("ada", "GET", "/projects", 200, at=there))["items"]
        assert len(listed) == (state == "completed")


async def test_a_project_in_the_trash_does_not_move(people):
    project = await people.ask("ada", "POST", "/projects", 201, json=SCRIPT)
    await people.done("ada", await people.move("ada", project, people.team), people.team)
    told = await people.move("ada", project, people.team, 409)
    assert told["code"] == "project_away"
