"""What operators set about models: from a day on, for everybody, without a restart, never forgotten."""

import datetime as dt

import anyio
import pytest
from sqlalchemy import text

from reelwright.billing.holds import HoldState
from reelwright.engines.database.database import Database
from reelwright.engines.database.failures import RightsError
from reelwright.generation.models import ModelRegistry
from reelwright.generation.quotes import Order, Quotes
from reelwright.generation.repertoire.book import OverrideBook
from reelwright.generation.repertoire.price_parts import read_parts
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.routes.route import Route
from reelwright.generation.submissions.model import SubmissionState
from reelwright.ground.errors import ConflictError, DeniedError, InvalidInputError
from reelwright.identity.audit import AuditLog, Sought
from reelwright.jobs.states import JobState
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import VideoRequest
from reelwright.testing.fakes.compatible import FakeCompatible
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.generating import staged
from support.people import new_person

pytestmark = pytest.mark.anyio

V3 = "elevenlabs/v3"
LINE = {"text": "Nobody is coming."}
SAID = "the operator's contract of that day"
ADDED = """
provider = "elevenlabs"

[[model]]
id = "v9"
endpoint = "eleven_v3"
operations = ["speech"]
title = "Eleven v9"
quality = 5
speed = 4
limits = { characters = 3000 }
defaults = { voice = "JBFqnCBsd6RMkjVDRZzb", output_format = "mp3_44100_128", tags = true, language = true }
[model.price]
as_of = 2026-11-28
source = "the vendor's letter"
parts = [{ unit = "character", amount = "0.10", per = 1000 }]
"""


@pytest.fixture
async def stage(database_url):
    elevenlabs, pixverse, server = FakeElevenLabs(), FakePixVerse(), FakeCompatible()
    fakes = {"elevenlabs": elevenlabs, "pixverse": pixverse, "compatible": server}
    async with staged(database_url, **fakes) as opened:
        server.url += "/v1"
        yield opened


async def priced(stage, model=V3):
    """What a model costs now, in words, as everybody sees it."""
    registry = await stage.get(ModelRegistry)
    return (await registry.get(stage.house.owner, model)).price


async def test_a_price_holds_from_its_day_on_until_it_is_taken_back(stage):
    book, who = await stage.get(OverrideBook), stage.house.owner
    before = await priced(stage)
    today = dt.datetime.now(dt.UTC).date()
    dearer = {"price": read_parts(["character=0.5/1000"])}
    await book.set(who, V3, dearer, source=SAID, valid_from=today + dt.timedelta(days=1))
    assert await priced(stage) == before
    await book.set(who, V3, {"price": read_parts(["character=0.3/1000"])}, source=SAID)
    assert await priced(stage) == "0.3 USD a thousand characters"
    registry = await stage.get(ModelRegistry)
    price = (await registry.get(who, V3)).model.price
    assert (price.as_of, price.source) == (today, SAID)
    await book.reset(who, V3)
    assert await priced(stage) == before
    said = await book.list(who, V3)
    assert [one.deed for one in said] == ["set", "set", "reset"]
    audit = await stage.get(AuditLog)
    entries = (await audit.list(who, Sought(subject=V3))).rows
    assert [one.action for one in entries] == ["model:reset", "model:set", "model:set"]


async def test_another_process_sees_it_without_a_restart(stage):
    repertoire, who = await stage.get(Repertoire), stage.house.owner
    container = stage.house.container
    other = Repertoire(
        await container.get(Database),
        repertoire._clock,
        repertoire._vendors,
        repertoire._book,
        repertoire._accounts,
    )
    assert (await other.model(who, V3)).quality != 1
    book = await stage.get(OverrideBook)
    await book.set(who, V3, {"quality": 1}, source=SAID)
    seen = await other.rows()
    for _ in range(40):
        seen = await other.rows()
        if seen[V3].quality == 1:
            break
        await anyio.sleep(0.05)
    assert seen[V3].quality == 1


async def test_what_is_under_way_is_settled_by_the_price_it_was_begun_with(stage):
    await stage.account("pixverse")
    stage.fakes["pixverse"].work_s = 1.0
    shot = {"prompt": "a pier in the fog", "seconds": 5.0, "resolution": "720p"}
    model = "pixverse/v6/text-to-video"
    job = await stage.ask(Operation.TEXT_TO_VIDEO, shot, model)
    call = await stage.until(job, lambda call: call.state is SubmissionState.WAITING)
    book, who = await stage.get(OverrideBook), stage.house.owner
    await book.set(who, model, {"price": read_parts(["second=9"])}, source=SAID)
    done = await stage.ended(job)
    assert done.state is JobState.COMPLETED, done.error
    hold = await stage.hold(call)
    assert (hold.state, hold.settled_micros) == (HoldState.SETTLED, call.most_micros)
    quotes = await stage.get(Quotes)
    order = Order(VideoRequest("a gate", 5.0, resolution="720p"), Route(models=(model,)))
    assert (await quotes.quote(who, [order])).calls[0].most == 45_000_000


async def test_a_row_of_a_known_vendor_is_added_asked_for_and_ended_also_after_it_was_taken_back(
    stage,
):
    await stage.account("elevenlabs")
    book, who = await stage.get(OverrideBook), stage.house.owner
    await book.add(who, ADDED, source=SAID)
    job = await stage.make(Operation.SPEECH, LINE, wish="best")
    assert job.state is JobState.COMPLETED, job.error
    assert job.result["model"] == "elevenlabs/v9"
    await book.reset(who, "elevenlabs/v9")
    repertoire = await stage.get(Repertoire)
    assert "elevenlabs/v9" not in await repertoire.rows()
    assert (await repertoire.model(who, "elevenlabs/v9")).endpoint == "eleven_v3"
    with pytest.raises(ConflictError, match="its vendor's"):
        await book.add(who, ADDED.replace('"v9"', '"v3"'), source=SAID)
    with pytest.raises(InvalidInputError, match="lacks voice in its defaults"):
        await book.add(who, ADDED.replace("voice =", "voices ="), source=SAID)
    with pytest.raises(InvalidInputError, match="not found again by key"):
        text = ADDED.replace("quality = 5", 'quality = 5\nrecall = "key"')
        await book.add(who, text, source=SAID)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"quality": 9}, "quality is between 1 and 5"),
        ({"endpoint": "elsewhere"}, "cannot be set"),
        ({"standing": "asleep"}, "wrong at standing"),
        ({"standing": "deprecated"}, "the day it ends"),
        ({"replacement": "nobody/nothing"}, "no model is named"),
        ({"price": {"parts": [{"unit": "second", "amount": "-1"}]}}, "is none"),
    ],
)
async def test_what_no_row_may_say_is_refused(stage, change, told):
    book = await stage.get(OverrideBook)
    with pytest.raises(InvalidInputError, match=told):
        await book.set(stage.house.owner, V3, change, source=SAID)


async def test_who_is_no_operator_is_denied_by_the_service_and_by_the_database(stage):
    book = await stage.get(OverrideBook)
    ada = await new_person(stage.database)
    with pytest.raises(DeniedError):
        await book.set(ada, V3, {"quality": 1}, source=SAID)
    with pytest.raises(DeniedError):
        await book.list(ada)
    sql = """INSERT INTO model_overrides (model, deed, change, valid_from, source, user_id)
             VALUES ('x', 'set', '{}', now(), 'x', :user)"""
    with pytest.raises(RightsError):
        async with stage.database.transaction(ada) as tx:
            await tx.execute(text(sql), {"user": ada.user})


async def test_the_models_an_account_names_are_asked_through_that_account_alone(stage):
    await stage.account("compatible", key="other", parts={"models": "qwen3-local"}, priority=0)
    mine = await stage.account("compatible", key="mine", parts={"models": "llama4"}, priority=9)
    registry = await stage.get(ModelRegistry)
    shown = await registry.get(stage.house.owner, "compatible/llama4")
    assert (shown.configured, shown.price) == (True, "unknown")
    asked = {"messages": [{"role": "user", "text": "Say yes."}]}
    job = await stage.make(Operation.TEXT, asked, "compatible/llama4")
    assert job.state is JobState.COMPLETED, job.error
    (call,) = await stage.calls(job)
    assert call.account_id == mine.id
    book = await stage.get(OverrideBook)
    await book.set(
        stage.house.owner, "compatible/llama4", {"price": read_parts(["free"])}, source="mine"
    )
    assert await priced(stage, "compatible/llama4") == "free"
    ada = await new_person(stage.database)
    assert "compatible/llama4" not in {one.model.id for one in await registry.list(ada)}
    gone = await stage.make(Operation.TEXT, asked, "compatible/qwen3.8-omni-flash")
    assert "accounts add compatible" in gone.error["way_out"]


async def test_operators_set_it_over_http(stage):
    async with stage.client() as client:
        part = {"unit": "character", "amount": "0.25", "per": 1000}
        body = {"source": SAID, "price": {"parts": [part]}, "speed": 5}
        set_ = await client.patch(f"/operator/models/{V3}", json=body)
        assert set_.status_code == 200, set_.text
        shown = (await client.get(f"/models/{V3}")).json()
        assert (shown["price"]["words"], shown["speed"]) == ("0.25 USD a thousand characters", 5)
        added = await client.post("/operator/models", json={"toml": ADDED, "source": SAID})
        assert [one["model"] for one in added.json()] == ["elevenlabs/v9"]
        assert (await client.delete(f"/operator/models/{V3}")).json()["deed"] == "reset"
        every = (await client.get("/operator/models")).json()
        assert [one["deed"] for one in every] == ["set", "add", "reset"]
        empty = await client.patch(f"/operator/models/{V3}", json={"source": SAID})
        assert empty.status_code == 422
