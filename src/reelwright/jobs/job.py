"""A job, as it is asked for and as it stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, Self

from reelwright.ground.ids import JobId, ProjectId, UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.jobs.states import AfterFailure, JobState


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """Work to be asked for.

    `priority`: 0 (most urgent) to 10. `depends_on`: jobs of the same workspace, or of the same
    batch by their `id`. `join_key`: while a job with this key lives, asking again gives that job.
    `request_key`: asking again with it, also after the end, gives the job that was made first.
    `time_limit` counts from the start of each attempt. `root_job_id`: the job for whose sake this one
    is asked for; what the two spend counts against the limits of one production.
    """

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 5
    name: str | None = None
    project_id: ProjectId | None = None
    scheduled_at: datetime | None = None
    depends_on: Sequence[JobId] = ()
    on_parent_failure: AfterFailure | str = AfterFailure.FAIL
    join_key: str | None = None
    request_key: str | None = None
    time_limit: timedelta | None = None
    root_job_id: JobId | None = None
    id: JobId = field(default_factory=JobId.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work that was asked for, as it stands.

    `progress` is {fraction, message, state, data, at}; `error` is {code, kind, message, way_out}.
    """

    id: JobId
    workspace_id: WorkspaceId
    user_id: UserId
    project_id: ProjectId | None
    root_job_id: JobId | None
    kind: str
    name: str | None
    params: Mapping[str, Any]
    state: JobState
    priority: int
    after_failure: AfterFailure
    scheduled_at: datetime | None
    attempt: int
    retries: int
    time_limit_s: float | None
    deadline_at: datetime | None
    join_key: str | None
    request_key: str | None
    progress: Mapping[str, Any] | None
    result: Any
    error: Mapping[str, Any] | None
    workflow_id: str
    stopping: Sequence[str] | None
    created_at: datetime
    changed_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """From a row of the table `jobs`."""
        values = {one.name: row[one.name] for one in fields(cls)}
        return cls(
            **values
            | {
                "id": JobId(row["id"]),
                "workspace_id": WorkspaceId(row["workspace_id"]),
                "user_id": UserId(row["user_id"]),
                "project_id": ProjectId(row["project_id"]) if row["project_id"] else None,
                "root_job_id": JobId(row["root_job_id"]) if row["root_job_id"] else None,
                "state": JobState(row["state"]),
                "after_failure": AfterFailure(row["after_failure"]),
            }
        )

    @property
    def root(self) -> JobId:
        """The job at the root of the tree this one belongs to; of most jobs, themselves."""
        return self.root_job_id or self.id

    @property
    def principal(self) -> Principal:
        """On whose behalf it runs."""
        return Principal(self.user_id, self.workspace_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFilter:
    """Which jobs to list; what is empty does not filter."""

    states: Collection[JobState] = ()
    kinds: Collection[str] = ()
    project_id: ProjectId | None = None
    user_id: UserId | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobChange:
    """A job entered a state."""

    attempt: int
    state: JobState
    at: datetime
    why: str | None


def workflow_id(job: JobId, attempt: int) -> str:
    """The name of the run of an attempt."""
    return f"{job}.{attempt}"
