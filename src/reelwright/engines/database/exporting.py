"""Rows of a table for whoever they belong to, a page a transaction: an export may take its time."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.principals import Principal

_AT_ONCE = 500
THEIRS = "workspace_id = :workspace AND (:whole OR user_id = :user)"
"""Rows of a workspace that are a person's; with `whole` all of them."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """What is exported of a table, without secrets.

    `columns` begin with what sorts the rows, a text called `id`. `where` may name `:user`,
    `:workspace` and `:whole`.
    """

    name: str
    columns: str
    source: str
    where: str
    personal: bool = False


@dataclass(frozen=True, slots=True)
class TableExport:
    """The same, with a database to read."""

    database: Database
    table: TableRows

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.table.name

    @property
    def personal(self) -> bool:
        """Whether these are the person's own, whatever the workspace."""
        return self.table.personal

    async def rows(self, who: Principal, *, whole: bool) -> AsyncIterator[Mapping[str, Any]]:
        """All rows, in the order of their ids."""
        table = self.table
        statement = text(
            f"SELECT * FROM (SELECT {table.columns} FROM {table.source} WHERE {table.where}) AS one"  # noqa: S608  # our own words only
            " WHERE one.id > :after ORDER BY one.id LIMIT :most"
        )
        told = {"user": who.user, "workspace": who.workspace, "whole": whole, "most": _AT_ONCE}
        told = {name: value for name, value in told.items() if f":{name}" in statement.text}
        after = ""
        while True:
            async with self.database.read(who) as tx:
                found = (await tx.execute(statement, told | {"after": after})).mappings().all()
            for row in found:
                yield dict(row)
            if len(found) < _AT_ONCE:
                return
            after = found[-1]["id"]
