"""Projects and revisions on a real database."""

import asyncio

import pytest

from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError, InvalidInputError
from reelwright.ground.ids import AssetId, UserId, WorkspaceId
from reelwright.ground.paging import Paging
from reelwright.ground.principals import Principal
from reelwright.projects.service import ProjectService, Shelf
from reelwright.projects.values import ProjectMissingError, RevisionConflictError
from support.projects import project_life

pytestmark = pytest.mark.anyio


@pytest.fixture
def who():
    return Principal(UserId.new(), WorkspaceId.new())


@pytest.fixture
def projects(database):
    return ProjectService(database, SystemClock())


def files(**more):
    return {"dusk.fountain": AssetId.new(), **more}


async def test_a_project_is_made_with_its_first_revision(projects, who):
    given = files()
    project = await projects.create(who, " Dusk ", given, "dusk.fountain")
    assert (project.name, project.head.number, dict(project.head.files)) == ("Dusk", 1, given)
    assert await projects.get(who, project.id) == project
    assert await projects.get_revision(who, project.head.id) == project.head


async def test_equal_content_is_the_same_revision(projects, who):
    given = files()
    project = await projects.create(who, "Dusk", given, "dusk.fountain")
    assert await projects.revise(who, project.id, dict(given), "dusk.fountain") == project.head
    other = await projects.revise(who, project.id, files(), "dusk.fountain", expected=1)
    assert other.number == 2
    back = await projects.revise(who, project.id, given, "dusk.fountain")
    assert (back.number, back.files) == (3, given)


async def test_of_two_who_revise_what_they_saw_one_is_told_of_the_other(projects, who):
    project = await projects.create(who, "Dusk", files(), "dusk.fountain")
    outcomes = await asyncio.gather(
        *(projects.revise(who, project.id, files(), "dusk.fountain", expected=1) for _ in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, RevisionConflictError) for one in outcomes) == 4
    assert (await projects.get(who, project.id)).head.number == 2


async def test_of_many_who_revise_blindly_each_makes_a_revision(projects, who):
    project = await projects.create(who, "Dusk", files(), "dusk.fountain")
    made = await asyncio.gather(
        *(projects.revise(who, project.id, files(), "dusk.fountain") for _ in range(8))
    )
    assert sorted(one.number for one in made) == list(range(2, 10))
    page = await projects.list_revisions(who, project.id, Paging(limit=4))
    assert [one.number for one in page.rows] == [9, 8, 7, 6]
    page = await projects.list_revisions(who, project.id, Paging(limit=4, cursor=page.next))
    assert [one.number for one in page.rows] == [5, 4, 3, 2]


async def test_a_source_has_one_project_whoever_makes_it_first(projects, who):
    made = await asyncio.gather(
        *(
            projects.create(who, "Dusk", files(), "dusk.fountain", source="/films/dusk.fountain")
            for _ in range(4)
        )
    )
    assert len({one.id for one in made}) == 1
    found = await projects.from_source(who, "/films/dusk.fountain")
    assert found is not None
    assert found.head.number == 4
    assert await projects.from_source(who, "/films/dawn.fountain") is None


async def test_another_workspaces_project_is_missing(projects, who):
    project = await projects.create(who, "Dusk", files(), "dusk.fountain", source="/a")
    stranger = Principal(UserId.new(), WorkspaceId.new())
    for asking in (
        projects.get(stranger, project.id),
        projects.get_revision(stranger, project.head.id),
        projects.revise(stranger, project.id, files(), "dusk.fountain"),
        projects.rename(stranger, project.id, "Mine"),
    ):
        with pytest.raises(ProjectMissingError):
            await asking
    assert (await projects.list(stranger)).rows == []
    assert await projects.from_source(stranger, "/a") is None


async def test_projects_are_renamed_put_away_and_listed(projects, database, who):
    made = [await projects.create(who, f"Film {n}", files(), "dusk.fountain") for n in range(3)]
    await projects.rename(who, made[0].id, "Dawn")
    life = project_life(database)
    await life.archive(who, made[1].id)
    assert [one.name for one in (await projects.list(who)).rows] == ["Film 2", "Dawn"]
    assert [one.name for one in (await projects.list(who, shelf=Shelf.ARCHIVE)).rows] == ["Film 1"]
    with pytest.raises(ConflictError):
        await projects.revise(who, made[1].id, files(), "dusk.fountain")
    await life.restore(who, made[1].id)
    first = await projects.list(who, Paging(limit=2))
    second = await projects.list(who, Paging(limit=2, cursor=first.next))
    assert [one.name for one in (*first.rows, *second.rows)] == ["Film 2", "Film 1", "Dawn"]


async def test_a_script_that_is_no_file_of_the_project_is_refused(projects, who):
    with pytest.raises(InvalidInputError):
        await projects.create(who, "Dusk", files(), "dawn.fountain")
    for name in ("", " ", "x" * 201, "two\nlines"):
        with pytest.raises(InvalidInputError):
            await projects.create(who, name, files(), "dusk.fountain")
