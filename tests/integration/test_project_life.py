"""Projects are copied, put away, thrown away, brought back and deleted, and give their storage back."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from reelwright.engines.database.failures import TookTooLongError
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import JobId, ProductionId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.jobs.tables import JobRow
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import AssetFilter, AssetMissingError
from reelwright.library.sweeping import LibrarySweeper
from reelwright.projects.life import ProjectBusyError
from reelwright.projects.service import ProjectService, Shelf
from reelwright.projects.values import NoScriptError, ProjectAwayError, ProjectMissingError
from reelwright.studio.tables import ProductionRow
from support.clocks import HandClock
from support.people import new_person
from support.projects import project_life, project_states
from support.tenants import owner

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def database_url(server):
    """One database for all tests here: each has a workspace of its own."""
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
def objects(tmp_path):
    return DiskObjects(tmp_path / "objects", SignedUrls(b"s" * 32, SystemClock()))


@pytest.fixture
def library(database, objects):
    return AssetService(database, objects, SystemClock())


@pytest.fixture
def projects(database):
    return ProjectService(database, SystemClock())


@pytest.fixture
def life(database):
    return project_life(database)


@pytest.fixture
async def who(database):
    return await new_person(database)


async def keep(library, who, data, project_id=None, name="a.fountain"):
    return await library.keep_bytes(
        who, data, name=name, media_type="text/plain", project_id=project_id
    )


async def new_project(projects, library, who, data=b"INT. HALL - DAY"):
    script = await keep(library, who, data)
    return await projects.create(who, "Dusk", {"a.fountain": script}, "a.fountain")


async def make(database, who, project, state="running", outputs=None):
    """Write down a job of a project, and the film it makes."""
    job, row = JobId.new(), {"workspace_id": who.workspace, "user_id": who.user}
    row |= {"project_id": project.id}
    now = SystemClock().now()
    async with database.transaction(who) as tx:
        more = {"kind": "film", "params": {}, "state": state, "priority": 5, "workflow_id": "w"}
        more |= {"after_failure": "fail", "changed_at": now}
        await tx.execute(insert(JobRow).values(id=job, **row, **more))
        film = {"id": ProductionId.new(), "revision_id": project.head.id, "job_id": job}
        await tx.execute(
            insert(ProductionRow).values(**row, **film, options={}, outputs=outputs or {})
        )
    return job


async def test_a_project_of_another_type_needs_no_script_and_a_film_does(projects, who):
    project = await projects.create(who, "Sounds", {}, project_type="audio-edit")
    assert (project.project_type, project.head.script) == ("audio-edit", None)
    with pytest.raises(NoScriptError, match="no script"):
        project.head.screenplay()
    with pytest.raises(InvalidInputError, match="made from a script"):
        await projects.create(who, "Dusk", {})
    with pytest.raises(InvalidInputError, match="no type of project"):
        await projects.create(who, "Dusk", {}, project_type="opera")


async def test_a_copy_has_ids_of_its_own_the_same_files_and_its_own_state(
    projects, library, life, database, who
):
    states = project_states(database)
    project = await new_project(projects, library, who)
    still = await keep(library, who, b"still", project.id, "still.png")
    await states.save(who, project.id, {"moodboard": {"pictures": [still, "a word"]}})
    copy = await life.duplicate(who, project.id)
    assert copy.name == "Dusk (copy)"
    assert copy.head.files != project.head.files
    script = copy.head.files["a.fountain"]
    assert await library.read(who, script) == b"INT. HALL - DAY"
    assert (await library.get(who, script)).project_id == copy.id
    state = await states.load(who, copy.id)
    picture, word = state.state["moodboard"]["pictures"]
    assert (state.version, word, await library.read(who, picture)) == (1, "a word", b"still")
    await states.save(who, copy.id, {"data": {}})
    assert (await states.load(who, project.id)).version == 1
    assert await library.stored(who) == len(b"INT. HALL - DAY" + b"still")


async def test_the_trash_gives_back_and_deletes_for_good(projects, library, life, who):
    project = await new_project(projects, library, who)
    copy = await life.duplicate(who, project.id, "Dawn")
    with pytest.raises(ConflictError, match="not in the trash"):
        await life.delete(who, project.id)
    await life.trash(who, project.id)
    assert [one.id for one in (await projects.list(who)).rows] == [copy.id]
    assert [one.id for one in (await projects.list(who, shelf=Shelf.TRASH)).rows] == [project.id]
    with pytest.raises(ProjectAwayError):
        await projects.revise(who, project.id, copy.head.files, "a.fountain")
    assert (await life.restore(who, project.id)).trashed_at is None
    await life.trash(who, project.id)
    await life.delete(who, project.id)
    with pytest.raises(ProjectMissingError):
        await projects.get(who, project.id)
    with pytest.raises(ProjectMissingError):
        await life.delete(who, project.id)
    assert await library.read(who, copy.head.files["a.fountain"]) == b"INT. HALL - DAY"


async def test_storage_is_freed_when_nobody_uses_it_any_more(
    projects, library, life, objects, database, who
):
    project = await new_project(projects, library, who)
    other = await new_project(projects, library, who, b"EXT. PIER - DUSK")
    own = await keep(library, who, b"a sound", project.id, "a.wav")
    shown = await keep(library, who, b"film", project.id, "film.mp4")
    await make(database, who, other, "completed", {"film.mp4": shown})
    # A script that both name, as before files were kept under their project's id.
    files = {**other.head.files, "b.fountain": project.head.files["a.fountain"]}
    await projects.revise(who, other.id, files, "a.fountain")
    copy = await life.duplicate(who, project.id)
    for one in (project, copy):
        await life.trash(who, one.id)
        await life.delete(who, one.id)
    left = (await library.list(who, AssetFilter())).rows
    assert {one.id for one in left} == {*files.values(), shown}
    assert {one.project_id for one in left} == {None}
    with pytest.raises(AssetMissingError):
        await library.get(who, own)
    async with database.transaction(who) as tx:
        uses = (await tx.execute(text("SELECT size, uses FROM blobs ORDER BY size"))).all()
    assert [tuple(one) for one in uses] == [(4, 1), (7, 0), (15, 1), (16, 1)]
    await LibrarySweeper(database, objects, SystemClock(), timedelta(0)).sweep()
    assert len([one async for one in objects.list()]) == 3


@pytest.mark.parametrize("state", ["running", "scheduled", "unknown"])
async def test_a_project_something_is_made_of_is_not_thrown_away(
    projects, library, life, database, who, state
):
    project = await new_project(projects, library, who)
    job = await make(database, who, project, state)
    with pytest.raises(ProjectBusyError, match="being made"):
        await life.trash(who, project.id)
    ended = text("UPDATE jobs SET state = 'cancelled' WHERE id = :id")
    async with database.transaction(who) as tx:
        await tx.execute(ended, {"id": job})
    await life.trash(who, project.id)
    await make(database, who, project, state)  # begun by somebody who had not seen it
    with pytest.raises(ProjectBusyError):
        await life.delete(who, project.id)
    late = project_life(database, _in_days(40))
    await late.empty_trash()
    assert (await projects.get(who, project.id)).trashed_at is not None
    async with database.transaction(who) as tx:
        await tx.execute(text("UPDATE jobs SET state = 'failed'"))
    await late.empty_trash()
    with pytest.raises(ProjectMissingError):
        await projects.get(who, project.id)


def _in_days(days):
    return HandClock(SystemClock().now() + timedelta(days=days))


async def test_the_trash_is_emptied_after_its_days_in_all_workspaces(
    projects, library, life, database, who
):
    other = await new_person(database, "Ben")
    made = [await new_project(projects, library, one) for one in (who, who, other)]
    await life.trash(who, made[0].id)
    await life.trash(other, made[2].id)
    await project_life(database, _in_days(29)).empty_trash()
    assert len((await projects.list(other, shelf=Shelf.TRASH)).rows) == 1
    await project_life(database, _in_days(31)).empty_trash()
    assert [one.id for one in (await projects.list(who)).rows] == [made[1].id]
    assert (await projects.list(other, shelf=Shelf.TRASH)).rows == []
    assert await library.get_user_asset_count(other) == 0


async def test_anothers_project_is_missing_to_all_of_it(projects, library, life, database, who):
    project = await new_project(projects, library, who)
    stranger: Principal = await new_person(database, "Eve")
    for act in (life.duplicate, life.archive, life.restore, life.trash, life.delete):
        with pytest.raises(ProjectMissingError):
            await act(stranger, project.id)
    assert (await projects.get(who, project.id)).archived_at is None


async def test_the_script_on_disk_of_a_project_in_the_trash_becomes_a_new_one(
    projects, library, life, who
):
    script = {"a.fountain": await keep(library, who, b"INT. HALL - DAY")}
    first = await projects.create(who, "Dusk", script, "a.fountain", source="/films/a.fountain")
    await life.trash(who, first.id)
    second = await projects.create(who, "Dusk", script, "a.fountain", source="/films/a.fountain")
    assert second.id != first.id


async def test_a_project_that_cannot_be_deleted_keeps_no_other_in_the_trash(
    projects, library, database, who, monkeypatch
):
    clock = HandClock()
    life = project_life(database, clock)
    for one in [await new_person(database) for _ in range(3)]:
        await life.trash(one, (await new_project(projects, library, one)).id)
    clock.pass_time(31 * 86400)
    real, tried = life.delete, []

    async def failing(principal, project_id):
        tried.append(project_id)
        if len(tried) == 1:
            raise TookTooLongError("the database took too long to answer")
        await real(principal, project_id)

    monkeypatch.setattr(life, "delete", failing)
    with pytest.raises(TookTooLongError):
        await life.empty_trash()
    assert len(tried) >= 3
    assert await life.empty_trash() == 1, "only the one that had failed is there still"


_MANY = {
    "projects": """INSERT INTO projects
        (id, workspace_id, user_id, name, project_type, head, created_at, updated_at)
        SELECT 'prj_' || lpad(p::text, 26, '0'), :w, :u, 'p', 'custom', 20, now(), now()
        FROM generate_series(1, 300) p""",
    "revisions": """INSERT INTO revisions
        (id, workspace_id, project_id, user_id, number, files, digest, created_at)
        SELECT 'rev_' || lpad(p::text, 13, '0') || lpad(n::text, 13, '0'), :w,
            'prj_' || lpad(p::text, 26, '0'), :u, n, (SELECT jsonb_object_agg('file' || f || '.png',
                'ast_' || lpad((p * 1000 + f)::text, 26, 'x')) FROM generate_series(1, 20) f),
            'd', now()
        FROM generate_series(1, 300) p, generate_series(1, 20) n""",
    "assets": """INSERT INTO assets (workspace_id, id, user_id, media_type, name, upload_ref, facts,
            project_id, created_at, sync_status, remote_url, remote_id)
        SELECT :w, 'ast_' || lpad(a::text, 26, '0'), :u, 'image/png', 'n', 'n', '{}',
            'prj_' || lpad('1', 26, '0'), now(), 'remote', 'http://x', 'r' || a
        FROM generate_series(1, 6000) a""",
}


async def test_a_large_project_is_deleted_from_a_large_workspace(life, database, database_url, who):
    """Its files times the revisions of all others would be more than the database has time for."""
    told = {"w": who.workspace, "u": who.user}
    with owner(database_url) as connection:
        for table, statement in _MANY.items():
            connection.execute(text(statement), told)
            connection.execute(text(f"ANALYZE {table}"))
    project = ProjectId("prj_" + "1".rjust(26, "0"))
    await life.trash(who, project)
    await life.delete(who, project)
    async with database.read(who) as tx:
        assert await tx.scalar(text("SELECT count(*) FROM assets")) == 0
