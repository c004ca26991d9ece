"""An account pool for tests, with vendors that answer as they are told."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from reelwright.engines.secrets.keyring import GivenKeys
from reelwright.engines.secrets.vault import Vault
from reelwright.generation.accounts.account import NewAccount
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.accounts.healing import AccountHealer
from reelwright.generation.accounts.keys import AccountKeys, EnvironmentKeys
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.accounts.settings import AccountSettings
from reelwright.identity.audit import AuditLog
from reelwright.identity.plans import QuotaSettings
from reelwright.identity.quotas import Quotas
from reelwright.providers.contract import Access, Standing
from support.clocks import HandClock

VENDOR = "sketch"
"""A provider that is installed everywhere; the pool asks nothing else of it."""


class AskedVendor:
    """Tells how accounts stand: as `answers` say, by key; or raises what stands there."""

    title = "Asked"

    def __init__(self) -> None:
        self.answers: dict[str, Standing | Exception] = {}
        self.probed: list[Access] = []

    async def probe(self, access: Access) -> Standing:
        self.probed.append(access)
        answer = self.answers.get(access.key, Standing())
        if isinstance(answer, Exception):
            raise answer
        return answer


class MuteVendor:
    """Has no way to try a key."""

    title = "Mute"


@dataclass
class Pool:
    """The services over one database, on one clock; `environ` is the environment."""

    database: Any
    vendor: Any = field(default_factory=AskedVendor)
    clock: Any = field(default_factory=HandClock)
    environ: dict[str, str] = field(default_factory=dict)
    settings: AccountSettings = field(default_factory=AccountSettings)
    vault: Vault = field(default_factory=lambda: Vault(GivenKeys([secrets.token_bytes(32)])))

    def __post_init__(self):
        keys = AccountKeys(self.vault, EnvironmentKeys(self.environ))
        shared = (self.database, keys, self.clock, self.settings)
        self.service = AccountService(*shared)
        self.healer = AccountHealer(*shared, lambda _name: self.vendor)
        self.book = AccountBook(
            self.database,
            keys,
            self.healer,
            self.clock,
            AuditLog(self.database, self.clock),
            self.settings,
            Quotas(self.database, self.clock, QuotaSettings()),
        )

    async def add(self, who, key="key-1", **more):
        """An account of the vendor."""
        new = NewAccount(VENDOR, more.pop("access", Access(key)), **more)
        return await self.book.add(who, new)

    async def take(self, who, reservation, needs=0, provider=VENDOR):
        """Take a slot, in a transaction of its own."""
        async with self.database.transaction(who) as tx:
            return await self.service.take(tx, who, provider, "model", needs, reservation)

    async def release(self, who, reservation, **more):
        """Give a slot back, in a transaction of its own."""
        async with self.database.transaction(who) as tx:
            return await self.service.release(tx, reservation, **more)

    async def look(self, account):
        """The account as it stands now."""
        return await self.service.find(account.id)

    async def events(self, who):
        """The kinds of events of the workspace about accounts, in order."""
        async with self.database.read(who) as tx:
            rows = await tx.execute(
                text("SELECT kind FROM events WHERE kind LIKE 'account:%' ORDER BY seq")
            )
            return [kind.removeprefix("account:") for kind in rows.scalars()]
