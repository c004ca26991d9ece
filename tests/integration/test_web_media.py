"""Operations on files over HTTP, by the real services: asked for, watched, looked at."""

import asyncio
from functools import partial

import numpy as np
import pytest

from reelwright.engines.storage.home import home
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from support.api import signed_up, whole_api
from support.edits import write_flashes, write_sound
from support.house import calling, opened_house
from support.upload import API, uploaded

pytestmark = pytest.mark.anyio


@pytest.fixture
async def opened(database_url):
    async with opened_house(database_url) as opened:
        yield opened


async def test_a_film_is_trimmed_and_shown_in_small(opened, tmp_path):
    library = await opened.container.get(AssetService)
    film = await library.keep(
        opened.owner,
        write_flashes(tmp_path / "film.mp4"),
        name="film.mp4",
        media_type="video/mp4",
        origin=Origin(OriginKind.UPLOAD, "film.mp4"),
    )
    token = (home() / "token").read_text(encoding="utf-8").strip()
    async with calling(opened, token) as client:
        sheets = {one["name"]: one for one in (await client.get("/api/v1/media/operations")).json()}
        assert "end" in sheets["trim"]["params"]["properties"]
        assert "video-edit" in sheets["trim"]["project_types"]
        order = {"operation": "trim", "inputs": [film.id], "params": {"start": 1, "end": 9}}
        refused = await client.post("/api/v1/media/operations", json=order)
        assert refused.status_code == 422
        assert "it lasts 4" in refused.json()["way_out"]
        order["params"] = {"start": 1, "end": 3}
        asked = await client.post("/api/v1/media/operations", json=order)
        assert asked.status_code == 201
        assert asked.headers["location"].endswith(asked.json()["id"])
        async with asyncio.timeout(30):
            while True:
                job = (await client.get(asked.headers["location"])).json()
                if job["state"] not in {"queued", "running"}:
                    break
                await asyncio.sleep(0.1)
        assert job["state"] == "completed", job
        made = (await client.get(f"/api/v1/assets/{job['result']['asset']}")).json()
        assert made["facts"]["made"]["inputs"] == [film.id]
        shown = await client.get(f"/api/v1/assets/{made['id']}/thumbnail?size=160")
        assert shown.status_code == 307
        picture = await client.get(shown.headers["location"])
        assert picture.headers["content-type"] == "image/webp"
        none = await client.get(f"/api/v1/assets/{made['id']}/thumbnail?size=161")
        assert none.status_code == 422


async def test_a_guest_works_on_the_files_of_the_project_they_edit_and_a_viewer_does_not(
    database_url, tmp_path
):
    told = {"identity": {"sign_up": "open", "remember_s": 0}}
    async with (
        whole_api(database_url, tmp_path, **told) as api,
        api.client(api.session) as ada,
        api.client("") as client,
    ):
        order = {"type": "audio-edit", "name": "Song"}
        project = (await ada.post(f"{API}/projects", json=order)).json()["id"]
        tone = tmp_path / "tone.wav"
        write_sound(tone, np.zeros(8000), rate=8000)
        asset = await uploaded(ada, tone.read_bytes(), "tone.wav", project)
        other = await uploaded(ada, tone.read_bytes(), "other.wav")
        trim = {"operation": "trim", "params": {"start": 0, "end": 0.5}}
        for role, status in (("editor", 201), ("viewer", 403)):
            person = await signed_up(client, role)
            offer = {"email": f"{role}@example.com", "role": role}
            offered = await ada.post(f"{API}/projects/{project}/invitations", json=offer)
            given = {"invitation": offered.json()["invitation"]}
            place = await client.post(f"{API}/invitations/accept", json=given, headers=person)
            there = person | {"Reelwright-Workspace": place.json()["workspace"]}
            asks = partial(client.post, f"{API}/media/operations", headers=there)
            done = await asks(json=trim | {"inputs": [asset], "project_id": project})
            assert done.status_code == status, done.text
            assert (await asks(json=trim | {"inputs": [other], "project_id": project})).is_error
            assert (await asks(json=trim | {"inputs": [asset]})).status_code == 403
            brings = partial(client.post, f"{API}/assets/downloads", headers=there)
            url = {"url": "https://example.com/a.wav"}
            assert (await brings(json=url | {"project_id": project})).status_code == status
            assert (await brings(json=url)).status_code == 403
        failed = await ada.get(f"{API}/assets?sync_status=remote")
        assert [one["name"] for one in failed.json()["items"]] == ["a.wav"]
