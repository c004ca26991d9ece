"""Operations on files over HTTP, by the real services: asked for, watched, looked at."""

import asyncio

import pytest

from reelwright.engines.storage.home import home
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from support.edits import write_flashes
from support.house import calling, opened_house

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
