"""Text as a paid call: kept as it came, and paid for also when it is not what was asked for."""

import json

import pytest

from reelwright.billing.holds import HoldState
from reelwright.generation.submissions.model import SubmissionState
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.providers.operations import Operation
from reelwright.testing.fakes.compatible import FakeCompatible
from support.generating import staged
from support.texts import Breakdown

pytestmark = pytest.mark.anyio

OMNI = "compatible/qwen3.8-omni-flash"
ASKED = {
    "messages": [{"role": "user", "text": "INT. CAFE - NIGHT. Mara shuts the door."}],
    "schema": Breakdown.model_json_schema(),
}


async def test_text_is_kept_and_billed_by_its_tokens_and_what_does_not_fit_is_billed_too(
    database_url,
):
    fake = FakeCompatible()
    async with staged(database_url, compatible=fake) as stage:
        fake.url += "/v1"  # what an account of such a server is given
        await stage.account("compatible")
        job = await stage.make(Operation.TEXT, ASKED, OMNI)
        assert job.state is JobState.COMPLETED, job.error
        (call,) = await stage.calls(job)
        library = await stage.get(AssetService)
        asset = await library.get(stage.house.owner, call.assets[0])
        assert asset.media_type == "application/json"
        assert call.cost_micros == 33  # 120 tokens at 0.15 and 30 at 0.47 a million, rounded up

        fake.ignores_schema = True
        again = ASKED | {"messages": [{"role": "user", "text": "EXT. PIER - DAWN. Fog."}]}
        job = await stage.make(Operation.TEXT, again, OMNI)
        assert job.state is JobState.FAILED
        (call,) = await stage.calls(job)
        assert call.state is SubmissionState.FAILED
        assert (await stage.hold(call)).state is HoldState.SETTLED
        assert "shape" in json.dumps(job.error)
        assert len(fake.charges) == 2
