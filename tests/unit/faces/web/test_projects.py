"""Scripts come in, films come out."""

import json
from dataclasses import replace

import pytest

from reelwright.jobs.states import JobState

pytestmark = pytest.mark.anyio

SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n\nMARA\nIt is cold.\n"
NOTES = '[film]\nscore_mood = "eerie"\n'


def form(script=SCRIPT, name="walk.fountain", notes=None, media=()):
    files = [("script", (name, script.encode()))]
    if notes is not None:
        files.append(("notes", ("walk.notes.toml", notes.encode())))
    return files + [("media", (one, data)) for one, data in media]


async def test_a_project_is_made_from_json(house):
    async with house.client() as client:
        body = {"name": "A Walk", "script": SCRIPT, "format": "fountain", "notes": NOTES}
        answer = await client.post("/api/v1/projects", json=body)
        assert answer.status_code == 201
        project = answer.json()
        assert project["name"] == "A Walk"
        assert project["head"]["script"] == "script.fountain"
        assert set(project["head"]["files"]) == {"script.fountain", "notes"}
        again = await client.get(f"/api/v1/projects/{project['id']}")
        assert again.json() == project
        listed = (await client.get("/api/v1/projects")).json()
        assert listed == {"items": [project], "next": None}


async def test_a_project_is_made_from_a_form_with_notes_and_media(house):
    async with house.client() as client:
        files = form(notes=NOTES, media=[("art/suitcase.png", b"\x89PNG"), ("nora.wav", b"RIFF")])
        answer = await client.post("/api/v1/projects", files=files)
        assert answer.status_code == 201, answer.text
        project = answer.json()
    assert project["name"] == "walk"
    names = {"walk.fountain", "notes", "art/suitcase.png", "nora.wav"}
    assert set(project["head"]["files"]) == names
    kept = {one.name: one for one in house.assets.all.values()}
    assert kept["art/suitcase.png"].media_type == "image/png"
    assert kept["notes"].media_type == "application/toml"
    assert not list(house.objects.drafts.iterdir())


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a\\b.png", "..", "x" * 201, "a/../b.png"]
)
async def test_a_file_name_that_leaves_its_folder_is_refused(house, name):
    async with house.client() as client:
        answer = await client.post("/api/v1/projects", files=form(media=[(name, b"1")]))
    assert answer.status_code == 422, answer.text
    assert not house.projects.all


@pytest.mark.parametrize(
    "files",
    [
        form(script=""),
        form(script="%PDF-1.4 broken", name="a.pdf"),
        form(notes="[film\n"),
        form(notes='[film]\nscore_moood = "eerie"\n'),
        form(media=[("a.png", b"1"), ("a.png", b"2")]),
        form(media=[("walk.fountain", b"1")]),
        [("media", ("a.png", b"1"))],
        [*form(), ("more", ("x", b"1"))],
        [*form(), *form(name="other.fountain")],
    ],
)
async def test_what_cannot_become_a_project_is_refused_and_leaves_nothing(house, files):
    async with house.client() as client:
        answer = await client.post("/api/v1/projects", files=files)
    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]
    assert not house.projects.all
    assert not house.assets.all
    assert not list(house.objects.drafts.iterdir())


async def test_other_types_of_body_are_refused(house):
    async with house.client() as client:
        headers = {"Content-Type": "text/plain"}
        answer = await client.post("/api/v1/projects", content=b"x", headers=headers)
        assert answer.status_code == 415
        headers = {"Content-Type": "multipart/form-data"}
        answer = await client.post("/api/v1/projects", content=b"x", headers=headers)
        assert answer.status_code == 400


async def test_a_revision_keeps_the_files_that_are_not_sent_again(house):
    async with house.client() as client:
        first = (
            await client.post(
                "/api/v1/projects", files=form(notes=NOTES, media=[("nora.wav", b"RIFF")])
            )
        ).json()
        url = f"/api/v1/projects/{first['id']}/revision"
        answer = await client.put(
            url, files=form(script=SCRIPT + "\nThe end.\n", name="b.fountain")
        )
        assert answer.status_code == 200, answer.text
        second = answer.json()
        assert second["number"] == 2
        assert set(second["files"]) == {"b.fountain", "notes", "nora.wav"}
        assert second["files"]["nora.wav"] == first["head"]["files"]["nora.wav"]
        only = await client.put(url, params={"only": "true"}, files=form())
        assert set(only.json()["files"]) == {"walk.fountain"}


async def test_equal_content_makes_no_new_revision_and_no_new_asset(house):
    async with house.client() as client:
        files = form(notes=NOTES, media=[("nora.wav", b"RIFF")])
        first = (await client.post("/api/v1/projects", files=files)).json()
        kept = set(house.assets.all)
        url = f"/api/v1/projects/{first['id']}/revision"
        again = await client.put(url, files=files)
    assert again.json() == first["head"]
    assert set(house.assets.all) == kept


async def test_a_film_is_started_once_per_key_and_shows_its_files_with_signed_urls(house):
    async with house.client() as client:
        project = (await client.post("/api/v1/projects", json={"script": SCRIPT})).json()
        url = f"/api/v1/projects/{project['id']}/films"
        order = {"options": {"size": "640x360"}}
        key = {"Idempotency-Key": "film-1"}
        answer = await client.post(url, json=order, headers=key)
        assert answer.status_code == 202
        film = answer.json()
        assert film["options"] == {"size": "640x360"}
        assert (await client.post(url, json=order, headers=key)).json() == film
        assert (await client.post(url)).json()["id"] != film["id"]
        made = house.films.all[film["id"]]
        script = project["head"]["files"]["script.fountain"]
        names = ["media/shots/1.mp4", "film.otio", "film.mp4"]
        made.outputs = dict.fromkeys(names, script)
        made.state, made.report = "finished", {"shots": 3}
        shown = (await client.get(f"/api/v1/films/{film['id']}")).json()
        assert shown["state"] == "finished"
        assert shown["report"] == {"shots": 3}
        assert list(shown["files"]) == ["film.mp4", "film.otio", "media/shots/1.mp4"]
        saved = await client.get(shown["files"]["film.otio"]["url"])
        assert saved.headers["content-disposition"].endswith("film.otio")
        delivered = shown["files"]["film.mp4"]
        async with house.client(headers={}) as stranger:
            assert (await stranger.get(delivered["url"])).text == SCRIPT
        house.assets.all.clear()
        assert (await client.get(f"/api/v1/films/{film['id']}")).json()["files"] == {}


async def test_a_films_view_tells_how_far_its_job_is_and_why_it_failed(house):
    async with house.client() as client:
        project = (await client.post("/api/v1/projects", json={"script": SCRIPT})).json()
        film = (await client.post(f"/api/v1/projects/{project['id']}/films")).json()
        begun = (await client.get(f"/api/v1/films/{film['id']}")).json()
        assert (begun["job_state"], begun["progress"], begun["error"]) == ("queued", None, None)
        job = house.jobs.all[film["job_id"]]
        progress = {"fraction": 0.4, "message": "shots: scene 1, shot 2"}
        error = {"code": "disk_full", "message": "the disk is full", "way_out": "free some space"}
        house.jobs.all[job.id] = replace(job, state=JobState.FAILED, progress=progress, error=error)
        shown = (await client.get(f"/api/v1/films/{film['id']}")).json()
    assert (shown["job_state"], shown["progress"], shown["error"]) == ("failed", progress, error)


async def test_what_is_made_says_where_it_can_be_looked_at(house):
    async with house.client() as client:
        project = await client.post("/api/v1/projects", json={"script": SCRIPT})
        film = await client.post(f"{project.headers['location']}/films")
        job = await client.post("/api/v1/jobs", json={"kind": "film"})
        cancelled = await client.post(f"{job.headers['location']}/cancel")
        workspace = await client.post("/api/v1/workspaces", json={"name": "B-unit"})
        for made in (project, film, job, cancelled, workspace):
            assert made.status_code in {201, 202}
            there = await client.get(made.headers["location"])
            assert there.json()["id"] == made.json()["id"]


@pytest.mark.parametrize(
    ("script", "named", "name"),
    [
        ("Title: The *Long* Walk\n\n" + SCRIPT, None, "The Long Walk"),
        ("Title: The Long Walk\n\n" + SCRIPT, "Mine", "Mine"),
        (SCRIPT, None, "script"),
    ],
)
async def test_a_project_is_called_by_its_name_its_scripts_title_or_its_file(
    house, script, named, name
):
    async with house.client() as client:
        body = {"script": script} | ({"name": named} if named else {})
        assert (await client.post("/api/v1/projects", json=body)).json()["name"] == name


async def test_every_operation_has_a_name_of_its_own_and_describes_its_parameters(house):
    async with house.client() as client:
        document = (await client.get("/api/v1/openapi.json")).json()
    operations = [one for path in document["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() for name in names)
    for one in operations:
        assert one["summary"]
        for parameter in one.get("parameters", []):
            assert parameter["in"] == "path" or parameter.get("description"), one["operationId"]


async def test_a_job_is_made_once_per_key(house):
    async with house.client() as client:
        key = {"Idempotency-Key": "a"}
        one = await client.post("/api/v1/jobs", json={"kind": "film"}, headers=key)
        two = await client.post("/api/v1/jobs", json={"kind": "film"}, headers=key)
        other = await client.post(
            "/api/v1/jobs", json={"kind": "film"}, headers={"Idempotency-Key": "b"}
        )
    assert one.json()["id"] == two.json()["id"] != other.json()["id"]


async def test_jobs_are_listed_in_pages_cancelled_and_retried(house):
    async with house.client() as client:
        made = [
            (await client.post("/api/v1/jobs", json={"kind": "film"})).json()["id"]
            for _ in range(5)
        ]
        page = (await client.get("/api/v1/jobs", params={"limit": 3})).json()
        rest = (await client.get("/api/v1/jobs", params={"cursor": page["next"]})).json()
        assert [one["id"] for one in page["items"] + rest["items"]] == sorted(made, reverse=True)
        assert rest["next"] is None
        job = f"/api/v1/jobs/{made[0]}"
        assert (await client.post(f"{job}/cancel")).json()["state"] == "cancelled"
        assert (await client.post(f"{job}/retry")).json()["attempt"] == 2
        assert (await client.get(job)).json()["state"] == "queued"
        for wrong in ("/api/v1/jobs/job_01", "/api/v1/jobs/x", f"/api/v1/films/{made[0]}"):
            assert (await client.get(wrong)).status_code == 404


@pytest.mark.parametrize("cursor", ["x", "bnVsbA==", "é", "WyJcdTAwMDAiXQ==", "W10=", "W3t9XQ=="])
async def test_a_cursor_that_is_not_ours_is_refused(house, cursor):
    async with house.client() as client:
        answer = await client.get("/api/v1/jobs", params={"cursor": cursor})
    assert answer.status_code == 422, json.dumps(answer.json())


async def test_workspaces_are_made_renamed_archived_and_restored(house):
    async with house.client() as client:
        one = (await client.post("/api/v1/workspaces", json={"name": "Team"})).json()
        url = f"/api/v1/workspaces/{one['id']}"
        assert (await client.patch(url, json={"name": "Crew"})).json()["name"] == "Crew"
        assert (await client.post(f"{url}/archive")).json()["archived_at"]
        assert (await client.get("/api/v1/workspaces")).json() == {"items": []}
        listed = await client.get("/api/v1/workspaces", params={"archived": "true"})
        assert [found["id"] for found in listed.json()["items"]] == [one["id"]]
        assert (await client.post(f"{url}/restore")).json()["archived_at"] is None


async def test_assets_are_listed_signed_and_deleted(house):
    async with house.client() as client:
        project = (await client.post("/api/v1/projects", json={"script": SCRIPT})).json()
        asset_id = project["head"]["files"]["script.fountain"]
        (listed,) = (await client.get("/api/v1/assets")).json()["items"]
        assert listed["id"] == asset_id
        assert listed["origin"] == {"kind": "upload", "ref": "script.fountain"}
        url = f"/api/v1/assets/{asset_id}"
        assert (await client.get(url)).json() == listed | {"call": None}
        signed = (await client.get(f"{url}/url")).json()["url"]
        assert (await client.get(signed)).text == SCRIPT
        assert (await client.delete(url)).status_code == 204
        assert (await client.get(url)).status_code == 404
