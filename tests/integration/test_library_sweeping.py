"""Nothing the library needs is ever swept, and nothing it does not need stays, whoever dies when."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from reelwright.engines.http.client import Http
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import AssetMissingError, MadeProduct, Origin, OriginKind, SyncStatus
from reelwright.library.downloading import RemoteAssets
from reelwright.library.examination import Examiner
from reelwright.library.quotas import NoQuota
from reelwright.library.storage_service import StorageService
from reelwright.library.sweeping import LibrarySweeper, Swept
from support.projects import project_states

pytestmark = pytest.mark.anyio
URLS = SignedUrls(b"s" * 32, SystemClock())
UPLOAD = Origin(OriginKind.UPLOAD, "a.png")

# Keeps a product, and is killed when its object is written and its row is not.
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import MadeProduct
from support.databases import doors

class Deadly(DiskObjects):
    async def put_files(self, files):
        await super().put_files(files)
        os.kill(os.getpid(), signal.SIGKILL)

async def run(url, root, made, workspace):
    who = Principal(UserId.new(), WorkspaceId(workspace))
    async with doors(url) as database:
        objects = Deadly(Path(root), SignedUrls(b"s" * 32, SystemClock()))
        library = AssetService(database, objects, SystemClock())
        await library.keep_products(who, [MadeProduct("r1", "still", Path(made), "image/png")])

asyncio.run(run(*sys.argv[1:]))
"""


class Ahead:
    """A clock that can be set forward."""

    def __init__(self):
        self.by = timedelta()

    def now(self):
        return datetime.now(UTC) + self.by


@pytest.fixture
def who():
    return Principal(UserId.new(), WorkspaceId.new())


@pytest.fixture
def clock():
    return Ahead()


@pytest.fixture
def objects(tmp_path):
    return DiskObjects(tmp_path / "objects", URLS)


@pytest.fixture
def library(database, objects, clock):
    return AssetService(database, objects, clock)


@pytest.fixture
def sweeper(database, objects, clock):
    return LibrarySweeper(database, objects, clock, grace=timedelta(hours=1))


def file(folder, content="picture"):
    path = folder / f"{content}.png"
    path.write_bytes(content.encode() * 100)
    return path


async def keep(library, who, path):
    return await library.keep(who, path, name="a.png", media_type="image/png", origin=UPLOAD)


async def keys_of(objects):
    return {one.key async for one in objects.list()}


async def counts(database, who):
    """Each content's counted uses, and the assets there really are."""
    query = text("""
        SELECT blobs.key, uses, count(assets.id), released_at IS NULL FROM blobs
        LEFT JOIN assets USING (workspace_id, sha256) GROUP BY workspace_id, blobs.sha256""")
    async with database.read(who) as tx:
        return [tuple(row) for row in await tx.execute(query)]


async def test_a_process_killed_between_object_and_row_leaves_an_orphan_that_is_swept(
    library, sweeper, objects, clock, who, database_url, tmp_path
):
    made = file(tmp_path)
    told = [database_url, str(objects.root), str(made), who.workspace]
    path = os.pathsep.join(one for one in sys.path if one)
    child = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", KILLED, *told],
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    (orphan,) = await keys_of(objects)
    assert await library.find_products(who, ["r1"]) == {}
    assert await sweeper.sweep() == Swept(0, 0, 0)
    kept = await library.keep_products(who, [MadeProduct("r1", "still", made, "image/png")])
    clock.by = timedelta(hours=2)
    assert await sweeper.sweep() == Swept(0, 1, 0)
    assert await keys_of(objects) == {kept["r1"].key}
    assert kept["r1"].key != orphan
    assert made.exists()


async def test_released_content_goes_after_its_grace(
    library, sweeper, objects, clock, who, database, tmp_path
):
    first, second = [await keep(library, who, file(tmp_path)) for _ in range(2)]
    await library.delete(who, first.id)
    assert [row[1:] for row in await counts(database, who)] == [(1, 1, True)]
    await library.delete(who, second.id)
    assert [row[1:] for row in await counts(database, who)] == [(0, 0, False)]
    assert await library.stored(who) == 0
    assert await sweeper.sweep() == Swept(0, 0, 0)
    clock.by = timedelta(hours=2)
    assert await sweeper.sweep() == Swept(1, 0, 0)
    assert await counts(database, who) == []
    assert await keys_of(objects) == set()


async def test_content_that_is_kept_again_within_its_grace_stays(
    library, sweeper, objects, clock, who, tmp_path
):
    asset = await keep(library, who, file(tmp_path))
    await library.delete(who, asset.id)
    clock.by = timedelta(hours=2)
    again = await keep(library, who, file(tmp_path))
    assert again.key == asset.key
    assert await sweeper.sweep() == Swept(0, 0, 0)
    assert await library.read(who, again.id) == b"picture" * 100


async def test_of_many_who_delete_one_asset_one_does(library, database, who, tmp_path):
    one, other = [await keep(library, who, file(tmp_path)) for _ in range(2)]
    outcomes = await asyncio.gather(
        *(library.delete(who, one.id) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(outcome, AssetMissingError) for outcome in outcomes) == 4
    assert [row[1:] for row in await counts(database, who)] == [(1, 1, True)]
    assert await library.read(who, other.id)


async def test_counts_are_exact_while_all_keep_delete_and_sweep_the_same(
    library, sweeper, objects, database, clock, who, tmp_path
):
    paths = [file(tmp_path, content) for content in ("one", "two", "three")]
    clock.by = timedelta(hours=2)  # what is released is swept at once...
    ending = asyncio.Event()

    async def sweep():
        while not ending.is_set():
            await sweeper._sweep_released()

    async def work(n):
        for turn in range(8):
            made = [
                MadeProduct(f"r{n}-{turn}-{at}", "still", path, "image/png")
                for at, path in enumerate(paths)
            ]
            kept = await library.keep_products(who, made[turn % 3 :] + made[: turn % 3])
            clock.by = timedelta(hours=2 * turn)  # ...as the time goes on
            for asset in list(kept.values())[: 2 + turn % 2]:
                assert await library.read(who, asset.id)
                await library.delete(who, asset.id)

    sweeping = asyncio.create_task(sweep())
    await asyncio.gather(*(work(n) for n in range(4)))
    ending.set()
    await sweeping
    rows = await counts(database, who)
    assert all(uses == real for _, uses, real, _ in rows)
    assert {key for key, *_ in rows} <= await keys_of(objects)


async def test_content_that_is_swept_while_it_is_kept_again_is_written_again(
    sweeper, objects, database, clock, who, tmp_path
):
    class Meanwhile(DiskObjects):
        """Sweeps just when a batch has found out what is there, and writes the rest."""

        async def put_files(self, files):
            clock.by = timedelta(hours=2)
            assert await sweeper._sweep_released() in {0, 1}
            await super().put_files(files)

    library = AssetService(database, Meanwhile(objects.root, URLS), clock)
    old, new = file(tmp_path, "old"), file(tmp_path, "new")
    await library.delete(who, (await keep(library, who, old)).id)
    clock.by = timedelta()
    made = [MadeProduct(f"r{n}", "still", path, "image/png") for n, path in enumerate((old, new))]
    kept = await library.keep_products(who, made)
    assert await library.read(who, kept["r0"].id) == b"old" * 100
    assert {asset.key for asset in kept.values()} == await keys_of(objects)


async def test_a_remote_assets_bytes_come_later_and_once(
    library, database, objects, clock, who, tmp_path
):
    origin = Origin(OriginKind.SUBMISSION, "sub_1")
    examiner = Examiner()
    storage = StorageService(library, project_states(database), examiner)
    remote = RemoteAssets(database, library, storage, objects, Http(), clock, NoQuota())
    asset = await remote.add(
        who, name="shot.mp4", media_type="video/mp4", origin=origin, remote_url="https://x/y"
    )
    with pytest.raises(ConflictError):
        await library.url(who, asset.id)
    await library.mark_downloading(who, asset.id)
    await library.mark_downloading(who, asset.id)
    assert (await library.get(who, asset.id)).sync_status is SyncStatus.DOWNLOADING
    path = file(tmp_path)
    came = await asyncio.gather(*(library.mark_downloaded(who, asset.id, path) for _ in range(4)))
    assert all(one == came[0] for one in came)
    assert came[0].sync_status is SyncStatus.DOWNLOADED
    assert await library.read(who, asset.id) == b"picture" * 100
    assert [row[1:] for row in await counts(database, who)] == [(1, 1, True)]
    with pytest.raises(ConflictError):
        await library.mark_downloading(who, asset.id)
    await library.delete(who, asset.id)
    assert [row[1:] for row in await counts(database, who)] == [(0, 0, False)]
    examiner.close()


async def test_what_is_not_the_librarys_is_never_swept(sweeper, objects, clock, database):
    await objects.put("backups/2026.tar", b"backup", media_type="application/x-tar")
    await objects.put("ws_short/a.png", b"strange", media_type="image/png")
    clock.by = timedelta(days=400)
    assert await sweeper.sweep() == Swept(0, 0, 0)
    assert len(await keys_of(objects)) == 2


async def test_a_sweeper_killed_after_the_rows_leaves_the_objects_to_the_next(
    library, sweeper, objects, clock, database, who, tmp_path
):
    asset = await keep(library, who, file(tmp_path))
    await library.delete(who, asset.id)
    async with database.transaction(Activity.CLEAN_UP) as tx:
        await tx.execute(text("DELETE FROM blobs"))
    clock.by = timedelta(hours=2)
    assert await sweeper.sweep() == Swept(0, 1, 0)
    assert await keys_of(objects) == set()
