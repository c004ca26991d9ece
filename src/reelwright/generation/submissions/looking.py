"""A look at one waiting call: the vendor is asked, and what has ended is handed on."""

import asyncio
import logging
import time

from reelwright.engines.database.database import Database
from reelwright.engines.durable.contract import Durable
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.submissions import records
from reelwright.generation.submissions.keeping import Keeper
from reelwright.generation.submissions.model import Submission, SubmissionState
from reelwright.generation.submissions.topic import TOPIC
from reelwright.ground.clock import Clock
from reelwright.ground.errors import MissingError, ReelwrightError
from reelwright.providers.contract import Access, State, Status
from reelwright.providers.errors import (
    ProviderError,
    UnavailableError,
    UnknownOutcomeError,
    UnknownTicketError,
    UnusableError,
)
from reelwright.providers.roster import Vendors

_log = logging.getLogger(__name__)

_PATIENCE_S = 20.0  # less than the poller's lease
_BELIEVED_S = 5.0


class Looker:
    """Looks at submissions; what ended while its job was gone is brought and settled here."""

    def __init__(
        self,
        database: Database,
        durable: Durable,
        clock: Clock,
        vendors: Vendors,
        keeper: Keeper,
        repertoire: Repertoire,
    ) -> None:
        self._database = database
        self._durable = durable
        self._clock = clock
        self._vendors = vendors
        self._keeper = keeper
        self._repertoire = repertoire
        self._accesses: dict[str | None, tuple[float, Access]] = {}

    async def look_at(self, submission: Submission) -> bool:
        """Whether nothing is left to be looked at. Trouble with one call is never raised."""
        try:
            return await self._look_at(submission)
        except ReelwrightError as error:
            _log.debug("submission %s could not be looked at (%s)", submission.id, error.code)
        except Exception:  # noqa: BLE001  # one that makes trouble must not hide the others
            _log.exception("submission %s met a fault", submission.id)
        return False

    async def _look_at(self, submission: Submission) -> bool:
        waiting = submission.state is SubmissionState.WAITING
        if waiting and not await self._ask(submission):
            return False
        if not submission.abandoned and submission.workflow_id is not None:
            key = f"{submission.id}:{'ended' if waiting else submission.looks}"
            try:
                told = {"submission": submission.id}
                await self._durable.tell(submission.workflow_id, TOPIC, told, key)
            except MissingError:
                return await self._finish(submission)
            async with self._database.transaction(submission.who) as tx:
                await records.note_told(tx, submission.who, submission.id)
            return False  # its job brings it; until it has, we look again
        return await self._finish(submission)

    async def _ask(self, submission: Submission) -> bool:
        """Whether the vendor has ended it; what it says is written down."""
        ticket = submission.receipt
        if ticket is None:
            return False
        provider = self._vendors.provider(submission.provider)
        access = await self._access_of(submission)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                status = await provider.poll(ticket, access)
        except UnknownTicketError as error:
            status = Status(State.FAILED, error=error)
        except TimeoutError:
            raise UnavailableError(f"{submission.provider} does not answer") from None
        if status.state in (State.WAITING, State.RUNNING):
            return False
        if isinstance(status.error, UnknownTicketError):
            # It was taken, and may have been billed: what became of it nobody knows any more.
            lost = UnknownOutcomeError(status.error.message)
            await self._keeper.leave_unknown(submission, lost, to_be_told=True)
            return True
        if status.state is State.FAILED:
            await self._keeper.fail(submission, _reason(status), to_be_told=True)
            return True
        async with self._database.transaction(submission.who) as tx:
            await records.note_made(tx, submission.who, submission.id, self._clock.now())
        return True

    async def _access_of(self, submission: Submission) -> Access:
        """What the account signs with; opened anew every few seconds, for thousands share one."""
        account = submission.account_id
        kept = self._accesses.get(account)
        if kept is None or time.monotonic() > kept[0]:
            if kept is not None:  # the others go on with what was believed meanwhile
                self._accesses[account] = time.monotonic() + _BELIEVED_S, kept[1]
            try:
                kept = time.monotonic() + _BELIEVED_S, await self._keeper.access_of(submission)
            except ReelwrightError:
                self._accesses.pop(account, None)  # an account that is gone signs nothing more
                raise
            self._accesses[account] = kept
        return kept[1]

    async def _finish(self, submission: Submission) -> bool:
        """Bring and settle what nobody waits for any more."""
        who = submission.who
        async with self._database.transaction(who) as tx:
            now = await records.get(tx, who.workspace, submission.id)
        if now.state is SubmissionState.READY:
            return await self._never_told(now)
        if now.state is not SubmissionState.MADE:
            async with self._database.transaction(who) as tx:
                await records.note_told(tx, who, now.id)  # there is nobody to be told
            return now.state is not SubmissionState.WAITING
        if not now.assets:
            model = await self._repertoire.model(who, now.model)
            provider = self._vendors.provider(now.provider)
            try:
                await self._keeper.fetch(now, provider, model)
            except ProviderError as error:
                if isinstance(error, UnavailableError) and not isinstance(error, UnusableError):
                    raise  # it is there still: looked at again
                await self._keeper.fail(now, error, paid=True)
                return True
        async with self._database.transaction(who) as tx:
            kept = await records.get(tx, who.workspace, now.id)
            settled = await self._keeper.settle(tx, kept)
        if settled:
            await self._keeper.note_success(settled)
        return True

    async def _never_told(self, submission: Submission) -> bool:
        """It may have been sent, its sender is gone, and nobody heard the answer: that is unknown."""
        whose = "its job" if submission.job_id else "the process that made it"
        error = ProviderError(f"{whose} ended while it was being sent", way_out="ask the vendor")
        await self._keeper.leave_unknown(submission, error)
        return True


def _reason(status: Status) -> ReelwrightError:
    if isinstance(status.error, ReelwrightError):
        return status.error
    return ProviderError(status.message or "it failed at the vendor's, which does not say why")
