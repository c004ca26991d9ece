"""A person's own files take the place of made ones over HTTP, and are taken away again."""

import asyncio

import pytest

from reelwright.engines.storage.home import home
from reelwright.film.breakdown.script import break_down
from reelwright.film.screenplay.formats import read_screenplay
from reelwright.studio.productions.scripts import NOTES
from support.house import calling
from support.pictures import picture_bytes

pytestmark = pytest.mark.anyio
SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n\nMARA\nWho is there?\n"


async def upload(client, data, name):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(data))}
    headers["Content-Type"] = "application/offset+octet-stream"
    made = await client.post("/api/v1/uploads", headers=headers, content=data)
    assert made.status_code == 201, made.text
    return made.headers["content-location"].rpartition("/")[2]


async def test_an_asset_takes_the_place_of_a_shots_picture_until_it_is_taken_away(opened):
    token = (home() / "token").read_text(encoding="utf-8").strip()
    async with calling(opened, token) as client:
        project = (await client.post("/api/v1/projects", json={"script": SCRIPT})).json()
        url = f"/api/v1/projects/{project['id']}"
        breakdown = break_down(read_screenplay(SCRIPT.encode(), "script.fountain"))
        shots = [shot.id for scene in breakdown.scenes for shot in scene.shots]
        picture = await upload(client, picture_bytes(), "a.png")
        other = await upload(client, picture_bytes(colour="blue"), "b.png")
        own = f"{url}/shots/{shots[0]}/own"

        first = (await client.put(f"{own}/picture", json={"asset_ids": [picture]})).json()
        (name,) = [name for name in first["files"] if name.startswith("own/")]
        assert (first["number"], first["files"][name]) == (2, picture)
        notes = (await client.get(f"/api/v1/assets/{first['files'][NOTES]}/url")).json()
        assert f'picture = "{name}"' in (await client.get(notes["url"])).text

        answers = await asyncio.gather(
            client.put(f"{own}/picture", json={"asset_ids": [other]}),
            client.put(f"{url}/shots/{shots[-1]}/own/picture", json={"asset_ids": [picture]}),
        )
        assert [one.status_code for one in answers] == [200, 200]
        head = (await client.get(url)).json()["head"]
        assert sorted(head["files"].values()).count(picture) == 1  # the last shot's
        assert other in head["files"].values()
        assert name not in head["files"]

        gone = (await client.delete(f"{own}/picture")).json()
        assert other not in gone["files"].values()
        again = (await client.delete(f"{own}/picture")).json()
        assert again["number"] == gone["number"]

        for role, shot, status in (
            ("clip", shots[0], 422),
            ("picture", "sh_none", 404),
            ("title", shots[0], 422),
        ):
            wrong = f"{url}/shots/{shot}/own/{role}"
            answer = await client.put(wrong, json={"asset_ids": [picture]})
            assert answer.status_code == status, answer.text
        two = await client.put(f"{own}/picture", json={"asset_ids": [picture, other]})
        assert two.status_code == 422
