"""A server of one's own writes for all who ask models to write: its models stand in no row of ours."""

import pytest

from reelwright.generation.routes.route import Route
from reelwright.studio.analysis.analyst import ScriptAnalyst
from reelwright.studio.asking import Pens
from reelwright.testing.fakes.compatible import FakeCompatible
from support.generating import staged
from support.scripts import breakdown

pytestmark = pytest.mark.anyio

CHAT = {"model": "llama4", "messages": [{"role": "user", "content": "Who shuts the door?"}]}


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, compatible=FakeCompatible()) as opened:
        opened.fakes["compatible"].url += "/v1"
        yield opened


async def test_its_account_is_a_key_like_any_other(stage):
    pens = await stage.get(Pens)
    assert not await pens.any_for(stage.house.owner)
    await stage.account("compatible", parts={"models": "llama4"})
    assert await pens.any_for(stage.house.owner)


async def test_it_reads_a_script_when_it_is_named(stage):
    await stage.account("compatible", parts={"models": "llama4"})
    film = breakdown("INT. CAFE - NIGHT", "", "MARA shuts the door.", "")
    analyst = await stage.get(ScriptAnalyst)
    route = Route(models=("compatible/llama4",))
    await analyst.analyze(stage.house.owner, film, route=route)
    assert stage.fakes["compatible"].charges


async def test_the_door_for_openais_tools_knows_it_by_its_short_name(stage):
    await stage.account("compatible", parts={"models": "llama4"})
    async with stage.client() as client:
        answer = await client.post("http://test/v1/chat/completions", json=CHAT)
    assert answer.status_code == 200, answer.text
    assert answer.json()["choices"][0]["message"]["content"]
