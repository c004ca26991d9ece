"""What went well with accounts, counted here and noted now and then: no answer waits for it."""

import asyncio
import logging

from reelwright.generation.accounts.service import AccountService
from reelwright.generation.submissions.model import Submission
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.ids import AccountId

_log = logging.getLogger(__name__)

_EACH_S = 0.5


class Tally:
    """Counts successes. A process that dies loses half a second of them, and nothing else."""

    def __init__(self, accounts: AccountService) -> None:
        self._accounts = accounts
        self._counted: dict[tuple[AccountId, str], tuple[int, float]] = {}
        self._noting: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def start(self) -> None:
        """Nothing is to be begun."""

    async def stop(self) -> None:
        """Note what was counted."""
        await self.note()
        if self._noting is not None:
            self._noting.cancel()

    def count(self, ended: Submission) -> None:
        """A call was answered."""
        if ended.account_id is None or ended.finished_at is None:
            return
        place = AccountId(ended.account_id), ended.model
        took = (ended.finished_at - (ended.sent_at or ended.finished_at)).total_seconds()
        calls, seconds = self._counted.get(place, (0, 0.0))
        self._counted[place] = (calls + 1, seconds + max(took, 0.0))
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._soon())

    async def note(self) -> None:
        """Write down what was counted since the last time; afterwards all of it is written."""
        async with self._one_at_a_time:
            await self._note()

    async def _note(self) -> None:
        counted, self._counted = self._counted, {}
        for (account, model), (calls, seconds) in counted.items():
            try:
                await self._accounts.record_success(account, seconds, model, calls)
            except ReelwrightError as error:  # figures, not money
                _log.warning("%d successes of %s were not noted (%s)", calls, account, error.code)

    async def _soon(self) -> None:
        await asyncio.sleep(_EACH_S)
        await self.note()
