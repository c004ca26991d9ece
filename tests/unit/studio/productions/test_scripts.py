"""A revision is laid out on a machine once, whole, wherever its notes point."""

import asyncio
from datetime import UTC, datetime

import pytest

from reelwright.ground.ids import AssetId, ProjectId, RevisionId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.projects.values import Revision
from reelwright.studio.productions.scripts import NOTES, Scripts
from support.rights import ALL_RIGHTS

pytestmark = pytest.mark.anyio
WHO = Principal(UserId.new(), WorkspaceId.new())


class _Library:
    """Holds texts by asset; counts what was fetched."""

    def __init__(self, texts):
        self._texts = texts
        self.fetched = 0
        self.fails_after = None

    async def get(self, who, asset_id):
        assert who == WHO
        return asset_id

    async def fetch(self, who, asset, path):
        assert who == WHO
        if self.fetched == self.fails_after:
            raise OSError("cut off")
        self.fetched += 1
        await asyncio.to_thread(path.write_text, self._texts[asset])


@pytest.fixture
def revision():
    names = ["ferry.fountain", NOTES, "../sounds/door.wav", "/etc/hosts"]
    files = {name: AssetId.new() for name in names}
    now = datetime.now(UTC)
    return Revision(RevisionId.new(), ProjectId.new(), 1, "ferry.fountain", files, now)


@pytest.fixture
def library(revision):
    return _Library({asset: name for name, asset in revision.files.items()})


async def test_script_notes_and_own_files_lie_where_reading_looks(tmp_path, revision, library):
    laid_out = await Scripts(tmp_path, library, ALL_RIGHTS).lay_out(WHO, revision)
    assert laid_out.script.read_text() == "ferry.fountain"
    assert laid_out.script.with_suffix(".notes.toml").read_text() == NOTES
    for name in ("../sounds/door.wav", "/etc/hosts"):
        own = laid_out.own(name)
        assert own.read_text() == name
        assert laid_out.folder in own.resolve().parents


async def test_it_is_fetched_once(tmp_path, revision, library):
    scripts = Scripts(tmp_path, library, ALL_RIGHTS)
    await scripts.lay_out(WHO, revision)
    await scripts.lay_out(WHO, revision)
    assert library.fetched == len(revision.files)


async def test_two_at_once_both_find_it_whole(tmp_path, revision, library):
    scripts = Scripts(tmp_path, library, ALL_RIGHTS)
    both = await asyncio.gather(*(scripts.lay_out(WHO, revision) for _ in range(2)))
    assert both[0] == both[1]
    assert both[0].own("/etc/hosts").read_text() == "/etc/hosts"
    assert [path.name for path in tmp_path.iterdir()] == [revision.id]


async def test_what_was_cut_off_leaves_nothing_and_is_laid_out_by_the_next(
    tmp_path, revision, library
):
    library.fails_after = 2
    with pytest.raises(OSError, match="cut off"):
        await Scripts(tmp_path, library, ALL_RIGHTS).lay_out(WHO, revision)
    assert not list(tmp_path.iterdir())
    library.fails_after = None
    assert (await Scripts(tmp_path, library, ALL_RIGHTS).lay_out(WHO, revision)).script.exists()
