"""What a quote says of money, to the millionth, and that it leaves no trace."""

from typing import Any

import pytest
from sqlalchemy import text

from reelwright.billing.limits import NewLimit, Scope
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.engines.database.database import Database
from reelwright.generation.quote_words import in_words
from reelwright.generation.quotes import Key, Order, Quotes
from reelwright.generation.routes.route import Route
from reelwright.jobs.states import JobState
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import SpeechRequest, VideoRequest
from reelwright.testing.fakes.elevenlabs import FakeElevenLabs
from reelwright.testing.fakes.pixverse import FakePixVerse
from support.generating import staged

pytestmark = pytest.mark.anyio

V6, C1 = "pixverse/v6/text-to-video", "pixverse/c1/text-to-video"
SHOT = {"prompt": "a pier in the fog", "seconds": 5.0, "resolution": "720p"}
LINE = "Nobody is coming."


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, pixverse=FakePixVerse(), elevenlabs=FakeElevenLabs()) as opened:
        yield opened


async def quoted(stage, *orders):
    return await (await stage.get(Quotes)).quote(stage.house.owner, orders)


def shot(*models, take=0, **more):
    asked: dict[str, Any] = SHOT | more
    return Order(VideoRequest(**asked), Route(models=models or (V6,)), take)


def line(*models, **more):
    return Order(SpeechRequest(LINE, **more), Route(models=models))


async def test_a_quote_names_the_model_and_its_price_exactly(stage):
    await stage.account("pixverse")
    quote = await quoted(stage, shot(), shot(resolution="1080p", sound=True))
    assert [(one.choice.model.id, one.least, one.most) for one in quote.calls] == [
        (V6, 450_000, 450_000),
        (V6, 1_150_000, 1_150_000),
    ]
    (total,) = quote.totals
    assert (total.least, total.most, total.unknown) == (1_600_000, 1_600_000, 0)
    assert list(in_words(quote))[-1] == "together: 1.60 USD"


async def test_what_is_uncertain_is_a_range_and_what_nobody_knows_is_said(stage):
    await stage.account("elevenlabs")
    quote = await quoted(
        stage, line("elevenlabs/v3", directions="whispering"), line("elevenlabs/v4")
    )
    directed, unknown = quote.calls
    # 17 characters at 0.18 USD a thousand; 13 more where the directions are counted.
    assert (directed.least, directed.most) == (3_060, 5_400)
    assert (unknown.least, unknown.most) == (None, None)
    (total,) = quote.totals
    assert (total.least, total.most, total.unknown) == (3_060, None, 1)
    words = list(in_words(quote))
    assert words[0].endswith("for 0.00306 to 0.0054 USD")
    assert words[1].endswith("for an unknown amount")


async def test_what_is_made_costs_nothing_again_and_another_take_does(stage):
    await stage.account("pixverse")
    job = await stage.make(Operation.TEXT_TO_VIDEO, SHOT, V6)
    assert job.state is JobState.COMPLETED, job.error
    again, another = (await quoted(stage, shot(), shot(take=1))).calls
    assert (again.choice.found, again.least, again.most) == (True, 0, 0)
    assert (another.choice.found, another.most) == (False, 450_000)


async def test_equal_orders_in_one_quote_are_paid_once(stage):
    await stage.account("pixverse")
    quote = await quoted(stage, shot(), shot(), shot(take=1))
    assert [(one.repeated, one.most) for one in quote.calls] == [
        (False, 450_000),
        (True, 0),
        (False, 450_000),
    ]
    assert quote.totals[0].most == 900_000


async def test_models_without_an_account_are_passed_over_and_the_others_stand_by(stage):
    (call,) = (await quoted(stage, line("elevenlabs/v3"))).calls
    assert (call.choice.key, call.most) == (Key.MISSING, 3_060)
    await stage.account("pixverse")
    (call,) = (await quoted(stage, shot("fal/wan-2.7/text-to-video", V6, C1))).calls
    assert (call.choice.model.id, call.choice.key) == (V6, Key.FREE)
    assert [one.model.id for one in call.others] == [C1]
    with pytest.raises(UnsupportedError):
        await quoted(stage, shot("elevenlabs/v3"))


async def test_limits_are_asked_for_all_that_counts_against_them(stage):
    await stage.account("pixverse")
    limits = await stage.get(SpendingLimits)
    await limits.set(stage.house.owner, NewLimit(Scope.USER_DAY, 1_000_000))
    single = NewLimit(Scope.OPERATION, 500_000, subject="text-to-video")
    await limits.set(stage.house.owner, single)
    quote = await quoted(stage, *(shot(take=take) for take in range(3)))
    told = {one.room.scope: (one.room.left, one.asked, one.fits) for one in quote.limits}
    assert told == {
        Scope.USER_DAY: (1_000_000, 1_350_000, False),
        Scope.OPERATION: (500_000, 450_000, True),
    }
    assert list(in_words(quote))[-1] == (
        "the limit of this user day leaves 1.00 USD, and up to 1.35 USD would be asked"
    )


async def test_a_quote_over_http_says_the_same_and_leaves_no_trace(stage, monkeypatch):
    await stage.account("pixverse")
    await stage.make(Operation.TEXT_TO_VIDEO, SHOT, V6)
    monkeypatch.setenv("ELEVENLABS_API_KEY", "key-of-the-shell")
    order = {"operation": "text-to-video", "request": SHOT, "route": {"models": [V6, C1]}}
    speech = {
        "operation": "speech",
        "request": {"text": LINE},
        "route": {"models": ["elevenlabs/v3"]},
    }
    async with (await stage.get(Database)).transaction(stage.house.owner) as tx:
        await tx.execute(text("UPDATE products SET last_used_at = now() - interval '2 days'"))
    async with stage.client() as client:
        before = await _rows(stage)
        body = {"orders": [order, order | {"take": 1}, speech]}
        answer = await client.post("/quotes", json=body)
        refused = await client.post("/quotes", json={"orders": []})
        wrong = await client.post("/quotes", json={"orders": [speech | {"request": {"txt": "a"}}]})
        assert await _rows(stage) == before
    assert answer.status_code == 200, answer.text
    made, new, said = answer.json()["calls"]
    assert (made["found"], made["most_micros"]) == (True, 0)
    assert (new["model"], new["most_micros"], new["account"]) == (V6, 450_000, "free")
    assert [one["model"] for one in new["otherwise"]] == [C1]
    assert (said["least_micros"], said["account"]) == (3_060, "free")
    assert answer.json()["totals"] == [
        {"currency": "USD", "least_micros": 453_060, "most_micros": 453_060, "unknown": 0}
    ]
    assert (refused.status_code, wrong.status_code) == (422, 422)


async def _rows(stage):
    """How many rows each table has that a call writes to, and when products were last used."""
    tables = ("jobs", "submissions", "holds", "accounts", "assets", "account_reservations")
    doors = await stage.get(Database)
    async with doors.transaction(stage.house.owner) as tx:
        counts = [await tx.scalar(text(f"SELECT count(*) FROM {one}")) for one in tables]  # noqa: S608
        return counts, await tx.scalar(text("SELECT max(last_used_at) FROM products"))
