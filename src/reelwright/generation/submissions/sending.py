"""Sending a paid call: written down before the wire and after it, and never blindly again.

Whoever dies between the two leaves a row that says "may have been sent". The next one who takes the
call up finds out first, by the class of the vendor: the same key is sent again, or the vendor is
asked for our reference, or, where neither exists, the outcome is unknown and a person decides.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from reelwright.engines.database.database import Database
from reelwright.generation.submissions import records
from reelwright.generation.submissions.records import Intent
from reelwright.ground.clock import Clock
from reelwright.ground.ids import SubmissionId
from reelwright.ground.principals import Principal
from reelwright.providers.catalogue import Recall
from reelwright.providers.contract import Call, LooksUp, Provider, Receipt, Ticket
from reelwright.providers.errors import (
    NotSentError,
    ProviderError,
    RefusedError,
    UnknownOutcomeError,
    UnsupportedError,
)

_TIMES = 60
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 20.0
_LEASE_PAUSE_S = 0.5
_CONCLUSIVE = (RefusedError, UnsupportedError)
"""Who refuses the very request refuses it every time: then the lost one was refused as well."""
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sender:
    """Puts paid calls on the wire. `may_call` says whether this process may still pay."""

    database: Database
    clock: Clock
    may_call: Callable[[], bool]

    async def send(
        self, who: Principal, submission: SubmissionId, provider: Provider, call: Call
    ) -> Receipt | None:
        """Have the vendor take it: the receipt, or None when it had taken it before.

        Raises UnknownOutcomeError where nobody can know, and the provider's own errors when it
        refused: then nothing is owed. While our lease is gone it waits: others have taken the call
        over, and then this run is ended from outside; or the lease comes back, and it goes on.
        """
        for number in range(_TIMES):
            intent = await self._intend(who, submission)
            if intent is None:
                return None
            try:
                return await self._once(provider, call, intent)
            except NotSentError:
                await self._take_back(who, submission, intent)
                if intent.sends == 1:
                    raise
            except UnknownOutcomeError:
                if call.model.recall is Recall.NONE:
                    raise
            await _pause(number)
        raise UnknownOutcomeError(f"{call.model.title} cannot be reached to ask what became of it")

    async def _intend(self, who: Principal, submission: SubmissionId) -> Intent | None:
        """Write down that it may be sent; only while we may pay, before and after the commit."""
        while True:
            if not self.may_call():
                await asyncio.sleep(_LEASE_PAUSE_S)
                continue
            async with self.database.transaction(who) as tx:
                intent = await records.intend(tx, who, submission)
            # The commit may have taken its time: from here to the wire is nothing.
            if intent is None or self.may_call():
                return intent
            await self._take_back(who, submission, intent)

    async def _take_back(self, who: Principal, submission: SubmissionId, intent: Intent) -> None:
        async with self.database.transaction(who) as tx:
            await records.take_back(tx, who, submission, intent)

    async def _once(self, provider: Provider, call: Call, intent: Intent) -> Receipt:
        if intent.sends == 1:
            return await provider.submit(call)
        try:
            return await self._again(provider, call, intent)
        except (NotSentError, *_CONCLUSIVE):
            raise
        except ProviderError as error:
            # It tells of this request, not of the one whose answer was lost.
            raise UnknownOutcomeError(error.message) from error

    async def _again(self, provider: Provider, call: Call, intent: Intent) -> Receipt:
        match call.model.recall:
            case Recall.KEY:
                return await provider.submit(call)
            case Recall.LOOK_UP if isinstance(provider, LooksUp):
                found = await self._look_up(provider, call, intent)
                if found is not None:
                    return Receipt(found)
                if not self.may_call():
                    raise NotSentError("this worker's lease has run out")
                return await provider.submit(call)
            case _:
                title = call.model.title
                raise UnknownOutcomeError(f"whether {title} has taken the call is not known")

    async def _look_up(self, desk: LooksUp, call: Call, intent: Intent) -> Ticket | None:
        """What the vendor knows of the call; None is only believed when it is old enough."""
        sure = self.clock.now() + desk.sure_after(call.access) - timedelta(seconds=intent.age_s)
        since = self.clock.now() - timedelta(seconds=intent.age_s) - _CLOCKS_DIFFER
        pause = _FIRST_PAUSE_S
        while True:
            found = await desk.look_up(call, since)
            if found is not None or self.clock.now() >= sure:
                return found
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE_S)


async def _pause(number: int) -> None:
    longest = min(_FIRST_PAUSE_S * 2**number, _LONGEST_PAUSE_S)
    await asyncio.sleep(random.uniform(longest / 2, longest))
