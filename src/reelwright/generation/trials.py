"""Trying a real vendor with one's own key, for little money: each operation once, by its cheapest model."""

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.local import LocalGenerations
from reelwright.generation.quotes import Order
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.generation.requests import ASKABLE
from reelwright.generation.routes.route import Route
from reelwright.generation.samples import sample
from reelwright.ground.clock import Clock
from reelwright.ground.errors import DeniedError, ReelwrightError
from reelwright.ground.money import spelled
from reelwright.ground.principals import Principal
from reelwright.providers.catalogue import Model
from reelwright.providers.checking import refuse_unsupported
from reelwright.providers.contract import Access
from reelwright.providers.errors import UnsupportedError
from reelwright.providers.measuring import price_range
from reelwright.providers.operations import Operation
from reelwright.providers.prompts import Prompt

Tell = Callable[[str], None]
_CURRENCY = "USD"


@dataclass(slots=True)
class TrialReport:
    """What was tried: `worked` and `failed` by operation; `spent` in millionths of a dollar."""

    bound: int
    spent: int = 0
    worked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What may still be spent."""
        return max(self.bound - self.spent, 0)


class LiveTrial:
    """Asks a vendor as every job does: through accounts, ledger and submissions. A worker must run."""

    def __init__(
        self,
        clock: Clock,
        book: AccountBook,
        accounts: AccountService,
        repertoire: Repertoire,
        local: LocalGenerations,
    ) -> None:
        self._clock = clock
        self._book = book
        self._accounts = accounts
        self._repertoire = repertoire
        self._local = local

    async def access(self, who: Principal, vendor: str) -> Access:
        """What the account that would be used signs with, so that it can be kept out of what is written."""
        return self._accounts.access_of(await self._accounts.select_account(who, vendor))

    async def run(self, who: Principal, vendor: str, bound: int, tell: Tell) -> TrialReport:
        """Try the key, then each operation once within the bound; what is unpriced or too dear is not asked.

        Raises NoAccountError without a key, and what the vendor says of a bad one.
        """
        report = TrialReport(bound)
        await self._probe(who, vendor, tell)
        today = self._clock.now().astimezone(dt.UTC).date()
        offer = await self._repertoire.offer(who)
        models = [one for one in offer.models if one.provider == vendor and one.usable(today)]
        with tempfile.TemporaryDirectory(prefix="reelwright-trial-") as name:
            folder = Path(name)
            for operation in (one for one in Operation if one in ASKABLE):
                able = [one for one in models if one.operation is operation]
                if able:
                    await self._try(who, operation, able, report, folder, tell)
        return report

    async def _probe(self, who: Principal, vendor: str, tell: Tell) -> None:
        account = await self._accounts.select_account(who, vendor)
        try:
            trial = await self._book.test(who, account.id)
        except DeniedError:
            tell("key: not tried, the account is looked after by others")
            return
        if trial.error is not None:
            raise trial.error
        left = "" if trial.credits is None else f", {trial.credits:g} credits left"
        tell(
            f"key: {'works' if trial.tried else 'not tried'}{left}{trial.note and f' ({trial.note})'}"
        )

    async def _try(
        self,
        who: Principal,
        operation: Operation,
        models: Sequence[Model],
        report: TrialReport,
        folder: Path,
        tell: Tell,
    ) -> None:
        choice = _cheapest(models, folder)
        if isinstance(choice, str):
            tell(f"{operation}: not tried, {choice}")
            return
        model, request, most = choice
        if most > report.left:
            tell(
                f"{operation}: not tried, the cheapest ({model.id}) may cost"
                f" {spelled(most, _CURRENCY)}, and {spelled(report.left, _CURRENCY)} is left"
            )
            return
        tell(f"{operation}: {model.title} ({model.id}) for at most {spelled(most, _CURRENCY)} ...")
        # A take of its own: what an earlier trial has made would be found, and nothing be tried.
        take = int(self._clock.now().timestamp() * 1000)
        order = Order(request, Route(models=(model.id,)), take)
        try:
            made = await self._local.make(who, order, folder / operation.value, _silent)
        except ReelwrightError as error:
            report.spent += most  # whatever became of it, no more than this
            report.failed.append(operation.value)
            tell(f"{operation}: FAILED, {error}")
            return
        cost = sum(one.call.cost_micros or 0 for one in made.calls)
        report.spent += cost
        report.worked.append(operation.value)
        told = ", ".join(f"{path.name} ({path.stat().st_size} bytes)" for path in made.files)
        tell(
            f"{operation}: works, {told}; it cost {spelled(cost, _CURRENCY) if cost else 'nothing'}"
        )


def _cheapest(models: Sequence[Model], folder: Path) -> tuple[Model, Prompt, int] | str:
    """The model that costs least, with what it is asked; or why none is."""
    found: list[tuple[int, str, Model, Prompt]] = []
    why = "no model has a known price"
    for model in models:
        request = sample(model, folder)
        if request is None:
            why = "it goes on from what is not at hand here"
            continue
        try:
            refuse_unsupported(model, request)
        except UnsupportedError as error:
            why = error.message
            continue
        most = price_range(model, request)[1]
        if most is not None and model.price.currency == _CURRENCY:
            found.append((most, model.id, model, request))
    if not found:
        return why
    most, _, model, request = min(found, key=lambda one: one[:2])
    return model, request, most


def _silent(_: str) -> None:
    """The steps of a call are told by its job."""
