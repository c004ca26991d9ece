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
from reelwright.providers.contract import Call, LooksUp, Provider, Receipt
from reelwright.providers.errors import (
    NotSentError,
    RateLimitedError,
    UnavailableError,
    UnknownOutcomeError,
)

_TIMES = 8
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 20.0
_CLOCKS_DIFFER = timedelta(minutes=5)


class NotOursError(UnavailableError):
    """This worker's lease has run out: others have its work, and it must not pay for anything."""

    code = "lease_lost"


@dataclass(frozen=True, slots=True)
class Sender:
    """Puts paid calls on the wire. `may_call` says whether this process may still pay.

    `settle_s` is how long after a lost answer a vendor may need until it knows of the call.
    """

    database: Database
    clock: Clock
    may_call: Callable[[], bool]
    settle_s: float = 5.0

    async def send(
        self, who: Principal, submission: SubmissionId, provider: Provider, call: Call
    ) -> Receipt | None:
        """Have the vendor take it: the receipt, or None when it had taken it before.

        Raises UnknownOutcomeError where nobody can know, NotOursError when this process may pay no
        longer, and the provider's own errors when it refused: then nothing is owed.
        """
        for number in range(_TIMES):
            self._check_lease()
            async with self.database.transaction(who) as tx:
                intent = await records.intend(tx, who, submission)
            if intent is None:
                return None
            try:
                return await self._once(provider, call, intent)
            except (NotSentError, NotOursError) as error:
                async with self.database.transaction(who) as tx:
                    await records.take_back(tx, who, submission, intent)
                if intent.sends == 1 or isinstance(error, NotOursError):
                    raise
            except UnknownOutcomeError:
                if call.model.recall is Recall.NONE or number == _TIMES - 1:
                    raise
            await _pause(number)
        raise UnknownOutcomeError(f"{call.model.title} cannot be reached to ask what became of it")

    def _check_lease(self) -> None:
        if not self.may_call():
            raise NotOursError("this worker's lease has run out; another goes on with the call")

    async def _once(self, provider: Provider, call: Call, intent: Intent) -> Receipt:
        # Asked again after the commit, which may have taken its time: from here to the wire is nothing.
        self._check_lease()
        if intent.sends == 1:
            return await provider.submit(call)
        try:
            return await self._again(provider, call, intent)
        except (NotSentError, NotOursError):
            raise
        except (RateLimitedError, UnavailableError) as error:
            # It tells of this request, not of the one whose answer was lost.
            raise UnknownOutcomeError(error.message) from error

    async def _again(self, provider: Provider, call: Call, intent: Intent) -> Receipt:
        match call.model.recall:
            case Recall.KEY:
                return await provider.submit(call)
            case Recall.LOOK_UP if isinstance(provider, LooksUp):
                if intent.age_s is not None and intent.age_s < self.settle_s:
                    await asyncio.sleep(self.settle_s - intent.age_s)
                since = self.clock.now() - timedelta(days=1) - _CLOCKS_DIFFER
                found = await provider.look_up(call, since)
                if found is not None:
                    return Receipt(found)
                self._check_lease()
                return await provider.submit(call)
            case _:
                raise UnknownOutcomeError(
                    f"whether {call.model.title} has taken the call is not known"
                )


async def _pause(number: int) -> None:
    longest = min(_FIRST_PAUSE_S * 2**number, _LONGEST_PAUSE_S)
    await asyncio.sleep(random.uniform(longest / 2, longest))
