"""Files that come in are looked at, and nobody's slow ones keep others waiting."""

import asyncio
from concurrent.futures import Future

import pytest

from reelwright.ground.ids import WorkspaceId
from reelwright.library.examination import Examiner
from support.pictures import picture_bytes

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


class HalfSlow:
    """A crew with all hands full of files whose names begin with `slow`, until it is let go."""

    def __init__(self, crew):
        self._crew, self.slow = crew, []

    def begin(self, asked):
        if "/slow-" not in asked["path"]:
            return self._crew.begin(asked)
        self.slow.append(Future())
        return self.slow[-1]

    def let_go(self):
        for one in self.slow:
            if not one.done():
                one.set_result({"media_type": "image/png", "facts": {}})

    def close(self):
        self._crew.close()


@pytest.fixture
def examiner(monkeypatch):
    examiner = Examiner(2)
    monkeypatch.setattr(examiner, "_crew", HalfSlow(examiner._crew))
    yield examiner
    examiner.close()


async def looked_at(examiner, workspace, path):
    async with examiner.examined(workspace, path, "image/png") as one:
        return one.facts


async def test_slow_files_of_one_workspace_take_one_place_and_another_is_answered(
    examiner, tmp_path
):
    ours, theirs = WorkspaceId.new(), WorkspaceId.new()
    slow = [
        asyncio.create_task(looked_at(examiner, ours, tmp_path / f"slow-{n}")) for n in range(6)
    ]
    small = tmp_path / "small.png"
    small.write_bytes(picture_bytes(size=(8, 6)))
    async with asyncio.timeout(30):
        assert (await looked_at(examiner, theirs, small))["width"] == 8
    assert len(examiner._crew.slow) == 1
    # Nor do they get a second place by going away.
    slow[0].cancel()
    await asyncio.wait([slow[0]])
    assert len(examiner._crew.slow) == 1
    while not all(one.done() for one in slow):
        examiner._crew.let_go()
        await asyncio.sleep(0)
    assert [one.result() for one in slow[1:]] == [{}] * 5
