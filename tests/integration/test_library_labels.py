"""Assets are found, named, tagged, thrown away and taken back; what they take is counted."""

from datetime import timedelta

import pytest

from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import ProjectId
from reelwright.ground.paging import Paging
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import (
    AssetChange,
    AssetFilter,
    AssetInUseError,
    AssetMissingError,
    Origin,
    OriginKind,
)
from reelwright.library.counting import AssetStatistics, Share
from reelwright.library.labels import AssetLabels
from reelwright.library.quotas import NoQuota
from reelwright.projects.service import ProjectService
from support.clocks import HandClock
from support.tenants import stranger

pytestmark = pytest.mark.anyio
UPLOAD = Origin(OriginKind.UPLOAD, "a")


class Counted(NoQuota):
    """Counts what is charged and given back."""

    def __init__(self):
        self.held = 0

    async def charge(self, tx, who, size, *, refuse, assets=1):
        self.held += size

    async def give_back(self, tx, owner, size):
        self.held -= size


@pytest.fixture
def quota():
    return Counted()


@pytest.fixture
def objects(tmp_path):
    return DiskObjects(tmp_path / "objects", SignedUrls(b"s" * 32, SystemClock()))


@pytest.fixture
def library(database, objects, quota):
    return AssetService(database, objects, SystemClock(), quota)


@pytest.fixture
def labels(database, library):
    return AssetLabels(database, library, SystemClock())


async def keep(library, who, name, media_type="image/png", *, content=None, project=None):
    path = library._objects.drafts / "brought"
    path.write_bytes(content or name.encode())
    return await library.keep(
        who, path, name=name, media_type=media_type, origin=UPLOAD, project_id=project
    )


async def names(library, who, **wanted):
    return [one.name for one in (await library.list(who, AssetFilter(**wanted))).rows]


async def test_each_way_to_look_for_assets_finds_these_and_no_others(library, labels):
    who = stranger()
    project = ProjectId.new()
    first = await keep(library, who, "Storm_at 50%.png")
    await keep(library, who, "calm.mp4", "video/mp4", project=project)
    last = await keep(library, who, "calm voice.wav", "audio/wav")
    await labels.change(who, first.id, AssetChange(favourite=True, tags=["Sea  View", "night"]))
    await labels.change(who, last.id, AssetChange(tags=["night"]))
    assert await names(library, who, media="video") == ["calm.mp4"]
    assert await names(library, who, media="audio/wav") == ["calm voice.wav"]
    assert await names(library, who, name="CALM") == ["calm voice.wav", "calm.mp4"]
    assert await names(library, who, name="_at 50%") == ["Storm_at 50%.png"]
    assert await names(library, who, name="%") == ["Storm_at 50%.png"]
    assert await names(library, who, project_id=project) == ["calm.mp4"]
    assert await names(library, who, favourite=True) == ["Storm_at 50%.png"]
    assert await names(library, who, tag="night") == ["calm voice.wav", "Storm_at 50%.png"]
    assert await names(library, who, tag="sea view", media="image") == ["Storm_at 50%.png"]
    later = last.created_at + timedelta(seconds=5)
    assert len(await names(library, who, until=later)) == 3
    assert await names(library, who, since=later) == []
    page = await library.list(who, AssetFilter(tag="night"), Paging(1))
    rest = await library.list(who, AssetFilter(tag="night"), Paging(1, page.next))
    assert [one.name for one in rest.rows] == ["Storm_at 50%.png"]
    assert rest.rows[0].tags == ("night", "sea view")
    assert await labels.list_tags(who) == ["night", "sea view"]
    assert await names(library, stranger(), tag="night") == []


async def test_names_and_tags_are_changed_by_their_owner_alone(library, labels):
    who = stranger()
    asset = await keep(library, who, "a.png")
    changed = await labels.change(who, asset.id, AssetChange(name="../b.png", tags=["x", "X", "y"]))
    assert (changed.name, changed.tags) == ("b.png", ("x", "y"))
    assert (await labels.change(who, asset.id, AssetChange(tags=[]))).tags == ()
    for wrong in (["a" * 61], [""], ["a\0"], [str(n) for n in range(51)]):
        with pytest.raises(InvalidInputError):
            await labels.change(who, asset.id, AssetChange(tags=wrong))
    for act in (labels.throw_away, labels.take_back):
        with pytest.raises(AssetMissingError):
            await act(stranger(), asset.id)
    with pytest.raises(AssetMissingError):
        await labels.change(stranger(), asset.id, AssetChange(favourite=True))


async def test_the_trash_gives_back_until_it_is_emptied(database, library, labels, quota):
    who = stranger()
    asset = await keep(library, who, "a.png")
    assert quota.held == asset.size
    await labels.throw_away(who, asset.id)
    assert await names(library, who) == []
    assert await names(library, who, trashed=True) == ["a.png"]
    assert (await labels.take_back(who, asset.id)).trashed_at is None
    assert await names(library, who) == ["a.png"]
    await labels.throw_away(who, asset.id)
    assert await labels.empty_trash() == 0
    later = HandClock(SystemClock().now() + timedelta(days=31))
    assert await AssetLabels(database, library, later).empty_trash() == 1
    with pytest.raises(AssetMissingError):
        await library.get(who, asset.id)
    assert quota.held == 0


async def test_what_a_revision_names_cannot_be_thrown_away(database, library, labels):
    who = stranger()
    asset = await keep(library, who, "script.fountain")
    projects = ProjectService(database, SystemClock())
    await projects.create(who, "Film", {"script.fountain": asset.id}, "script.fountain")
    with pytest.raises(AssetInUseError):
        await labels.throw_away(who, asset.id)


async def test_equal_content_is_charged_once_and_given_back_with_the_last(library, quota):
    who = stranger()
    one = await keep(library, who, "a.png", content=b"same")
    other = await keep(library, who, "b.png", content=b"same")
    assert quota.held == 4
    await library.delete(who, one.id)
    assert quota.held == 4
    await library.delete(who, other.id)
    assert quota.held == 0


async def test_what_there_is_is_counted_by_kind_and_by_project(database, library, labels):
    who, project = stranger(), ProjectId.new()
    await keep(library, who, "a.png", content=b"same")
    await keep(library, who, "b.png", content=b"same", project=project)
    thrown = await keep(library, who, "c.wav", "audio/wav", content=b"longer")
    await labels.throw_away(who, thrown.id)
    found = await AssetStatistics(database).count(who)
    assert (found.assets, found.bytes, found.stored) == (3, 14, 10)
    assert list(found.kinds) == [Share("image", 2, 8), Share("audio", 1, 6)]
    assert list(found.projects) == [Share(None, 2, 10), Share(project, 1, 4)]
    assert found.trashed == Share("trash", 1, 6)
    empty = await AssetStatistics(database).count(stranger())
    assert (empty.assets, empty.stored, list(empty.kinds)) == (0, 0, [])
