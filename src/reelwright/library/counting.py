"""How much there is in the library of a workspace."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from reelwright.engines.database.database import Database
from reelwright.ground.principals import Principal

_STORED = text("""
    SELECT coalesce(sum(size), 0) FROM blobs WHERE workspace_id = :workspace AND uses > 0""")

_SHARES = text("""
    SELECT GROUPING(kind) AS no_kind, GROUPING(project_id) AS no_project,
        GROUPING(trashed_at IS NOT NULL) AS no_trash, kind, project_id,
        trashed_at IS NOT NULL AS trashed, count(*) AS assets, coalesce(sum(size), 0) AS bytes
    FROM assets WHERE workspace_id = :workspace AND companion_of IS NULL
    GROUP BY GROUPING SETS ((kind), (project_id), (trashed_at IS NOT NULL), ())
    ORDER BY bytes DESC, kind, project_id""")

_PROJECTS = 1000


@dataclass(frozen=True, slots=True)
class Share:
    """So many assets of one kind, or of one project (None: of none), and their bytes."""

    name: str | None
    assets: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Assets and their bytes, companions left out; `stored` are all bytes, equal content counted once."""

    assets: int
    bytes: int
    stored: int
    trashed: Share
    kinds: Sequence[Share]
    projects: Sequence[Share]
    """The largest thousand."""


class AssetStatistics:
    """Counts the assets of the workspace of whoever asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, who: Principal) -> Statistics:
        """All there is, by kind and by project; the trash is counted in."""
        asked = {"workspace": who.workspace}
        async with self._database.read(who) as tx:
            rows = (await tx.execute(_SHARES, asked)).all()
            stored = int((await tx.execute(_STORED, asked)).scalar_one())
        kinds, projects, trashed = [], [], Share("trash", 0, 0)
        count, size = 0, 0
        for row in rows:
            given = row.assets, int(row.bytes)
            if not row.no_kind:
                kinds.append(Share(row.kind, *given))
            elif not row.no_project:
                projects.append(Share(row.project_id, *given))
            elif not row.no_trash:
                trashed = Share("trash", *given) if row.trashed else trashed
            else:
                count, size = given
        return Statistics(count, size, stored, trashed, kinds, projects[:_PROJECTS])
