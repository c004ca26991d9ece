"""Runs that earlier code left under way are finished by the code of today."""

from pathlib import Path

import pytest

from reelwright.engines.durable.contract import Phase
from support.durable_executors import ask, ended, executor
from support.durable_history import MARKS, restore, roster

pytestmark = pytest.mark.anyio

HISTORIES = sorted((Path(__file__).parents[1] / "migration" / "histories").glob("*.json"))


@pytest.mark.parametrize("history", HISTORIES, ids=lambda path: path.stem)
async def test_a_recorded_history_is_finished_by_the_code_of_today(database, database_url, history):
    url = database_url
    ask(url, MARKS)
    restore(url, history.read_text(encoding="utf-8"))
    begun = [one for (one,) in ask(url, "SELECT workflow_id FROM step_effects ORDER BY 1")]
    assert len(begun) == 3
    async with executor(database, url, roster(database)) as (durable, _):
        for one in [*begun, "scene-new"]:
            await durable.tell(one, "accepted", "yes", "quote")
        found = await ended(durable, [*begun, "scene-new"])
    assert {one.phase for one in found.values()} == {Phase.DONE}
    told = {"accepted": "yes", "seen": "ask for another day"}
    assert found["scene-0"].output == {"scene": "scene-0", **told}
    # What had been done is not done again, and the old way is kept to the end.
    marks = "SELECT what FROM marks WHERE workflow = %s ORDER BY id"
    assert ask(url, marks, "scene-0") == [("shot",)]
    assert ask(url, marks, "scene-new") == [("reserved",), ("still",), ("shot",)]


def test_there_is_a_history():
    assert HISTORIES
