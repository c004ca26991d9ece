"""A production directed on one machine and made by several, in whatever order things die."""

import pytest
from sqlalchemy import func, select

from reelwright.engines.durable.contract import Phase
from reelwright.ground.errors import MissingError
from reelwright.ground.principals import Principal
from reelwright.jobs.states import JobState
from reelwright.library.tables import ProductRow
from reelwright.studio.tables import BatchRow
from support.machines import House, Machine
from support.people import new_person

SCRIPT = """Title: Small

EXT. BEACH - DAY

MARA (30s) walks along the water.

MARA
Is anybody there?

INT. KITCHEN - NIGHT

Mara pours tea.

MARA
Nobody.
"""
TINY = {"size": "160x128", "exports": "otio,media"}

pytestmark = pytest.mark.anyio


@pytest.fixture
async def who(database):
    return await new_person(database)


@pytest.fixture
def house(database, tmp_path):
    house = House(database, tmp_path)
    yield house
    house.first.close()


@pytest.fixture
def second(house):
    machine = Machine(house, "second")
    yield machine
    machine.close()


async def _products(house, who):
    async with house.database.read(who) as tx:
        return await tx.scalar(select(func.count()).select_from(ProductRow))


async def test_a_film_is_directed_here_and_made_there(house, second, who):
    project = await house.project(who, SCRIPT)
    production = await house.productions.start_film(who, project.id, TINY)
    await house.direct(second, director=house.first)
    finished = await house.productions.get(who, production.id)
    assert finished.state == "finished"
    assert finished.report["made"] == finished.report["shots"] > 1
    assert {"film.mp4", "film.otio"} <= finished.outputs.keys()
    assert second.made.count("motion") >= finished.report["shots"]
    assert "motion" not in house.first.made
    film = await house.library.read(who, finished.outputs["film.mp4"])
    assert film[4:8] == b"ftyp"


async def test_a_second_film_of_the_same_script_finds_everything(house, second, who):
    project = await house.project(who, SCRIPT)
    await house.productions.start_film(who, project.id, TINY)
    await house.direct(house.first)
    made = await _products(house, who)
    again = await house.productions.start_film(who, project.id, TINY)
    await house.direct(second)
    finished = await house.productions.get(who, again.id)
    assert (finished.report["made"], finished.report["reused"]) == (0, finished.report["shots"])
    assert await _products(house, who) == made
    assert not second.made


async def test_while_a_film_is_made_asking_again_joins_it(house, who):
    project = await house.project(who, SCRIPT)
    first = await house.productions.start_film(who, project.id, TINY)
    second = await house.productions.start_film(who, project.id, TINY)
    other = await house.productions.start_film(who, project.id, {**TINY, "burn_in": True})
    assert first == second
    assert other.id != first.id


async def test_a_film_asked_for_with_a_key_is_the_same_film_for_good(house, who):
    project = await house.project(who, SCRIPT)
    first = await house.productions.start_film(who, project.id, TINY, "monday")
    await house.direct(house.first)
    assert (await house.productions.start_film(who, project.id, TINY, "monday")).id == first.id
    assert (await house.productions.start_film(who, project.id, TINY, "tuesday")).id != first.id


async def test_a_film_of_a_named_revision_is_of_that_one_whatever_came_later(house, who):
    project = await house.project(who, SCRIPT)
    other = await house.project(who, SCRIPT + "\nShe sleeps.\n")
    await house.projects.revise(who, project.id, other.head.files, other.head.script)
    read = project.head
    named = await house.productions.start_film(who, project.id, TINY, revision_id=read.id)
    newest = await house.productions.start_film(who, project.id, TINY)
    assert named.revision_id == read.id
    assert newest.revision_id != read.id
    assert newest.id != named.id


async def test_a_strangers_production_is_missing(house, who, database):
    project = await house.project(who, SCRIPT)
    production = await house.productions.start_film(who, project.id, TINY)
    stranger = await new_person(database, "Bob")
    with pytest.raises(MissingError):
        await house.productions.get(stranger, production.id)
    with pytest.raises(MissingError):
        await house.productions.start_film(stranger, project.id, TINY)
    mixed = Principal(stranger.user, who.workspace)  # whoever is let in sees the workspace's
    assert (await house.productions.get(mixed, production.id)).id == production.id


async def test_batches_that_the_engine_lost_are_made_by_others_once(house, who, monkeypatch):
    monkeypatch.setattr("reelwright.studio.productions.batches._DOUBT_S", 0.5)
    lost = []
    enqueue = house.durable.enqueue

    async def losing(tx, calls, telling=()):
        if not lost and len(calls) > 1:
            lost.append(calls[0].id)
            calls = calls[1:]
        await enqueue(tx, calls, telling)

    house.durable.enqueue = losing
    project = await house.project(who, SCRIPT)
    production = await house.productions.start_film(who, project.id, TINY)
    await house.direct(house.first)
    assert (await house.productions.get(who, production.id)).state == "finished"
    async with house.database.read(who) as tx:
        states = dict((await tx.execute(select(BatchRow.id, BatchRow.state))).all())
    assert lost
    assert states[lost[0]] == "cancelled"
    assert list(states.values()).count("cancelled") == 1


async def test_a_faulty_product_fails_the_film_with_its_words(house, who):
    project = await house.project(who, SCRIPT, notes="[shots.nonsense]\nfile = 3\n")
    production = await house.productions.start_film(who, project.id, TINY)
    await house.direct(house.first)
    job = await house.jobs.get_job(who, production.job_id)
    assert job.state is JobState.FAILED
    assert job.error["kind"] == "invalid"
    assert str(house.root) not in job.error["message"]


async def test_a_cancelled_film_begins_no_batch_any_more_and_can_be_retried(house, who):
    project = await house.project(who, SCRIPT)
    production = await house.productions.start_film(who, project.id, TINY)
    await house.jobs.cancel_job(who, production.job_id)
    assert (await house.productions.get(who, production.id)).state == "ended"
    assert not [c for c, phase in house.durable.phases.items() if phase is Phase.WAITING]
    await house.jobs.retry_job(who, production.job_id)
    await house.direct(house.first)
    finished = await house.productions.get(who, production.id)
    assert finished.state == "finished"
