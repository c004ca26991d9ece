"""What is held back in a bucket gets another key there: a URL that was signed before leads nowhere."""

import asyncio
import urllib.error
import urllib.request

import pytest
from sqlalchemy import text

from reelwright.engines.storage.objects_open import open_objects, signed_urls
from reelwright.engines.storage.settings import StorageSettings
from reelwright.ground.clock import SystemClock
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from reelwright.library.moving import Mover
from support.people import new_person
from support.s3 import s3_server

pytestmark = pytest.mark.anyio
_PREFIX = "REELWRIGHT_STORAGE__"


@pytest.fixture
def objects(tmp_path):
    with s3_server("held-back") as said:
        values = {name.removeprefix(_PREFIX).lower(): value for name, value in said.items()}
        settings = StorageSettings.model_validate(values)
        yield open_objects(settings, tmp_path, signed_urls(settings, b"s" * 32, SystemClock()))


def _status(url):
    try:
        with urllib.request.urlopen(url) as answer:  # noqa: S310 - loopback
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


async def test_what_is_held_back_is_moved_in_the_bucket_and_old_urls_lead_nowhere(
    objects, database, tmp_path
):
    who, clock = await new_person(database), SystemClock()
    library, mover = AssetService(database, objects, clock), Mover(database, objects, clock)
    (tmp_path / "face").write_bytes(b"her face")
    asset, other = [
        await library.keep(
            who, path, name=path.name, media_type="image/png", origin=Origin(OriginKind.UPLOAD, "a")
        )
        for path in (tmp_path / "face", _another(tmp_path))
    ]
    url = await library.url(who, asset.id)
    assert "X-Amz-Signature" in url
    assert await asyncio.to_thread(_status, url) == 200
    async with database.transaction(who) as tx:
        hold = text("UPDATE blobs SET withheld_by = 'tdn_1' WHERE sha256 = :sha256")
        await tx.execute(hold, {"sha256": asset.sha256})
    assert sorted(await asyncio.gather(mover.move(), mover.move())) == [0, 1]
    assert await asyncio.to_thread(_status, url) in {403, 404}
    keys = {one.key async for one in objects.list()}
    moved = (await library.get(who, asset.id)).key
    assert keys == {moved, other.key}, "of two who moved it at once, one copy is left"
    assert moved.startswith(f"{who.workspace}/withheld/")
    assert await objects.get(moved) == b"her face"
    assert list(objects.drafts.iterdir()) == []
    assert await mover.move() == 0


def _another(folder):
    path = folder / "other"
    path.write_bytes(b"nobody's")
    return path
