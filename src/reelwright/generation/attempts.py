"""One attempt with one model: account and money reserved, the call sent once, its result kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from reelwright.billing.errors import UnpricedError
from reelwright.engines.database.database import Database, Tx
from reelwright.generation.accounts import line
from reelwright.generation.booking import Booking, Purchase
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.requests import Desk, recipe_of
from reelwright.generation.routes.deciding import Failure
from reelwright.generation.submissions import records
from reelwright.generation.submissions.aliases import Aliases
from reelwright.generation.submissions.keeping import Keeper, submitted
from reelwright.generation.submissions.model import Submission, SubmissionState
from reelwright.generation.submissions.polling import pause_before
from reelwright.generation.submissions.ringing import Bells
from reelwright.generation.submissions.sending import Sender
from reelwright.generation.submissions.topic import TOPIC
from reelwright.ground.clock import Clock
from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.ground.ids import SubmissionId
from reelwright.jobs.kinds import Work
from reelwright.library.assets import OriginKind
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import Call, Receipt
from reelwright.providers.errors import ProviderError, UnknownOutcomeError
from reelwright.providers.fitting import fitted
from reelwright.providers.measuring import price_range
from reelwright.providers.operations import Operation
from reelwright.providers.price_words import written_price
from reelwright.providers.roster import Vendors

_LONGEST = timedelta(hours=2)
"""No vendor keeps anybody waiting longer for one product; after that nobody knows."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an attempt: assets, or how it failed."""

    submission: str | None
    assets: tuple[str, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    """What one attempt is about."""

    work: Work
    number: int
    model: Model
    operation: Operation
    request: Mapping[str, Any]
    take: int
    passed: Mapping[str, str]

    @property
    def purchase(self) -> Purchase:
        """As it is booked."""
        work = self.work
        return Purchase(
            who=work.who,
            number=self.number,
            model=self.model,
            operation=self.operation,
            request=self.request,
            project_id=work.job.project_id,
            job_id=work.job.id,
            root_job_id=work.job.root,
            workflow_id=work.steps.workflow_id,
            passed=self.passed,
        )


class Attempts:
    """Makes attempts. Each of its steps is remembered by the job's run, and harmless to repeat."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vendors: Vendors,
        repertoire: Repertoire,
        booking: Booking,
        desk: Desk,
        sender: Sender,
        keeper: Keeper,
        bells: Bells,
        aliases: Aliases,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vendors = vendors
        self._repertoire = repertoire
        self._booking = booking
        self._desk = desk
        self._sender = sender
        self._keeper = keeper
        self._bells = bells
        self._aliases = aliases

    async def make(
        self,
        work: Work,
        number: int,
        model: Model,
        operation: Operation,
        request: Mapping[str, Any],
        take: int,
        passed: Mapping[str, str],
    ) -> Made:
        """Reserve, send, wait, keep, settle; or find that it has been made.

        `passed` says of models why they are not asked before this one.
        """
        order = _Order(work, number, model, operation, request, take, passed)

        async def look() -> dict[str, Any]:
            return await self._planned(order)

        plan = await work.steps.run("plan", look)
        if plan["found"]:
            return Made(None, tuple(plan["found"]))
        if plan["unpriced"]:
            return Made(None, failure=Failure.of(UnpricedError(model.title)))
        reserved = await self._reserve(order, plan)
        if "failure" in reserved:
            return Made(None, failure=Failure.read(reserved["failure"]))
        submission = SubmissionId(reserved["submission"])

        async def send() -> dict[str, Any]:
            return await self._send(order, submission)

        told = await work.steps.run("send", send)
        if told["state"] == SubmissionState.WAITING:
            told = await self._wait(order, submission)
        if told["state"] == SubmissionState.MADE:
            told = await self._bring(order, submission)
        return self._outcome(submission, told)

    async def let_go(self, tx: Tx, submission: Submission) -> None:
        """Its job has ended badly: what never left is taken back, the rest is looked after."""
        if submission.state is SubmissionState.READY and not submission.sends:
            await self._keeper.cancel(tx, submission)
        else:
            await records.abandon(tx, submission.who, submission.id, self._clock.now())

    async def _planned(self, order: _Order) -> dict[str, Any]:
        """The recipe, the most it may cost, and what has been made of it before."""
        who = order.work.who
        async with self._desk.opened(who, order.operation, order.request) as (asked, _):
            request = fitted(order.model, asked)
            recipe = recipe_of(order.model, request, order.take).digest
            most = price_range(order.model, request)[1]
        among = await self._repertoire.hosts(who, order.model)
        found = (await self._desk.library.find_products(who, [recipe])).get(recipe)
        made: list[str] = []
        if found is not None and found.origin.kind is OriginKind.SUBMISSION:
            async with self._database.transaction(who) as tx:
                before = await records.get(tx, who.workspace, SubmissionId(found.origin.ref))
            project = order.work.job.project_id
            used = await self._desk.library.use_in(who, before.assets, project)
            made = [used[one].id if one in used else one for one in before.assets]
        unpriced = most is None and await self._booking.is_limited(order.purchase)
        plan = {"recipe": recipe, "most": most or 0, "found": made, "unpriced": unpriced}
        price = written_price(order.model.price)
        return plan | {"price": price, "among": None if among is None else list(among)}

    async def _reserve(self, order: _Order, plan: Mapping[str, Any]) -> dict[str, Any]:
        """An account, the money, and the row: all in one commit, or none."""
        # Plans of before remember neither; the price is that by which the most was reckoned.
        purchase = replace(order.purchase, price=plan.get("price"), among=plan.get("among"))

        async def reserve(tx: Tx) -> dict[str, Any]:
            submission, _ = await self._booking.book(tx, purchase, plan["recipe"], plan["most"])
            if order.passed:  # only who was passed over has stood in line
                await line.leave(tx, order.work.who, order.work.steps.workflow_id)
            return {"submission": submission.id}

        try:
            return await order.work.steps.transact(order.work.who, "reserve", reserve)
        except ReelwrightError as error:
            if error.kind not in (Kind.EXHAUSTED, Kind.INVALID):
                raise
            return {"failure": Failure.of(error).told()}

    async def _send(self, order: _Order, submission: SubmissionId) -> dict[str, Any]:
        now = await self._now(order, submission)
        if now.state is not SubmissionState.READY:
            return _told(now)
        who, provider = order.work.who, self._vendors.provider(now.provider)
        opened = self._desk.opened(who, order.operation, order.request)
        async with opened as (request, folder):
            access = await self._keeper.access_of(now)
            hook = self._bells.address(now)
            fit, alias = fitted(order.model, request), self._aliases.of(who)
            call = Call(order.model, fit, submission, folder, access, hook, alias)
            try:
                receipt = await self._sender.send(who, submission, provider, call)
            except UnknownOutcomeError as error:
                return await self._unknown(now, error)
            except ProviderError as error:
                return await self._failed(now, error)
            if receipt is not None:
                await self._taken(now, order.model, receipt)
        return _told(await self._now(order, submission))

    async def _taken(self, submission: Submission, model: Model, receipt: Receipt) -> None:
        """Write down what the vendor answered; where it answered with the thing itself, keep that first."""
        if receipt.outcome is not None and not await self._keep(submission, model, receipt):
            return
        look_at = self._clock.now() + pause_before(submission.operation, 0)
        async with self._database.transaction(submission.who) as tx:
            noted = await records.note_ticket(
                tx, submission.who, submission.id, receipt.ticket, look_at
            )
            if noted or receipt.outcome is not None:
                await submitted(tx, submission, receipt.ticket)

    async def _keep(self, submission: Submission, model: Model, receipt: Receipt) -> bool:
        assert receipt.outcome is not None
        try:
            await self._keeper.keep(submission, model, receipt.ticket, receipt.outcome)
        except ProviderError as error:
            await self._keeper.fail(submission, error, paid=True)
            return False
        return True

    async def _wait(self, order: _Order, submission: SubmissionId) -> dict[str, Any]:
        """Until the poller or a webhook says that it has ended."""
        until = self._clock.now() + _LONGEST
        while True:
            left = until - self._clock.now()
            await order.work.wait(TOPIC, max(left, timedelta(seconds=1)))

            async def look() -> dict[str, Any]:
                return _told(await self._now(order, submission))

            told = await order.work.steps.run("look", look)
            if told["state"] != SubmissionState.WAITING:
                return told
            if left <= timedelta():
                error = UnknownOutcomeError("the vendor has not been heard of for two hours")
                return await self._unknown(await self._now(order, submission), error)

    async def _bring(self, order: _Order, submission: SubmissionId) -> dict[str, Any]:
        async def bring() -> dict[str, Any]:
            now = await self._now(order, submission)
            if now.state is SubmissionState.MADE and not now.assets:
                provider = self._vendors.provider(now.provider)
                try:
                    await self._keeper.fetch_patiently(now, provider, order.model)
                except ProviderError as error:
                    return await self._failed(now, error, paid=True)
            return _told(await self._now(order, submission))

        told = await order.work.steps.run("bring", bring)
        if told["state"] != SubmissionState.MADE:
            return told

        async def settle(tx: Tx) -> dict[str, Any]:
            now = await records.get(tx, order.work.who.workspace, submission, hold=True)
            await self._keeper.settle(tx, now)
            return _told(await records.get(tx, order.work.who.workspace, submission))

        told = await order.work.steps.transact(order.work.who, "settle", settle)

        async def note() -> None:
            await self._keeper.note_success(await self._now(order, submission))

        await order.work.steps.run("note", note)
        return told

    async def _now(self, order: _Order, submission: SubmissionId) -> Submission:
        async with self._database.transaction(order.work.who) as tx:
            return await records.get(tx, order.work.who.workspace, submission)

    async def _unknown(self, submission: Submission, error: ReelwrightError) -> dict[str, Any]:
        await self._keeper.leave_unknown(submission, error)
        return {"state": SubmissionState.UNKNOWN, "failure": Failure.of(error).told()}

    async def _failed(
        self, submission: Submission, error: ProviderError, *, paid: bool = False
    ) -> dict[str, Any]:
        await self._keeper.fail(submission, error, paid=paid)
        return {"state": SubmissionState.FAILED, "failure": Failure.of(error).told()}

    def _outcome(self, submission: SubmissionId, told: Mapping[str, Any]) -> Made:
        if told["state"] == SubmissionState.COMPLETED:
            return Made(submission, tuple(told["assets"]))
        failure = told.get("failure") or _failure_of(told)
        return Made(submission, failure=Failure.read(failure))


def _told(submission: Submission) -> dict[str, Any]:
    """A submission as steps remember it."""
    told: dict[str, Any] = {"state": submission.state.value, "assets": list(submission.assets)}
    return told | {"error": dict(submission.error) if submission.error else None}


def _failure_of(told: Mapping[str, Any]) -> dict[str, Any]:
    error = told.get("error") or {
        "code": "cancelled",
        "kind": Kind.CONFLICT.value,
        "message": f"the call is {told['state']}",
        "way_out": None,
    }
    stage = error.get("stage")
    return {"code": error["code"], "written": error, "stage": stage, "retry_after_s": None}
