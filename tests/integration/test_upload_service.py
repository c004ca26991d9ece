"""Uploads outlive whoever takes them in, on a disk and in a bucket, and are forgotten when their time is over."""

import asyncio
import hashlib
import os
import signal
import sys
from datetime import timedelta

import pytest
from obstore.store import MemoryStore
from sqlalchemy import text

from reelwright.engines.storage.objects import StorageFullError
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.objects_remote import RemoteObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ExhaustedError
from reelwright.identity.plans import Limits, QuotaSettings
from reelwright.identity.quotas import QuotaError, Quotas, StorageCharges
from reelwright.library.asset_service import AssetService
from reelwright.library.examination import Examiner
from reelwright.library.quotas import NoQuota
from reelwright.library.storage_service import StorageService, UploadedFile
from reelwright.library.sweeping import LibrarySweeper
from reelwright.library.upload_service import UploadService
from reelwright.library.uploads import NewUpload, UploadMissingError, UploadState
from support.clocks import HandClock
from support.people import new_person
from support.projects import project_states
from support.tenants import stranger

pytestmark = pytest.mark.anyio
URLS = SignedUrls(b"s" * 32, SystemClock())
DATA = b"0123456789" * 100


# Takes an upload in, and is killed when the asset's object is written and its row is not.
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import UploadId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.library.examination import Examiner
from support.databases import doors
from tests.integration.test_upload_service import DATA, URLS, parts, uploads_in

class Deadly(DiskObjects):
    async def put_files(self, files):
        await super().put_files(files)
        if "/uploads/" not in files[0][0]:
            os.kill(os.getpid(), signal.SIGKILL)

async def run(url, root, user, workspace, upload):
    who = Principal(UserId(user), WorkspaceId(workspace))
    async with doors(url) as database:
        given = database, Deadly(Path(root), URLS), SystemClock(), Examiner()
        await uploads_in(*given)[1].append(who, UploadId(upload), 0, parts(DATA))

asyncio.run(run(*sys.argv[1:]))
"""


class FullOnce(DiskObjects):
    """A disk on which there is no space for the first asset."""

    full = True

    async def put_files(self, files):
        if self.full and "/uploads/" not in files[0][0]:
            self.full = False
            raise StorageFullError("no space", way_out="free some")
        await super().put_files(files)


class Watchful(UploadService):
    """Renews its claims often."""

    renewed_s = 0.1


class Small(NoQuota):
    """Lets a thousand bytes in."""

    async def check_in(self, tx, who, size):
        if size > len(DATA):
            raise ExhaustedError("no more bytes may be stored")


@pytest.fixture(params=["disk", "bucket"])
def objects(request, tmp_path):
    if request.param == "disk":
        yield DiskObjects(tmp_path / "objects", URLS)
        return
    yield RemoteObjects(MemoryStore(), URLS, tmp_path / "drafts")


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
async def examiner():
    examiner = Examiner()
    yield examiner
    examiner.close()


def uploads_in(database, objects, clock, examiner):
    library = AssetService(database, objects, clock)
    storage = StorageService(library, project_states(database), examiner)
    return library, UploadService(database, objects, storage, Small(), clock)


async def parts(data, *, breaks=False):
    for at in range(0, len(data), 300):
        yield data[at : at + 300]
    if breaks:
        raise ConnectionResetError("the line is gone")


async def keys(objects):
    return [one.key async for one in objects.list()]


async def test_what_came_before_the_line_broke_is_gone_on_with_by_another_process(
    database, objects, clock, examiner
):
    who = stranger()
    _, uploads = uploads_in(database, objects, clock, examiner)
    upload = await uploads.create(who, NewUpload("a.txt", len(DATA)))
    with pytest.raises(ConnectionResetError):
        await uploads.append(who, upload.id, 0, parts(DATA[:450], breaks=True))
    library, other = uploads_in(database, objects, clock, examiner)
    assert (await other.get(who, upload.id)).received == 450
    done = await other.append(who, upload.id, 450, parts(DATA[450:]))
    assert done.state is UploadState.FINISHED
    asset = await library.get(who, done.asset_id)
    assert asset.sha256 == hashlib.sha256(DATA).hexdigest()
    assert await keys(objects) == [asset.key]
    assert list(objects.drafts.iterdir()) == []


async def test_an_upload_is_forgotten_with_its_bytes_a_day_after_its_last_piece(
    database, objects, clock, examiner
):
    who = stranger()
    library, uploads = uploads_in(database, objects, clock, examiner)
    sweeper = LibrarySweeper(database, objects, clock)
    left = await uploads.create(who, NewUpload("a.txt", len(DATA)))
    clock.pass_time(20 * 3600)
    with pytest.raises(ConnectionResetError):
        await uploads.append(who, left.id, 0, parts(DATA[:300], breaks=True))
    clock.pass_time(20 * 3600)
    assert await sweeper.sweep_uploads() == 0
    assert (await uploads.get(who, left.id)).received == 300
    clock.pass_time(5 * 3600)
    with pytest.raises(UploadMissingError):
        await uploads.append(who, left.id, 300, parts(DATA[300:]))
    assert await sweeper.sweep_uploads() == 1
    assert await keys(objects) == []
    assert (await library.list(who)).rows == []


async def test_a_finishing_that_failed_is_taken_up_again_and_of_two_one_makes_the_asset(
    database, tmp_path, clock, examiner
):
    who, objects = stranger(), FullOnce(tmp_path / "objects", URLS)
    library, uploads = uploads_in(database, objects, clock, examiner)
    upload = await uploads.create(who, NewUpload("a.txt", len(DATA)))
    with pytest.raises(StorageFullError):
        await uploads.append(who, upload.id, 0, parts(DATA))
    waiting = await uploads.get(who, upload.id)
    assert (waiting.whole, waiting.state) == (True, UploadState.OPEN)
    # A process that died over it has left its claim, and that has run out.
    async with database.transaction(who) as tx:
        past = {"past": clock.now()}
        await tx.execute(text("UPDATE uploads SET finishing_until = :past"), past)
    clock.pass_time(1)
    await asyncio.gather(*(uploads._take_in(who, waiting) for _ in range(3)))
    assert (await uploads.finish(who, upload.id)).state is UploadState.FINISHED
    (asset,) = (await library.list(who)).rows
    assert asset.id == upload.asset_id
    assert await keys(objects) == [asset.key]


@pytest.mark.parametrize("way", ["its sender asks again", "nobody asks again"])
async def test_an_upload_whose_process_was_killed_over_its_end_is_finished_by_another_a_minute_later(
    database, database_url, tmp_path, examiner, way
):
    who, clock = stranger(), HandClock(SystemClock().now())
    objects = DiskObjects(tmp_path / "objects", URLS)
    library, uploads = uploads_in(database, objects, clock, examiner)
    upload = await uploads.create(who, NewUpload("a.txt", len(DATA)))
    given = (database_url, str(tmp_path / "objects"), who.user, who.workspace, upload.id)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, *given), env=os.environ | {"PYTHONPATH": "tests:."}
    )
    assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL
    assert (await uploads.finish(who, upload.id)).state is UploadState.OPEN
    assert await uploads.finish_left() == 0
    clock.pass_time(90)
    if way == "nobody asks again":
        assert await uploads.finish_left() == 1
    assert (await uploads.finish(who, upload.id)).state is UploadState.FINISHED
    assert await uploads.finish_left() == 0
    (asset,) = (await library.list(who)).rows
    assert asset.id == upload.asset_id
    assert await library.read(who, asset.id) == DATA


async def test_whoever_takes_long_over_an_upload_keeps_its_claim(
    database, tmp_path, clock, examiner
):
    class Slow(DiskObjects):
        async def put_files(self, files):
            if "/uploads/" not in files[0][0]:
                clock.pass_time(50)
                await asyncio.sleep(0.5)
                clock.pass_time(50)
                assert await other.finish_left() == 0
            await super().put_files(files)

    who, objects = stranger(), Slow(tmp_path / "objects", URLS)
    _, other = uploads_in(database, objects, clock, examiner)
    library = AssetService(database, objects, clock)
    storage = StorageService(library, project_states(database), examiner)
    uploads = Watchful(database, objects, storage, Small(), clock)
    upload = await uploads.create(who, NewUpload("a.txt", len(DATA)))
    done = await uploads.append(who, upload.id, 0, parts(DATA))
    assert done.state is UploadState.FINISHED


async def test_what_is_announced_counts_as_if_it_were_here(database, objects, clock, examiner):
    who = stranger()
    _, uploads = uploads_in(database, objects, clock, examiner)
    first = await uploads.create(who, NewUpload("a.txt", len(DATA) - 10))
    with pytest.raises(ExhaustedError):
        await uploads.create(who, NewUpload("b.txt", 11))
    await uploads.end(who, first.id)
    await uploads.create(who, NewUpload("b.txt", 11))


async def test_what_a_killed_request_left_among_the_drafts_is_swept(tmp_path):
    objects = DiskObjects(tmp_path / "objects", URLS)
    left = objects.drafts / "upload-x"
    left.mkdir()
    (left / "whole").write_bytes(DATA)
    assert await objects.sweep_drafts(timedelta(seconds=-1)) == 1
    assert list(objects.drafts.iterdir()) == []


async def test_of_files_that_come_at_once_as_many_are_kept_as_the_quota_has_room_for(
    database, objects, clock, examiner, tmp_path
):
    who = await new_person(database)
    settings = QuotaSettings(plan="tried", plans={"tried": Limits(storage=2 * len(DATA) + 500)})
    quota = StorageCharges(Quotas(database, clock, settings))
    library = AssetService(database, objects, clock, quota)
    storage = StorageService(library, project_states(database), examiner, quota)

    async def bring(number):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(DATA[:-1] + str(number).encode())
        return await storage.upload_project_file(
            who, None, "custom", UploadedFile(path, f"{number}.txt")
        )

    brought = await asyncio.gather(*(bring(number) for number in range(6)), return_exceptions=True)
    refused = [one for one in brought if isinstance(one, BaseException)]
    assert len(refused) == 4
    assert {type(one) for one in refused} == {QuotaError}
    assert len((await library.list(who)).rows) == len(await keys(objects)) == 2
