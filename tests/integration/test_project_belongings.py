"""What belongs to a project: its guests see it, it goes with it, and nothing of others' does either."""

import asyncio
import contextvars
from contextlib import asynccontextmanager
from importlib import import_module

import pytest
from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.library.asset_service import AssetService
from reelwright.projects.belongings import Files
from support.api import signed_up, whole_api
from support.parcels import SCRIPT, manifest, told
from support.tenants import owner
from support.upload import uploaded

pytestmark = pytest.mark.anyio

TINY = {"size": "160x128", "exports": "otio,media"}


class House:
    """A house with a worker: what its owner asks for, and a guest of one project."""

    def __init__(self, api, client):
        self.api = api
        self.client = client

    async def ask(self, method, path, status=200, **more):
        answer = await self.client.request(method, f"/api/v1{path}", **more)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else {}

    async def done(self, job, state="completed", headers=None):
        for _ in range(600):
            told = await self.ask("GET", f"/jobs/{job['id']}", headers=headers)
            if told["finished_at"]:
                assert told["state"] == state, told["error"]
                return told
            await asyncio.sleep(0.1)
        raise AssertionError(told)

    async def project(self, name="Small", script=SCRIPT):
        return await self.ask("POST", "/projects", 201, json={"name": name, "script": script})

    async def film(self, project):
        at = f"/projects/{project['id']}/films"
        film = await self.ask("POST", at, 202, json={"options": TINY})
        await self.done({"id": film["job_id"]})
        return await self.ask("GET", f"/films/{film['id']}")

    async def export(self, project):
        """The job that wrote the project's file, and the file."""
        job = await self.done(await self.ask("POST", f"/projects/{project['id']}/exports", 202))
        signed = await self.ask("GET", f"/assets/{job['result']['asset_id']}/url")
        return job, (await self.client.get(signed["url"])).content

    async def bring(self, file, state="completed"):
        sent = {"file": ("small.reelwright", file, "application/zip")}
        job = await self.done(await self.ask("POST", "/projects/imports", 202, files=sent), state)
        if state != "completed":
            return job["error"]
        return await self.ask("GET", f"/projects/{job['result']['project_id']}")

    async def delete(self, project):
        """For good."""
        await self.ask("DELETE", f"/projects/{project['id']}", 204)
        await self.ask("DELETE", f"/projects/{project['id']}/trash", 204)

    @asynccontextmanager
    async def guest(self, project, role="viewer"):
        """Somebody who sees this one project: a client of theirs."""
        async with self.api.client("") as client:
            headers = await signed_up(client, "gus")
            email = {"email": "gus@example.com", "role": role}
            at = f"/projects/{project['id']}/invitations"
            offer = await self.ask("POST", at, 201, json=email)
            given = {"invitation": offer["invitation"]}
            accepted = "/api/v1/invitations/accept"
            assert (await client.post(accepted, json=given, headers=headers)).status_code == 200
            client.headers.update(headers | {"Reelwright-Workspace": offer["workspace"]})
            yield client


@pytest.fixture
async def house(database_url, tmp_path):
    async with (
        whole_api(database_url, tmp_path, worker=True, identity={"sign_up": "open"}) as api,
        api.client() as client,
    ):
        yield House(api, client)


async def test_a_guest_sees_the_files_of_a_film_also_those_an_equal_one_had_made_before(house):
    first, project = await house.project("First"), await house.project()
    made = [await house.film(one) for one in (first, project)]
    assert made[1]["report"]["made"] == 0
    async with house.guest(project, "owner") as client:
        seen = (await client.get(f"/api/v1/films/{made[1]['id']}")).json()
        assert seen["files"].keys() == made[1]["files"].keys()
        for one in seen["files"].values():
            assert (await client.get(f"/api/v1/assets/{one['asset_id']}")).status_code == 200
        assert (await client.get(f"/api/v1/films/{made[0]['id']}")).status_code == 404
        assert (await client.get(f"/api/v1/projects/{first['id']}")).status_code == 404


async def test_what_a_film_was_made_of_goes_with_the_last_project_that_uses_it(house):
    empty = (await house.ask("GET", "/usage"))["storage"]
    first, second = await house.project("First"), await house.project("Second")
    await house.film(first)
    film = await house.film(second)
    await house.delete(first)
    kept = await house.ask("GET", f"/films/{film['id']}")
    assert kept["files"].keys() == film["files"].keys()
    again = await house.film(second)
    assert again["report"]["made"] == 0, "the pieces are there still"
    await house.delete(second)
    assert (await house.ask("GET", "/assets?limit=200"))["items"] == []
    assert (await house.ask("GET", "/usage"))["storage"] == empty


async def _pieces(house, project):
    """Who may do it, the services it takes, and the recipes of a film of the project."""
    await house.film(project)
    opened = house.api.opened
    given = [await opened.container.get(one) for one in (Database, AssetService, Files)]
    async with given[0].read(opened.owner) as tx:
        recipes = set(await tx.scalars(text("SELECT recipe_digest FROM products")))
    return opened.owner, *given, recipes


async def test_whoever_would_use_a_piece_waits_for_who_deletes_its_project_and_finds_it_gone(house):
    first, second = await house.project("First"), await house.project("Second")
    who, database, library, files, recipes = await _pieces(house, first)
    async with database.transaction(who) as tx:
        await files.give_back_in(tx, who, first["id"], set())
        noting = asyncio.create_task(
            library.note_uses(who, second["id"], recipes), context=contextvars.Context()
        )
        done, _ = await asyncio.wait({noting}, timeout=0.5)
        assert not done, "it would be told of pieces that are on their way out"
    assert await noting == set()
    assert await library.find_products(who, recipes) == {}


async def test_whoever_deletes_a_project_waits_for_who_begins_to_use_its_pieces_and_leaves_them(
    house,
):
    first, second = await house.project("First"), await house.project("Second")
    who, database, library, files, recipes = await _pieces(house, first)

    async def give_back():
        async with database.transaction(who) as tx:
            await files.give_back_in(tx, who, first["id"], set())

    async with database.transaction(who) as tx:
        noted = {"project": second["id"]}
        await tx.execute(
            text("UPDATE products SET used_by = used_by || CAST(:project AS text)"), noted
        )
        deleting = asyncio.create_task(give_back(), context=contextvars.Context())
        done, _ = await asyncio.wait({deleting}, timeout=0.5)
        assert not done
    await deleting
    assert (await library.find_products(who, recipes)).keys() == recipes


async def test_whoever_owns_one_project_deletes_nothing_of_others(house):
    first, second = await house.project("First"), await house.project("Second")
    await house.film(first)
    film = await house.film(second)
    clip = await uploaded(house.client, b"a clip" * 100, "clip.txt", first["id"])
    spare = await uploaded(house.client, b"to spare" * 100, "spare.txt", first["id"])
    state = {"timeline": [{"clip": clip}]}
    await house.ask("PUT", f"/projects/{second['id']}/state?expected=0", json=state)
    async with house.guest(first, "owner") as client:
        at = f"/api/v1/projects/{first['id']}"
        assert (await client.delete(at)).status_code == 204
        assert (await client.delete(f"{at}/trash")).status_code == 204
    assert (await house.ask("GET", f"/films/{film['id']}"))["files"].keys() == film["files"].keys()
    assert (await house.ask("GET", f"/assets/{clip}"))["id"] == clip
    await house.ask("GET", f"/assets/{spare}", 404)


async def test_a_state_of_another_project_keeps_a_file_it_names_as_a_key(house):
    first, second = await house.project("First"), await house.project("Second")
    clip = await uploaded(house.client, b"a clip" * 100, "clip.txt", first["id"])
    state = {"data": {"gain": {clip: 2}}}
    await house.ask("PUT", f"/projects/{second['id']}/state?expected=0", json=state)
    await house.delete(first)
    assert (await house.ask("GET", f"/assets/{clip}"))["id"] == clip


async def test_assets_that_states_name_as_keys_are_those_of_the_copy_in_the_copy(house):
    project = await house.project()
    asset = project["head"]["files"]["script.fountain"]
    state = {"data": {"gain": {asset: 2}, "value": asset}}
    await house.ask("PUT", f"/projects/{project['id']}/state?expected=0", json=state)
    _, file = await house.export(project)
    copies = [await house.ask("POST", f"/projects/{project['id']}/duplicate", 201)]
    copies.append(await house.bring(file))
    for copy in copies:
        data = (await house.ask("GET", f"/projects/{copy['id']}/state"))["state"]["data"]
        assert data["value"] == copy["head"]["files"]["script.fountain"] != asset
        assert data["gain"] == {data["value"]: 2}


async def test_what_a_member_exports_is_not_for_guests(house):
    project, other = await house.project(), await house.project("Secret")
    secret = other["head"]["files"]["script.fountain"]
    state = {"data": {"mine": secret}}
    await house.ask("PUT", f"/projects/{project['id']}/state?expected=0", json=state)
    async with house.guest(project, "editor") as client:
        job, file = await house.export(project)
        assert secret in {one["id"] for one in manifest(file)["assets"]}
        for path in (f"/jobs/{job['id']}", f"/assets/{job['result']['asset_id']}"):
            assert (await client.get(f"/api/v1{path}")).status_code == 404
        for trashed in ("true", "false"):
            listed = await client.get(f"/api/v1/assets?trashed={trashed}")
            assert job["result"]["asset_id"] not in {one["id"] for one in listed.json()["items"]}


@pytest.mark.parametrize("number", [10**9 + 1, 2**31 - 1])
async def test_a_file_whose_counters_leave_no_room_is_refused(house, number):
    project = await house.project()
    await house.ask("PUT", f"/projects/{project['id']}/state?expected=0", json={"data": {"a": 1}})
    _, file = await house.export(project)

    def head(one):
        one["project"]["head"] = one["parts"]["revisions"][-1]["number"] = number

    def state(one):
        one["parts"]["states"][-1]["version"] = number

    for change in (head, state):
        assert (await house.bring(told(file, change), "failed"))["code"] == "project_file_refused"


async def test_a_file_that_counts_as_far_as_may_be_can_be_worked_on(house):
    project = await house.project()
    await house.ask("PUT", f"/projects/{project['id']}/state?expected=0", json={"data": {"a": 1}})
    _, file = await house.export(project)
    most = 10**9

    def change(one):
        one["project"]["head"] = one["parts"]["revisions"][-1]["number"] = most
        one["parts"]["states"][-1]["version"] = most

    at = f"/projects/{(await house.bring(told(file, change)))['id']}"
    saved = await house.ask("PUT", f"{at}/state?expected={most}", json={"data": {"a": 2}})
    assert saved["version"] == most + 1
    revised = await house.ask("PUT", f"{at}/revision", json={"script": SCRIPT + "\nShe goes.\n"})
    assert revised["number"] == most + 1


async def test_pieces_of_films_from_before_they_had_a_project_are_found(house, database_url):
    project = await house.project()
    await house.film(project)
    step = import_module("reelwright.app.migrations.versions.0035_belonging")
    noted = text("SELECT recipe_digest, used_by FROM products ORDER BY recipe_digest")
    given = text("SELECT id, project_id FROM assets ORDER BY id")
    with owner(database_url) as connection:
        before = connection.execute(noted).all(), connection.execute(given).all()
        connection.execute(text("UPDATE products SET used_by = '{}'"))
        made = "UPDATE assets SET project_id = NULL WHERE recipe_digest IS NOT NULL"
        connection.execute(text(made))
        for statement in (step._FIND_USES, step._GIVE_PROJECTS):
            connection.execute(text(statement))
        assert (connection.execute(noted).all(), connection.execute(given).all()) == before
    assert all(uses == [project["id"]] for _, uses in before[0])
