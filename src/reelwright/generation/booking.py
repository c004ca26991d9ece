"""Booking a call: an account, the money and the row, in one commit or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reelwright.billing.holds import NewHold
from reelwright.billing.ledger import Ledger
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.engines.database.database import Tx
from reelwright.generation.accounts.account import Account
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.submissions import records
from reelwright.generation.submissions.model import Submission
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AccountId, JobId, ProjectId, SubmissionId
from reelwright.ground.principals import Principal
from reelwright.providers.catalogue import Model
from reelwright.providers.operations import Operation
from reelwright.providers.price_words import written_price


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What is bought of one model, for whom; `request` as it stands in the row. `number` counts from 1.

    `price` is that by which its most was reckoned, as JSON; without one, the model's of now. `among`:
    the accounts it may be paid through; None: any of the vendor's. `passed` says of the models that
    were not asked before this one why.
    """

    who: Principal
    number: int
    model: Model
    operation: Operation
    request: Mapping[str, Any]
    project_id: ProjectId | None = None
    job_id: JobId | None = None
    root_job_id: JobId | None = None
    workflow_id: str | None = None
    price: Mapping[str, Any] | None = None
    among: Sequence[AccountId] | None = None
    passed: Mapping[str, str] = field(default_factory=dict)

    @property
    def kept_price(self) -> Mapping[str, Any]:
        """The price that is kept with its hold, and by which it is settled."""
        return self.price or written_price(self.model.price)


class Booking:
    """Books calls."""

    def __init__(
        self, clock: Clock, accounts: AccountService, ledger: Ledger, limits: SpendingLimits
    ) -> None:
        self._clock = clock
        self._accounts = accounts
        self._ledger = ledger
        self._limits = limits

    async def is_limited(self, one: Purchase) -> bool:
        """Whether anything limits what this call may cost; what cannot be held must not pass it by."""
        return bool(
            await self._limits.room(
                one.who,
                currency=one.model.price.currency,
                operation=one.operation.value,
                project_id=one.project_id,
                root_job_id=one.root_job_id,
            )
        )

    async def book(
        self,
        tx: Tx,
        one: Purchase,
        recipe: str,
        most: int,
        *,
        look_in_s: float | None = None,
        **more: Any,
    ) -> tuple[Submission, Account]:
        """The row, and the account it is paid through; `more` are further columns of the row.

        `look_in_s`: when a poller looks at it, though nobody should have said anything.

        Raises NoAccountError, NoFreeAccountError, LimitReachedError.
        """
        submission = SubmissionId.new()
        model, price = one.model, one.kept_price
        account = await self._accounts.take(
            tx, one.who, model.provider, model.id, 0, submission, one.among
        )
        hold = NewHold(
            operation=one.operation.value,
            vendor=model.provider,
            model=model.id,
            micros=most,
            currency=price["currency"],
            price=price,
            project_id=one.project_id,
            job_id=one.job_id,
            root_job_id=one.root_job_id,
        )
        row = {"id": submission, "recipe": recipe, "account_id": account.id, "hold_id": hold.id}
        row |= {"most_micros": most, "changed_at": self._clock.now()}
        added = await records.add(tx, _row(one) | row | more, look_in_s)
        # Last: whoever else would spend in this workspace waits from here to the commit.
        await self._ledger.hold(tx, one.who, hold)
        return added, account


def _row(one: Purchase) -> dict[str, Any]:
    return {
        "workspace_id": one.who.workspace,
        "user_id": one.who.user,
        "project_id": one.project_id,
        "job_id": one.job_id,
        "workflow_id": one.workflow_id,
        "attempt": one.number,
        "provider": one.model.provider,
        "model": one.model.id,
        "operation": one.operation.value,
        "recall": one.model.recall.value,
        "request": dict(one.request),
        "passed_over": dict(one.passed) or None,
    }
