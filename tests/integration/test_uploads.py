"""Files that come in pieces over HTTP, by the tus protocol, and go on where they broke off."""

import asyncio
import base64
import hashlib
import os

import pytest

from reelwright.engines.storage.home import home
from reelwright.engines.storage.objects import Objects
from reelwright.identity.tokens import TokenService
from support.house import calling
from support.people import new_person

pytestmark = pytest.mark.anyio
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = TUS | {"Content-Type": "application/offset+octet-stream"}
SCRIPT = "INT. HALL - DAY\n\nMARA stands in the hall.\n"
UPLOADS = "/api/v1/uploads"


@pytest.fixture
async def client(opened):
    token = (home() / "token").read_text(encoding="utf-8").strip()
    async with calling(opened, token) as client:
        yield client


def told(**values):
    pairs = (f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in values.items())
    return {"Upload-Metadata": ",".join(pairs)}


async def begin(client, size, **values):
    headers = TUS | {"Upload-Length": str(size)} | told(**values)
    answer = await client.post(UPLOADS, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


def send(client, url, offset, data, **headers):
    headers = PIECE | {"Upload-Offset": str(offset)} | headers
    return client.patch(url, headers=headers, content=data)


async def objects_of(opened):
    objects = await opened.container.get(Objects)
    return [one.key async for one in objects.list()]


async def test_a_file_comes_in_pieces_and_becomes_an_asset_of_its_project(client, opened):
    project = (await client.post("/api/v1/projects", json={"script": SCRIPT})).json()
    data = b"anything " * 1000
    url = await begin(client, len(data), filename="../take one.bin", project_id=project["id"])
    first = await send(client, url, 0, data[:4000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "4000")
    found = await client.head(url, headers=TUS)
    assert found.headers["upload-offset"] == "4000"
    assert found.headers["upload-length"] == str(len(data))
    assert found.headers["tus-resumable"] == "1.0.0"
    last = await send(client, url, 4000, data[4000:])
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(data)))
    shown = (await client.get(url)).json()
    assert (shown["state"], shown["error"]) == ("finished", None)
    asset = (await client.get(last.headers["content-location"])).json()
    assert asset["id"] == shown["asset_id"]
    assert asset["sha256"] == hashlib.sha256(data).hexdigest()
    assert (asset["name"], asset["media_type"]) == ("take one.bin", "text/plain")
    assert asset["project_id"] == project["id"]
    (key,) = [key for key in await objects_of(opened) if "take-one" in key]
    assert key.split("/")[1] == "film"
    assert not [key for key in await objects_of(opened) if "/uploads/" in key]


async def test_a_beginning_may_come_with_the_announcement(client):
    headers = PIECE | {"Upload-Length": "10"} | told(filename="a.txt")
    answer = await client.post(UPLOADS, headers=headers, content=b"01234")
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "5")
    assert "upload-expires" in answer.headers
    done = await send(client, answer.headers["location"], 5, b"56789")
    assert (await client.get(done.headers["content-location"])).json()["size"] == 10


async def test_of_two_writers_at_one_offset_one_wins(client):
    url = await begin(client, 2_000_000)
    one, other = os.urandom(1_000_000), os.urandom(1_000_000)
    answers = await asyncio.gather(send(client, url, 0, one), send(client, url, 0, other))
    assert sorted(one.status_code for one in answers) == [204, 409]
    late = await send(client, url, 0, one)
    assert late.json()["code"] == "upload_offset"
    first = one if answers[0].status_code == 204 else other
    done = await send(client, url, 1_000_000, b"z" * 1_000_000)
    asset = (await client.get(done.headers["content-location"])).json()
    assert asset["sha256"] == hashlib.sha256(first + b"z" * 1_000_000).hexdigest()


async def test_a_piece_that_is_not_what_was_sent_is_not_taken(client, opened):
    url = await begin(client, 8)
    wrong = base64.b64encode(hashlib.sha1(b"other").digest()).decode()  # noqa: S324
    answer = await send(client, url, 0, b"data", **{"Upload-Checksum": f"sha1 {wrong}"})
    assert (answer.status_code, answer.json()["code"]) == (460, "checksum_mismatch")
    assert (await client.head(url, headers=TUS)).headers["upload-offset"] == "0"
    right = base64.b64encode(hashlib.sha256(b"data").digest()).decode()
    answer = await send(client, url, 0, b"data", **{"Upload-Checksum": f"sha256 {right}"})
    assert answer.headers["upload-offset"] == "4"
    assert (await send(client, url, 4, b"x", **{"Upload-Checksum": "crc 0"})).status_code == 400
    assert len([key for key in await objects_of(opened) if "/uploads/" in key]) == 1


async def test_an_upload_that_is_ended_is_gone_with_its_bytes(client, opened):
    url = await begin(client, 8)
    await send(client, url, 0, b"data")
    assert (await client.delete(url, headers=TUS)).status_code == 204
    assert (await client.head(url, headers=TUS)).status_code == 404
    assert (await send(client, url, 4, b"data")).status_code == 404
    assert not [key for key in await objects_of(opened) if "/uploads/" in key]


async def test_anothers_upload_is_missing(client, opened, database):
    url = await begin(client, 8)
    tokens = await opened.container.get(TokenService)
    theirs = (await tokens.create(await new_person(database), "theirs"))[1]
    async with calling(opened, theirs) as other:
        for answer in (
            await other.head(url, headers=TUS),
            await other.get(url),
            await send(other, url, 0, b"data"),
            await other.delete(url, headers=TUS),
        ):
            assert answer.status_code == 404
    async with calling(opened, "nobody") as nobody:
        assert (await send(nobody, url, 0, b"data")).status_code == 401
    assert (await client.head(url, headers=TUS)).headers["upload-offset"] == "0"


WRONG = [
    ({"Upload-Length": "5"}, 412),
    (TUS, 400),
    (TUS | {"Upload-Length": "-5"}, 400),
    (TUS | {"Upload-Length": "0"}, 422),
    (TUS | {"Upload-Length": str(3 * 2**30)} | told(project_type="film"), 413),
    (TUS | {"Upload-Length": "5"} | told(project_type="opera"), 422),
    (TUS | {"Upload-Length": "5"} | told(project_id="prj_x"), 422),
    (TUS | {"Upload-Length": "5", "Upload-Metadata": "filename *"}, 400),
    (TUS | {"Upload-Length": "5", "Upload-Metadata": "filename /w=="}, 400),
]


async def test_what_cannot_be_announced_is_refused(client):
    spoken = (await client.options(UPLOADS)).headers
    assert spoken["tus-version"] == "1.0.0"
    assert "checksum" in spoken["tus-extension"].split(",")
    for headers, status in WRONG:
        answer = await client.post(UPLOADS, headers=headers)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["tus-resumable"] == "1.0.0"


async def test_more_than_was_announced_is_refused_and_what_was_right_stays(client):
    url = await begin(client, 4)
    assert (await send(client, url, 0, b"12345")).status_code == 413
    assert (await client.patch(url, headers=TUS, content=b"1")).status_code == 415
    done = await send(client, url, 0, b"1234")
    assert done.status_code == 204


async def test_a_file_its_type_of_project_does_not_take_is_refused_at_the_end(client, opened):
    url = await begin(client, 8, filename="a.png", project_type="image-edit")
    refused = await send(client, url, 0, b"%PDF-1.7")
    assert (refused.status_code, refused.json()["code"]) == (422, "file_refused")
    assert (await client.head(url, headers=TUS)).status_code == 422
    shown = (await client.get(url)).json()
    assert (shown["state"], shown["error"]["code"]) == ("refused", "file_refused")
    assert await objects_of(opened) == []


async def test_assets_are_changed_counted_thrown_away_and_taken_back_over_http(client):
    url = await begin(client, 5, filename="a.txt")
    done = await send(client, url, 0, b"hello")
    asset = done.headers["content-location"]
    changed = await client.patch(asset, json={"name": "b.txt", "tags": ["Sea"], "favourite": True})
    assert (changed.json()["name"], changed.json()["tags"]) == ("b.txt", ["sea"])
    assert (await client.patch(asset, json={"colour": "red"})).status_code == 422
    for query in ("tag=sea", "favourite=true", "name=B.T", "since=2020-01-01T00:00:00Z"):
        assert len((await client.get(f"/api/v1/assets?{query}")).json()["items"]) == 1, query
    assert (await client.get("/api/v1/assets/tags")).json() == ["sea"]
    assert (await client.get("/api/v1/assets/statistics")).json()["stored"] == 5
    assert (await client.get(asset)).json()["call"] is None
    assert (await client.post(f"{asset}/trash")).json()["trashed_at"]
    assert (await client.get("/api/v1/assets")).json()["items"] == []
    assert (await client.post(f"{asset}/restore")).json()["trashed_at"] is None
    assert (await client.delete(asset)).status_code == 204
    assert (await client.post(f"{asset}/restore")).status_code == 404
