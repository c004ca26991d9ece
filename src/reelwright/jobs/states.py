"""The states of a job, and which may follow which."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    PENDING = "pending"  # accepted, not yet in a queue
    SCHEDULED = "scheduled"  # to begin at a later time
    BLOCKED = "blocked"  # waits for the jobs it depends on
    QUEUED = "queued"  # the next free worker takes it
    RUNNING = "running"
    WAITING = "waiting"  # for an answer from outside; costs no worker
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # whether it was done cannot be known yet; never done again blindly


class AfterFailure(StrEnum):
    """What becomes of a job when one it depends on fails or is cancelled."""

    FAIL = "fail"
    CANCEL = "cancel"
    RUN = "run"  # it runs all the same


_S = JobState
_ENDS = {_S.COMPLETED, _S.FAILED, _S.CANCELLED}

TRANSITIONS: Mapping[JobState, frozenset[JobState]] = {
    _S.PENDING: frozenset(
        {_S.PENDING, _S.SCHEDULED, _S.BLOCKED, _S.QUEUED, _S.FAILED, _S.CANCELLED}
    ),
    _S.SCHEDULED: frozenset({_S.PENDING, _S.QUEUED, _S.RUNNING, _S.FAILED, _S.CANCELLED}),
    _S.BLOCKED: frozenset({_S.SCHEDULED, _S.QUEUED, _S.FAILED, _S.CANCELLED}),
    _S.QUEUED: frozenset({_S.PENDING, _S.RUNNING, _S.FAILED, _S.CANCELLED}),
    _S.RUNNING: frozenset({_S.PENDING, _S.WAITING, _S.UNKNOWN} | _ENDS),
    _S.WAITING: frozenset({_S.PENDING, _S.RUNNING, _S.UNKNOWN} | _ENDS),
    _S.UNKNOWN: frozenset(_ENDS),
    _S.COMPLETED: frozenset(),
    _S.FAILED: frozenset({_S.SCHEDULED, _S.BLOCKED, _S.QUEUED}),  # a new attempt
    _S.CANCELLED: frozenset({_S.SCHEDULED, _S.BLOCKED, _S.QUEUED}),
}
"""The one table of what may follow what."""

FINAL = frozenset(_ENDS)
LIVE = frozenset(JobState) - FINAL
AT_BIRTH = frozenset({_S.SCHEDULED, _S.BLOCKED, _S.QUEUED})
ACTIVE = frozenset({_S.RUNNING, _S.WAITING})


def before(state: JobState) -> frozenset[JobState]:
    """The states from which `state` may be entered."""
    return frozenset(one for one, following in TRANSITIONS.items() if state in following)


def judged(parents: Iterable[JobState], policy: AfterFailure, *, later: bool = False) -> JobState:
    """Where a job stands that depends on `parents`: one failure decides, else the slowest does.

    `later`: it is to begin at a later time.
    """
    states = set(parents)
    if states & {JobState.FAILED, JobState.CANCELLED} and policy is not AfterFailure.RUN:
        return JobState.FAILED if policy is AfterFailure.FAIL else JobState.CANCELLED
    if states & LIVE:
        return JobState.BLOCKED
    return JobState.SCHEDULED if later else JobState.QUEUED
