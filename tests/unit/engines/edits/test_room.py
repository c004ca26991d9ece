"""The cutting room: what files do to the process that works on them stays there."""

import asyncio
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from reelwright.engines.media.edits.measures import TooLargeError, UnreadableError
from reelwright.engines.media.edits.room import CuttingRoom
from reelwright.engines.media.edits.settings import MediaSettings
from reelwright.engines.processes.child import Child, ChildDiedError
from reelwright.engines.processes.crew import cores
from reelwright.ground.errors import EnvironmentFailedError
from support.edits import write_sound

pytestmark = pytest.mark.anyio


async def test_what_takes_too_much_memory_or_space_is_refused(tmp_path):
    room = CuttingRoom(MediaSettings(at_once=1, memory_mb=1024, largest_mb=1))
    Image.new("RGB", (7000, 7000)).save(tmp_path / "large.jpg")
    sepia = {"filters": [{"name": "sepia"}]}
    with pytest.raises(TooLargeError):
        await room.make("filter", sepia, [tmp_path / "large.jpg"], tmp_path)
    noise = np.random.default_rng(0).normal(0, 0.1, (2, 400_000))
    sound = write_sound(tmp_path / "noise.wav", noise)
    with pytest.raises(EnvironmentFailedError):
        await room.make("convert", {"format": "wav"}, [sound], tmp_path)
    room.close()


async def test_a_file_whose_reading_never_ends_is_given_up(tmp_path):
    room = CuttingRoom(MediaSettings(at_once=1, look_limit_s=0.01))
    with pytest.raises(UnreadableError, match="within"):
        await room.measure([write_sound(tmp_path / "a.wav", np.zeros(100))])
    room.close()


async def test_what_is_called_off_ends_now_and_gives_its_place_to_the_next(tmp_path):
    room = CuttingRoom(MediaSettings(at_once=1))
    noise = np.random.default_rng(0).normal(0, 0.1, (2, 48_000 * 60))
    sound = write_sound(tmp_path / "noise.wav", noise, 48_000)
    told = asyncio.Event()
    making = room.make("normalise", {}, [sound], tmp_path, lambda _: told.set())
    doing = asyncio.create_task(making)
    await asyncio.wait_for(told.wait(), 20)
    doing.cancel()
    async with asyncio.timeout(2):
        await asyncio.wait([doing])
    assert doing.cancelled()
    short = write_sound(tmp_path / "a.wav", np.zeros(100))
    assert (await room.make("key", {}, [short], tmp_path))["result"]["key"] is None
    room.close()


async def test_the_process_that_opens_a_strangers_file_is_bounded_and_knows_no_secret(
    tmp_path, monkeypatch
):
    for name in ("REELWRIGHT_SECRETS__HOUSE_KEY", "DATABASE_URL", "PGPASSWORD"):
        monkeypatch.setenv(name, "a-secret")
    room = CuttingRoom(MediaSettings(at_once=1, time_limit_s=100))
    sound = write_sound(tmp_path / "noise.wav", np.zeros((2, 48_000 * 60)), 48_000)
    told = asyncio.Event()
    making = room.make("normalise", {}, [sound], tmp_path, lambda _: told.set())
    doing = asyncio.create_task(making)
    await asyncio.wait_for(told.wait(), 20)
    (child,) = room._children
    assert child._process is not None
    process = Path(f"/proc/{child._process.pid}")
    environ, limits = (process / "environ").read_bytes(), (process / "limits").read_text()
    doing.cancel()
    await asyncio.wait([doing])
    room.close()
    assert b"a-secret" not in environ
    assert b"REELWRIGHT" not in environ
    bounds = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert bounds["Max cpu time"] == str(100 * cores() + 5)
    assert bounds["Max core file size"] == "0"


async def test_who_uses_more_of_the_processors_than_is_allowed_is_ended(tmp_path):
    sound = write_sound(tmp_path / "noise.wav", np.zeros((2, 48_000 * 120)), 48_000)
    asked = {"do": "make", "operation": "normalise", "params": {}, "paths": [sound]}
    asked |= {"folder": tmp_path, "cpu_s": 1}
    with Child("reelwright.engines.media.edits.worker") as child, pytest.raises(ChildDiedError):
        await asyncio.to_thread(child.ask, asked)
