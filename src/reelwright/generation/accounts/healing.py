"""Healing: rested accounts return by time, the others when their vendor says that they work again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from reelwright.engines.database.database import Database, Tx
from reelwright.generation.accounts import conditions, statements
from reelwright.generation.accounts.account import Account, AccountState, Condition
from reelwright.generation.accounts.keys import AccountKeys
from reelwright.generation.accounts.noting import hold_if_there, note
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ReelwrightError
from reelwright.ground.ids import AccountId
from reelwright.ground.principals import Activity
from reelwright.providers.contract import Probes, Provider
from reelwright.providers.errors import ProviderError

_log = logging.getLogger(__name__)
_AT_ONCE = 50
_KEPT = timedelta(minutes=2)
"""Released slots count for a minute; clocks of machines differ a little."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying an account's key showed. Not `tried`: its vendor has no way to, short of paying."""

    tried: bool
    error: ReelwrightError | None = None
    credits: float | None = None
    note: str = ""


class AccountHealer:
    """Tries accounts without paying, and lets those that work again return. Any number may run at once."""

    def __init__(
        self,
        database: Database,
        keys: AccountKeys,
        clock: Clock,
        settings: AccountSettings,
        provider_of: Callable[[str], Provider],
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._settings = settings
        self._provider_of = provider_of

    async def heal(self) -> int:
        """Look after all accounts once; how many are used again."""
        healed = await self._change_by_time()
        for account in await self._due():
            healed += await self._heal(account)
        await self._forget_reservations()
        return healed

    async def rewrap(self) -> int:
        """Bring keys that are sealed with an old key of the vault under the current one; how many."""
        after, changed = "", 0
        while True:
            told: dict[str, object] = {"after": after, "most": _AT_ONCE}
            async with self._database.transaction(Activity.DISPATCH) as tx:
                rows = (await tx.execute(statements.SEALED, told)).all()
                for row in rows:
                    changed += await self._rewrap(tx, row.id, row.access)
            if len(rows) < _AT_ONCE:
                return changed
            after = rows[-1].id

    async def try_out(self, account: Account) -> Trial:
        """Try a key now, and note what that shows: it is healed, or not accepted, or has no credits."""
        trial = await self._try(account)
        await self._note_trial(account.id, trial)
        return trial

    async def _change_by_time(self) -> int:
        told = {"now": self._clock.now(), "most": _AT_ONCE}
        async with self._database.transaction(Activity.DISPATCH) as tx:
            rows = (await tx.execute(statements.TO_CHANGE_BY_TIME, told)).mappings()
            changes = [self._by_time(Account.of(row)) for row in rows]
            await note(tx, changes)
        return sum(one.state is AccountState.ACTIVE for _, one in changes)

    def _by_time(self, account: Account) -> tuple[Account, Condition]:
        if account.credits is not None and account.credits <= 0:
            now = self._clock.now()
            return account, conditions.exhausted(account.condition, now, self._settings)
        return account, conditions.rested(account.condition)

    async def _due(self) -> list[Account]:
        """Those to be tried; each is ours, since its next trial is put off in the same transaction."""
        now = self._clock.now()
        told = {"now": now, "most": _AT_ONCE, "variables": self._keys.environment.variables()}
        async with self._database.transaction(Activity.DISPATCH) as tx:
            rows = (await tx.execute(statements.TO_PROBE, told)).mappings()
            due = [Account.of(row) for row in rows]
            later = [conditions.tried(one.condition, now, self._settings) for one in due]
            await note(tx, list(zip(due, later, strict=True)))
        return due

    async def _heal(self, account: Account) -> bool:
        trial = await self._try(account)
        if (
            not trial.tried
        ):  # the next call through it is the trial: one that is refused costs nothing
            trial = replace(trial, tried=trial.error is None)
        return await self._note_trial(account.id, trial)

    async def _try(self, account: Account) -> Trial:
        """Ask the vendor; nothing that goes wrong with one account keeps the others from their turn."""
        try:
            provider = self._provider_of(account.provider)
            if not isinstance(provider, Probes):
                return Trial(tried=False, note=f"{provider.title} has no free way to try a key")
            standing = await provider.probe(self._keys.access(account))
        except ProviderError as error:
            return Trial(tried=True, error=error)
        except ReelwrightError as error:  # its key does not open, its provider is not installed
            return Trial(tried=False, error=error)
        return Trial(tried=True, credits=standing.credits, note=standing.note)

    async def _note_trial(self, account_id: AccountId, trial: Trial) -> bool:
        """Whether it has been healed."""
        if not trial.tried:
            return False
        async with self._database.transaction(Activity.DISPATCH) as tx:
            account = await hold_if_there(tx, account_id)
            if account is None:
                return False
            if trial.credits is not None:
                # None left, and no complaint: the vendor lets it go on, and how far is not known.
                told = {"id": account_id, "credits": trial.credits if trial.credits > 0 else None}
                await tx.execute(statements.SET_CREDITS, told)
            now = self._after(account.condition, trial)
            await note(tx, [(account, now)])
        return now.state is AccountState.ACTIVE and account.condition.state is not now.state

    def _after(self, was: Condition, trial: Trial) -> Condition:
        if trial.error is not None:
            return conditions.after_failure(was, trial.error, self._clock.now(), self._settings)
        # That its key works does not mean that it has rested long enough.
        return was if was.state is AccountState.COOLING else conditions.rested(was)

    async def _forget_reservations(self) -> None:
        told = {"before": self._clock.now() - _KEPT}
        async with self._database.transaction(Activity.DISPATCH) as tx:
            await tx.execute(statements.FORGET_RESERVATIONS, told)

    async def _rewrap(self, tx: Tx, account: str, sealed: str) -> bool:
        try:
            new = self._keys.rewrapped(sealed)
        except (
            ReelwrightError
        ) as error:  # one that is lost does not keep the others under the old key
            _log.warning("the key of account %s cannot be kept: %s", account, error.message)
            return False
        if new is not None:
            told = {"id": account, "old": sealed, "new": new}
            await tx.execute(statements.REWRAP, told)
        return new is not None
