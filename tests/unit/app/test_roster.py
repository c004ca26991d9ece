"""What is logged while a job or a batch runs names it."""

import pytest
import structlog

from reelwright.app.roster import told_apart
from reelwright.engines.durable.contract import Workflow

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"job": "job_1"}, {"job_id": "job_1"}),
        ({"batch": "bat_1"}, {"batch_id": "bat_1"}),
        (None, {}),
    ],
)
async def test_a_run_is_named_while_it_runs_and_not_after(given, named):
    async def run(_steps, told):
        return [told, structlog.contextvars.get_contextvars()]

    workflow = told_apart(Workflow("make", run, patches=["one"]))
    assert (workflow.name, workflow.patches) == ("make", ["one"])
    assert await workflow.run(None, given) == [given, named]  # pyrefly: ignore[bad-argument-type]  # it takes no steps
    assert structlog.contextvars.get_contextvars() == {}
