"""What operators set about models: said with a day and a source, kept for ever, audited."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from reelwright.engines.database.database import Database, Tx
from reelwright.generation.repertoire import records
from reelwright.generation.repertoire.override import (
    Deed,
    Override,
    changed,
    read_row,
    written_row,
)
from reelwright.generation.repertoire.repertoire import Repertoire
from reelwright.ground.clock import Clock
from reelwright.ground.errors import ConflictError, DeniedError, InvalidInputError, MissingError
from reelwright.ground.principals import Principal
from reelwright.identity.audit import AuditLog
from reelwright.identity.tables import UserRow
from reelwright.providers.catalogue import Model, Recall, read_models
from reelwright.providers.loader import provider_names
from reelwright.providers.roster import Vendors

_LONGEST_SOURCE = 500
_LONGEST_FILE = 200_000


class OverrideBook:
    """Takes the word of operators. What it says holds from its day on, for all workspaces."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        audit: AuditLog,
        vendors: Vendors,
        repertoire: Repertoire,
    ) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._vendors = vendors
        self._repertoire = repertoire

    async def set(
        self,
        who: Principal,
        name: str,
        change: Mapping[str, Any],
        *,
        source: str,
        valid_from: dt.date | None = None,
    ) -> Override:
        """Set fields of a row from a day on (today); raises InvalidInputError naming the field, DeniedError."""
        source, day = _source(source), valid_from or self._today()
        if not change:
            raise InvalidInputError("nothing is to be set")
        told = dict(change)
        if told.get("price"):
            told["price"] = {"as_of": day.isoformat(), "source": source} | dict(told["price"])
        row = await self._repertoire.model(who, name)
        new = changed(row, told)
        await self._check_replacement(new)
        wanted = written_row(new)
        fields = {one: wanted[one] for one in told}
        return (await self._say(who, Deed.SET, {name: fields}, day, source))[0]

    async def add(
        self, who: Principal, text: str, *, source: str, valid_from: dt.date | None = None
    ) -> Sequence[Override]:
        """Add the rows of a `models.toml` that names its `provider`; raises InvalidInputError, ConflictError."""
        source, day = _source(source), valid_from or self._today()
        rows = _read_file(text)
        vendors = {model.id: model for model in self._vendors.models}
        for row in rows:
            if row.id in vendors:
                raise ConflictError(
                    f"{row.id} is a row of its vendor's",
                    way_out="`reelwright models set` changes it",
                )
            self._check_added(row)
        return await self._say(
            who, Deed.ADD, {row.id: written_row(row) for row in rows}, day, source
        )

    async def reset(self, who: Principal, name: str) -> Override:
        """Take back all that was said of a model; raises MissingError where nothing was."""
        async with self._database.read(who) as tx:
            said = await records.every(tx, name)
        if not said or said[-1].deed is Deed.RESET:
            raise MissingError(f"nothing is set of {name[:80]!r}")
        return (await self._say(who, Deed.RESET, {name: {}}, self._today(), "reset"))[0]

    async def list(self, who: Principal, model: str | None = None) -> Sequence[Override]:
        """All that was ever said, oldest first; raises DeniedError for who is no operator."""
        async with self._database.read(who) as tx:
            await _allow(tx, who)
            return await records.every(tx, model)

    async def _say(
        self,
        who: Principal,
        deed: Deed,
        changes: Mapping[str, Mapping[str, Any]],
        day: dt.date,
        source: str,
    ) -> Sequence[Override]:
        said = []
        async with self._database.transaction(who) as tx:
            await _allow(tx, who)
            now = self._clock.now()
            for name, change in changes.items():
                one = await records.add(tx, who.user, name, deed, change, day, source, now)
                detail = {"number": one.number, "from": day.isoformat(), "source": source}
                detail |= {"fields": sorted(change)}
                await self._audit.write(tx, who, f"model:{deed.value}", name, detail)
                said.append(one)
        self._repertoire.forget()
        return said

    async def _check_replacement(self, row: Model) -> None:
        if row.replacement is not None and row.replacement not in await self._repertoire.rows():
            raise InvalidInputError(f"no model is named {row.replacement[:80]!r}")

    def _check_added(self, row: Model) -> None:
        """What the vendor's adapter counts on must be there, and no other word about finding calls again.

        That is the vendor's way, not a row's: a wrong word would pay twice.
        """
        kin = [one for one in self._vendors.models if one.provider == row.provider]
        alike = [set(one.defaults) for one in kin if one.operation is row.operation]
        if not alike:
            raise InvalidInputError(f"{row.provider} makes no {row.operation}")
        missing = set.intersection(*alike) - row.defaults.keys()
        if missing:
            raise InvalidInputError(
                f"{row.id} lacks {', '.join(sorted(missing))} in its defaults",
                way_out="as the vendor's other rows have them in its models.toml",
            )
        ways = {one.recall for one in kin} | {Recall.NONE}
        if row.recall not in ways:
            raise InvalidInputError(
                f"{row.id}: calls of {row.provider} are not found again by {row.recall.value}",
                way_out=f"recall is {' or '.join(sorted(ways))}",
            )

    def _today(self) -> dt.date:
        return self._clock.now().astimezone(dt.UTC).date()


async def _allow(tx: Tx, who: Principal) -> None:
    if not await tx.scalar(select(UserRow.admin).where(UserRow.id == who.user)):
        raise DeniedError("only an operator may", way_out="ask whoever runs this installation")


def _source(text: str) -> str:
    told = text.strip()
    if not told or len(told) > _LONGEST_SOURCE or not told.isprintable():
        raise InvalidInputError(
            "who says so, and where, is one line of text", way_out="give a source"
        )
    return told


def _read_file(text: str) -> Sequence[Model]:
    import tomllib  # noqa: PLC0415

    if len(text) > _LONGEST_FILE:
        raise InvalidInputError("this is more than a list of models")
    try:
        provider = tomllib.loads(text).get("provider")
        if provider not in provider_names():
            raise InvalidInputError(
                "the file names no vendor there is",
                way_out=f'begin it with provider = "..." of {", ".join(provider_names())}',
            )
        rows = read_models(str(provider), text)
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        raise InvalidInputError(f"this is no list of models: {error}") from None
    if not rows:
        raise InvalidInputError("the file has no [[model]]")
    return [read_row(written_row(row)) for row in rows]
