"""What is stored is counted for whoever brought it, and given back to them, whoever deletes it."""

import asyncio
import random

import pytest
from sqlalchemy import text

from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import ConflictError, ExhaustedError, MissingError
from reelwright.ground.ids import AssetId, ProjectId, UserId
from reelwright.ground.principals import Activity, Principal, Role
from reelwright.identity.handing_over import Given, take_project
from reelwright.identity.plans import Limits, QuotaSettings
from reelwright.identity.quotas import QuotaError, Quotas, StorageCharges
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from reelwright.library.belongings import ProjectFiles
from reelwright.library.examination import Examiner
from reelwright.library.keeping import Incoming
from reelwright.library.storage_service import StorageService
from reelwright.library.sweeping import LibrarySweeper
from reelwright.library.upload_service import UploadService
from reelwright.library.uploads import NewUpload
from reelwright.projects.life import ProjectLife
from reelwright.studio.belongings import ProjectWorks
from support.clocks import HandClock
from support.projects import QUICK, project_states
from support.teams import Team
from support.tenants import owner

pytestmark = pytest.mark.anyio
MOST = 1000
EVERYTHING = "SELECT a.id, a.user_id, a.workspace_id FROM assets a ORDER BY a.id"
PROJECTS = "SELECT p.id, p.user_id, p.workspace_id FROM projects p ORDER BY p.id"


class Shelf:
    """A team of two with a quota of a thousand bytes each, and what they may do to its files."""

    def __init__(self, database, url, root):
        self.database, self.url, self.root = database, url, root
        self.clock = HandClock(SystemClock().now())
        settings = QuotaSettings(plan="tried", plans={"tried": Limits(storage=MOST)})
        self.quota = StorageCharges(Quotas(database, self.clock, settings))
        self.objects = DiskObjects(root / "objects", SignedUrls(b"s" * 32, self.clock))
        self.library = AssetService(database, self.objects, self.clock, self.quota)
        states = project_states(database)
        files = ProjectFiles(self.clock, self.quota)
        given = (database, self.clock, states, files, ProjectWorks(), QUICK)
        self.life = ProjectLife(*given)
        self.sweeper = LibrarySweeper(database, self.objects, self.clock)
        self.team = Team(database)

    async def gather(self):
        await self.team.gather()
        self.ada = self.team.owner
        self.bob = await self.team.let_in("bob", Role.EDITOR)
        self.project = await self.empty_project(self.ada)
        return self

    async def empty_project(self, who):
        kept = await self.team.projects.create(who, "Cuts", {}, project_type="video-edit")
        return kept.id

    async def bring(self, who, size, sign=b"a", project=None):
        """A file of so many bytes, which the quota may refuse."""
        path = self.root / f"{AssetId.new()}.bin"
        path.write_bytes(sign * size)
        origin = Origin(OriginKind.UPLOAD, path.name)
        one = Incoming(path, path.name, "x/y", origin, {}, project, brought=True)
        kept = await self.library.take_in(who, one)
        assert kept
        return kept

    async def delete_project(self, who, project):
        await self.life.trash(who, project)
        await self.life.delete(who, project)

    async def hand_over(self, project, giver, taker):
        async with self.database.transaction(Activity.SIGN_IN) as tx:
            return await take_project(tx, Given(project, giver.user, taker.user, False), MOST)

    def rows(self, sql):
        with owner(self.url) as connection:
            return connection.execute(text(sql)).all()

    def counted(self):
        """How much each is counted for; it is what their contents are, to the byte."""
        totals = dict(self.rows("SELECT user_id, bytes FROM usage_totals WHERE bytes > 0"))
        stored = self.rows(
            "SELECT charged_to, sum(size)::bigint FROM blobs WHERE uses > 0 GROUP BY 1"
        )
        assert totals == dict(stored)
        return {
            name: totals.get(who.user, 0) for name, who in (("ada", self.ada), ("bob", self.bob))
        }


@pytest.fixture
async def shelf(database, database_url, tmp_path):
    return await Shelf(database, database_url, tmp_path).gather()


async def test_what_a_colleague_deletes_is_given_back_to_whoever_brought_it(shelf):
    hers = await shelf.bring(shelf.ada, 900)
    await shelf.bring(shelf.bob, 800)
    await shelf.library.delete(shelf.bob, hers.id)
    assert shelf.counted() == {"ada": 0, "bob": 800}
    with pytest.raises(QuotaError, match="800 of 1000 are used, too many for 900 more"):
        await shelf.bring(shelf.bob, 900)
    await shelf.bring(shelf.ada, 900)
    assert shelf.counted() == {"ada": 900, "bob": 800}


async def test_of_a_project_that_is_deleted_each_gets_back_what_they_brought(shelf):
    await shelf.bring(shelf.ada, 900, project=shelf.project)
    await shelf.bring(shelf.bob, 800, project=shelf.project)
    stays = await shelf.bring(shelf.bob, 100, b"b")
    await shelf.delete_project(shelf.ada, shelf.project)
    assert shelf.counted() == {"ada": 0, "bob": 100}
    assert [one.id for one in (await shelf.library.list(shelf.ada)).rows] == [stays.id]


async def test_equal_content_is_counted_for_who_brought_it_first_until_nobody_uses_it(shelf):
    first = await shelf.bring(shelf.ada, 900)
    second = await shelf.bring(shelf.bob, 900)
    await shelf.library.delete(shelf.ada, first.id)
    assert shelf.counted() == {"ada": 900, "bob": 0}
    await shelf.library.delete(shelf.bob, second.id)
    assert shelf.counted() == {"ada": 0, "bob": 0}
    # Its bytes lie there still, for a day: whoever brings it again has it counted.
    await shelf.bring(shelf.bob, 900)
    assert shelf.counted() == {"ada": 0, "bob": 900}
    shelf.clock.pass_time(2 * 24 * 3600)
    assert (await shelf.sweeper.sweep()).released == 0


async def test_who_left_the_team_gets_back_what_others_delete_there(shelf):
    his = await shelf.bring(shelf.bob, 900)
    await shelf.team.members.remove(shelf.ada, shelf.bob.user)
    await shelf.library.delete(shelf.ada, his.id)
    assert shelf.counted() == {"ada": 0, "bob": 0}


async def test_a_stranger_can_give_nobody_anything_back(shelf):
    await shelf.bring(shelf.ada, 900)
    async with shelf.database.transaction(await shelf.team.person("eve")) as tx:
        await shelf.quota.give_back(tx, shelf.ada.user, 900)
    assert shelf.counted() == {"ada": 900, "bob": 0}


async def test_a_project_that_was_handed_over_is_given_back_to_its_new_owner(shelf):
    await shelf.bring(shelf.ada, 500, project=shelf.project)
    await shelf.bring(shelf.ada, 300, b"b", shelf.project)
    await shelf.bring(shelf.ada, 300, b"b")  # and hers besides
    # Brought by another, and hers to count: it goes along, for it is here because of the project.
    hers = await shelf.bring(shelf.ada, 100, b"c")
    await shelf.bring(shelf.bob, 100, b"c", shelf.project)
    await shelf.library.delete(shelf.ada, hers.id)
    assert await shelf.hand_over(shelf.project, shelf.ada, shelf.bob)
    assert shelf.counted() == {"ada": 300, "bob": 600}
    await shelf.delete_project(shelf.ada, shelf.project)
    assert shelf.counted() == {"ada": 300, "bob": 0}


async def test_who_has_no_room_takes_nothing_over_and_nothing_is_moved(shelf):
    await shelf.bring(shelf.ada, 500, project=shelf.project)
    await shelf.bring(shelf.bob, 501, b"b")
    with pytest.raises(ExhaustedError, match="no room"):
        await shelf.hand_over(shelf.project, shelf.ada, shelf.bob)
    assert shelf.counted() == {"ada": 500, "bob": 501}


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_done_at_once_each_is_counted_for_exactly_what_is_theirs(shelf, seed):
    chance, people = random.Random(seed), [shelf.ada, shelf.bob]
    refused = (ExhaustedError, MissingError, ConflictError)

    async def step():
        who = chance.choice(people)
        assets, projects = shelf.rows(EVERYTHING), shelf.rows(PROJECTS)
        place = chance.choice([None, *(ProjectId(one.id) for one in projects)])
        act = chance.choice(["bring"] * 5 + ["delete", "copy", "project", "hand over", "end"])
        if act == "bring":
            await shelf.bring(who, chance.randint(1, 6) * 60, project=place)
        elif act == "delete" and assets:
            await shelf.library.delete(who, AssetId(chance.choice(assets).id))
        elif act == "project":
            await shelf.empty_project(who)
        elif projects:
            one = chance.choice(projects)
            project, has = ProjectId(one.id), Principal(UserId(one.user_id), who.workspace)
            if act == "copy":
                await shelf.life.duplicate(who, project)
            elif act == "hand over":
                await shelf.hand_over(project, has, who)
            elif act == "end":
                await shelf.delete_project(who, project)

    for _ in range(12):
        done = await asyncio.gather(*(step() for _ in range(6)), return_exceptions=True)
        failed = [one for one in done if isinstance(one, BaseException)]
        assert all(isinstance(one, refused) for one in failed), failed
        assert max(shelf.counted().values()) <= MOST
    uses = shelf.rows(
        "SELECT b.uses, (SELECT count(*) FROM assets a WHERE a.workspace_id = b.workspace_id"
        " AND a.sha256 = b.sha256) FROM blobs b"
    )
    assert uses
    assert all(said == are for said, are in uses)


@pytest.fixture
async def uploads(shelf):
    examiner = Examiner()
    storage = StorageService(shelf.library, project_states(shelf.database), examiner, shelf.quota)
    yield UploadService(shelf.database, shelf.objects, storage, shelf.quota, shelf.clock)
    examiner.close()


async def test_what_a_person_announces_counts_in_all_workspaces_and_for_nobody_else(shelf, uploads):
    announced = await uploads.create(shelf.ada, NewUpload("a.txt", 600))
    at_home = shelf.team.ada
    with pytest.raises(QuotaError):
        await uploads.create(at_home, NewUpload("b.txt", 401))
    await uploads.create(shelf.bob, NewUpload("c.txt", 1000))
    await uploads.end(shelf.ada, announced.id)
    await uploads.create(at_home, NewUpload("b.txt", 1000))


async def test_of_sixteen_uploads_announced_at_once_one_is_let_in(shelf, uploads):
    places = [shelf.ada, shelf.team.ada]
    done = await asyncio.gather(
        *(uploads.create(places[n % 2], NewUpload(f"{n}.txt", 900)) for n in range(16)),
        return_exceptions=True,
    )
    refused = [one for one in done if isinstance(one, BaseException)]
    assert {type(one) for one in refused} == {QuotaError}
    assert len(refused) == 15
