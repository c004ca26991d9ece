"""The library on a real database and a real disk."""

import asyncio

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError

from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Activity, Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import (
    AssetFilter,
    AssetMissingError,
    MadeProduct,
    Origin,
    OriginKind,
)

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


async def test_equal_content_is_one_blob_in_a_workspace_and_another_elsewhere(
    library, database, who, objects, picture
):
    stranger = Principal(UserId.new(), WorkspaceId.new())
    for asking in (who, who, stranger):
        await library.keep(asking, picture, name="a.png", media_type="image/png", origin=UPLOAD)
    (row,) = (await blobs(database, who)).values()
    assert row.uses == 2
    assert len(await keys_of(objects)) == 2
    assert await library.get_user_asset_count(who) == 2
    assert await library.stored(who) == picture.stat().st_size


async def test_another_workspaces_asset_is_missing(library, who, picture, tmp_path):
    asset = await library.keep(who, picture, name="a.png", media_type="image/png", origin=UPLOAD)
    await library.keep_products(who, products(tmp_path, 1))
    stranger = Principal(UserId.new(), WorkspaceId.new())
    for asking in (
        library.get(stranger, asset.id),
        library.url(stranger, asset.id),
        library.read(stranger, asset.id),
        library.delete(stranger, asset.id),
        library.fetch(stranger, asset.id, tmp_path / "stolen"),
    ):
        with pytest.raises(AssetMissingError):
            await asking
    assert (await library.list(stranger)).rows == []
    assert await library.find_products(stranger, [f"product-{0:064}"]) == {}
    assert (await library.get(who, asset.id)).id == asset.id


async def test_the_rows_themselves_are_locked(database, library, who, picture):
    await library.keep(who, picture, name="a.png", media_type="image/png", origin=UPLOAD)
    stranger = Principal(UserId.new(), WorkspaceId.new())
    for table in ("assets", "blobs", "products"):
        async with database.read(stranger) as tx:
            assert (await tx.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0  # noqa: S608
        async with database.read(Activity.REAP) as tx:
            assert (await tx.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0  # noqa: S608


async def test_an_asset_has_exactly_one_origin(database, library, who, picture):
    asset = await library.keep(who, picture, name="a.png", media_type="image/png", origin=UPLOAD)
    for change in ("recipe_digest = 'r'", "upload_ref = NULL", "submission_id = 's'"):
        with pytest.raises(IntegrityError, match="one_origin"):
            async with database.transaction(who) as tx:
                await tx.execute(
                    text(f"UPDATE assets SET {change} WHERE id = :id"),  # noqa: S608
                    {"id": asset.id},
                )


async def test_an_upload_may_change_afterwards_and_a_product_is_linked(library, who, tmp_path):
    upload = tmp_path / "script.fountain"
    upload.write_bytes(b"INT. HOUSE - DAY")
    kept = await library.keep(
        who, upload, name="script.fountain", media_type="text/plain", origin=UPLOAD
    )
    with upload.open("r+b") as file:
        file.write(b"EXT")
    assert await library.read(who, kept.id) == b"INT. HOUSE - DAY"
    (made,) = products(tmp_path, 1)
    product = (await library.keep_products(who, [made]))[made.recipe_digest]
    await library.fetch(who, product, tmp_path / "fetched.png")
    assert (tmp_path / "fetched.png").samefile(made.path)


async def test_products_are_kept_once_however_often_and_by_however_many(
    library, database, who, objects, tmp_path
):
    made = products(tmp_path, 6)
    results = await asyncio.gather(
        *(library.keep_products(who, made[n % 3 :][::-1] + made[: n % 3]) for n in range(6))
    )
    assert all(one == results[0] for one in results)
    assert await library.find_products(who, [one.recipe_digest for one in made]) == results[0]
    rows = await blobs(database, who)
    assert [row.uses for row in rows.values()] == [1] * 6
    assert await keys_of(objects) == {row.key for row in rows.values()}


async def test_of_equal_recipes_in_a_batch_one_is_kept(library, who, tmp_path):
    made = products(tmp_path, 2)
    kept = await library.keep_products(who, [*made, *made])
    assert len(kept) == 2
    assert await library.get_user_asset_count(who) == 2


async def test_products_with_equal_content_share_their_bytes(library, database, who, tmp_path):
    path = tmp_path / "same.png"
    path.write_bytes(b"same")
    made = [MadeProduct(f"r{n}", "still", path, "image/png") for n in range(5)]
    await library.keep_products(who, made)
    (row,) = (await blobs(database, who)).values()
    assert row.uses == 5


async def test_finding_a_product_counts_as_using_it(library, database, who, tmp_path):
    (made,) = products(tmp_path, 1)
    await library.keep_products(who, [made])
    async with database.transaction(who) as tx:
        await tx.execute(text("UPDATE products SET last_used_at = now() - interval '9 days'"))
    await library.find_products(who, [made.recipe_digest])
    async with database.read(who) as tx:
        old = text("SELECT last_used_at > now() - interval '1 hour' FROM products")
        assert (await tx.execute(old)).scalar_one()


async def test_a_forgotten_product_is_made_again(library, who, tmp_path):
    (made,) = products(tmp_path, 1)
    first = (await library.keep_products(who, [made]))[made.recipe_digest]
    await library.forget_products(who, [made.recipe_digest])
    assert await library.find_products(who, [made.recipe_digest]) == {}
    second = (await library.keep_products(who, [made]))[made.recipe_digest]
    assert second.id != first.id


async def test_each_asset_is_announced_in_its_own_transaction(library, database, who, tmp_path):
    made = products(tmp_path, 3)
    kept = await library.keep_products(who, made)
    await library.keep_products(who, made)
    async with database.read(who) as tx:
        rows = (await tx.execute(text("SELECT kind, subject FROM events"))).all()
    assert sorted(rows) == sorted(("asset:created", one.id) for one in kept.values())


async def test_assets_are_listed_newest_first_by_kind_and_project(library, who, tmp_path, picture):
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    for n in range(3):
        await library.keep(
            who, picture, name=f"{n}.png", media_type="image/png", origin=UPLOAD, project_id="prj_1"
        )
    await library.keep(
        who, film, name="film.mp4", media_type="video/mp4", origin=Origin(OriginKind.RECIPE, "r")
    )
    first = await library.list(who, paging=Paging(limit=2))
    second = await library.list(who, paging=Paging(limit=2, cursor=first.next))
    names = [one.name for one in (*first.rows, *second.rows)]
    assert names == ["film.mp4", "2.png", "1.png", "0.png"]
    for wanted, count in (
        (AssetFilter(media="image"), 3),
        (AssetFilter(media="video/mp4"), 1),
        (AssetFilter(media="imag_"), 0),
        (AssetFilter(project_id="prj_1"), 3),
        (AssetFilter(origin=OriginKind.RECIPE), 1),
        (AssetFilter(origin=OriginKind.SUBMISSION), 0),
    ):
        assert len((await library.list(who, wanted)).rows) == count


@pytest.mark.parametrize(
    "facts", [{"a": "\0"}, {"a": "\ud800"}, {"a": float("nan")}, {"a": object()}]
)
async def test_facts_that_cannot_be_written_are_refused(library, who, picture, facts):
    with pytest.raises(InvalidInputError):
        await library.keep(
            who, picture, name="a.png", media_type="image/png", origin=UPLOAD, facts=facts
        )
    assert await library.get_user_asset_count(who) == 0


async def test_names_are_shown_without_folders_and_control_signs(library, who, picture):
    kept = await library.keep(
        who, picture, name="C:\\films\\../a\0b\n.png", media_type="image/png", origin=UPLOAD
    )
    assert kept.name == "ab.png"
    assert (await library.get(who, kept.id)).name == "ab.png"


async def test_a_batch_costs_as_few_statements_as_one_product(library, who, tmp_path):
    said = []

    def hear(*args):
        if " DATABASE " not in args[2]:  # those of other tests come and go meanwhile
            said.append(args[2])

    counts = []
    event.listen(Engine, "before_cursor_execute", hear)
    try:
        for count in (1, 16):
            said.clear()
            await library.keep_products(who, products(tmp_path, count, content=f"batch{count}-"))
            counts.append(len(said))
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert counts[0] == counts[1] <= 8
