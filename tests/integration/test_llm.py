"""Language models as scripts and the web know them: questions, conversations, pictures."""

import json

import pytest

from reelwright.generation.llm.chats import LLMChatService
from reelwright.generation.llm.images import LLMImageService
from reelwright.generation.llm.service import LLMService
from reelwright.generation.llm.threads import Turn
from reelwright.generation.making import RouteParams
from reelwright.ground.errors import MissingError, ToldError
from reelwright.library.asset_service import AssetService
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.openai import FakeOpenAI
from support.generating import staged
from support.people import new_person
from support.texts import Breakdown

pytestmark = pytest.mark.anyio

NAMED = RouteParams(models=("openai/gpt-6-luna",))
LUNA = NAMED.route()


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, openai=FakeOpenAI()) as opened:
        opened.fakes["openai"].url += "/v1"
        await opened.account("openai")
        yield opened


async def test_a_conversation_is_kept_gone_on_with_and_forgotten(stage):
    chats, who = await stage.get(LLMChatService), stage.house.owner
    thread = await chats.create(who, "The pier", system="Be brief.", route=NAMED)
    first = await chats.send(who, thread.id, "Where does the pier lead?")
    *pieces, turn = [one async for one in chats.stream(who, thread.id, "And then?")]
    assert "".join(pieces) == turn.text
    assert isinstance(turn, Turn)
    _, turns = await chats.get(who, thread.id)
    assert [one.role for one in turns] == ["user", "assistant", "user", "assistant"]
    assert (turns[1].text, turns[1].cost_micros) == (first.text, 27)
    last = stage.fakes["openai"].works["openai-2"].asked
    assert "Where does the pier lead?" in json.dumps(last)
    assert first.text in json.dumps(last, ensure_ascii=False)
    stage.fakes["openai"].moods.next.append(Mood.REFUSE)
    with pytest.raises(ToldError):
        await chats.send(who, thread.id, "Something else")
    assert (await chats.get(who, thread.id))[1][-1].role == "user"
    stranger = await new_person(stage.database)
    for asked in (chats.get(stranger, thread.id), chats.send(stranger, thread.id, "?")):
        with pytest.raises(MissingError):
            await asked
    assert [one.id for one in (await chats.list(who)).rows] == [thread.id]
    await chats.delete(who, thread.id)
    assert not (await chats.list(who)).rows


async def test_a_question_with_a_picture_is_answered_in_the_shape_asked_for(stage):
    llm, who = await stage.get(LLMService), stage.house.owner
    library = await stage.get(AssetService)
    picture = await library.keep_bytes(who, b"\x89PNG", name="a.png", media_type="image/png")
    written = await llm.ask(who, "What is there?", images=[picture], shape=Breakdown, route=LUNA)
    assert isinstance(written.data, Breakdown)


async def test_pictures_are_made_and_changed_and_lie_in_the_library(stage):
    images, who = await stage.get(LLMImageService), stage.house.owner
    (made,) = await images.generate(who, "a pier in the fog")
    assert made.media_type.startswith("image/")
    (changed,) = await images.edit(who, "at night", [made.id])
    assert changed.id != made.id


async def test_over_http_a_text_and_a_conversation_come_whole_and_in_pieces(stage):
    route = {"models": ["openai/gpt-6-luna"]}
    async with stage.client() as client:
        asked = {"prompt": "Where does the pier lead?", "route": route}
        first = (await client.post("/text", json=asked)).json()
        assert (first["found"], first["cost_micros"]) == (False, 27)
        again = (await client.post("/text", json=asked)).json()
        assert (again["found"], again["text"]) == (True, first["text"])
        events = (await client.post("/text", json=asked | {"fresh": True, "stream": True})).text
        assert events.count("event: piece") > 3
        assert events.count("event: written") == 1
        assert (await client.post("/text", json={"route": route})).status_code == 422
        thread = (await client.post("/threads", json={"route": route})).json()
        url = f"/threads/{thread['id']}"
        turn = (await client.post(f"{url}/messages", json={"text": "Who is there?"})).json()
        assert (turn["role"], turn["model"]) == ("assistant", "openai/gpt-6-luna")
        read = {"Accept": "text/event-stream"}
        streamed = await client.post(f"{url}/messages", json={"text": "And?"}, headers=read)
        assert "event: written" in streamed.text
        assert len((await client.get(url)).json()["messages"]) == 4
        assert (await client.delete(url)).status_code == 204
        assert (await client.get(url)).status_code == 404
