"""One paid call for a text, made at once by the process that asks; no job, and no one to take it over.

What is promised is what holds for jobs (docs/guarantees.md). One commit books account and money and
says "may have been sent"; one request goes over the wire; one commit keeps the text and closes the
books. Nobody sends such a call a second time, so it needs no lease of a worker: a row whose process
has not been heard of for a while is left unknown by whichever poller finds it.
"""

import asyncio
import logging
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reelwright.billing.errors import UnpricedError
from reelwright.engines.database.database import Database
from reelwright.generation.accounts.account import Account
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.booking import Booking, Purchase
from reelwright.generation.hearing import Hear
from reelwright.generation.routes.deciding import Failure
from reelwright.generation.submissions import records
from reelwright.generation.submissions.keeping import Keeper, used_for, written_usage
from reelwright.generation.submissions.model import Submission
from reelwright.generation.submissions.records import Intent
from reelwright.generation.tally import Tally
from reelwright.ground.clock import Clock
from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.ground.ids import SubmissionId
from reelwright.jobs.patience import patiently
from reelwright.providers.contract import Call, Outcome, Receipt, Streams, Ticket
from reelwright.providers.errors import NotSentError, ProviderError, UnknownOutcomeError
from reelwright.providers.measuring import price_range
from reelwright.providers.prompts import TextRequest
from reelwright.providers.roster import Vendors

_log = logging.getLogger(__name__)

_HEARD_S = 60.0
"""After so long without a sign of whoever makes it, a call is looked at by others."""
_SIGN_S = 20.0
_TO_THE_WIRE_S = 15.0
"""A process that was paused longer than this after booking sends nothing: others may judge the row."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a call: its text, or how it failed. `begun`: pieces of it were handed out."""

    submission: SubmissionId | None
    text: str = ""
    cost_micros: int | None = None
    begun: bool = False
    used: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    failure: Failure | None = None


class DirectCalls:
    """Makes calls for texts. Run in a task of their own, they end truthfully though nobody listens."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vendors: Vendors,
        booking: Booking,
        accounts: AccountService,
        keeper: Keeper,
        tally: Tally,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vendors = vendors
        self._booking = booking
        self._accounts = accounts
        self._keeper = keeper
        self._tally = tally

    async def make(
        self,
        purchase: Purchase,
        request: TextRequest,
        recipe: str,
        hear: Hear | None = None,
    ) -> Heard:
        """Book it, send it, keep what came. With `hear`, pieces are told of as they come."""
        most = price_range(purchase.model, request)[1]
        if most is None and await self._booking.is_limited(purchase):
            return Heard(None, failure=Failure.of(UnpricedError(purchase.model.title)))
        began_s = _now_s()
        try:
            submission, account = await self._book(purchase, recipe, most or 0)
        except ReelwrightError as error:
            if error.kind not in (Kind.EXHAUSTED, Kind.INVALID):
                raise
            return Heard(None, failure=Failure.of(error))
        call = _Sent(submission, account, purchase, request, hear)
        if _now_s() - began_s > _TO_THE_WIRE_S:
            return await self._failed(call, NotSentError("this process stood still"))
        async with self._signs(submission):
            return await self._send(call)

    async def _book(self, purchase: Purchase, recipe: str, most: int) -> tuple[Submission, Account]:
        """Written down, and that it may have been sent as well: the next thing is the wire."""
        now = self._clock.now()
        told = {"sends": 1, "sent_at": now, "first_sent_at": now}
        async with self._database.transaction(purchase.who) as tx:
            return await self._booking.book(tx, purchase, recipe, most, look_in_s=_HEARD_S, **told)

    @asynccontextmanager
    async def _signs(self, submission: Submission) -> AsyncIterator[None]:
        """While the block runs, others are told from time to time that somebody listens."""

        async def sign() -> None:
            while True:
                await asyncio.sleep(_SIGN_S)
                try:
                    async with self._database.transaction(submission.who) as tx:
                        await records.put_off(tx, submission.who, submission.id, _HEARD_S)
                except ReelwrightError:
                    _log.warning("a sign of call %s was lost", submission.id)

        signing = asyncio.create_task(sign())
        try:
            yield
        finally:
            signing.cancel()

    async def _send(self, call: "_Sent") -> Heard:
        with _folder() as folder:
            try:
                receipt = await self._speak(call, folder)
            except UnknownOutcomeError as error:
                await self._keeper.leave_unknown(call.submission, error)
                return call.failed(error)
            except ProviderError as error:
                return await self._failed(call, error)
            outcome = receipt.outcome
            if outcome is None:
                lost = UnknownOutcomeError("it was taken, and is to be answered later")
                await self._keeper.leave_unknown(call.submission, lost)
                return call.failed(lost)
            text = outcome.product.path.read_text(encoding="utf-8")
        return await self._ended(call, receipt.ticket, outcome, text)

    async def _speak(self, call: "_Sent", folder: Path) -> Receipt:
        """The one request; its pieces as they come, where somebody listens and the vendor can."""
        model = call.purchase.model
        provider = self._vendors.provider(model.provider)
        access = self._accounts.access_of(call.account)
        asked = Call(model, call.request, call.submission.id, folder, access)
        if call.hear is None or not (isinstance(provider, Streams) and model.limits.streams):
            return await provider.submit(asked)
        ticket = Ticket(model.provider, model.id, call.submission.id, model.operation)
        async with aclosing(provider.stream(asked)) as pieces:  # pyrefly: ignore[bad-specialization]
            async for piece in pieces:
                if isinstance(piece, Outcome):
                    return Receipt(ticket, piece)
                call.begun = True
                call.hear(piece)
        raise UnknownOutcomeError("the answer broke off before its end")

    async def _ended(self, call: "_Sent", ticket: Ticket, outcome: Outcome, text: str) -> Heard:
        """It is paid for and here: while the database is away, it is kept as soon as it is back."""
        model = call.purchase.model
        used = written_usage(used_for(model, call.request, outcome))
        cut = bool(outcome.product.facts.get("cut"))
        told = {"units": used, "choices": {}} | ({"cut": True} if cut else {})
        price = call.purchase.kept_price

        async def settle() -> Submission | None:
            return await self._keeper.settle_answer(call.submission, ticket, text, price, told)

        ended = await patiently(settle)
        if ended is not None:
            self._tally.count(ended)
        cost = ended.cost_micros if ended else None
        return Heard(call.submission.id, text, cost, call.begun, used, cut)

    async def _failed(self, call: "_Sent", error: ProviderError) -> Heard:
        one = call.submission

        async def fail() -> None:
            if isinstance(error, NotSentError):
                async with self._database.transaction(one.who) as tx:
                    await records.take_back(tx, one.who, one.id, Intent(1, 0.0))
            await self._keeper.fail(one, error)

        await patiently(fail)
        return call.failed(error)


@dataclass(slots=True)
class _Sent:
    """A booked call, and who listens to it."""

    submission: Submission
    account: Account
    purchase: Purchase
    request: TextRequest
    hear: Hear | None
    begun: bool = False

    def failed(self, error: ReelwrightError) -> Heard:
        """What is heard of it when it failed."""
        return Heard(self.submission.id, begun=self.begun, failure=Failure.of(error))


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for one answer; it is cleared away while nobody waits for it."""
    folder = Path(tempfile.mkdtemp(prefix="reelwright-text-"))
    try:
        yield folder
    finally:
        asyncio.get_running_loop().run_in_executor(None, shutil.rmtree, folder, True)


def _now_s() -> float:
    """Seconds since the boot, sleep of the machine included where that is known."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
