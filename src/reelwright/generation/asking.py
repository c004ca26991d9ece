"""Asking models and waiting for what comes: bounded, told of as it goes, called off by whoever stops waiting."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from reelwright.generation.provider_service import ProviderService
from reelwright.generation.quotes import Order, QuotedCall, Quotes, TooDearError
from reelwright.generation.requests import written
from reelwright.generation.stories import Storyteller, ToldCall
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, ToldError
from reelwright.ground.ids import AssetId, JobId
from reelwright.ground.principals import Principal
from reelwright.jobs.errors import OutcomeUnknownError
from reelwright.jobs.job import Job
from reelwright.jobs.service import JobService
from reelwright.jobs.states import FINAL, JobState
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset

Tell = Callable[[str, float], None]
"""Hears a plain line of what happened, and how much of the whole is done (0.0 to 1.0)."""

_LOOK_S = 0.3


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order, and the asset of each file it hands along, by the file's digest."""

    order: Order
    files: Mapping[str, AssetId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an order: its products, and the calls that were made for them."""

    job: Job
    assets: Sequence[Asset]
    calls: Sequence[ToldCall]

    @property
    def model(self) -> str:
        """Who made it."""
        return str((self.job.result or {}).get("model", ""))

    @property
    def costs(self) -> Sequence[tuple[str, int | None]]:
        """What each call cost: currency and millionths; None: nobody knows."""
        return [(one.hold.currency, one.known_micros) for one in self.calls]


class Asking:
    """Has orders made, several at once, and waits for them. Somewhere a worker must run."""

    def __init__(
        self,
        providers: ProviderService,
        quotes: Quotes,
        jobs: JobService,
        library: AssetService,
        stories: Storyteller,
        clock: Clock,
    ) -> None:
        self._providers = providers
        self._quotes = quotes
        self._jobs = jobs
        self._library = library
        self._stories = stories
        self._clock = clock

    async def bounded(
        self, who: Principal, wanted: Sequence[Wanted], most: int | None = None
    ) -> Sequence[Wanted]:
        """The same orders as they may be made, all of them together for at most `most` millionths.

        Raises NoAccountError without a key to pay through, TooDearError above the bound.
        """
        quote = await self._quotes.quote(who, [one.order for one in wanted])
        bounds = _shares(quote.calls, most)
        return [
            Wanted(call.payable(bound), one.files)
            for one, call, bound in zip(wanted, quote.calls, bounds, strict=True)
        ]

    async def one(self, who: Principal, wanted: Wanted, tell: Tell) -> Answer:
        """Have it made, and wait. Raises what it failed with.

        Cancelled itself, it cancels the job it began; what a vendor has already comes to the library.
        """
        return (await self.many(who, [wanted], tell))[0]

    async def many(self, who: Principal, wanted: Sequence[Wanted], tell: Tell) -> Sequence[Answer]:
        """Have all made at once, and wait for all. When one fails, the others are called off."""
        begun = self._clock.now()
        jobs: list[Job] = []
        try:
            for one in wanted:
                jobs.append(await self.begin(who, one))  # noqa: PERF401 - those begun are called off
            return await self._all(who, jobs, tell)
        except BaseException:
            for job in jobs:
                if (
                    job.created_at >= begun
                ):  # else another had asked for it before us, and waits too
                    with suppress(ConflictError):
                        await self._jobs.cancel_job(who, job.id)
            raise

    async def begin(self, who: Principal, wanted: Wanted) -> Job:
        """Ask for it without waiting."""
        order, route = wanted.order, wanted.order.route
        values = written(order.request, wanted.files)
        operation = order.request.operation
        return await self._providers.execute_job(
            who,
            operation,
            {name: value for name, value in values.items() if name != "operation"},
            route={
                "wish": route.wish.value,
                "models": list(route.models),
                "soften": route.soften,
                "reroute": route.reroute,
            },
            project_id=order.project_id,
            take=order.take,
            name=operation.value,
        )

    async def answer(self, who: Principal, job: JobId, tell: Tell) -> Answer:
        """Wait for a job that was begun before."""
        ended = await self._ended(who, job, lambda line: tell(line, 0.0))
        return await self._answer(who, ended)

    async def _all(self, who: Principal, jobs: Sequence[Job], tell: Tell) -> Sequence[Answer]:
        done = 0

        async def wait(job: Job) -> Answer:
            nonlocal done
            ended = await self._ended(who, job.id, lambda line: tell(line, done / len(jobs)))
            done += 1
            answer = await self._answer(who, ended)
            if len(jobs) > 1:
                tell(f"{done} of {len(jobs)} are made", done / len(jobs))
            return answer

        waits = [asyncio.ensure_future(wait(job)) for job in jobs]
        try:
            return await asyncio.gather(*waits)
        finally:
            for one in waits:
                one.cancel()
            await asyncio.wait(waits)

    async def _answer(self, who: Principal, job: Job) -> Answer:
        ids = [AssetId(one) for one in (job.result or {}).get("assets", ())]
        found = await self._library.get_many(who, ids)
        calls = await self._stories.of_job(who, job.id)
        return Answer(job, [found[one] for one in ids], calls)

    async def _ended(self, who: Principal, job: JobId, tell: Callable[[str], None]) -> Job:
        """The job at its good end; raises what it failed with."""
        seen: dict[str, str] = {}
        while True:
            now = await self._jobs.get_job(who, job)
            await self._tell(who, job, seen, tell)
            if now.state is JobState.UNKNOWN:
                raise OutcomeUnknownError(
                    "nobody knows whether it was made, and its money stays held",
                    way_out=f"look at the vendor's, and at `reelwright jobs show {job}`",
                )
            if now.state is JobState.CANCELLED:
                raise ConflictError("it was cancelled", way_out="ask for it again")
            if now.state is JobState.FAILED:
                raise ToldError(now.error or {})
            if now.state in FINAL:
                return now
            await asyncio.sleep(_LOOK_S)

    async def _tell(
        self, who: Principal, job: JobId, seen: dict[str, str], tell: Callable[[str], None]
    ) -> None:
        """Say what is new of the calls."""
        calls = await self._providers.get_job_submissions(who, job)
        news = {str(one.id): f"{one.state} {one.moved_on}" for one in calls}
        if news == seen:
            return
        for one in await self._stories.of_job(who, job):
            if seen.get(str(one.call.id)) != news.get(str(one.call.id)):
                tell(one.words)
        seen.update(news)


def _shares(calls: Sequence[QuotedCall], most: int | None) -> Sequence[int | None]:
    """What each call may cost, so that all together keep to `most`; what is left over is shared."""
    if most is None:
        return [None] * len(calls)
    asked = [one.most for one in calls]
    total = sum(one or 0 for one in asked)
    dear = next((one for one, cost in zip(calls, asked, strict=True) if cost is None), None)
    if dear is not None or total > most:
        raise TooDearError((dear or calls[0]).choice, None if dear else total, most)
    spare = (most - total) // len(calls)
    return [(one or 0) + spare for one in asked]
