"""Killed at any commit and at any boundary of the wire, a call is paid once, or known to be unknown."""

import asyncio
from datetime import timedelta

import pytest

from reelwright.generation.submissions import records
from reelwright.generation.submissions.model import SubmissionState
from reelwright.generation.submissions.sending import Sender
from reelwright.ground.clock import SystemClock
from reelwright.ground.ids import HoldId, SubmissionId
from reelwright.providers.catalogue import Model, Recall
from reelwright.providers.contract import Call, Receipt, Ticket
from reelwright.providers.errors import (
    BadKeyError,
    NotSentError,
    RefusedError,
    UnavailableError,
    UnknownOutcomeError,
)
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import SoundEffectRequest
from support.people import new_person

pytestmark = pytest.mark.anyio
CLOCK = SystemClock()


class Killed(BaseException):
    """The process dies here."""


class Vendor:
    """Bills each call it takes; dies, loses answers and complains as it is told, once for each word."""

    def __init__(self, recall, *troubles):
        self.recall = recall
        self.troubles = list(troubles)
        self.billed = []

    async def submit(self, call):
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble == "killed before the wire":
            raise Killed
        if isinstance(trouble, Exception):
            raise trouble
        known = self.recall is Recall.KEY and call.reference in self.billed
        if not known:
            self.billed.append(call.reference)
        if trouble == "killed before the answer":
            raise Killed
        if trouble == "answer lost":
            raise UnknownOutcomeError("lost")
        return Receipt(self._ticket(call))

    def sure_after(self, _access):
        return timedelta(0)

    async def look_up(self, call, _since):
        return self._ticket(call) if call.reference in self.billed else None

    def _ticket(self, call):
        return Ticket("x", call.model.id, f"remote-{call.reference}", call.model.operation)


class Process:
    """One process's part: it takes a call up, and may die on the way."""

    def __init__(self, database, who, submission, vendor, folder, may_call=lambda: True):
        self.database, self.who, self.submission, self.vendor = database, who, submission, vendor
        model = Model("x/one", Operation.SOUND_EFFECT, "1", "One", recall=vendor.recall)
        self.call = Call(model, SoundEffectRequest("rain"), submission, folder)
        self.sender = Sender(database, CLOCK, may_call)

    async def run(self, *, dies_before_noting=False):
        receipt = await self.sender.send(self.who, self.submission, self.vendor, self.call)
        if dies_before_noting:
            raise Killed
        if receipt is not None:
            async with self.database.transaction(self.who) as tx:
                await records.note_ticket(
                    tx, self.who, self.submission, receipt.ticket, CLOCK.now()
                )


@pytest.fixture
async def who(database):
    return await new_person(database)


@pytest.fixture
async def submission(database, who):
    """A call that is written down."""
    submission = SubmissionId.new()
    row = {"id": submission, "workspace_id": who.workspace, "user_id": who.user, "attempt": 1}
    row |= {"provider": "x", "model": "x/one", "operation": "sound-effect", "recall": "none"}
    row |= {"request": {}, "recipe": "r", "hold_id": HoldId.new(), "most_micros": 1}
    async with database.transaction(who) as tx:
        await records.add(tx, row | {"changed_at": CLOCK.now()})
    return submission


@pytest.fixture
def process(database, who, submission, tmp_path):
    def begin(vendor, **more):
        return Process(database, who, submission, vendor, tmp_path, **more)

    return begin


async def _stands(database, who, submission):
    async with database.transaction(who) as tx:
        return await records.get(tx, who.workspace, submission)


POINTS = ["killed before the wire", "killed before the answer", "killed before it was noted"]


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("recall", Recall)
async def test_whoever_takes_it_up_pays_once_or_says_that_nobody_knows(
    database, who, submission, process, recall, point
):
    vendor = Vendor(recall, point)
    with pytest.raises(Killed):
        await process(vendor).run(dies_before_noting=True)
    if recall is Recall.NONE:
        with pytest.raises(UnknownOutcomeError):
            await process(vendor).run()
    else:
        await process(vendor).run()
        assert (await _stands(database, who, submission)).state is SubmissionState.WAITING
    assert len(vendor.billed) == (0 if point == POINTS[0] and recall is Recall.NONE else 1)


@pytest.mark.parametrize("recall", [Recall.KEY, Recall.LOOK_UP])
@pytest.mark.parametrize(
    "then", [UnavailableError("busy"), BadKeyError("spent"), NotSentError("away")], ids=repr
)
async def test_trouble_after_a_lost_answer_says_nothing_of_the_call_that_was_lost(
    process, recall, then, monkeypatch
):
    monkeypatch.setattr("reelwright.generation.submissions.sending._FIRST_PAUSE_S", 0.01)
    vendor = Vendor(recall, "answer lost", then)
    await process(vendor).run()
    assert len(vendor.billed) == 1


async def test_a_vendor_nobody_can_ask_is_not_sent_a_call_twice(process):
    vendor = Vendor(Recall.NONE, "answer lost")
    for _ in range(2):
        with pytest.raises(UnknownOutcomeError):
            await process(vendor).run()
    assert len(vendor.billed) == 1


async def test_what_never_left_counts_for_nothing(database, who, submission, process):
    vendor = Vendor(Recall.NONE, NotSentError("away"), RefusedError("no"))
    with pytest.raises(NotSentError):
        await process(vendor).run()
    assert (await _stands(database, who, submission)).sends == 0
    with pytest.raises(RefusedError):
        await process(vendor).run()


async def test_who_has_lost_the_lease_pays_for_nothing_and_goes_on_when_it_is_back(process):
    lease = {"held": False}
    vendor = Vendor(Recall.NONE)
    sending = asyncio.create_task(process(vendor, may_call=lambda: lease["held"]).run())
    await asyncio.sleep(0.05)
    assert vendor.billed == []
    lease["held"] = True
    await asyncio.wait_for(sending, 10)
    assert len(vendor.billed) == 1


async def test_a_call_that_has_its_receipt_is_not_sent_again(process):
    vendor = Vendor(Recall.NONE)
    await process(vendor).run()
    await process(vendor).run()
    assert len(vendor.billed) == 1
