"""pydantic-ai as a vendor: one request whatever its SDKs would like, models by name, prices as they are listed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reelwright.engines.http.client import Http
from reelwright.providers.contract import Access, Call, Outcome
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.prices import Unit
from reelwright.providers.prompts import Message, TextRequest
from reelwright.providers.pydantic_ai import provider as vendor
from reelwright.providers.pydantic_ai.naming import listed_price
from reelwright.providers.pydantic_ai.provider import PydanticAI
from reelwright.testing.fakes.compatible import FakeCompatible
from reelwright.testing.fakes.openai import FakeOpenAI
from support.texts import SCRIPT
from support.vendors import KEY, LOOPBACK, image_of

pytestmark = pytest.mark.anyio


def _call(provider, access, request, folder):
    return Call(provider.own_models(access)[0], request, "sub_1", folder, access)


@pytest.fixture
async def http():
    client = Http(LOOPBACK)
    yield client
    await client.close()


async def test_another_vendor_is_a_name_and_its_key(http, tmp_path):
    fake = FakeCompatible(keys={KEY})
    with fake.served() as url:
        provider = PydanticAI(http)
        more = {"models": "deepseek:deepseek-chat", "deepseek_key": KEY}
        access = Access("of-another", f"{url}/v1", more)
        plain = TextRequest((Message("user", "One line, please."),))
        with pytest.raises(UnsupportedError):  # its address is its own, and takes no other
            await provider.submit(_call(provider, access, plain, tmp_path))
        named = replace(access, more={"models": "openai-chat:any", "openai-chat_key": KEY})
        receipt = await provider.submit(_call(provider, named, plain, tmp_path))
    assert receipt.outcome is not None
    assert receipt.outcome.product.path.read_text(encoding="utf-8")
    assert receipt.outcome.used[Unit.INPUT_TOKEN] > 0
    assert [one.key for one in fake.charges] == [KEY]


async def test_a_schema_pictures_and_turns_go_along_and_usage_comes_back(http, tmp_path):
    fake = FakeOpenAI()
    with fake.served() as url:
        provider = PydanticAI(http)
        access = Access(KEY, f"{url}/v1", {"models": "openai:gpt-6-luna"})
        seen = Message("user", "What is here?", images=(image_of(tmp_path),))
        request = replace(SCRIPT, messages=(*SCRIPT.messages, Message("assistant", "{}"), seen))
        pieces = [one async for one in provider.stream(_call(provider, access, request, tmp_path))]
    (work,) = fake.works.values()
    assert work.asked["text"]["format"]["type"] == "json_schema"
    assert work.asked["max_output_tokens"] == request.most
    assert work.asked.keys().isdisjoint({"temperature", "top_p"})
    assert "input_image" in str(work.asked["input"])
    assert isinstance(pieces[-1], Outcome)
    assert pieces[-1].used == {
        Unit.CALL: Decimal(1),
        Unit.INPUT_TOKEN: Decimal(120),
        Unit.OUTPUT_TOKEN: Decimal(30),
    }


async def test_a_vendor_whose_client_may_repeat_calls_is_refused(http, tmp_path):
    provider = PydanticAI(http)
    access = Access(KEY, more={"models": "bedrock:anthropic.claude"})
    with pytest.raises(UnsupportedError) as caught:
        await provider.submit(_call(provider, access, SCRIPT, tmp_path))
    assert caught.value.way_out


async def test_a_model_the_account_does_not_name_is_not_asked_with_its_key(http, tmp_path):
    provider = PydanticAI(http)
    named = Access(KEY, more={"models": "mistral:mistral-large-latest"})
    other = replace(_call(provider, named, SCRIPT, tmp_path), access=Access(KEY))
    with pytest.raises(UnsupportedError, match="names no"):
        await provider.submit(other)


async def test_without_the_extra_it_says_what_to_install(http, tmp_path, monkeypatch):
    provider = PydanticAI(http)
    access = Access(KEY, more={"models": "openai:gpt-6-luna"})
    call = _call(provider, access, SCRIPT, tmp_path)
    monkeypatch.setattr(vendor, "find_spec", lambda _: None)
    with pytest.raises(UnsupportedError) as caught:
        await provider.submit(call)
    assert caught.value.way_out == provider.lacks() == "pip install 'reelwright[text]'"


def test_prices_are_those_that_are_listed_and_others_are_unknown():
    price = listed_price("groq", "llama-3.3-70b-versatile")
    used = {Unit.INPUT_TOKEN: Decimal(1_000_000), Unit.OUTPUT_TOKEN: Decimal(1_000_000)}
    assert price.of(used) == 1_380_000
    assert price.as_of is not None
    assert price.source.startswith("genai-prices ")
    tiered = listed_price("openai", "gpt-6-luna")
    assert tiered.of({Unit.INPUT_TOKEN: Decimal(1000), Unit.OUTPUT_TOKEN: Decimal(1000)}) == 600
    assert not listed_price("ollama", "whatever-is-here").known
