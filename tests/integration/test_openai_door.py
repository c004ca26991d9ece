"""The door for tools made for OpenAI: what they send is a paid call like every other."""

import json

import pytest

from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.openai import FakeOpenAI
from support.generating import staged
from support.texts import Breakdown

pytestmark = pytest.mark.anyio

DOOR = "http://test/v1"
SCRIPT = [{"role": "user", "content": "INT. CAFE - NIGHT. Mara shuts the door."}]
DOT = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, openai=FakeOpenAI()) as opened:
        opened.fakes["openai"].url += "/v1"
        await opened.account("openai")
        yield opened


def order(**more):
    return {"model": "gpt-6-luna", "messages": SCRIPT} | more


async def test_a_chat_is_answered_in_openais_shape_with_what_it_cost(stage):
    async with stage.client() as client:
        answer = await client.post(f"{DOOR}/chat/completions", json=order())
        told = answer.json()
        assert answer.status_code == 200, told
        assert told["choices"][0]["message"]["content"]
        assert told["choices"][0]["finish_reason"] == "stop"
        assert told["usage"]["total_tokens"] == 150
        call = await client.get(f"/submissions/{told['reelwright']['submission']}")
        assert (call.json()["state"], call.json()["cost_micros"]) == ("completed", 27)
        again = (await client.post(f"{DOOR}/chat/completions", json=order())).json()
    assert again["id"] != told["id"]  # who chats wants to be answered anew
    assert len(stage.fakes["openai"].charges) == 2


async def test_a_chat_is_read_while_it_is_written(stage):
    asked = order(stream=True, stream_options={"include_usage": True})
    async with stage.client() as client:
        answer = await client.post(f"{DOOR}/chat/completions", json=asked)
    assert answer.headers["content-type"].startswith("text/event-stream")
    *events, done = [line[6:] for line in answer.text.splitlines() if line.startswith("data: ")]
    told = [json.loads(one) for one in events]
    assert done == "[DONE]"
    assert told[0]["choices"][0]["delta"]["role"] == "assistant"
    assert len([one for one in told if one["choices"]]) > 3
    assert told[-2]["choices"][0]["finish_reason"] == "stop"
    assert told[-1]["usage"]["completion_tokens"] == 30


async def test_pictures_and_shapes_go_in_and_what_is_not_done_here_is_refused(stage):
    shape = {"name": "breakdown", "schema": Breakdown.model_json_schema(), "strict": True}
    seen = [{"type": "text", "text": "?"}, {"type": "image_url", "image_url": {"url": DOT}}]
    asked = order(
        messages=[{"role": "user", "content": seen}],
        response_format={"type": "json_schema", "json_schema": shape},
    )
    async with stage.client() as client:
        answer = (await client.post(f"{DOOR}/chat/completions", json=asked)).json()
        assert Breakdown.model_validate_json(answer["choices"][0]["message"]["content"])
        for wrong in ({"n": 2}, {"tools": [{}]}, {"model": "gpt-0"}, {"messages": []}):
            refused = await client.post(f"{DOOR}/chat/completions", json=order(**wrong))
            assert refused.status_code == 400
            assert refused.json()["error"]["type"] == "invalid_request_error"
    assert len(stage.fakes["openai"].charges) == 1


async def test_models_are_those_one_has_an_account_for_and_strangers_are_sent_away(stage):
    async with stage.client() as client:
        models = (await client.get(f"{DOOR}/models")).json()["data"]
        assert {one["owned_by"] for one in models} == {"openai"}
        stranger = await client.get(f"{DOOR}/models", headers={"Authorization": "Bearer no"})
    assert stranger.status_code == 401
    assert stranger.json()["error"]["type"] == "authentication_error"


async def test_a_vendors_trouble_is_told_before_the_stream_begins(stage):
    stage.fakes["openai"].moods.next.append(Mood.REFUSE)
    async with stage.client() as client:
        answer = await client.post(f"{DOOR}/chat/completions", json=order(stream=True))
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "refused"
