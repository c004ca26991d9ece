"""Workflows are started with the caller's transaction, run, and are remembered."""

import pytest

from reelwright.engines.durable.contract import Call, Phase, Queue, Roster, Workflow
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from support.durable import ended, executor

pytestmark = pytest.mark.anyio

WHO = Principal(UserId.new(), WorkspaceId.new())


async def _double(steps, given):
    async def act():
        return given["n"] * 2

    return await steps.run("double", act)


ROSTER = Roster([Workflow("double", _double)], [Queue("plain", per_worker=10, poll_s=0.1)])


async def test_a_call_runs_once_its_transaction_has_committed(database, database_url):
    async with executor(database, database_url, ROSTER) as (durable, _):
        async with database.transaction(WHO) as tx:
            await durable.enqueue(tx, [Call("double", "one", {"n": 21}, "plain")])
            assert await durable.standing(["one"]) == {}
        found = await ended(durable, ["one"])
    assert found["one"].phase is Phase.DONE
    assert found["one"].output == 42
