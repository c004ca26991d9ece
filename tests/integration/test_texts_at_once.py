"""A text, at once: the promises of a paid call, without a job."""

import json
import os
import signal
import sys
from pathlib import Path

import anyio
import pytest
from sqlalchemy import text

from reelwright.billing.holds import HoldState
from reelwright.engines.storage.home import home
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.routes.route import Route
from reelwright.generation.submissions import records
from reelwright.generation.submissions.model import SubmissionState
from reelwright.generation.tally import Tally
from reelwright.generation.writing import Writing, Written
from reelwright.ground.errors import ToldError
from reelwright.ground.ids import SubmissionId
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.providers.prompts import Message, TextRequest
from reelwright.testing.fakes.anthropic import FakeAnthropic
from reelwright.testing.fakes.moods import Mood
from reelwright.testing.fakes.openai import FakeOpenAI
from support.generating import staged
from support.tenants import urls_of
from support.texts import Breakdown

pytestmark = pytest.mark.anyio

LUNA = Route(models=("openai/gpt-6-luna",))


def asked(words="Where does the pier lead?", **more):
    return TextRequest((Message("user", words),), **more)


@pytest.fixture
async def stage(database_url):
    async with staged(database_url, openai=FakeOpenAI(), anthropic=FakeAnthropic()) as opened:
        opened.fakes["openai"].url += "/v1"
        await opened.account("openai")
        yield opened


async def call_of(stage, written):
    providers = await stage.get(ProviderService)
    return await providers.check_status(stage.house.owner, written.submission)


async def test_a_text_is_written_once_kept_and_paid_by_its_tokens(stage):
    writing = await stage.get(Writing)
    written = await writing.write(stage.house.owner, asked(), LUNA)
    call = await call_of(stage, written)
    assert written.text
    assert (call.state, call.sends, call.answer) == (SubmissionState.COMPLETED, 1, written.text)
    assert call.job_id is None
    hold = await stage.hold(call)
    assert (hold.state, hold.settled_micros) == (HoldState.SETTLED, written.cost_micros)
    assert written.cost_micros == 27  # 120 tokens at 0.10 and 30 at 0.50 a million
    await (await stage.get(Tally)).note()
    account = await (await stage.get(AccountService)).find(call.account_id)
    assert (account.running, account.figures.successes) == (0, 1)
    assert len(stage.fakes["openai"].charges) == 1


async def test_the_same_words_are_found_and_cost_nothing_another_take_does(stage):
    writing, who = await stage.get(Writing), stage.house.owner
    first = await writing.write(who, asked(), LUNA)
    again = await writing.write(who, asked(), LUNA)
    assert (again.found, again.cost_micros, again.text) == (True, 0, first.text)
    assert again.submission == first.submission
    other = await writing.write(who, asked(), LUNA, take=1)
    fresh = await writing.write(who, asked(), LUNA, fresh=True)
    assert [other.found, fresh.found] == [False, False]
    assert len(stage.fakes["openai"].charges) == 3


async def test_what_was_asked_for_in_a_shape_comes_parsed(stage):
    writing = await stage.get(Writing)
    shape = Breakdown.model_json_schema()
    written = await writing.write(stage.house.owner, asked(schema=shape), LUNA)
    assert Breakdown.model_validate(written.data)


async def test_pieces_come_as_they_are_written_and_at_last_the_whole(stage):
    writing = await stage.get(Writing)
    got = [one async for one in writing.stream(stage.house.owner, asked(), LUNA)]
    *pieces, whole = got
    assert isinstance(whole, Written)
    assert len(pieces) > 3
    assert "".join(pieces) == whole.text
    assert (await call_of(stage, whole)).state is SubmissionState.COMPLETED


async def test_a_lost_answer_is_unknown_its_money_stays_held_and_nothing_is_sent_again(stage):
    stage.fakes["openai"].moods.next.append(Mood.LOSE_REPLY)
    writing = await stage.get(Writing)
    with pytest.raises(OutcomeUnknownError):
        await writing.write(stage.house.owner, asked(), LUNA)
    (charge,) = stage.fakes["openai"].charges
    assert charge


async def test_another_model_is_tried_where_it_could_cure_the_failure(stage):
    await stage.account("anthropic")
    stage.fakes["openai"].moods.next.append(Mood.MODEL_GONE)
    writing = await stage.get(Writing)
    route = Route(models=("openai/gpt-6-luna", "openai/gpt-6.1-terra"))
    written = await writing.write(stage.house.owner, asked(), route)
    assert (written.model, written.attempts) == ("openai/gpt-6.1-terra", 2)


async def test_without_a_key_it_says_what_is_needed(stage):
    writing = await stage.get(Writing)
    with pytest.raises(ToldError) as raised:
        await writing.write(
            stage.house.owner, asked(), Route(models=("anthropic/claude-haiku-5-5",))
        )
    assert "reelwright accounts add anthropic" in str(raised.value.way_out)


async def test_a_reader_who_goes_away_leaves_a_call_that_is_kept_and_paid(stage):
    writing = await stage.get(Writing)
    reading = writing.stream(stage.house.owner, asked(), LUNA)
    async for _ in reading:
        break
    await reading.aclose()
    await writing.stop()  # which waits for what is on the wire
    found = await writing.write(stage.house.owner, asked(), LUNA)
    assert found.found
    assert len(stage.fakes["openai"].charges) == 1
    assert (await stage.hold(await call_of(stage, found))).state is HoldState.SETTLED


async def test_a_process_killed_between_intent_and_outcome_leaves_an_unknown_call_sent_once(
    stage, database_url
):
    fake, who = stage.fakes["openai"], stage.house.owner
    fake.moods.next.append(Mood.HANG)
    fake.hang_s = 2.0
    urls = urls_of(database_url)
    told = {
        "home": str(home()),
        "database": {"url": urls.owner, "app_url": urls.app, "system_url": urls.system},
        "http": {"private": True, "read_s": 60},
    }
    child = await anyio.open_process(
        [sys.executable, "-m", "support.writer", json.dumps(told)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )
    async with child:
        with anyio.fail_after(60):
            while not fake.charges:  # noqa: ASYNC110  # another process is waited for
                await anyio.sleep(0.05)
        child.send_signal(signal.SIGKILL)
        await child.wait()
    async with stage.database.transaction(who) as tx:
        due = "UPDATE submissions SET look_at = now() RETURNING id, state, sends, workflow_id"
        (row,) = (await tx.execute(text(due))).all()
    assert row[1:] == ("ready", 1, None)
    call = await until_it_leaves(stage, SubmissionId(row.id), SubmissionState.READY)
    assert call.state is SubmissionState.UNKNOWN
    assert call.error is not None
    assert "the process that made it ended" in call.error["message"]
    assert (await stage.hold(call)).state is HoldState.HELD
    account = await (await stage.get(AccountService)).find(call.account_id)
    assert (account.running, len(fake.charges)) == (0, 1)


async def until_it_leaves(stage, submission, state):
    with anyio.fail_after(20):
        while True:
            async with stage.database.transaction(stage.house.owner) as tx:
                call = await records.get(tx, stage.house.owner.workspace, submission)
            if call.state is not state:
                return call
            await anyio.sleep(0.05)
