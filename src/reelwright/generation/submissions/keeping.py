"""Bringing what a vendor made into the library, and closing the books on the call."""

import asyncio
import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from reelwright.billing.ledger import Ledger
from reelwright.engines.database.database import Database, Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.requests import Desk
from reelwright.generation.submissions import records
from reelwright.generation.submissions.model import Submission, SubmissionState, written_ticket
from reelwright.ground.clock import Clock
from reelwright.ground.digests import digest
from reelwright.ground.errors import MissingError, ReelwrightError, written_error
from reelwright.ground.ids import AccountId, AssetId
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import MadeProduct, Origin, OriginKind
from reelwright.providers.catalogue import Model
from reelwright.providers.contract import NOBODY, Access, Outcome, Provider, Ticket
from reelwright.providers.errors import ProviderError, RefusedError, UnavailableError, UnusableError
from reelwright.providers.fitting import fitted
from reelwright.providers.measuring import choices, expected
from reelwright.providers.price_words import read_price
from reelwright.providers.prices import Price, Unit, Usage

_TRIES = 60
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 60.0


@dataclass(frozen=True, slots=True)
class Keeper:
    """Takes results in and ends submissions; every move may be made again after a crash."""

    database: Database
    clock: Clock
    library: AssetService
    ledger: Ledger
    accounts: AccountService
    desk: Desk

    async def access_of(self, submission: Submission) -> Access:
        """What the account of a call signs with."""
        if submission.account_id is None:
            return NOBODY
        return self.accounts.access_of(await self.accounts.find(AccountId(submission.account_id)))

    async def fetch(self, submission: Submission, provider: Provider, model: Model) -> None:
        """Bring the results of a call the vendor has finished."""
        access = await self.access_of(submission)
        ticket = submission.receipt
        if ticket is None:
            raise MissingError("a call without a receipt has nothing to be brought")
        with tempfile.TemporaryDirectory(prefix="reelwright-results-") as folder:
            outcome = await provider.fetch(ticket, Path(folder), access)
            await self.keep(submission, model, ticket, outcome)

    async def fetch_patiently(
        self, submission: Submission, provider: Provider, model: Model
    ) -> None:
        """The same, again and again while it cannot be had: it is paid for, and must not be lost."""
        pause = _FIRST_PAUSE_S
        for _ in range(_TRIES):
            try:
                return await self.fetch(submission, provider, model)
            except UnusableError:
                raise
            except UnavailableError:
                await asyncio.sleep(random.uniform(pause / 2, pause))
                pause = min(pause * 1.5, _LONGEST_PAUSE_S)
        return await self.fetch(submission, provider, model)

    async def keep(
        self, submission: Submission, model: Model, ticket: Ticket, outcome: Outcome
    ) -> None:
        """Look at what came and keep it: the files first, then the rows. Raises UnusableError."""
        from reelwright.generation.submissions.inspecting import inspect  # noqa: PLC0415  # loads the media libraries

        who = submission.who
        opened = self.desk.opened(who, submission.operation, submission.request, over=True)
        async with opened as (asked, _):
            request = fitted(model, asked)
            odd = await asyncio.to_thread(inspect, request, outcome)
            used = used_for(model, request, outcome)
            made_so = choices(request)
        assets = await self._take_in(submission, ticket, outcome, odd)
        told = {"units": written_usage(used), "choices": made_so}
        async with self.database.transaction(who) as tx:
            await records.note_kept(tx, who, submission.id, ticket, assets, told)

    async def _take_in(
        self, submission: Submission, ticket: Ticket, outcome: Outcome, odd: list[str]
    ) -> list[AssetId]:
        # One remote id is one asset: the name of a product is made of it, not of who brings it.
        base = [submission.provider, ticket.remote_id, submission.recipe]
        names = [
            submission.recipe if not number else digest([*base, number])
            for number in range(len(outcome.products))
        ]
        origin = Origin(OriginKind.SUBMISSION, submission.id)
        made = [
            MadeProduct(
                recipe_digest=name,
                operation=submission.operation.value,
                path=product.path,
                media_type=product.media_type,
                facts={**product.facts, "model": submission.model} | ({"odd": odd} if odd else {}),
                project_id=submission.project_id,
                origin=origin,
            )
            for name, product in zip(names, outcome.products, strict=True)
        ]
        kept = await self.library.keep_products(submission.who, made)
        return [kept[name].id for name in names]

    async def settle(self, tx: Tx, submission: Submission) -> Submission | None:
        """Its results are kept: the money is settled, the account given back, and it is said.

        By the price that was kept with the hold, whatever the model costs by now.
        """
        hold = await self.ledger.find(tx, submission.who, submission.hold_id)
        return await self._settle(tx, submission, hold.price, submission.used or {}, {})

    async def settle_answer(
        self,
        submission: Submission,
        ticket: Ticket,
        text: str,
        price: Mapping[str, Any],
        used: Mapping[str, Any],
    ) -> Submission | None:
        """The same for a text that was answered at once: it is kept in the row, in one commit with its end.

        `price` is the one that was kept with the hold; whoever booked the call has it still.
        """
        kept: dict[str, Any] = {"answer": text, "used": dict(used), "error": None}
        kept |= {"ticket": written_ticket(ticket), "remote_id": ticket.remote_id}
        async with self.database.transaction(submission.who) as tx:
            return await self._settle(tx, submission, price, used, kept)

    async def _settle(
        self,
        tx: Tx,
        submission: Submission,
        price: Mapping[str, Any],
        used: Mapping[str, Any],
        kept: dict[str, Any],
    ) -> Submission | None:
        who, now = submission.who, self.clock.now()
        cost = cost_by(read_price(price), used)
        cost = submission.most_micros if cost is None else cost
        completed = SubmissionState.COMPLETED
        kept |= {"cost_micros": cost}
        free = self.accounts.releasing(submission.id)
        ended = await records.end(tx, who, submission.id, completed, now, free, **kept)
        if ended is None:
            return None
        await self.ledger.settle(tx, who, submission.hold_id, cost, remote_id=ended.remote_id)
        await _tell(tx, "provider:completed", ended, {"assets": list(ended.assets), "micros": cost})
        return ended

    async def note_success(self, submission: Submission) -> None:
        """Tell its account; after the commit, since the account may be another workspace's."""
        if submission.account_id:
            took = self.clock.now() - (submission.sent_at or self.clock.now())
            account = AccountId(submission.account_id)
            await self.accounts.record_success(account, took.total_seconds(), submission.model)

    async def fail(
        self,
        submission: Submission,
        error: ReelwrightError,
        *,
        paid: bool = False,
        to_be_told: bool = False,
    ) -> None:
        """It came to nothing: its money is released (or settled, where the vendor bills it all the same).

        `to_be_told`: its job does not know yet, and the poller looks until it has been told.
        """
        refused = isinstance(error, RefusedError)
        state = SubmissionState.REFUSED if refused else SubmissionState.FAILED
        billed = paid or (isinstance(error, ProviderError) and error.paid)
        cost = submission.most_micros if billed else 0
        async with self.database.transaction(submission.who) as tx:
            told = written_error(error)
            ended = await self._end_badly(tx, submission, state, told, cost, to_be_told=to_be_told)
        if ended:
            await self._blame(submission, error)

    async def cancel(self, tx: Tx, submission: Submission) -> None:
        """Nothing was sent, and nothing will be."""
        await self._end_badly(tx, submission, SubmissionState.CANCELLED, None, 0)

    async def _end_badly(
        self,
        tx: Tx,
        submission: Submission,
        state: SubmissionState,
        error: dict[str, Any] | None,
        cost: int,
        *,
        to_be_told: bool = False,
    ) -> bool:
        who, now = submission.who, self.clock.now()
        told = {"error": error, "cost_micros": cost, "look_at": now if to_be_told else None}
        free = self.accounts.releasing(submission.id)
        ended = await records.end(tx, who, submission.id, state, now, free, **told)
        if ended is None:
            return False
        if cost:
            remote_id = submission.remote_id
            await self.ledger.settle(tx, who, submission.hold_id, cost, remote_id=remote_id)
        else:
            await self.ledger.release(tx, who, submission.hold_id)
        await _tell(tx, "provider:failed", ended, {"state": state.value, "error": error})
        return True

    async def leave_unknown(
        self, submission: Submission, error: ReelwrightError, *, to_be_told: bool = False
    ) -> None:
        """Nobody knows: the account is free for others, the money stays held. `to_be_told`: as in `fail`."""
        who = submission.who
        look_at = self.clock.now() if to_be_told else None
        async with self.database.transaction(who) as tx:
            told = written_error(error)
            noted = await records.note_unknown(tx, who, submission.id, told, look_at)
            if noted:
                await self.accounts.release(tx, submission.id)
                await _tell(tx, "provider:unknown", submission, {"error": written_error(error)})
        if noted:
            await self._blame(submission, error)

    async def _blame(self, submission: Submission, error: ReelwrightError) -> None:
        """Tell the account, and the model's circuit, after the commit: they may be another workspace's."""
        if submission.account_id:
            account = AccountId(submission.account_id)
            await self.accounts.record_failure(account, error, submission.model)


async def submitted(tx: Tx, submission: Submission, ticket: Ticket) -> None:
    """Say that a vendor has taken a call."""
    await _tell(tx, "provider:submitted", submission, {"remote_id": ticket.remote_id})


async def _tell(tx: Tx, kind: str, submission: Submission, more: dict[str, Any]) -> None:
    told = {
        "job_id": submission.job_id,
        "provider": submission.provider,
        "model": submission.model,
        "attempt": submission.attempt,
    }
    await publish(tx, NewEvent(kind, submission.id, told | more))


def used_for(model: Model, request: Any, outcome: Outcome) -> Usage:
    """What was used: as the vendor says; what it does not say, as it was to be expected."""
    least, _ = expected(model, request)
    images = sum(one.media_type.startswith("image/") for one in outcome.products)
    reckoned = dict(least)
    if Unit.IMAGE in reckoned and images:
        pixels = [
            Decimal(int(one.facts["width"]) * int(one.facts["height"])) / 1_000_000
            for one in outcome.products
            if {"width", "height"} <= one.facts.keys()
        ]
        reckoned[Unit.IMAGE] = Decimal(images)
        if len(pixels) == images:
            reckoned[Unit.MEGAPIXEL] = sum(pixels, Decimal(0))
    return reckoned | dict(outcome.used)


def written_usage(used: Usage) -> dict[str, str]:
    """Usage as JSON: exact numbers as text."""
    return {unit.value: str(amount) for unit, amount in used.items()}


def cost_by(price: Price, used: Mapping[str, Any]) -> int | None:
    """Millionths for what was used, as `note_kept` wrote it down."""
    units = {Unit(unit): Decimal(amount) for unit, amount in used.get("units", {}).items()}
    return price.of(units, used.get("choices"))
