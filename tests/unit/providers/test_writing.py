"""Text that is read while it is written, by readers who stop and vendors who break off."""

from collections.abc import AsyncGenerator

import pytest

from contract.vendors.anthropic import CASE
from reelwright.engines.http.client import Http
from reelwright.providers.anthropic.provider import Anthropic
from reelwright.providers.contract import Access, Call, Streams
from reelwright.providers.errors import UnknownOutcomeError, UnsupportedError
from reelwright.providers.prompts import SpeechRequest
from reelwright.testing.fakes import anthropic as fakes
from support.texts import SCRIPT
from support.vendors import open_vendor

HAIKU = next(model for model in Anthropic(Http()).models() if "haiku" in model.id)

pytestmark = pytest.mark.anyio


async def test_who_stops_reading_leaves_nothing_open_and_no_file(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        assert isinstance(provider, Streams)
        read = provider.stream(Call(HAIKU, SCRIPT, "sub_1", tmp_path, access))
        assert isinstance(read, AsyncGenerator)
        assert await anext(read)
        await read.aclose()
        assert len(fake.charges) == 1
        assert not list(tmp_path.iterdir())


async def test_an_answer_without_its_end_is_an_unknown_outcome(tmp_path, monkeypatch):
    whole = fakes.as_events
    monkeypatch.setattr(fakes, "as_events", lambda told: whole(list(told)[:-1]))
    async with open_vendor(CASE) as (provider, _, access):
        with pytest.raises(UnknownOutcomeError):
            await provider.submit(Call(HAIKU, SCRIPT, "sub_1", tmp_path, access))


async def test_only_text_can_be_read_along(tmp_path):
    async with open_vendor(CASE) as (provider, fake, access):
        assert isinstance(provider, Streams)
        call = Call(HAIKU, SpeechRequest("Come in."), "sub_1", tmp_path, access)
        with pytest.raises(UnsupportedError):
            await anext(provider.stream(call))
        assert fake.requests == []


def test_what_is_sent_does_not_show_the_key(tmp_path):
    call = Call(HAIKU, SCRIPT, "sub_1", tmp_path, Access("sk-secret"))
    letter = Anthropic(Http()).letter(call, SCRIPT)
    assert letter.headers["Authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in repr(letter)
