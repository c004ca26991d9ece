"""Files from elsewhere are brought by jobs, go on where they broke off, and are looked at like any other."""

import asyncio
import os
import signal
import sys

import pytest

from reelwright.engines.http.failures import AddressRefusedError
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError, ExhaustedError, InvalidInputError
from reelwright.identity.plans import Limits, QuotaSettings
from reelwright.identity.quotas import Quotas, StorageCharges
from reelwright.jobs.states import JobState
from reelwright.library.arriving import DownloadBusyError
from reelwright.library.assets import AssetMissingError, Origin, OriginKind, SyncStatus
from support.api import whole_api
from support.downloads import DownloadHouse
from support.files_served import served_file
from support.people import new_person
from support.pictures import picture_bytes
from support.tenants import stranger

pytestmark = pytest.mark.anyio
UPLOAD = Origin(OriginKind.UPLOAD, "a")
TEXT = b"".join(b"line %06d\n" % number for number in range(200_000))

# Brings an asset, and is killed while it does.
KILLED = """
import asyncio, sys
from pathlib import Path
from reelwright.ground.ids import AssetId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from support.databases import doors
from support.downloads import DownloadHouse

async def run(url, root, user, workspace, asset):
    async with doors(url) as database:
        house = DownloadHouse(database, Path(root))
        await house.remote.download(
            Principal(UserId(user), WorkspaceId(workspace)), AssetId(asset)
        )

asyncio.run(run(*sys.argv[1:]))
"""


@pytest.fixture
async def house(database, tmp_path):
    house = DownloadHouse(database, tmp_path)
    yield house
    await house.close()


async def test_a_file_from_elsewhere_is_an_asset_what_it_is_said_by_its_bytes(house):
    who = await new_person(house.database)
    with served_file(picture_bytes("PNG")) as served:
        asset, job = await house.bring(who, f"{served.url}/a%20film.mp4?signature=secret")
    assert job.state is JobState.COMPLETED, job.error
    assert (asset.name, asset.media_type) == ("a film.mp4", "image/png")
    assert asset.sync_status is SyncStatus.DOWNLOADED
    assert asset.facts["width"] == 16
    assert house.quota.held == asset.size > 0
    assert job.result == {"asset": asset.id, "media_type": "image/png", "size": asset.size}
    assert "secret" not in str(job.params)
    assert house.drafts() == []


async def test_a_download_goes_on_where_it_broke_off(house):
    who = await new_person(house.database)
    with served_file(TEXT, breaks=2) as served:
        where = {"remote_url": served.url, "remote_id": "r-1"}
        asset = await house.remote.add(who, name="a", media_type="x/y", origin=UPLOAD, **where)
        same = await house.remote.add(who, name="b", media_type="x/y", origin=UPLOAD, **where)
        assert same.id == asset.id
        told = []
        came = await house.remote.download(who, asset.id, lambda *one: told.append(one))
    assert (came.sync_status, came.media_type) == (SyncStatus.DOWNLOADED, "text/plain")
    assert await house.library.read(who, asset.id) == TEXT
    assert len(served.begins) == 3
    assert all(begin > 0 for begin in served.begins[1:])
    assert told == sorted(told)
    assert told[-1] == (len(TEXT), len(TEXT))
    assert house.drafts() == []


async def test_another_version_of_the_file_is_brought_from_its_beginning(house):
    who = await new_person(house.database)
    with served_file(TEXT, breaks=1) as served:
        served.halts = True
        asset = await house.remote.add(
            who, name="a", media_type="x/y", origin=UPLOAD, remote_url=served.url
        )
        bringing = asyncio.create_task(house.remote.download(who, asset.id))
        await asyncio.to_thread(served.halted.wait, 10)
        served.tag, served.data = '"two"', TEXT[::-1]
        served.go.set()
        await bringing
    assert served.begins == [0, 0]
    assert await house.library.read(who, asset.id) == TEXT[::-1]


async def test_a_download_outlives_the_process_that_is_killed_in_its_middle(
    house, database_url, tmp_path
):
    who = await new_person(house.database)
    with served_file(TEXT, breaks=1) as served:
        served.halts = True
        asset = await house.remote.add(
            who, name="a", media_type="x/y", origin=UPLOAD, remote_url=served.url
        )
        given = (database_url, str(tmp_path), who.user, who.workspace, asset.id)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", KILLED, *given, env={**os.environ, "PYTHONPATH": "tests"}
        )
        assert await asyncio.to_thread(served.halted.wait, 60)
        draft = house.objects.drafts / f"{asset.id}.download"
        async with asyncio.timeout(10):
            while not draft.exists() or draft.stat().st_size == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        with pytest.raises(DownloadBusyError):
            await house.remote.download(who, asset.id)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        assert (await house.library.get(who, asset.id)).sync_status is SyncStatus.DOWNLOADING
        came = await house.remote.download(who, asset.id)
    assert came.sync_status is SyncStatus.DOWNLOADED
    assert served.begins[1] > 0
    assert await house.library.read(who, asset.id) == TEXT
    assert house.quota.held == len(TEXT)
    assert house.drafts() == []


async def test_a_job_that_is_called_off_ends_the_download(house):
    who = await new_person(house.database)
    with served_file(TEXT, breaks=1) as served:
        served.halts = True
        asked = await house.downloads.ask(who, served.url)
        running = asyncio.create_task(house.durable.run_all(house.processor))
        assert await asyncio.to_thread(served.halted.wait, 10)
        await house.jobs.cancel_job(who, asked.job.id)
        await asyncio.wait_for(running, 10)
        asset, job = await house.stands(who, asked)
        assert job.state is JobState.CANCELLED
        assert asset.sync_status is SyncStatus.FAILED
        assert asset.sync_error
        assert asset.sync_error["code"] == "work_ended"
        served.go.set()
        again = await house.downloads.again(who, asset.id)
        assert again.job.id != asked.job.id
        assert (await house.downloads.again(who, asset.id)).job.id == again.job.id
        await house.durable.run_all(house.processor)
        asset, job = await house.stands(who, again)
    assert job.state is JobState.COMPLETED, job.error
    assert await house.library.read(who, asset.id) == TEXT
    with pytest.raises(ConflictError):
        await house.downloads.again(who, asset.id)


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_what_the_other_side_refuses_is_told_and_may_be_tried_again(house, status):
    who = await new_person(house.database)
    with served_file(b"data", status=status) as served:
        asset, job = await house.bring(who, served.url)
        assert job.state is JobState.FAILED
        assert (job.error or {})["code"] == "download_refused"
        assert asset.sync_error
        assert asset.sync_error["code"] == "download_refused"
        served.status = 200
        asset, job = await house.stands(who, await _again(house, who, asset))
    assert job.state is JobState.COMPLETED
    assert asset.sync_error is None


async def _again(house, who, asset):
    asked = await house.downloads.again(who, asset.id)
    await house.durable.run_all(house.processor)
    return asked


async def test_a_server_that_is_busy_is_asked_again_later(house):
    who = await new_person(house.database)
    with served_file(b"data", status=503) as served:
        _, job = await house.bring(who, served.url)
    assert job.state is JobState.SCHEDULED


@pytest.mark.parametrize("told", [True, False])
async def test_no_more_comes_in_than_the_quota_lets(house, told):
    who = await new_person(house.database)
    house.quota.most = 1000
    with served_file(TEXT) as served:
        served.told = told
        asset, job = await house.bring(who, served.url)
    assert (job.error or {})["kind"] == "exhausted"
    assert asset.sync_status is SyncStatus.FAILED
    assert (house.quota.held, house.drafts()) == (0, [])
    house.quota.held = 1000
    with pytest.raises(ExhaustedError):
        await house.downloads.ask(who, "https://example.com/a.png")


async def test_of_two_downloads_at_once_the_quota_lets_in_what_it_has_room_for(database, tmp_path):
    settings = QuotaSettings(plan="tried", plans={"tried": Limits(storage=len(TEXT) + 1000)})
    quotas, who = Quotas(database, SystemClock(), settings), await new_person(database)
    house = DownloadHouse(database, tmp_path, quota=StorageCharges(quotas))
    with served_file(TEXT, breaks=1) as one, served_file(TEXT[::-1], breaks=1) as other:
        # Both are under way, and had room as each was asked, before either is here.
        bringing = []
        for served in (one, other):
            served.halts = True
            asset = await house.remote.add(
                who, name="a", media_type="x/y", origin=UPLOAD, remote_url=served.url
            )
            bringing.append(asyncio.create_task(house.remote.download(who, asset.id)))
            assert await asyncio.to_thread(served.halted.wait, 10)
        one.go.set()
        other.go.set()
        done = await asyncio.gather(*bringing, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Asset", "QuotaError"]
    states = sorted(one.sync_status for one in (await house.library.list(who)).rows)
    assert states == [SyncStatus.DOWNLOADED, SyncStatus.FAILED]
    assert (await quotas.standing(who)).stored == len(TEXT)
    assert house.drafts() == []
    await house.close()


@pytest.mark.parametrize("told", [True, False])
async def test_no_file_is_larger_than_its_type_of_project_takes(house, told):
    who = await new_person(house.database)
    with served_file(bytes(21 * 2**20)) as served:
        served.told = told
        _, job = await house.bring(who, served.url, project_type="image-edit")
    assert (job.error or {})["code"] == "file_refused"
    assert house.drafts() == []


@pytest.mark.parametrize(
    "data", [TEXT[:1000], picture_bytes("PNG")[:40], b""], ids=["text", "half a picture", "nothing"]
)
async def test_what_its_type_of_project_does_not_take_is_no_asset(house, data):
    who = await new_person(house.database)
    with served_file(data) as served:
        asset, job = await house.bring(who, served.url, project_type="image-edit")
    assert (job.error or {})["code"] == "file_refused"
    assert asset.sync_status is SyncStatus.FAILED
    assert house.drafts() == []


async def test_nothing_is_asked_of_this_machine_or_its_neighbours(database, tmp_path):
    house, who = DownloadHouse(database, tmp_path, loopback=False), await new_person(database)
    with served_file(b"secret") as served:
        url = served.url
        for wrong in (url, "http://[::1]/a", "http://169.254.169.254/a", "file:///etc/passwd"):
            with pytest.raises(AddressRefusedError):
                await house.downloads.ask(who, wrong)
        asset, job = await house.bring(who, url.replace("127.0.0.1", "localhost"))
        assert (job.error or {})["code"] == "address_refused"
        assert served.begins == []
    assert asset.sync_status is SyncStatus.FAILED
    await house.close()


async def test_what_is_no_project_type_is_refused_and_strangers_find_nothing(house):
    who = await new_person(house.database)
    with pytest.raises(InvalidInputError):
        await house.downloads.ask(who, "https://example.com/a", project_type="poem")
    with served_file(b"data", status=404) as served:
        asset, _ = await house.bring(who, served.url)
    with pytest.raises(AssetMissingError):
        await house.downloads.again(stranger(), asset.id)


async def test_over_http_a_file_is_asked_for_and_comes(database_url, tmp_path):
    http = {"networks": ["127.0.0.0/8"]}
    with served_file(TEXT, breaks=1) as served:
        async with (
            whole_api(database_url, tmp_path, worker=True, http=http) as api,
            api.client() as client,
        ):
            private = await client.post("/api/v1/assets/downloads", json={"url": "http://10.0.0.1"})
            assert (private.status_code, private.json()["code"]) == (403, "address_refused")
            asked = await client.post(
                "/api/v1/assets/downloads", json={"url": served.url, "name": "a.txt"}
            )
            assert asked.status_code == 201, asked.text
            asset = asked.json()["asset"]["id"]
            assert asked.headers["Location"].endswith(f"/assets/{asset}")
            async with asyncio.timeout(30):
                while True:
                    shown = (await client.get(f"/api/v1/assets/{asset}")).json()
                    if shown["sync_status"] == "downloaded":
                        break
                    await asyncio.sleep(0.1)
            assert (shown["size"], shown["media_type"]) == (len(TEXT), "text/plain")
            again = await client.post(f"/api/v1/assets/{asset}/download")
            assert again.status_code == 409
