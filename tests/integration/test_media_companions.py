"""Thumbnails, strips and waveforms: made once, when asked for, and gone with what they show."""

import asyncio
import contextvars
import io

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import text

from reelwright.engines.media.edits.measures import UnreadableError
from reelwright.engines.media.edits.params import OperationRefusedError
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import ProjectId
from reelwright.library import statements
from reelwright.library.assets import Origin, OriginKind
from reelwright.library.belongings import ProjectFiles
from reelwright.library.counting import AssetStatistics, Share
from reelwright.library.keeping import Incoming
from reelwright.library.labels import AssetLabels
from reelwright.library.quotas import NoQuota
from support.edits import EditHouse, tone, write_flashes, write_sound
from support.people import new_person

pytestmark = pytest.mark.anyio


class Counted(NoQuota):
    """Counts what is given back."""

    held = 0

    async def give_back(self, tx, owner, size):
        self.held -= size


@pytest.fixture
async def who(database):
    return await new_person(database)


@pytest.fixture
def house(database, tmp_path):
    house = EditHouse(database, tmp_path)
    yield house
    house.room.close()


async def _seen(house, who, asset):
    with Image.open(io.BytesIO(await house.library.read(who, asset.id))) as picture:
        return np.asarray(picture)


async def test_each_kind_of_file_has_its_small_picture(house, who, tmp_path):
    Image.new("RGB", (1000, 400), "red").save(tmp_path / "p.png")
    picture = await house.keep(who, tmp_path / "p.png")
    film = await house.keep(who, write_flashes(tmp_path / "f.mp4", beat=0.2))
    sound = await house.keep(who, write_sound(tmp_path / "s.wav", tone(2, 8000), 8000))
    get = house.companions.get
    small = await get(who, picture.id, "thumbnail")
    assert small.media_type == "image/webp"
    assert (await _seen(house, who, small)).shape == (128, 320, 3)
    strip = await _seen(house, who, await get(who, film.id, "strip"))
    assert strip.shape == (90, 12 * 120, 3)
    assert strip.mean(axis=(0, 2)).max() > 200  # a white frame is among them
    wave = await _seen(house, who, await get(who, sound.id, "wave"))
    assert wave.shape == (80, 320, 4)
    filled = (wave[:, :, 3] > 128).sum(axis=0)
    assert filled[8] > 40
    assert filled[100] < 5
    with pytest.raises(OperationRefusedError):
        await get(who, sound.id, "strip")
    with pytest.raises(OperationRefusedError):
        await get(who, picture.id, "wave")


async def test_many_who_ask_at_once_wait_for_one_that_is_not_listed_and_goes_along(
    house, who, database, tmp_path
):
    Image.effect_noise((600, 600), 60).save(tmp_path / "p.png")
    picture = await house.keep(who, tmp_path / "p.png")
    asking = [
        asyncio.create_task(house.companions.get(who, picture.id, "thumbnail")) for _ in range(8)
    ]
    await asyncio.sleep(0)
    asking.pop().cancel()
    made = {one.id for one in await asyncio.gather(*asking)}
    assert len(made) == 1
    assert (await house.companions.get(who, picture.id, "thumbnail")).id in made
    assert [one.id for one in (await house.library.list(who)).rows] == [picture.id]
    assert await house.library.get_user_asset_count(who) == 1
    stranger = await new_person(database, "Eve")
    with pytest.raises(MissingError):
        await house.companions.get(stranger, picture.id, "thumbnail")
    await house.library.delete(who, picture.id)
    assert await house.library.stored(who) == 0
    assert house.drafts() == []


async def test_what_cannot_be_shown_says_so(house, who, tmp_path):
    (tmp_path / "notes.txt").write_text("nothing to see")
    notes = await house.keep(who, tmp_path / "notes.txt")
    with pytest.raises(UnreadableError):
        await house.companions.get(who, notes.id, "thumbnail")
    assert house.drafts() == []


async def _rows(database, who):
    async with database.read(who) as tx:
        used = await tx.execute(text("SELECT sha256 FROM blobs WHERE uses > 0"))
        assets = await tx.execute(text("SELECT id FROM assets ORDER BY id"))
        return list(assets.scalars()), list(used.scalars())


async def _picture(house, who, tmp_path, project=None):
    Image.effect_noise((600, 400), 60).save(tmp_path / "p.png")
    return await house.library.keep(
        who,
        tmp_path / "p.png",
        name="p.png",
        media_type="image/png",
        origin=Origin(OriginKind.UPLOAD, "p.png"),
        project_id=project,
    )


async def test_a_projects_small_pictures_go_with_it(house, who, database, tmp_path):
    project, charged = ProjectId.new(), Counted()
    picture = await _picture(house, who, tmp_path, project)
    small = await house.companions.get(who, picture.id, "thumbnail")
    files = ProjectFiles(SystemClock(), charged)
    async with database.transaction(who) as tx:
        await files.give_back_in(tx, who, project, [])
    assert await _rows(database, who) == ([], [])
    assert charged.held == -(picture.size + small.size)


async def test_nothing_is_left_of_what_is_made_for_a_picture_that_is_deleted_meanwhile(
    house, who, database, tmp_path, monkeypatch
):
    picture = await _picture(house, who, tmp_path)
    look = house.room.look

    async def late(*given):
        made = await look(*given)
        await house.library.delete(who, picture.id)
        return made

    monkeypatch.setattr(house.room, "look", late)
    with pytest.raises(MissingError):
        await house.companions.get(who, picture.id, "thumbnail")
    assert await _rows(database, who) == ([], [])
    assert house.drafts() == []


async def test_who_deletes_a_project_waits_for_the_small_picture_that_is_coming(
    house, who, database, tmp_path
):
    project, deleting = ProjectId.new(), []
    picture = await _picture(house, who, tmp_path, project)
    files = ProjectFiles(SystemClock())

    async def delete():
        async with database.transaction(who) as tx:
            await files.give_back_in(tx, who, project, [])

    async def meanwhile(_):
        deleting.append(asyncio.create_task(delete(), context=contextvars.Context()))
        await asyncio.wait(deleting, timeout=0.5)
        assert not deleting[0].done()

    path = write_sound(tmp_path / "small.wav", tone(1, 8000), 8000)
    origin = Origin(OriginKind.RECIPE, "small")
    small = Incoming(path, "small", "audio/wav", origin, {}, companion_of=picture.id)
    await house.library._keeper.keep(who, [small], following=meanwhile)
    await deleting[0]
    assert await _rows(database, who) == ([], [])


async def test_small_pictures_that_were_left_behind_are_swept(house, who, database, tmp_path):
    picture = await _picture(house, who, tmp_path)
    other = await house.keep(who, write_sound(tmp_path / "s.wav", tone(1, 8000), 8000))
    small = await house.companions.get(who, picture.id, "thumbnail")
    kept = await house.companions.get(who, other.id, "wave")
    async with database.transaction(who) as tx:  # as deleting a project once did
        await tx.execute(text("DELETE FROM assets WHERE id = :id"), {"id": picture.id})
        told = {"workspace": who.workspace, "digests": [picture.sha256]}
        await tx.execute(statements.RELEASE_BLOBS, told | {"now": SystemClock().now()})
    labels = AssetLabels(database, house.library, SystemClock())
    assert await labels.sweep_companions() == 1
    assert await labels.sweep_companions() == 0
    left, used = await _rows(database, who)
    assert left == sorted([other.id, kept.id])
    assert small.sha256 not in used


async def test_small_pictures_are_not_counted(house, who, database, tmp_path):
    picture = await _picture(house, who, tmp_path)
    small = await house.companions.get(who, picture.id, "thumbnail")
    counted = await AssetStatistics(database).count(who)
    assert (counted.assets, counted.bytes) == (1, picture.size)
    assert counted.kinds == [Share("image", 1, picture.size)]
    assert counted.stored == picture.size + small.size  # what they take is said
