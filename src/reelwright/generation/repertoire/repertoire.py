"""The one place where models are read: as they stand today, for whoever asks."""

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reelwright.engines.database.database import Database
from reelwright.generation.accounts.book import AccountBook
from reelwright.generation.accounts.service import AccountService
from reelwright.generation.repertoire import records
from reelwright.generation.repertoire.override import Override, rows_on
from reelwright.ground.clock import Clock
from reelwright.ground.ids import AccountId
from reelwright.ground.principals import Activity, Principal
from reelwright.providers.catalogue import Model, find_model
from reelwright.providers.contract import Hosts, Provider
from reelwright.providers.loader import provider_names
from reelwright.providers.roster import Vendors

_BELIEVED_S = 1.0
"""How long rows are used without asking whether an operator has changed them."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What whoever asks may choose among: rows, and the vendors there is an account of.

    `keyed` says of each whether an account is free now.
    """

    models: Sequence[Model]
    keyed: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The rows of a day, and by what they were reckoned."""

    revision: records.Revision
    day: dt.date
    overrides: Sequence[Override]
    rows: Mapping[str, Model]
    asked_at: float = field(default_factory=time.monotonic)


class Repertoire:
    """Vendors' rows, what operators set about them, and the models that accounts alone have.

    What an operator sets is seen by every process within a second.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vendors: Vendors,
        book: AccountBook,
        accounts: AccountService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vendors = vendors
        self._book = book
        self._accounts = accounts
        self._kept: _Kept | None = None

    async def offer(self, who: Principal) -> Offer:
        """All rows, also of models that are gone, with those of accounts whoever asks may use."""
        rows = await self.rows()
        keyed = await self._book.standing(who)
        hosts = [name for name in keyed if self._hosts(name)]
        own = await self._own(who, hosts) if hosts else {}
        more = [model for model, _ in own.values() if model.id not in rows]
        return Offer((*rows.values(), *more), keyed)

    async def named(self, who: Principal, names: Sequence[str]) -> Offer:
        """The same for whoever names models: nobody's accounts are looked through for rows all have."""
        rows = await self.rows()
        if all(name in rows for name in names):
            return Offer(tuple(rows.values()), {})
        return await self.offer(who)

    async def model(self, who: Principal, name: str) -> Model:
        """A row, whether or not it can still be asked for: what was begun is ended by it.

        Raises InvalidInputError where there never was one of that name.
        """
        rows = await self.rows()
        if name in rows:
            return rows[name]
        own = await self._own(who, [name.partition("/")[0]])
        if name in own:
            return own[name][0]
        kept = await self._current()
        past = rows_on(self._vendors.models, kept.overrides, kept.day, ever=True)
        return past.get(name) or find_model(rows.values(), name, kept.day)

    async def hosts(self, who: Principal, model: Model) -> Sequence[AccountId] | None:
        """The accounts a call of the model may be paid through; None: any of its vendor.

        An account that names its models has those, and no others.
        """
        if not self._hosts(model.provider):
            return None
        named = await self._named(who, [model.provider])
        theirs = [account for account, models in named.items() if model.id in models]
        if theirs:
            return theirs
        return None if not any(named.values()) else [one for one, has in named.items() if not has]

    async def rows(self) -> Mapping[str, Model]:
        """The rows all have, by their ids, as they stand today."""
        return (await self._current()).rows

    def forget(self) -> None:
        """Look at once what operators have set: it was just changed here."""
        self._kept = None

    async def _current(self) -> _Kept:
        kept, day = self._kept, self._clock.now().astimezone(dt.UTC).date()
        if kept and kept.day == day and time.monotonic() - kept.asked_at < _BELIEVED_S:
            return kept
        async with self._database.read(Activity.DISPATCH) as tx:
            revision = await records.revision(tx)
            same = kept if kept and kept.revision == revision else None
            overrides = same.overrides if same else await records.every(tx)
        if same and same.day == day:
            rows = same.rows
        else:
            rows = rows_on(self._vendors.models, overrides, day)
        self._kept = _Kept(revision, day, overrides, rows)
        return self._kept

    async def _own(
        self, who: Principal, providers: Sequence[str]
    ) -> Mapping[str, tuple[Model, AccountId]]:
        """The models that accounts name, each with one that has it; an operator's word holds of them too."""
        named = await self._named(who, providers)
        found = [(model, one) for one, models in named.items() for model in models.values()]
        kept = await self._current()
        rows = rows_on([model for model, _ in found], kept.overrides, kept.day)
        return {model.id: (rows[model.id], one) for model, one in reversed(found)}

    async def _named(
        self, who: Principal, providers: Sequence[str]
    ) -> Mapping[AccountId, Mapping[str, Model]]:
        """What each account of vendors that host has by its own word."""
        hosting = {one: self._vendors.provider(one) for one in providers if self._hosts(one)}
        found: dict[AccountId, Mapping[str, Model]] = {}
        for account, access in await self._accounts.signing(who, list(hosting)):
            host: Provider = hosting[account.provider]
            assert isinstance(host, Hosts)  # only such are asked for
            found[account.id] = {one.id: one for one in host.own_models(access)}
        return found

    def _hosts(self, provider: str) -> bool:
        known = provider in provider_names()
        return known and isinstance(self._vendors.provider(provider), Hosts)
