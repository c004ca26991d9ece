"""What the house counts and tidies up, with the real parts."""

import os
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from reelwright.engines.durable.calls import DbosDurable
from reelwright.engines.durable.contract import Queue, Roster
from reelwright.engines.durable.names import announce
from reelwright.engines.telemetry.metrics import Metrics
from reelwright.ground.errors import InvalidInputError
from reelwright.jobs.job import NewJob
from reelwright.jobs.processor import JobProcessor
from reelwright.studio.productions.scripts import Scripts
from support.people import new_person
from support.studio_floor import Floor
from support.tenants import owner, urls_of

pytestmark = pytest.mark.anyio


async def test_jobs_that_end_are_counted_by_kind_and_state(database):
    async def act(work):
        if work.params.frames == 2:
            raise InvalidInputError("too dark")

    floor, metrics = Floor(database, act=act), Metrics()
    floor.processor = JobProcessor(
        database,
        floor.durable,  # pyrefly: ignore[bad-argument-type]  # a fake
        floor.kinds,
        floor.clock,
        floor.tracker,
        floor.settings,
        ended=metrics.job_ended,
    )
    who = await new_person(database)
    for frames in (1, 2, 3):
        await floor.jobs.create_job(who, NewJob(kind="shot", params={"frames": frames}))
    await floor.run_all()
    page = metrics.render().decode()
    assert 'reelwright_jobs_total{kind="shot",state="completed"} 2.0' in page
    assert 'reelwright_jobs_total{kind="shot",state="failed"} 1.0' in page
    assert 'reelwright_job_seconds_count{kind="shot"} 3.0' in page


async def test_an_announcement_leaves_the_bounds_that_workers_have_set(database_url):
    url = urls_of(database_url).system
    durable = DbosDurable(url)
    bounds = sa.text("SELECT worker_concurrency FROM dbos.queues WHERE name = 'making'")
    try:
        for first, then in ((3, 3), (9, 3)):
            await durable.announce(Roster(queues=[Queue("making", first)]))
            with owner(database_url) as connection:
                assert connection.scalar(bounds) == then
        announce(durable._client, url, Roster(queues=[Queue("making", 9)]))
        with owner(database_url) as connection:
            assert connection.scalar(bounds) == 9
    finally:
        durable.close()


async def test_scripts_that_were_not_used_for_a_day_go_and_others_stay(tmp_path):
    old, used, half = tmp_path / "rev_1", tmp_path / "rev_2", tmp_path / "gone-rev_3"
    for folder in (old, used, half):
        (folder / "own").mkdir(parents=True)
        (folder / "script.fountain").write_text("INT. HALL - DAY\n", encoding="utf-8")
    two_days_ago = time.time() - 2 * 86400
    for folder in (old, half):
        os.utime(folder, (two_days_ago, two_days_ago))
    scripts = Scripts(tmp_path, None, None)  # pyrefly: ignore[bad-argument-type]  # nothing is fetched
    assert await scripts.sweep(timedelta(days=1)) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["rev_2"]
    nowhere = Scripts(tmp_path / "none", None, None)  # pyrefly: ignore[bad-argument-type]  # likewise
    assert await nowhere.sweep(timedelta(days=1)) == 0
