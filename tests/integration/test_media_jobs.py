"""Operations on a workspace's files run as jobs: refused early, made once, told, called off."""

import asyncio
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import text

from reelwright.engines.media.edits.catalogue import OPERATIONS
from reelwright.engines.media.edits.params import OperationRefusedError
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError, MissingError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.jobs.job import NewJob
from reelwright.jobs.states import JobState
from reelwright.library.belongings import ProjectFiles
from reelwright.library.labels import AssetLabels
from reelwright.studio.edits.desk import OperationUnsupportedError
from support.clocks import HandClock
from support.edits import EditHouse, flashes_and_beeps, tone, write_flashes, write_sound
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


@pytest.fixture
async def film(house, who, tmp_path):
    return await house.keep(who, await asyncio.to_thread(write_flashes, tmp_path / "film.mp4"))


async def _bytes(house, who, asset, path):
    await house.library.fetch(who, asset, path)
    return path


async def test_a_trimmed_film_is_an_asset_that_says_how_it_came_about(house, who, film, tmp_path):
    job = await house.do(who, "trim", {"start": 0.5, "end": 2.5}, film)
    assert job.state is JobState.COMPLETED, job.error
    assert job.result["made"]
    asset = await house.library.get(who, job.result["asset"])
    assert asset.media_type == "video/mp4"
    assert asset.facts["seconds"] == pytest.approx(2.0, abs=0.05)
    made = asset.facts["made"]
    assert made["operation"] == "trim"
    assert made["inputs"] == [film.id]
    assert made["params"]["start"] == 0.5
    flashes, beeps = flashes_and_beeps(await _bytes(house, who, asset.id, tmp_path / "out.mp4"))
    assert flashes == pytest.approx([0.5, 1.5], abs=0.05)
    assert beeps == pytest.approx([0.5, 1.5], abs=0.05)
    assert house.drafts() == []


EACH = {
    "trim": ({"start": 1}, "video/mp4"),
    "join": ({}, "video/mp4"),
    "resize": ({"width": 32}, "video/mp4"),
    "crop": ({"width": 32, "height": 32}, "video/mp4"),
    "convert": ({"format": "webm"}, "video/webm"),
    "export": ({"format": "mov"}, "video/quicktime"),
    "extract_frame": ({"at": 1}, "image/png"),
    "filter": ({"filters": [{"name": "greyscale"}]}, "video/mp4"),
    "mix": ({}, "audio/wav"),
    "fade": ({"into": 1}, "video/mp4"),
    "gain": ({"gain_db": -3}, "video/mp4"),
    "normalise": ({}, "video/mp4"),
    "waveform": ({"points": 10}, None),
    "loudness": ({}, None),
    "tempo": ({}, None),
    "key": ({}, None),
}
"""Each operation on a film: its parameters, and what comes of it, if not an analysis."""


async def test_each_operation_there_is_runs_as_a_job_on_a_real_film(house, who, film):
    assert set(EACH) == set(OPERATIONS)
    for name, (params, media_type) in EACH.items():
        inputs = [film, film] if name == "join" else [film]
        job = await house.do(who, name, params, *inputs)
        assert job.state is JobState.COMPLETED, (name, job.error)
        if media_type is None:
            assert job.result["result"], name
        else:
            asset = await house.library.get(who, job.result["asset"])
            assert asset.media_type == media_type, name
            assert asset.facts["made"]["operation"] == name
    assert house.drafts() == []


async def test_the_same_is_not_made_twice(house, who, film):
    first = await house.do(who, "trim", {"start": 1, "end": 2}, film)
    again = await house.do(who, "trim", {"start": 1.0, "end": 2, "quality": "medium"}, film)
    assert again.id != first.id
    assert again.result["asset"] == first.result["asset"]
    assert not again.result["made"]


async def test_equal_requests_are_one_job_while_it_lives(house, who, film):
    asked = [await house.media.process(who, "loudness", [film.id]) for _ in range(2)]
    assert asked[0].id == asked[1].id


async def test_what_cannot_be_done_is_refused_before_a_job_is_made(house, who, film):
    for operation, params, way_out in (
        ("trim", {"start": 1, "end": 9}, "it lasts 4"),
        ("trim", {"start": 3, "end": 2}, "a start before an end"),
        ("crop", {"x": 60, "width": 10, "height": 10}, "it has 64x48 pixels"),
        ("convert", {"format": "mp3", "size": 3}, "its parameters are"),
        ("convert", {"format": "png"}, "choose one of mp4"),
        ("fade", {"into": 3, "out": 3}, "both together"),
        ("sharpen", {}, "choose one of: trim"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            await house.media.process(who, operation, [film.id], params)
        assert way_out in str(refused.value)
    assert not (await house.jobs.list_jobs(who)).rows


async def test_films_are_not_joined_with_sounds(house, who, film, tmp_path):
    sound = await house.keep(who, write_sound(tmp_path / "a.wav", tone(1, 8000), 8000))
    with pytest.raises(OperationRefusedError, match="mix lays sounds together"):
        await house.media.process(who, "join", [film.id, sound.id])
    with pytest.raises(OperationRefusedError, match="takes 2 to 50 inputs"):
        await house.media.process(who, "join", [film.id])


async def test_a_job_asked_for_elsewhere_is_held_to_the_same_rules(house, who, film):
    asked = {"operation": "trim", "params": {"start": 5}, "inputs": [film.id]}
    job = await house.jobs.create_job(who, NewJob(kind="media", params=asked))
    await house.durable.run_all(house.processor)
    job = await house.jobs.get_job(who, job.id)
    assert (job.error or {}).get("code") == "operation_refused"
    assert house.drafts() == []


async def test_another_workspaces_file_is_missing(house, who, film, database):
    stranger = await new_person(database, "Eve")
    with pytest.raises(MissingError):
        await house.media.process(stranger, "trim", [film.id], {"end": 1})


async def test_a_type_of_project_has_its_own_operations(house, who, film):
    project = await house.projects.create(
        who, "Song", {"a": film.id}, "a", project_type="music-clip"
    )
    job = await house.do(who, "loudness", {}, film, project_id=project.id)
    assert job.result["result"]["integrated_lufs"] < 0
    with pytest.raises(OperationUnsupportedError) as refused:
        await house.media.process(who, "trim", [film.id], {"end": 1}, project_id=project.id)
    assert "video-edit, audio-edit" in str(refused.value)


async def test_a_broken_file_is_refused_and_nothing_else_suffers(house, who, film, tmp_path):
    whole = (tmp_path / "film.mp4").read_bytes()
    (tmp_path / "torn.mp4").write_bytes(whole[:300])
    (tmp_path / "list.mp4").write_text("#EXTM3U\n#EXTINF:9,\nfilm.mp4\n")
    for name in ("torn.mp4", "list.mp4"):
        torn = await house.keep(who, tmp_path / name)
        with pytest.raises(InvalidInputError) as refused:
            await house.media.process(who, "trim", [torn.id], {"end": 1})
        assert refused.value.code == "media_unreadable"
    assert (await house.do(who, "key", {}, film)).state is JobState.COMPLETED


async def test_a_job_tells_how_far_it_is_and_ends_at_once_when_called_off(house, who, tmp_path):
    noise = np.random.default_rng(1).normal(0, 0.2, (2, 48_000 * 60))
    long = await house.keep(
        who, await asyncio.to_thread(write_sound, tmp_path / "long.wav", noise, 48_000)
    )
    job = await house.media.process(who, "normalise", [long.id])
    running = asyncio.create_task(house.durable.run_all(house.processor))
    async with asyncio.timeout(20):
        while True:
            told = house.tracker.get_progress(job.id)
            if told and 0 < told.fraction < 1:
                break
            await asyncio.sleep(0.02)
    await house.jobs.cancel_job(who, job.id)
    async with asyncio.timeout(5):
        await running
    assert (await house.jobs.get_job(who, job.id)).state is JobState.CANCELLED
    assert house.drafts() == []
    assert await house.library.get_user_asset_count(who) == 1


async def test_nothing_is_kept_of_a_job_that_is_called_off_at_the_last_moment(house, who, tmp_path):
    noise = np.random.default_rng(1).normal(0, 0.2, (2, 48_000))
    short = await house.keep(who, write_sound(tmp_path / "short.wav", noise, 48_000))
    job = await house.media.process(who, "normalise", [short.id])
    keep = house.library.keep_products

    async def late(*given):
        await house.jobs.cancel_job(who, job.id)
        return await keep(*given)

    house.library.keep_products = late
    await house.durable.run_all(house.processor)
    assert (await house.jobs.get_job(who, job.id)).state is JobState.CANCELLED
    assert house.drafts() == []
    assert await house.library.get_user_asset_count(who) == 1


async def test_work_is_ended_when_its_time_is_over(database, who, tmp_path):
    house = EditHouse(database, tmp_path, time_limit_s=0.1)
    noise = np.random.default_rng(1).normal(0, 0.2, (2, 48_000 * 30))
    long = await house.keep(who, write_sound(tmp_path / "long.wav", noise, 48_000))
    job = await house.do(who, "normalise", {}, long)
    assert (job.error or {}).get("code") == "time_limit"
    assert house.drafts() == []
    house.room.close()


@pytest.fixture
async def sound(house, who, tmp_path):
    return await house.keep(who, write_sound(tmp_path / "s.wav", tone(2, 8000), 8000))


async def _events(database, who, kind):
    async with database.read(who) as tx:
        query = text("SELECT subject FROM events WHERE kind = :kind ORDER BY seq")
        return list((await tx.execute(query, {"kind": kind})).scalars())


async def test_what_is_used_again_is_taken_out_of_the_trash_and_that_is_told(
    house, who, database, sound
):
    made = AssetId((await house.do(who, "gain", {"gain_db": -3}, sound)).result["asset"])
    await AssetLabels(database, house.library, SystemClock()).throw_away(who, made)
    again = await house.do(who, "gain", {"gain_db": -3}, sound)
    assert (again.result["asset"], again.result["made"]) == (made, False)
    assert made in [one.id for one in (await house.library.list(who)).rows]
    assert await _events(database, who, "asset:restored") == [made]
    later = HandClock(SystemClock().now() + timedelta(days=31))
    await AssetLabels(database, house.library, later).empty_trash()
    assert (await house.library.get(who, made)).trashed_at is None


async def test_who_only_wants_to_know_takes_nothing_out_of_the_trash(house, who, database, sound):
    made = AssetId((await house.do(who, "gain", {"gain_db": -3}, sound)).result["asset"])
    await AssetLabels(database, house.library, SystemClock()).throw_away(who, made)
    asset = await house.library.get(who, made)
    known = await house.library.known_products(who, [asset.origin.ref])
    assert known[asset.origin.ref].trashed_at is not None


async def test_another_project_gets_an_asset_of_its_own_that_outlives_the_first(
    house, who, database, sound
):
    one, other = [
        (await house.projects.create(who, name, {}, None, project_type="custom")).id
        for name in "AB"
    ]
    first = await house.do(who, "gain", {"gain_db": -3}, sound, project_id=one)
    for wanted in (other, None):
        again = await house.do(who, "gain", {"gain_db": -3}, sound, project_id=wanted)
        assert not again.result["made"]
        asset = await house.library.get(who, AssetId(again.result["asset"]))
        assert asset.project_id == wanted
        assert asset.id in await _events(database, who, "asset:created")
        same = await house.do(who, "gain", {"gain_db": -3}, sound, project_id=wanted)
        assert same.result["asset"] == asset.id, "a second asset was made for the same project"
    files = ProjectFiles(SystemClock())
    async with database.transaction(who) as tx:
        await files.give_back_in(tx, who, one, [])
    with pytest.raises(MissingError):
        await house.library.get(who, AssetId(first.result["asset"]))
    kept = [asset for asset in (await house.library.list(who)).rows if asset.id != sound.id]
    assert {asset.project_id for asset in kept} == {other, None}
    assert (await house.library.read(who, kept[0].id))[:4] == b"RIFF"


async def test_two_who_use_one_product_for_one_project_at_once_get_the_same(house, who, sound):
    project = ProjectId.new()
    used = await asyncio.gather(*(house.library.use_in(who, [sound.id], project) for _ in range(4)))
    assert len({one[sound.id].id for one in used}) == 1
    assert await house.library.use_in(who, [AssetId.new()], project) == {}


async def test_a_job_that_is_called_off_ends_also_while_its_files_are_brought(
    house, who, sound, monkeypatch
):
    began, ended = asyncio.Event(), asyncio.Event()

    async def endless(key, path, *, told):
        told(7)
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr(house.objects, "fetch", endless)
    job = await house.media.process(who, "gain", [sound.id], {"gain_db": -3})
    running = asyncio.create_task(house.durable.run_all(house.processor))
    async with asyncio.timeout(30):
        await began.wait()
    await house.jobs.cancel_job(who, job.id)
    async with asyncio.timeout(10):
        await ended.wait()
    await asyncio.wait([running])
    assert (await house.jobs.get_job(who, job.id)).state is JobState.CANCELLED
    assert house.drafts() == []


async def test_a_job_tells_how_much_of_its_files_has_come(house, who, sound):
    told = []
    tell = house.tracker.update
    house.tracker.update = lambda *given: (told.append(given), tell(*given))
    await house.do(who, "gain", {"gain_db": -3}, sound)
    coming = [given[3] for given in told if len(given) > 3 and given[3]]
    assert coming == [{"bytes": sound.size, "of": sound.size}]
