"""Thumbnails, strips and waveforms: made once, when asked for, and gone with what they show."""

import asyncio
import io

import numpy as np
import pytest
from PIL import Image

from reelwright.engines.media.edits.measures import UnreadableError
from reelwright.engines.media.edits.params import OperationRefusedError
from reelwright.ground.errors import MissingError
from support.edits import EditHouse, tone, write_flashes, write_sound
from support.people import new_person

pytestmark = pytest.mark.anyio


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
