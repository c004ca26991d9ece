"""Telling what happened to jobs, in the transaction in which it happened."""

from collections.abc import Iterable
from typing import Any

from reelwright.engines.database.database import Tx
from reelwright.engines.events.publishing import NewEvent, publish
from reelwright.jobs.job import Job

CREATED = "job:created"
STARTED = "job:started"
PROGRESS = "job:progress"
COMPLETED = "job:completed"
FAILED = "job:failed"
CANCELLED = "job:cancelled"
UNKNOWN = "job:unknown"


async def announce(tx: Tx, kind: str, jobs: Iterable[Job], **more: Any) -> None:
    """Publish an event of each job; the job is the event's subject."""
    events = [NewEvent(kind, job.id, _told(job) | more) for job in jobs]
    if events:
        await publish(tx, *events)


def _told(job: Job) -> dict[str, Any]:
    """What may be shown without asking again; parameters and results are asked for."""
    told: dict[str, Any] = {"kind": job.kind, "state": job.state.value, "attempt": job.attempt}
    if job.project_id is not None:
        told["project_id"] = job.project_id
    if job.error is not None:
        told["error"] = dict(job.error)
    return told
