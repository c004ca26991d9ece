"""The pool as those use it who make calls: a slot of the best account, taken and given back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import DateTime, TextClause, bindparam, func, literal_column

from reelwright.engines.database.beside import Beside
from reelwright.engines.database.database import Database, Tx
from reelwright.generation.accounts import conditions, statements, tripping
from reelwright.generation.accounts.account import Account, AccountState, Reservation
from reelwright.generation.accounts.circuits import counts
from reelwright.generation.accounts.errors import NoAccountError
from reelwright.generation.accounts.keys import AccountKeys
from reelwright.generation.accounts.line import Want
from reelwright.generation.accounts.noting import find, hold, hold_if_there, missing, note
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.generation.accounts.variables import add_variables
from reelwright.generation.accounts.waiting import none_free
from reelwright.ground.clock import Clock
from reelwright.ground.errors import InvalidInputError, ReelwrightError
from reelwright.ground.ids import AccountId, UserId, WorkspaceId
from reelwright.ground.principals import Activity, Principal
from reelwright.providers.contract import Access

_RELEASING = func.release_account(
    bindparam("released"),
    literal_column("0.0::double precision"),
    bindparam("released_at", type_=DateTime(timezone=True)),
).label("released")


class AccountService:
    """Takes slots of accounts and releases them, and hears what came of the calls.

    What is heard of an account is noted in a transaction of its own, since the account may be
    another workspace's. A process that dies in between loses one note, and never a slot.
    """

    def __init__(
        self, database: Database, keys: AccountKeys, clock: Clock, settings: AccountSettings
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._settings = settings

    async def take(
        self,
        tx: Tx,
        who: Principal,
        provider: str,
        model: str,
        needs: float,
        reservation_id: str,
        among: Sequence[AccountId] | None = None,
    ) -> Account:
        """Reserve a slot of the best free account for a call, in the caller's transaction: one a transaction.

        `needs` are credits, in the vendor's unit; `among`: only one of these. The call's id names the
        reservation: asking again gives the same account. Raises NoAccountError, or NoFreeAccountError
        with the moment to retry.
        """
        asked = self._asked(provider, needs, among)
        asked |= {"reservation": reservation_id, "model": model}
        return await self._best(tx, who, statements.TAKE, asked)

    async def _try_circuit(self, tx: Tx, account: AccountId, asked: dict[str, Any]) -> bool:
        """Whether this call is the one that tries a model that was left alone."""
        until = asked["now"] + timedelta(seconds=self._settings.trial_s)
        told = {name: asked[name] for name in ("model", "reservation", "now")}
        tries = await tx.scalar(statements.TRY_CIRCUIT, told | {"account": account, "until": until})
        return bool(tries)

    async def release(self, tx: Tx, reservation_id: str, *, spent: float = 0) -> AccountId | None:
        """Give a slot back, as its workspace; the account that had it. Again is no error, and None.

        `spent` are credits the call has used; they are deducted once, with the slot.
        """
        told = {"reservation": reservation_id, "spent": spent, "now": self._clock.now()}
        found = await tx.scalar(statements.RELEASE, told)
        return AccountId(found) if found else None

    def releasing(self, reservation_id: str) -> Beside:
        """The same, nothing being spent, beside another statement."""
        return Beside(_RELEASING, {"released": reservation_id, "released_at": self._clock.now()})

    async def reservations_of(
        self, tx: Tx, *, account: AccountId | None = None, before: datetime | None = None
    ) -> list[Reservation]:
        """The slots that are held, oldest first: a workspace's own, or to Activity.DISPATCH all."""
        rows = await tx.execute(
            statements.LIVE_RESERVATIONS, {"account": account, "before": before}
        )
        return [_reservation(row) for row in rows.mappings()]

    def access_of(self, account: Account) -> Access:
        """What the account signs with: opened for one call, not to be kept."""
        return self._keys.access(account)

    async def find(self, account_id: AccountId) -> Account:
        """An account by its id, for whoever finishes a call made through it. Not for requests."""
        async with self._database.read(Activity.DISPATCH) as tx:
            return await find(tx, account_id)

    async def signing(
        self, who: Principal, providers: Sequence[str]
    ) -> Sequence[tuple[Account, Access]]:
        """The stored accounts of vendors that whoever asks may use, each with what it signs with."""
        told = {"providers": list(providers), "now": self._clock.now()}
        async with self._database.read(who) as tx:
            rows = (await tx.execute(statements.SIGNING, told)).mappings().all()
        return [(one, self._keys.access(one)) for one in map(Account.of, rows)]

    async def select_account(
        self, who: Principal, provider_id: str, required_credits: float = 0
    ) -> Account:
        """The account that `take` would take now; nothing is reserved."""
        async with self._database.transaction(who) as tx:
            asked = self._asked(provider_id, required_credits)
            return await self._best(tx, who, statements.SELECT, asked)

    async def free_slots(self, who: Principal, want: Want) -> Mapping[AccountId, int]:
        """How many calls each account that would do has room for at this moment; only those with any."""
        asked = self._asked(want.provider, 0, want.among) | {"model": want.model}
        async with self._database.read(who) as tx:
            rows = (await tx.execute(statements.PROSPECTS, asked)).mappings().all()
        return {
            AccountId(one["id"]): one["max_concurrent_jobs"] - one["running"]
            for one in rows
            if one["free"] and (one["shut_until"] is None or one["shut_until"] <= asked["now"])
        }

    async def reserve_account(
        self, who: Principal, account_id: AccountId, reservation_id: str, *, needs: float = 0
    ) -> Account:
        """Reserve a slot of this very account; raises MissingError, NoFreeAccountError."""
        asked = self._asked(None, needs, [account_id])
        async with self._database.transaction(who) as tx:
            try:
                return await self._best(
                    tx, who, statements.TAKE, asked | {"reservation": reservation_id, "model": ""}
                )
            except NoAccountError:
                raise missing(account_id) from None

    async def release_account(self, who: Principal, reservation_id: str) -> AccountId | None:
        """Give a slot back; again is no error."""
        async with self._database.transaction(who) as tx:
            return await self.release(tx, reservation_id)

    async def deduct_credits(self, account_id: AccountId, amount: float) -> None:
        """Take used credits off; at nothing left the account is exhausted. Unknown credits stay so."""
        if amount < 0:
            raise InvalidInputError("credits are deducted by 0 or more")
        async with self._database.transaction(Activity.DISPATCH) as tx:
            account = await hold(tx, account_id)
            if account.credits is not None:
                await self._set_credits(tx, account, max(account.credits - amount, 0))

    async def update_credits(self, account_id: AccountId, credits_left: float) -> None:
        """Say what the vendor says is left; an exhausted account that has some is healed."""
        if credits_left < 0:
            raise InvalidInputError("credits are 0 or more")
        async with self._database.transaction(Activity.DISPATCH) as tx:
            await self._set_credits(tx, await hold(tx, account_id), credits_left)

    async def record_success(
        self,
        account_id: AccountId,
        generation_time_sec: float,
        model: str = "",
        calls: int = 1,
    ) -> None:
        """Calls were answered, after so long altogether. Of an account that was removed nothing is noted."""
        async with self._database.transaction(Activity.DISPATCH) as tx:
            account = await hold_if_there(tx, account_id)
            if account is None:
                return
            told = {"id": account_id, "seconds": generation_time_sec, "calls": calls}
            await tx.execute(statements.ADD_SUCCESS, told)
            if model:
                await tripping.note_success(tx, account, model, self._clock.now())
            await note(tx, [(account, conditions.after_success(account.condition))])

    async def record_failure(
        self, account_id: AccountId, error: BaseException | str, model: str = ""
    ) -> None:
        """A call failed. The error's type decides what becomes of the account; its words are not kept.

        While a single model is away, that model is left alone, and the account works on.
        """
        if conditions.is_blameless(error):
            if model:  # the vendor has answered: it is there
                await self._answered(account_id, model)
            return
        async with self._database.transaction(Activity.DISPATCH) as tx:
            account = await hold_if_there(tx, account_id)
            if account is None:
                return
            await tx.execute(statements.ADD_FAILURE, {"id": account_id})
            moment, ailing = self._clock.now(), 0
            if model and isinstance(error, ReelwrightError) and counts(error):
                ailing = await tripping.note_failure(
                    tx, account, model, error, moment, self._settings
                )
            elif model:
                await tripping.end_trial(tx, account_id, model)
            if ailing == 1:
                return
            now = conditions.after_failure(account.condition, error, moment, self._settings)
            await note(tx, [(account, now)])

    async def _answered(self, account_id: AccountId, model: str) -> None:
        async with self._database.transaction(Activity.DISPATCH) as tx:
            account = await hold_if_there(tx, account_id)
            if account is not None:
                await tripping.note_success(tx, account, model, self._clock.now())

    async def _set_credits(self, tx: Tx, account: Account, left: float) -> None:
        await tx.execute(statements.SET_CREDITS, {"id": account.id, "credits": left})
        now = account.condition
        if left <= 0:
            now = conditions.exhausted(now, self._clock.now(), self._settings)
        elif now.state is AccountState.EXHAUSTED:
            now = conditions.rested(now)
        await note(tx, [(replace(account, credits=left), now)])

    def _asked(
        self, provider: str | None, needs: float, only: Sequence[AccountId] | None = None
    ) -> dict[str, Any]:
        variables = self._keys.environment.variables(provider)
        asked = {"provider": provider, "variables": variables, "credits": float(needs)}
        names = None if only is None else list(only)
        return asked | {"now": self._clock.now(), "only": names, "model": ""}

    async def _best(
        self, tx: Tx, who: Principal, statement: TextClause, asked: dict[str, Any]
    ) -> Account:
        await add_variables(tx, who, asked["variables"], asked["now"])
        row = (await tx.execute(statement, asked)).mappings().one_or_none()
        if row is not None:
            account = Account.of(row)
            if not row.get("to_be_tried") or await self._try_circuit(tx, account.id, asked):
                return account
        prospects = (await tx.execute(statements.PROSPECTS, asked)).mappings().all()
        busy = timedelta(seconds=self._settings.busy_s)
        raise none_free(asked["provider"] or "", prospects, asked["credits"], asked["now"], busy)


def _reservation(row: Any) -> Reservation:
    who = Principal(UserId(row["user_id"]), WorkspaceId(row["workspace_id"]))
    account = AccountId(row["account_id"])
    return Reservation(row["id"], account, who, row["model"], row["credits"], row["taken_at"])
