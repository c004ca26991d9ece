"""Telling what happened to jobs, in the transaction in which it happened, as its last act."""

from collections.abc import Iterable, Mapping
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

_LARGEST_RESULT = 16_000
"""Signs of a result that still travels with its event; larger ones are asked for."""


async def announce(tx: Tx, kind: str, jobs: Iterable[Job]) -> None:
    """Publish an event of each job; the job is the event's subject."""
    await publish(tx, *(event_of(kind, job) for job in jobs))


async def announce_progress(tx: Tx, job: Job, told: Mapping[str, Any]) -> None:
    """Publish how far a job has come."""
    data = {"operation_id": job.id, **told}
    if len(str(data)) > _LARGEST_RESULT:
        data |= {"data": None}
    await publish(tx, NewEvent(PROGRESS, job.id, data))


def event_of(kind: str, job: Job) -> NewEvent:
    """What happened to a job; its parameters are asked for."""
    told: dict[str, Any] = {
        "kind": job.kind,
        "name": job.name,
        "state": job.state.value,
        "attempt": job.attempt,
        "project_id": job.project_id,
    }
    if kind == CREATED:
        told["priority"] = job.priority
    if kind == COMPLETED and len(str(job.result)) <= _LARGEST_RESULT:
        told["result"] = job.result
    if kind in {FAILED, UNKNOWN}:
        told["error"] = job.error
    return NewEvent(kind, job.id, told)
