"""The call that makes the durable engine run an attempt of a job."""

from datetime import datetime, timedelta

from reelwright.engines.durable.contract import Call
from reelwright.jobs.job import Job
from reelwright.jobs.kinds import JobKinds

WORKFLOW = "job"


def call_of(job: Job, kinds: JobKinds, now: datetime) -> Call:
    """The call of a job's current attempt: ids only, its user's turn, and not before its time."""
    delay = timedelta()
    if job.scheduled_at is not None and job.scheduled_at > now:
        delay = job.scheduled_at - now
    return Call(
        WORKFLOW,
        job.workflow_id,
        {"job": job.id},
        queue=kinds.queue_of(job.kind),
        priority=job.priority,
        partition=job.user_id,
        delay=delay,
    )
