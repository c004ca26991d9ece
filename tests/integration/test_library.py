"""The library on a real database and a real disk."""

import time

import pytest
from sqlalchemy import text

from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import MadeProduct, Origin, OriginKind

pytestmark = pytest.mark.anyio
URLS = SignedUrls(b"s" * 32, SystemClock())
UPLOAD = Origin(OriginKind.UPLOAD, "picture.png")


@pytest.fixture
def who():
    return Principal(UserId.new(), WorkspaceId.new())


@pytest.fixture
def objects(tmp_path):
    return DiskObjects(tmp_path / "objects", URLS)


@pytest.fixture
def library(database, objects):
    return AssetService(database, objects, SystemClock())


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"p" * 5000)
    return path


def products(folder, count, *, content="product"):
    made = []
    for n in range(count):
        path = folder / f"{content}{n}.png"
        path.write_bytes(f"{content} {n}".encode() * 400)
        made.append(MadeProduct(f"{content}-{n:064}", "still", path, "image/png", {"n": n}))
    return made


async def blobs(database, who):
    async with database.read(who) as tx:
        rows = await tx.execute(text("SELECT sha256, uses, released_at, key FROM blobs"))
        return {row.sha256: row for row in rows}


async def keys_of(objects):
    return {one.key async for one in objects.list()}


async def test_a_kept_file_is_found_read_and_linked(library, who, picture, tmp_path):
    asset = await library.keep(
        who, picture, name="A picture.png", media_type="image/png", origin=UPLOAD
    )
    assert await library.get(who, asset.id) == asset
    assert await library.read(who, asset.id) == picture.read_bytes()
    await library.fetch(who, asset, tmp_path / "out" / "again.png")
    assert (tmp_path / "out" / "again.png").read_bytes() == picture.read_bytes()
    assert asset.key.startswith(f"{who.workspace}/")
    assert "/image/A-picture-" in asset.key


async def test_products_of_a_batch_cost_little(library, who, tmp_path):
    await library.keep_products(who, products(tmp_path, 16, content="warm"))
    made = products(tmp_path, 16)
    start = time.perf_counter()
    kept = await library.keep_products(who, made)
    each = (time.perf_counter() - start) / 16 * 1000
    print(f"{each:.2f} ms for each product")
    assert set(kept) == {one.recipe_digest for one in made}
