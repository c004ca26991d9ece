"""What is refused leaves no file: neither an asset nor a byte that counts, nor an object for ever."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.engines.storage.objects import Objects
from reelwright.film.notes import NoteChange
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError
from reelwright.identity.quotas import Quotas
from reelwright.library.revisions import Revisions
from reelwright.library.sweeping import LibrarySweeper
from reelwright.projects.life import ProjectLife
from reelwright.projects.scripts import ScriptDesk
from reelwright.projects.service import ProjectService
from reelwright.projects.values import ProjectAwayError, RevisionConflictError
from reelwright.studio.manuscripts import Manuscripts
from reelwright.studio.productions.local_scripts import LocalScripts
from reelwright.studio.reading import read_film
from support.api import signed_up, whole_api
from support.pictures import picture_bytes
from support.tenants import owner

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - NIGHT\n\nMARA (40) waits.\n\nMARA\nYou came back.\n"
PNG = picture_bytes()

# Revises a project whose row another holds, and is killed while it waits.
KILLED = """
import asyncio, sys
from pathlib import Path
from support.api import whole_api

async def run(url, home, place):
    async with whole_api(url, Path(home)) as api, api.client() as client:
        media = [("media", ("late.bin", b"late" * 1000))]
        await client.put(f"{place}/revision", files=media, timeout=60)

asyncio.run(run(*sys.argv[1:]))
"""


@pytest.fixture
async def api(database_url, tmp_path):
    async with whole_api(database_url, tmp_path) as api:
        yield api


def form(script=SCRIPT, media=(), **fields):
    """A form as a project's files are sent."""
    parts = [("script", ("walk.fountain", script.encode()))] if script else []
    parts += [(name, (None, value)) for name, value in fields.items()]
    return parts + [("media", one) for one in media]


async def kept(api, who=None):
    """How many assets there are, the bytes that count for a person, and the objects in storage."""
    who = who or api.opened.owner
    doors = await api.opened.container.get(Database)
    quotas = await api.opened.container.get(Quotas)
    objects = await api.opened.container.get(Objects)
    async with doors.read(who) as tx:
        assets = (await tx.execute(text("SELECT count(*) FROM assets"))).scalar_one()
    stored = (await quotas.standing(who)).stored
    return assets, stored, [one.key async for one in objects.list() if who.workspace in one.key]


async def _film(client):
    answer = await client.post("/api/v1/projects", files=form(media=[("a.png", PNG)]))
    assert answer.status_code == 201, answer.text
    return f"/api/v1/projects/{answer.json()['id']}"


REFUSED = {
    "a name of 300 signs": (422, form(name="A" * 300)),
    "a name of two lines": (422, form(name="A\nB")),
    "no such type": (422, form(type="opera")),
    "a film without a script": (422, form(script="", name="A", media=[("a.png", PNG)])),
    "a file that the type does not take": (
        422,
        form(script="", name="A", type="image-edit", media=[("a.png", PNG), ("b.png", b"RIFF")]),
    ),
    "a picture that is none": (
        422,
        form(script="", name="A", type="image-edit", media=[("a.png", PNG), ("b.png", PNG[:40])]),
    ),
    "an empty file": (422, form(media=[("a.png", PNG), ("b.bin", b"")])),
}


@pytest.mark.parametrize("why", REFUSED)
async def test_a_project_that_is_refused_leaves_none_of_its_files(api, why):
    status, sent = REFUSED[why]
    async with api.client() as client:
        before = await kept(api)
        refused = await client.post("/api/v1/projects", files=sent)
        assert refused.status_code == status, refused.text
        assert await kept(api) == before
        assert (await client.get("/api/v1/projects")).json()["items"] == []


LATE = form(SCRIPT.replace("waits", "sings"), [("b.png", picture_bytes("JPEG"))])
NOT_REVISED = {
    "by number": (409, {"params": {"expected": 1}, "files": LATE}),
    "by tag": (412, {"headers": {"If-Match": '"r1"'}, "files": LATE}),
    "another type": (422, {"files": [*LATE, ("type", (None, "custom"))]}),
    "no script": (422, {"params": {"only": True}, "files": form(script="", media=[("b", PNG)])}),
    "an empty file": (422, {"files": [*LATE, ("media", ("c.bin", b""))]}),
    "a name that leads elsewhere": (422, {"files": form(media=[("../b.png", PNG)])}),
}


@pytest.mark.parametrize("why", NOT_REVISED)
async def test_a_revision_that_is_refused_leaves_none_of_its_files(api, why):
    status, sent = NOT_REVISED[why]
    async with api.client() as client:
        place = await _film(client)
        await client.put(f"{place}/revision", files=form(media=[("c.png", picture_bytes("GIF"))]))
        before = await kept(api)
        refused = await client.put(f"{place}/revision", **sent)
        assert refused.status_code == status, refused.text
        assert await kept(api) == before
        assert (await client.get(f"{place}/revision")).json()["number"] == 2
        await client.post(f"{place}/archive")
        assert (await client.put(f"{place}/revision", files=LATE)).status_code == 409
        assert await kept(api) == before


async def test_of_many_who_revise_at_once_the_files_of_one_are_kept(api):
    async with api.client() as client:
        place = await _film(client)
        assets, stored, objects = await kept(api)
        data = [f"{number:04}".encode() * 100 for number in range(6)]
        rush = [
            client.put(
                f"{place}/revision",
                params={"expected": 1},
                files=[("media", ("b.bin", one)), ("media", ("c.bin", one * 2))],
            )
            for one in data
        ]
        answers = await asyncio.gather(*rush)
        assert sorted(one.status_code for one in answers) == [200, *[409] * 5]
        after = await kept(api)
        assert (after[0], after[1]) == (assets + 2, stored + 1200)
        assert len(after[2]) == len(objects) + 2


async def test_files_that_several_add_at_once_are_all_there(api):
    async with api.client() as client:
        place = await _film(client)
        rush = [
            client.put(f"{place}/revision", files=[("media", (f"{n}.bin", b"%d" % n))])
            for n in range(5)
        ]
        assert [one.status_code for one in await asyncio.gather(*rush)] == [200] * 5
        newest = (await client.get(f"{place}/revision")).json()
        assert set(newest["files"]) == {"walk.fountain", "a.png", *(f"{n}.bin" for n in range(5))}
        assert newest["number"] == 6


async def test_what_the_quota_has_no_room_for_leaves_nothing_of_its_form(database_url, tmp_path):
    told: dict[str, Any] = {"quotas": {"plan": "tried", "plans": {"tried": {"storage": 5000}}}}
    told |= {"identity": {"sign_up": "open"}}
    async with whole_api(database_url, tmp_path, **told) as api, api.client("") as client:
        ada = await signed_up(client, "ada")
        large = [("a.bin", b"a" * 4000), ("b.bin", b"b" * 4000)]
        refused = await client.post("/api/v1/projects", files=form(media=large), headers=ada)
        assert (refused.status_code, refused.json()["code"]) == (429, "quota_exhausted")
        usage = (await client.get("/api/v1/usage", headers=ada)).json()
        assert usage["storage"] == 0, usage
        assert (await client.get("/api/v1/assets", headers=ada)).json()["items"] == []
        rush = [
            client.post("/api/v1/projects", files=form(media=[one]), headers=ada) for one in large
        ]
        statuses = sorted(one.status_code for one in await asyncio.gather(*rush))
        assert statuses == [201, 429]
        assets = (await client.get("/api/v1/assets", headers=ada)).json()["items"]
        assert len(assets) == 2


async def test_notes_and_scripts_that_come_too_late_leave_no_file(api):
    who = api.opened.owner
    scripts = await api.opened.container.get(Manuscripts)
    desk = await api.opened.container.get(ScriptDesk)
    project = await desk.create_from_text(who, "Dusk", SCRIPT)
    stale = await scripts.read(who, project.id)
    await desk.revise_from_text(who, project.id, SCRIPT.replace("waits", "sleeps"))
    before = await kept(api)
    with pytest.raises(RevisionConflictError):
        await scripts.annotate(who, stale, [NoteChange("film", "", "score_mood", "eerie")])
    with pytest.raises(RevisionConflictError):
        await desk.revise_from_text(who, project.id, SCRIPT.replace("waits", "sings"), expected=1)
    with pytest.raises(InvalidInputError):
        await desk.create_from_text(who, "A" * 300, SCRIPT.replace("waits", "sings"))
    assert await kept(api) == before


async def test_a_script_on_disk_that_is_refused_leaves_no_file(api, tmp_path):
    who, script = api.opened.owner, tmp_path / "dusk.fountain"
    projects = await api.opened.container.get(ProjectService)
    life = await api.opened.container.get(ProjectLife)
    scripts = LocalScripts(projects, await api.opened.container.get(Revisions))
    script.write_text(SCRIPT)
    first = await scripts.keep(who, script, read_film(script))
    assert await scripts.keep(who, script, read_film(script)) == first
    before = await kept(api)
    await life.archive(who, first.project_id)
    script.write_text(SCRIPT.replace("waits", "sings"))
    with pytest.raises(ProjectAwayError):
        await scripts.keep(who, script, read_film(script))
    assert await kept(api) == before


async def test_a_process_that_is_killed_over_a_revision_leaves_nothing_that_counts(
    database_url, tmp_path
):
    async with whole_api(database_url, tmp_path) as api, api.client() as client:
        place = await _film(client)
        before = await kept(api)
        doors = await api.opened.container.get(Database)
        with owner(database_url) as connection:
            connection.execute(text("BEGIN"))
            connection.execute(text("SELECT id FROM projects FOR UPDATE"))
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", KILLED, database_url, str(tmp_path), place),
                env={**os.environ, "PYTHONPATH": "tests"},
            )
            try:
                await _until_it_waits(connection, process, api, len(before[2]) + 1)
            finally:
                process.send_signal(signal.SIGKILL)
                await process.wait()
        after = await kept(api)
        assert after[:2] == before[:2]
        assert len(after[2]) == len(before[2]) + 1
        objects = await api.opened.container.get(Objects)
        sweeper = LibrarySweeper(doors, objects, SystemClock(), grace=timedelta(seconds=-1))
        assert (await sweeper.sweep()).orphans == 1
        assert await kept(api) == before
        answer = await client.put(f"{place}/revision", files=[("media", ("b.bin", b"b"))])
        assert answer.json()["number"] == 2


async def _until_it_waits(connection, process, api, objects):
    """Until somebody waits for the lock that the caller holds, and so many objects lie in storage."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    storage = await api.opened.container.get(Objects)
    async with asyncio.timeout(60):
        while True:
            assert process.returncode is None, "it has ended by itself"
            there = [one async for one in storage.list() if api.opened.owner.workspace in one.key]
            if len(there) == objects and connection.execute(waiting).scalar_one():
                return
            await asyncio.sleep(0.05)
