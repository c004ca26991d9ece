"""The story of a job's paid calls, in plain words: who was asked, what came of it, what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reelwright.billing.holds import Hold
from reelwright.billing.ledger import Ledger
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.routes.deciding import Next
from reelwright.generation.submissions.model import Submission, SubmissionState
from reelwright.ground.ids import JobId
from reelwright.ground.money import spelled
from reelwright.ground.principals import Principal

_NEXT = {
    Next.AGAIN: "so it was tried again",
    Next.ACCOUNT: "so another account was tried",
    Next.MODEL: "so the next model was tried",
    Next.WAIT: "so others were tried first",
    Next.SOFTEN: "so the words were softened",
    Next.POLICY: "so a vendor with another policy was asked",
}
_GOING_ON = {
    SubmissionState.READY: "is asked",
    SubmissionState.WAITING: "is at work",
    SubmissionState.MADE: "has made it; the files are brought",
}


@dataclass(frozen=True, slots=True)
class ToldCall:
    """One call, and the money that was held for it."""

    call: Submission
    hold: Hold

    @property
    def cost(self) -> str:
        """What it has cost, in words."""
        if not self.call.cost_micros:
            return "nothing" if self._sure else "an unknown amount"
        return spelled(self.call.cost_micros, self.hold.currency)

    @property
    def known_micros(self) -> int | None:
        """What it has cost in millionths; None: nobody knows."""
        return self.call.cost_micros or (0 if self._sure else None)

    @property
    def words(self) -> str:
        """One line: `1. fal/flux-dev: failed (its words), so the next model was tried; it cost nothing`."""
        return f"{self.call.attempt}. {self.call.model}: {self._outcome}"

    def written(self) -> dict[str, Any]:
        """As JSON."""
        call = self.call
        return {
            "id": call.id,
            "attempt": call.attempt,
            "model": call.model,
            "state": call.state.value,
            "error": call.error,
            "moved_on": call.moved_on,
            "most_micros": call.most_micros,
            "cost_micros": call.cost_micros,
            "currency": self.hold.currency,
            "assets": list(call.assets),
            "words": self.words,
        }

    @property
    def _sure(self) -> bool:
        """Whether no cost means that it was free: not where a product came for a price nobody knows."""
        return self.call.state is not SubmissionState.COMPLETED or bool(self.hold.price["parts"])

    @property
    def _outcome(self) -> str:
        call = self.call
        if call.state in _GOING_ON:
            return _GOING_ON[call.state]
        if call.state is SubmissionState.UNKNOWN:
            held = spelled(call.most_micros, self.hold.currency)
            return f"its answer was lost, and nobody knows whether it was made; {held} stay held"
        if call.state is SubmissionState.COMPLETED:
            files = "1 file" if len(call.assets) == 1 else f"{len(call.assets)} files"
            return f"made {files}; it cost {self.cost}"
        why = f" ({call.error['message']})" if call.error else ""
        then = f", {self._then}" if self._then else ""
        return f"{call.state.value}{why}{then}; it cost {self.cost}"

    @property
    def _then(self) -> str:
        """What was tried after it; nothing where it was the last."""
        step = (self.call.moved_on or "").rpartition(": ")[2]
        return _NEXT.get(Next(step), "") if step else ""


class Storyteller:
    """Tells what was done for a job that models were asked for."""

    def __init__(self, providers: ProviderService, ledger: Ledger) -> None:
        self._providers = providers
        self._ledger = ledger

    async def of_job(self, who: Principal, job: JobId) -> Sequence[ToldCall]:
        """The calls of a job, in order; none for a job that asked nobody, or found it made."""
        calls = await self._providers.get_job_submissions(who, job)
        return [ToldCall(one, await self._ledger.get(who, one.hold_id)) for one in calls]
