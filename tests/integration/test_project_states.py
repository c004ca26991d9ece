"""States of projects on a real database: versions, conflicts, thinning."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from reelwright.engines.database.failures import RightsError, TookTooLongError
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId, UserId, WorkspaceId
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Principal
from reelwright.projects import thinning
from reelwright.projects.saving import SaveManager
from reelwright.projects.service import ProjectService
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.state import (
    StateConflictError,
    StateMissingError,
    StateTooLargeError,
    StateVersion,
)
from reelwright.projects.values import ProjectAwayError, ProjectMissingError
from support.clocks import HandClock
from support.projects import QUICK, project_life, project_states

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def database_url(server):
    """One database for all tests here: each has a workspace of its own."""
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
def who():
    return Principal(UserId.new(), WorkspaceId.new())


@pytest.fixture
def states(database):
    return project_states(database)


@pytest.fixture
async def project(database, who):
    projects = ProjectService(database, SystemClock())
    return (await projects.create(who, "Sounds", {}, project_type="custom")).id


async def test_a_state_is_saved_in_versions_and_equal_content_makes_none(states, who, project):
    assert (await states.load(who, project)).version == 0
    first = await states.save(who, project, {"ui": {"zoom": 1.0}, "timeline": None}, expected=0)
    assert (first.version, first.state) == (1, {"ui": {"zoom": 1.0}})
    same = await states.save(who, project, {"ui": {"zoom": 1}}, expected=0)
    assert same.version == 1
    assert (await states.save(who, project, {"ui": {"zoom": True}}, expected=1)).version == 2
    found = await states.load(who, project)
    assert (found.version, found.state, found.user_id) == (2, {"ui": {"zoom": True}}, who.user)


async def test_a_stale_save_is_told_of_both_and_nothing_is_lost(states, who, project):
    outcomes = await asyncio.gather(
        *(states.save(who, project, {"data": {"n": n}}, expected=0) for n in range(5)),
        return_exceptions=True,
    )
    (won,) = [one for one in outcomes if isinstance(one, StateVersion)]
    lost = [one for one in outcomes if isinstance(one, StateConflictError)]
    assert len(lost) == 4
    for one in lost:
        assert one.details["there"]["state"] == won.state
        assert one.details["sent"]["state"] != won.state
    assert (await states.load(who, project)).version == 1


async def test_of_many_who_change_parts_blindly_no_change_is_lost(states, who, project):
    def adding(number):
        return lambda state: {"data": {**state.get("data", {}), str(number): number}}

    await asyncio.gather(*(states.change(who, project, adding(n)) for n in range(8)))
    found = await states.load(who, project)
    assert found.version == 8
    assert found.state["data"] == {str(n): n for n in range(8)}


async def test_old_versions_are_listed_read_and_brought_back(states, who, project):
    for number in range(1, 5):
        await states.save(who, project, {"data": {"n": number}}, expected=number - 1)
    page = await states.list_versions(who, project, Paging(limit=3))
    assert [one.version for one in page.rows] == [4, 3, 2]
    rest = await states.list_versions(who, project, Paging(limit=3, cursor=page.next))
    assert [one.version for one in rest.rows] == [1]
    assert (await states.load_version(who, project, 2)).state == {"data": {"n": 2}}
    back = await states.restore_version(who, project, 2, expected=4)
    assert (back.version, back.state, back.restored) == (5, {"data": {"n": 2}}, 2)
    with pytest.raises(StateConflictError):
        await states.restore_version(who, project, 1, expected=4)
    with pytest.raises(StateMissingError):
        await states.load_version(who, project, 9)


@pytest.mark.parametrize(
    "state", [{"scenes": {}}, {"timeline": {}}, {"ui": []}, {"data": {"n": float("nan")}}]
)
async def test_what_is_no_state_is_refused(states, who, project, state):
    with pytest.raises(InvalidInputError):
        await states.save(who, project, state)
    assert (await states.load(who, project)).version == 0


async def test_a_state_above_the_limit_is_refused_in_bytes(database, who, project):
    states = project_states(database, settings=ProjectSettings(largest_state=1024))
    await states.save(who, project, {"data": {"text": "é" * 480}})
    with pytest.raises(StateTooLargeError, match="1024"):
        await states.save(who, project, {"data": {"text": "é" * 520}})


async def test_the_state_of_a_project_that_is_away_or_anothers_stays(
    states, database, who, project
):
    stranger = Principal(UserId.new(), WorkspaceId.new())
    for asking in (
        states.load(stranger, project),
        states.save(stranger, project, {}),
        states.list_versions(stranger, project),
        states.load(who, ProjectId.new()),
    ):
        with pytest.raises(ProjectMissingError):
            await asking
    await states.save(who, project, {"data": {}})
    await project_life(database).trash(who, project)
    with pytest.raises(ProjectAwayError):
        await states.save(who, project, {"data": {"n": 1}})
    assert (await states.load(who, project)).version == 1


async def test_old_versions_are_thinned_out_and_the_newest_never(database, who, project):
    clock = HandClock()
    states, day = project_states(database, clock), 86400
    # 120 days ago every day for a month, then one a quarter of an hour for three hours, 3 days ago.
    for number in range(30):
        await states.save(who, project, {"data": {"old": number}})
        clock.pass_time(day)
    clock.pass_time(87 * day)
    for number in range(12):
        await states.save(who, project, {"data": {"late": number}})
        clock.pass_time(15 * 60)
    kept = (await states.list_versions(who, project)).rows
    assert len(kept) == 42
    clock.pass_time(3 * day)
    newest = await states.save(who, project, {"data": {"new": 1}})
    await states.save(who, ProjectId("scripts-own"), {"data": {"n": 1}}, editor="custom")
    assert await states.thin()
    kept = (await states.list_versions(who, project)).rows
    ages = [clock.now() - one.saved_at for one in kept]
    assert sum(age > timedelta(days=90) for age in ages) in {5, 6}  # one a week
    assert sum(timedelta(days=2) < age < timedelta(days=7) for age in ages) == 3  # one an hour
    assert kept[0].version == newest.version
    assert await states.thin() == 0
    clock.pass_time(400 * day)
    await states.thin()
    assert (await states.load(who, project)).state == {"data": {"new": 1}}
    assert (await states.load(who, "scripts-own", editor="custom")).version == 1


async def test_a_version_cannot_be_changed_by_a_request(states, database, who, project):
    await states.save(who, project, {"data": {}})
    with pytest.raises(RightsError):
        async with database.transaction(who) as tx:
            await tx.execute(text("UPDATE project_state_versions SET data = '{}'"))


async def test_the_versions_of_a_project_are_bounded_in_bytes_and_the_newest_of_each_editor_stays(
    database, who, project
):
    settings = ProjectSettings(largest_history=20_000)
    clock = HandClock()
    states = project_states(database, clock, settings)
    await states.save(who, project, {"data": {"first": "x" * 6000}}, editor="music")
    clock.pass_time(60)
    for number in range(30):
        await states.save(who, project, {"data": {"n": number, "long": "y" * 2000}})
        clock.pass_time(60)
    (music,) = (await states.list_versions(who, project, editor="music")).rows
    kept = (await states.list_versions(who, project)).rows
    assert music.version == 1
    assert [one.version for one in kept] == list(range(30, 30 - len(kept), -1))
    assert 1 < len(kept) < 10
    assert sum(one.size + 256 for one in (music, *kept)) <= 20_000
    await states.save(who, project, {"data": {"large": "z" * 30_000}})
    assert [one.version for one in (await states.list_versions(who, project)).rows] == [31]
    assert (await states.list_versions(who, project, editor="music")).rows == [music]
    async with database.read(who) as tx:
        told = text("""SELECT s.bytes, sum(v.size + 256) FROM project_states s
            JOIN project_state_versions v USING (workspace_id, project_id, editor)
            WHERE workspace_id = :w GROUP BY s.editor, s.bytes""")
        for counted, there in await tx.execute(told, {"w": who.workspace}):
            assert counted == there


async def test_states_are_thinned_one_by_one_only_those_with_old_versions(
    database, who, monkeypatch
):
    clock = HandClock()
    states, projects = project_states(database, clock), ProjectService(database, SystemClock())
    await states.thin()
    ids = []
    for name in "abc":
        project = await projects.create(who, name, {}, project_type="custom")
        ids.append(project.id)
        for number in range(4):
            await states.save(who, project.id, {"data": {"n": number}})
            clock.pass_time(60)
    real, seen = thinning._thin, []

    async def failing(database, told):
        if told["project"] in ids:
            seen.append(told["project"])
        if told["project"] == ids[1]:
            raise TookTooLongError("it takes too long")
        return await real(database, told)

    monkeypatch.setattr(thinning, "_thin", failing)
    await states.thin()
    assert seen == [], "nothing is a day old"
    clock.pass_time(2 * 86400)
    with pytest.raises(TookTooLongError):
        await states.thin()
    assert set(seen) == set(ids)
    kept = [len((await states.list_versions(who, one)).rows) for one in ids]
    assert kept[1] == 4
    assert kept[0] < 4
    assert kept[2] < 4
    seen.clear()
    with pytest.raises(TookTooLongError):
        await states.thin()
    assert seen == [ids[1]], "the others have nothing that has grown old since"


async def test_edits_of_one_person_on_their_way_in_two_processes_are_no_conflict(
    database, who, project
):
    one, two = [SaveManager(project_states(database), QUICK) for _ in range(2)]
    made = await asyncio.gather(
        one.save(who, project, {"data": {"a": 1}}, expected=0),
        two.save(who, project, {"data": {"b": 1}}, expected=0),
    )
    assert sorted(version.version for version in made) == [1, 2]
    states = project_states(database)
    assert (await states.load(who, project)).state == {"data": {"a": 1, "b": 1}}
    with pytest.raises(StateConflictError):
        await states.save(who, project, {"data": {}}, expected=0)
    other = Principal(UserId.new(), who.workspace)
    await states.save(other, project, {"data": {"c": 1}}, expected=2)
    with pytest.raises(StateConflictError):
        await two.save(who, project, {"data": {"d": 1}}, expected=0)
