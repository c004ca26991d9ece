"""The accounts as people see them: added, shared, limited, paused, tried, removed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypedDict

from sqlalchemy import delete, insert, update

from reelwright.engines.database.database import Database, Tx
from reelwright.generation.accounts import announcing, statements, tripping
from reelwright.generation.accounts.account import Account, Condition, NewAccount, Sharing
from reelwright.generation.accounts.checking import checked, checked_access, checked_limits
from reelwright.generation.accounts.circuits import Circuit
from reelwright.generation.accounts.errors import TooManyAccountsError
from reelwright.generation.accounts.healing import AccountHealer, Trial
from reelwright.generation.accounts.keys import VARIABLES, AccountKeys
from reelwright.generation.accounts.noting import missing, note
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.generation.accounts.tables import AccountRow
from reelwright.generation.accounts.variables import add_variables
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, DeniedError
from reelwright.ground.ids import AccountId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.quotas import Quotas
from reelwright.providers.contract import Access

_BEGINNING = Paging()


class AccountChange(TypedDict, total=False):
    """What is to be changed of an account; what is left out stays."""

    name: str
    sharing: Sharing
    priority: int
    max_concurrent_jobs: int
    requests_per_minute: int | None
    credits: float | None
    paused: bool


class AccountBook:
    """Keeps the accounts that whoever asks may use. Keys go in, and never come out again."""

    def __init__(
        self,
        database: Database,
        keys: AccountKeys,
        healer: AccountHealer,
        clock: Clock,
        audit: AuditLog,
        settings: AccountSettings,
        quotas: Quotas,
    ) -> None:
        self._database = database
        self._keys = keys
        self._healer = healer
        self._clock = clock
        self._audit = audit
        self._settings = settings
        self._quotas = quotas

    async def add(self, who: Principal, new: NewAccount) -> Account:
        """Add an account; raises TooManyAccountsError, or DeniedError for one for everyone by no admin."""
        new = checked(new)
        account = AccountId.new()
        row = {
            "id": account,
            "workspace_id": who.workspace,
            "user_id": who.user,
            "provider": new.provider,
            "name": new.name,
            "sharing": new.sharing.value,
            "access": self._keys.seal(account, who.workspace, new.access),
            "base_url": new.access.base_url,
            "priority": new.priority,
            "max_concurrent_jobs": new.max_concurrent_jobs,
            "requests_per_minute": new.requests_per_minute,
            "credits": new.credits,
            "created_at": self._clock.now(),
        }
        async with self._database.transaction(who) as tx:
            await self._allow(tx, who, new.sharing, one_more=True)
            await tx.execute(insert(AccountRow).values(**row))
            added = await self._find(tx, account)
            await announcing.announce(tx, [(announcing.ADDED, added)])
            said = {"provider": added.provider, "sharing": added.sharing.value}
            await self._audit.write(tx, who, "account:added", account, said)
        return added

    async def get(self, who: Principal, account_id: AccountId) -> Account:
        """An account that whoever asks may use; raises MissingError."""
        async with self._database.read(who) as tx:
            return await self._find(tx, account_id)

    async def circuits(self, who: Principal, account_id: AccountId) -> Sequence[Circuit]:
        """The models that have failed through an account lately, and whether they are left alone."""
        async with self._database.read(who) as tx:
            await self._find(tx, account_id)
            return await tripping.of_account(tx, account_id)

    async def list(
        self, who: Principal, paging: Paging = _BEGINNING, *, provider: str | None = None
    ) -> Page[Account]:
        """All accounts that whoever asks may use, newest first: theirs, the workspace's, the operator's."""
        after = paging.after()
        asked = self._asked(provider=provider, most=paging.limit + 1)
        asked |= {"after": str(after[0]) if after else None}
        async with self._database.transaction(who) as tx:
            await add_variables(tx, who, asked["variables"], asked["now"])
            rows = (await tx.execute(statements.OWNED, asked)).mappings()
            found = [Account.of(row) for row in rows]
        return paging.page(found, lambda account: [account.id])

    async def standing(self, who: Principal) -> Mapping[str, bool]:
        """The vendors whoever asks has an account of, and whether one of them is free. Writes nothing."""
        variables = self._keys.environment.variables()
        told = {"user": who.user, "workspace": who.workspace, "now": self._clock.now()}
        told |= {"variables": variables, "providers": [VARIABLES[one] for one in variables]}
        async with self._database.read(who) as tx:
            rows = await tx.execute(statements.STANDING, told)
            return {row.provider: row.free for row in rows}

    async def change(
        self,
        who: Principal,
        account_id: AccountId,
        change: AccountChange,
        access: Access | None = None,
    ) -> Account:
        """Change limits, key, or who may use it. A new key, and the end of a pause, forget its troubles.

        Address and further parts come with their key, so that nobody sends a key they do not know
        to an address of their own.
        """
        values: dict[str, Any] = checked_limits(dict(change))
        access = checked_access(access) if access else None
        async with self._database.transaction(who) as tx:
            was = await self._kept(tx, account_id)
            if "sharing" in values:
                await self._reshare(tx, who, was, Sharing(values["sharing"]))
            if access:
                values |= self._sealed(was, access)
            if values:
                await tx.execute(update(AccountRow).where(AccountRow.id == was.id).values(values))
            changed = await self._find(tx, account_id)
            await note(tx, [(changed, _cleared(changed, values))])
            if _begins_anew(values):
                await tripping.forget(tx, account_id)
            changed = await self._find(tx, account_id)
            await announcing.announce(tx, [(announcing.CHANGED, changed)])
            if values:
                await self._audit.write(tx, who, "account:changed", account_id, _noted(values))
        return changed

    async def remove(self, who: Principal, account_id: AccountId) -> None:
        """Forget an account and its key; raises ConflictError while calls run through it."""
        async with self._database.transaction(who) as tx:
            was = await self._kept(tx, account_id)
            if was.variable:
                raise ConflictError(
                    f"this account is {was.variable} of the environment",
                    way_out="unset it there, or pause the account",
                )
            if was.running:
                raise ConflictError(
                    f"{was.running} calls run through this account",
                    way_out="pause it, and remove it when they are done",
                )
            await tx.execute(delete(AccountRow).where(AccountRow.id == was.id))
            await announcing.announce(tx, [(announcing.REMOVED, was)])
            said = {"provider": was.provider}
            await self._audit.write(tx, who, "account:removed", account_id, said)

    async def test(self, who: Principal, account_id: AccountId) -> Trial:
        """Try its key with its vendor, without paying; what that shows is noted."""
        async with self._database.transaction(who) as tx:
            account = await self._kept(tx, account_id)
        return await self._healer.try_out(account)

    async def _kept(self, tx: Tx, account_id: AccountId) -> Account:
        """The account, held; raises MissingError, or DeniedError to those who may use it only."""
        held = await tx.scalar(statements.HOLD_KEPT, {"id": account_id})
        account = await self._find(tx, account_id)  # counted after it is held
        if held is None:
            raise DeniedError(
                "this account is looked after by others", way_out="ask whoever added it"
            )
        return account

    async def _find(self, tx: Tx, account_id: AccountId) -> Account:
        asked = self._asked(only=account_id)
        row = (await tx.execute(statements.OWNED, asked)).mappings().one_or_none()
        if row is None:
            raise missing(account_id)
        return Account.of(row)

    def _asked(
        self, *, only: AccountId | None = None, provider: str | None = None, most: int = 1
    ) -> dict[str, Any]:
        asked: dict[str, Any] = {"only": only, "provider": provider, "after": None, "most": most}
        variables = self._keys.environment.variables()
        return asked | {"variables": variables, "now": self._clock.now()}

    async def _allow(
        self, tx: Tx, who: Principal, sharing: Sharing, *, one_more: bool = False
    ) -> None:
        allowed = await self._quotas.allowance(tx, who.user, hold=True)
        if sharing is Sharing.EVERYONE and not allowed.operates:
            raise DeniedError(
                "only an admin shares an account with everyone",
                way_out="share it with the workspace",
            )
        own = allowed.limits.accounts
        most = self._settings.most_per_user if own is None else own
        if one_more and await tx.scalar(statements.COUNT, {"user": who.user}) >= most:
            raise TooManyAccountsError(
                f"you have {most} accounts, and may have no more", way_out="remove one"
            )

    async def _reshare(self, tx: Tx, who: Principal, was: Account, sharing: Sharing) -> None:
        if (was.user, was.workspace) != (who.user, who.workspace):
            raise DeniedError(
                "who may use an account is said by whoever added it, where they added it"
            )
        await self._allow(tx, who, sharing)

    def _sealed(self, was: Account, access: Access) -> Mapping[str, Any]:
        if was.variable:
            raise ConflictError(
                f"this account's key is {was.variable} of the environment",
                way_out="set another there, or add an account",
            )
        sealed = self._keys.seal(was.id, was.workspace, access)
        return {"access": sealed, "base_url": access.base_url}


def _noted(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was changed; of a key and its address only that they were, and of sharing what it is now."""
    said: dict[str, Any] = {"fields": sorted("key" if one == "access" else one for one in values)}
    return said | ({"sharing": str(values["sharing"])} if "sharing" in values else {})


def _begins_anew(values: Mapping[str, Any]) -> bool:
    """A new key, and the end of a pause, forget all troubles."""
    return "access" in values or values.get("paused") is False


def _cleared(account: Account, values: Mapping[str, Any]) -> Condition:
    return Condition() if _begins_anew(values) else replace(account.condition)
