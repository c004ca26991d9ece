"""Which paid calls assets came from: their model, their job, what they cost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from reelwright.engines.database.database import Database
from reelwright.generation.submissions.tables import SubmissionRow
from reelwright.ground.ids import SubmissionId
from reelwright.ground.principals import Principal


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call; `cost_micros` is None until it is settled."""

    provider: str
    model: str
    operation: str
    recipe: str
    job_id: str | None
    cost_micros: int | None


class Provenance:
    """Looks up where assets came from, in the workspace of whoever asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def calls(
        self, who: Principal, submissions: Collection[str]
    ) -> Mapping[SubmissionId, Call]:
        """The calls that are known of those submissions."""
        if not submissions:
            return {}
        query = select(SubmissionRow).where(
            SubmissionRow.workspace_id == who.workspace, SubmissionRow.id.in_(submissions)
        )
        async with self._database.read(who) as tx:
            rows = (await tx.execute(query)).scalars().all()
        return {
            SubmissionId(one.id): Call(
                one.provider, one.model, one.operation, one.recipe, one.job_id, one.cost_micros
            )
            for one in rows
        }
