"""The story of a job's paid calls, in plain words: who was asked, what came of it, what it cost."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reelwright.billing.holds import Hold, HoldState
from reelwright.billing.ledger import Ledger
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.routes.deciding import Next
from reelwright.generation.submissions.model import Submission, SubmissionState
from reelwright.ground.ids import JobId
from reelwright.ground.money import spelled
from reelwright.ground.principals import Principal
from reelwright.jobs.job import Job
from reelwright.jobs.service import JobService
from reelwright.jobs.states import LIVE, JobState

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
        """One line: `1. fal/flux-dev: failed (its words), so the next model was tried; it cost nothing`.

        Before it, which others were passed over, and why.
        """
        others = (self.call.passed_over or {}).items()
        passed = "".join(
            f"{model} was passed over ({why}); "
            for model, why in others
            if model != self.call.model
        )
        return f"{self.call.attempt}. {passed}{self.call.model}: {self._outcome}"

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
            "passed_over": dict(call.passed_over or {}),
            "most_micros": call.most_micros,
            "cost_micros": call.cost_micros,
            "currency": self.hold.currency,
            "assets": list(call.assets),
            "words": self.words,
        }

    @property
    def sought(self) -> bool:
        """Whether its vendor is being asked for it: one that lists late is believed late."""
        return self.call.state is SubmissionState.READY and self.call.sends > 1

    @property
    def _sure(self) -> bool:
        """Whether no cost means that it was free: not where a product came for a price nobody knows."""
        return self.call.state is not SubmissionState.COMPLETED or bool(self.hold.price["parts"])

    @property
    def _outcome(self) -> str:
        call = self.call
        if self.sought:
            return (
                "may have been taken when its sender died; it is looked for before it is sent again"
            )
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


@dataclass(frozen=True, slots=True)
class ToldJob:
    """A job and the calls made for it; none where it was found made, or has asked nobody yet."""

    job: Job
    calls: Sequence[ToldCall]

    @property
    def smooth(self) -> bool:
        """Whether the first who was asked made it, or is at it."""
        sought = any(one.sought for one in self.calls)
        return len(self.calls) < 2 and self.job.state in _SMOOTH and not sought

    @property
    def words(self) -> Iterator[str]:
        """Its name, and a line a call."""
        told = f", {self.job.state.value}" if self.job.state is not JobState.COMPLETED else ""
        yield f"{self.job.name or self.job.id}{told}"
        yield from (f"  {one.words}" for one in self.calls)
        if self.job.error and not self.calls:
            yield f"  {self.job.error['message']}"


_SMOOTH = LIVE - {JobState.UNKNOWN} | {JobState.COMPLETED}


def spent_by(jobs: Iterable[ToldJob]) -> tuple[Counter[str], Counter[str]]:
    """What the calls of jobs have cost, and what is held for them still: millionths by currency."""
    spent: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for call in (call for one in jobs for call in one.calls):
        spent[call.hold.currency] += call.call.cost_micros or 0
        if call.hold.state is HoldState.HELD:
            held[call.hold.currency] += call.hold.micros
    return spent, held


def tree_in_words(jobs: Sequence[ToldJob]) -> Iterator[str]:
    """The story of all jobs of a film: what went smoothly in a line a model, the rest in full."""
    smooth = [one for one in jobs if one.smooth]
    for one in jobs:
        if not one.smooth:
            yield from one.words
    for model, calls in _by_model(smooth).items():
        cost = Counter[str]()
        for call in calls:
            cost[call.hold.currency] += call.call.cost_micros or 0
        done = sum(call.call.state is SubmissionState.COMPLETED for call in calls)
        left = f", {len(calls) - done} under way" if done < len(calls) else ""
        yield f"{model}: {done} made at the first attempt{left}; {_amounts(cost)}"
    found = sum(one.job.state is JobState.COMPLETED and not one.calls for one in smooth)
    if found:
        yield f"{found} found, made before"
    spent, held = spent_by(jobs)
    stays = f", and {_amounts(held)} held" if any(held.values()) else ""
    yield f"spent {_amounts(spent)}{stays}"


def _by_model(jobs: Sequence[ToldJob]) -> dict[str, list[ToldCall]]:
    models: dict[str, list[ToldCall]] = {}
    for call in (call for one in jobs for call in one.calls):
        models.setdefault(call.call.model, []).append(call)
    return models


def _amounts(sums: Mapping[str, int]) -> str:
    told = [spelled(micros, currency) for currency, micros in sums.items() if micros]
    return " + ".join(told) or "nothing"


class Storyteller:
    """Tells what was done for a job that models were asked for."""

    def __init__(self, providers: ProviderService, jobs: JobService, ledger: Ledger) -> None:
        self._providers = providers
        self._jobs = jobs
        self._ledger = ledger

    async def of_job(self, who: Principal, job: JobId) -> Sequence[ToldCall]:
        """The calls of a job, in order; none for a job that asked nobody, or found it made."""
        return (await self._calls(who, [job])).get(job, [])

    async def of_tree(self, who: Principal, root: JobId) -> Sequence[ToldJob]:
        """The jobs asked for for the sake of another, each with its calls."""
        jobs = await self._jobs.get_tree(who, root)
        calls = await self._calls(who, [one.id for one in jobs]) if jobs else {}
        return [ToldJob(one, calls.get(one.id, ())) for one in jobs]

    async def _calls(self, who: Principal, jobs: Sequence[JobId]) -> dict[JobId, list[ToldCall]]:
        calls = await self._providers.get_jobs_submissions(who, jobs)
        holds = await self._ledger.get_many(who, [one.hold_id for one in calls])
        told: dict[JobId, list[ToldCall]] = {}
        for one in calls:
            if one.job_id is not None:
                told.setdefault(one.job_id, []).append(ToldCall(one, holds[one.hold_id]))
        return told
