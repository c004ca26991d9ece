"""Productions and batches as rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from reelwright.engines.database.database import Tx
from reelwright.ground.errors import MissingError
from reelwright.ground.ids import (
    AssetId,
    BatchId,
    JobId,
    ProductionId,
    ProjectId,
    RevisionId,
    UserId,
    WorkspaceId,
)
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal
from reelwright.studio.productions.model import EndedBatch, Production
from reelwright.studio.tables import BatchRow, ProductionRow


async def add_production(tx: Tx, production: Production) -> None:
    """Write down a production that begins."""
    row = {
        "id": production.id,
        "workspace_id": production.workspace_id,
        "user_id": production.user_id,
        "project_id": production.project_id,
        "revision_id": production.revision_id,
        "job_id": production.job_id,
        "options": dict(production.options),
        "created_at": production.created_at,
    }
    await tx.execute(insert(ProductionRow).values(row))


async def production_of(tx: Tx, production_id: ProductionId) -> Production:
    """A production by its id; raises MissingError."""
    row = await tx.get(ProductionRow, production_id)
    if row is None:
        raise MissingError(f"there is no production {production_id}")
    return _read(row)


async def production_of_job(tx: Tx, job_id: JobId) -> Production | None:
    """The production a job makes."""
    row = await tx.scalar(select(ProductionRow).where(ProductionRow.job_id == job_id))
    return _read(row) if row else None


async def productions_of_project(tx: Tx, project_id: ProjectId, paging: Paging) -> Page[Production]:
    """A project's productions, the newest first."""
    chosen = select(ProductionRow).where(ProductionRow.project_id == project_id)
    after = paging.after()
    if after:
        chosen = chosen.where(ProductionRow.id < after[0])
    chosen = chosen.order_by(ProductionRow.id.desc()).limit(paging.limit + 1)
    rows = [_read(row) for row in await tx.scalars(chosen)]
    return paging.page(rows, lambda one: [one.id])


async def finished_productions(
    tx: Tx, who: Principal, project_id: ProjectId
) -> Sequence[Production]:
    """All productions of a project that were finished, the newest first."""
    chosen = select(ProductionRow).where(
        ProductionRow.workspace_id == who.workspace,
        ProductionRow.project_id == project_id,
        ProductionRow.figures.is_not(None),
    )
    return [_read(row) for row in await tx.scalars(chosen.order_by(ProductionRow.id.desc()))]


async def take_up_production(tx: Tx, job_id: JobId) -> Production | None:
    """The production of a job that runs, perhaps again after it had failed."""
    await tx.execute(
        update(ProductionRow)
        .where(ProductionRow.job_id == job_id, ProductionRow.figures.is_(None))
        .values(live=True)
    )
    return await production_of_job(tx, job_id)


async def count_wanting(tx: Tx, production_id: ProductionId, more: int) -> int:
    """So many more (below 0: fewer) want this production; returns how many do now."""
    counting = update(ProductionRow).where(ProductionRow.id == production_id)
    counting = counting.values(wanted=ProductionRow.wanted + more)
    return await tx.scalar(counting.returning(ProductionRow.wanted)) or 0


async def finish_production(
    tx: Tx,
    production_id: ProductionId,
    figures: Mapping[str, Any],
    outputs: Mapping[str, AssetId],
) -> None:
    """Write down what was made."""
    done = {"live": False, "figures": dict(figures), "outputs": dict(outputs)}
    await tx.execute(
        update(ProductionRow)
        .where(ProductionRow.id == production_id)
        .values(**done, finished_at=func.now())
    )


async def end_production(tx: Tx, production_id: ProductionId) -> list[str]:
    """No more work is done for it; returns the batches that were still waiting."""
    await tx.execute(
        update(ProductionRow).where(ProductionRow.id == production_id).values(live=False)
    )
    waiting = (
        update(BatchRow)
        .where(BatchRow.production_id == production_id, BatchRow.state == "queued")
        .values(state="cancelled", finished_at=func.now())
        .returning(BatchRow.id)
    )
    return list(await tx.scalars(waiting))


async def is_live(tx: Tx, production_id: ProductionId) -> bool:
    """Whether it may still be worked on."""
    return bool(
        await tx.scalar(select(ProductionRow.live).where(ProductionRow.id == production_id))
    )


async def unmade_of(tx: Tx, production_id: ProductionId) -> set[str]:
    """The commissions this production is made without."""
    found = await tx.scalar(select(ProductionRow.unmade).where(ProductionRow.id == production_id))
    return set(found or ())


async def note_unmade(tx: Tx, production_id: ProductionId, digests: Sequence[str]) -> None:
    """This production is made without these commissions."""
    more = func.array_cat(ProductionRow.unmade, list(digests), type_=ARRAY(Text()))
    await tx.execute(
        update(ProductionRow).where(ProductionRow.id == production_id).values(unmade=more)
    )


async def add_batches(
    tx: Tx, production: Production, batches: Mapping[BatchId, Sequence[str]]
) -> None:
    """Write down batches that wait for a worker."""
    rows = [
        {
            "id": batch,
            "workspace_id": production.workspace_id,
            "production_id": production.id,
            "digests": list(digests),
        }
        for batch, digests in batches.items()
    ]
    await tx.execute(insert(BatchRow), rows)


async def give_up_batches(tx: Tx, batches: Collection[str]) -> None:
    """Batches that nobody will make any more."""
    await tx.execute(
        update(BatchRow)
        .where(BatchRow.id.in_(list(batches)), BatchRow.state == "queued")
        .values(state="cancelled", finished_at=func.now())
    )


async def batch_of(tx: Tx, batch_id: str) -> tuple[BatchRow, Production] | None:
    """A batch with its production; None when it is gone."""
    row = await tx.get(BatchRow, batch_id)
    if row is None:
        return None
    return row, await production_of(tx, ProductionId(row.production_id))


async def end_batch(
    tx: Tx, batch_id: str, made: Sequence[bool], error: Mapping[str, Any] | None
) -> None:
    """Write down how a batch ended; one that was cancelled meanwhile stays cancelled."""
    state = "failed" if error else "done"
    await tx.execute(
        update(BatchRow)
        .where(BatchRow.id == batch_id, BatchRow.state == "queued")
        .values(
            state=state,
            made=list(made),
            error=dict(error) if error else None,
            finished_at=func.now(),
        )
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a production's batches stand: whether it is live, what ended, what waits (id: digests)."""

    live: bool
    ended: Sequence[EndedBatch]
    waiting: Mapping[str, Sequence[str]]


async def standing_of(tx: Tx, production_id: ProductionId, seen: Collection[str] = ()) -> Standing:
    """Where a production stands; batches in `seen` are left out."""
    live = await is_live(tx, production_id)
    chosen = select(BatchRow).where(
        BatchRow.production_id == production_id,
        BatchRow.state != "cancelled",
        BatchRow.id.not_in(list(seen)),
    )
    rows = list(await tx.scalars(chosen))
    ended = [
        EndedBatch(row.id, tuple(row.digests), tuple(row.made or ()), row.error)
        for row in rows
        if row.state != "queued"
    ]
    return Standing(live, ended, {row.id: row.digests for row in rows if row.state == "queued"})


def _read(row: ProductionRow) -> Production:
    return Production(
        id=ProductionId(row.id),
        workspace_id=WorkspaceId(row.workspace_id),
        user_id=UserId(row.user_id),
        project_id=ProjectId(row.project_id),
        revision_id=RevisionId(row.revision_id),
        job_id=JobId(row.job_id),
        options=row.options,
        live=row.live,
        report=row.figures,
        outputs={name: AssetId(one) for name, one in (row.outputs or {}).items()},
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
