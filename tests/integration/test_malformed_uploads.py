"""Whatever comes in is kept as what it is or refused in plain words, and leaves nothing behind."""

import asyncio
import os
import random

import pytest

from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.ground.paging import Paging
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import AssetFilter
from reelwright.library.examination import Examiner
from reelwright.library.storage_service import StorageService, UploadedFile
from support.malformed import malformed, whole_files
from support.projects import project_states
from support.tenants import stranger

pytestmark = pytest.mark.anyio
HOW_MANY = int(os.environ.get("MALFORMED", "500"))  # 2000 were brought once


async def test_malformed_files_are_kept_or_refused_and_leave_nothing_behind(database, tmp_path):
    who, clock, examiner = stranger(), SystemClock(), Examiner()
    objects = DiskObjects(tmp_path / "objects", SignedUrls(b"s" * 32, clock))
    library = AssetService(database, objects, clock)
    storage = StorageService(library, project_states(database), examiner)
    wholes, slots = whole_files(), asyncio.Semaphore(4)
    for whole in wholes:
        assert await bring(storage, who, tmp_path / "whole", whole) == "kept"

    async def one(seed):
        async with slots:
            chance = random.Random(seed)
            data = malformed(chance, wholes)
            path = tmp_path / f"brought-{seed}"
            try:
                return await bring(storage, who, path, data)
            except Exception as error:
                raise AssertionError(f"file {seed} ({data[:20]!r})") from error
            finally:
                path.unlink()

    try:
        ends = await asyncio.gather(*(one(seed) for seed in range(HOW_MANY)))
    finally:
        examiner.close()
    assert 0.05 * HOW_MANY < ends.count("kept") < 0.95 * HOW_MANY
    keys, paging = set(), Paging(200)
    while True:
        page = await library.list(who, AssetFilter(), paging)
        keys |= {asset.key for asset in page.rows}
        if page.next is None:
            break
        paging = Paging(200, page.next)
    assert {found.key async for found in objects.list()} == keys
    assert list(objects.drafts.iterdir()) == []


async def bring(storage, who, path, data):
    path.write_bytes(data)
    try:
        await storage.upload_project_file(who, None, "custom", UploadedFile(path, "a file"))
    except ReelwrightError as error:
        if error.kind not in {Kind.INVALID, Kind.REFUSED} or not error.way_out:
            raise
        return "refused"
    return "kept"
