"""The models for whoever asks: with their forms and prices, and whether a key is there."""

import datetime as dt

import pytest

from reelwright.engines.database.database import Database
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.models import ModelRegistry
from reelwright.providers.operations import Operation
from reelwright.providers.roster import Vendors
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.generating import staged
from support.people import new_person

pytestmark = pytest.mark.anyio


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, pixverse=FakePixVerse()) as opened:
        yield opened


@pytest.fixture
async def client(stage):
    async with stage.client() as opened:
        yield opened


async def test_a_model_is_configured_as_soon_as_its_vendor_has_an_account(stage, client):
    before = (await client.get("/models/pixverse/v6/text-to-video")).json()
    await stage.account("pixverse")
    after = (await client.get("/models/pixverse/v6/text-to-video")).json()
    assert (before["configured"], after["configured"]) == (False, True)
    assert (after["title"], after["provider_title"]) == ("PixVerse V6", "PixVerse")
    assert after["price"]["words"] == "0.05 to 0.23 USD a second"
    assert after["price"]["as_of"] == "2026-08-13"
    assert (
        after["limits"]["resolutions"]
        == after["input"]["properties"]["resolution"]["anyOf"][0]["enum"]
    )


async def test_models_are_listed_by_what_they_make_and_by_whose_they_are(client):
    asked = {"operation": "text-to-video", "provider": "pixverse"}
    listed = (await client.get("/models", params=asked)).json()
    assert {(one["operation"], one["provider"]) for one in listed} == {
        ("text-to-video", "pixverse")
    }
    assert all(one["usable"] and one["standing"] != "retired" for one in listed)
    every = (await client.get("/models")).json()
    assert len(every) > len(listed)
    assert {one["operation"] for one in every}.isdisjoint({"still", "voice"})
    assert (await client.get("/models", params={"operation": "juggling"})).status_code == 422
    missing = await client.get("/models/nobody/nothing")
    assert missing.status_code == 404
    assert "reelwright models" in missing.json()["way_out"]


async def test_a_model_that_is_gone_is_listed_no_more_and_names_what_replaced_it(stage):
    registry, vendors = await stage.get(ModelRegistry), await stage.get(Vendors)
    today = dt.datetime.now(dt.UTC).date()
    gone = {one.id for one in vendors.models if not one.usable(today)}
    assert gone
    assert gone.isdisjoint(one.model.id for one in await registry.list(stage.house.owner))
    shown = (await registry.get(stage.house.owner, min(gone))).written()
    assert (shown["usable"], bool(shown["replacement"])) == (False, True)


async def test_a_key_in_the_environment_counts_before_it_has_a_row_and_asking_makes_none(
    stage, monkeypatch
):
    book = await stage.get(AccountBook)
    monkeypatch.setenv("ELEVENLABS_API_KEY", "key-of-the-shell")
    assert await book.standing(stage.house.owner) == {"elevenlabs": True}
    stranger = await new_person(await stage.get(Database))
    assert await book.standing(stranger) == {}
    registry = await stage.get(ModelRegistry)
    speech = await registry.list(stage.house.owner, Operation.SPEECH, "elevenlabs")
    assert all(one.configured for one in speech)
    (account,) = (await book.list(stage.house.owner)).rows
    await book.change(stage.house.owner, account.id, {"paused": True})
    assert await book.standing(stage.house.owner) == {"elevenlabs": False}
