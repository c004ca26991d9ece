"""Jobs over HTTP: asking for work, watching it, calling it off."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute, Signed, require_spending
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    IdempotencyKey,
    JobInPath,
    Pages,
    PageView,
    PlainObject,
    PlainText,
    locate,
    paged,
)
from reelwright.ground.errors import DeniedError
from reelwright.ground.ids import JobId, ProjectId
from reelwright.ground.principals import Role
from reelwright.jobs.job import Job, JobFilter, NewJob
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.service import JobService
from reelwright.jobs.states import AfterFailure, JobState

router = APIRouter(prefix="/jobs", tags=["jobs"], route_class=GuardedRoute)

_LONGEST_LIMIT_S = 30 * 24 * 3600
_MOST_PARENTS = 1000


class JobOrder(BaseModel):
    """Work to be done. `priority` 0 is the most urgent, 10 the least."""

    model_config = ConfigDict(extra="forbid")

    kind: PlainText = Field(min_length=1, max_length=100)
    params: PlainObject = {}
    priority: int = Field(5, ge=0, le=10)
    name: PlainText | None = Field(None, max_length=200)
    project_id: str | None = Field(None, max_length=100)
    scheduled_at: AwareDatetime | None = None
    depends_on: list[str] = Field([], max_length=_MOST_PARENTS)
    on_parent_failure: AfterFailure = AfterFailure.FAIL
    join_key: PlainText | None = Field(None, min_length=1, max_length=200)
    time_limit_s: float | None = Field(None, gt=0, le=_LONGEST_LIMIT_S)

    def new_job(self, idempotency_key: str | None) -> NewJob:
        """The order in the words of the jobs; raises InvalidInputError for ids that are none."""
        return NewJob(
            kind=self.kind,
            params=self.params,
            priority=self.priority,
            name=self.name,
            project_id=ProjectId.parse(self.project_id) if self.project_id else None,
            scheduled_at=self.scheduled_at,
            depends_on=[JobId.parse(one) for one in self.depends_on],
            on_parent_failure=self.on_parent_failure,
            join_key=self.join_key,
            request_key=idempotency_key,
            time_limit=timedelta(seconds=self.time_limit_s) if self.time_limit_s else None,
        )


class JobView(BaseModel):
    """A job as it stands.

    `progress` is {fraction (0 to 1), message, state, at, data}; `error` is {code, kind, message,
    way_out}; both null before there is any.
    """

    model_config = ConfigDict(from_attributes=True)

    id: str
    kind: str
    name: str | None
    project_id: str | None
    state: JobState
    priority: int
    attempt: int
    params: dict[str, Any]
    progress: dict[str, Any] | None
    result: Any
    error: dict[str, Any] | None
    scheduled_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def _view(job: Job) -> JobView:
    return JobView.model_validate(job)


@router.post("", status_code=201, responses=declared(400, 404, 409, 413, 422, 429))
async def create_job(
    visitor: Signed,
    order: JobOrder,
    response: Response,
    jobs: FromDishka[JobService],
    kinds: FromDishka[JobKinds],
    idempotency_key: IdempotencyKey = None,
) -> JobView:
    """Ask for work. With an `Idempotency-Key`, asking again gives the job that was made first.

    What may cost money asks for the scope `spend`.
    """
    kind = kinds.find(order.kind)
    if kind is not None and kind.private:
        raise DeniedError(f"{kind.name} has a door of its own", way_out="see the API's description")
    if kind is not None and kind.spends(order.params):
        require_spending(visitor)
    job = await jobs.create_job(visitor.principal, order.new_job(idempotency_key))
    locate(response, "jobs", job.id)
    return _view(job)


@router.get("", responses=declared(422))
@asks(Role.GUEST)
async def list_jobs(
    who: Caller,
    paging: Pages,
    jobs: FromDishka[JobService],
    state: Annotated[
        list[JobState] | None, Query(description="Only these; may be repeated.")
    ] = None,
    kind: Annotated[
        list[PlainText] | None, Query(max_length=20, description="Only these; may be repeated.")
    ] = None,
    project_id: Annotated[
        str | None, Query(max_length=100, description="Only those of this project.")
    ] = None,
) -> PageView[JobView]:
    """The jobs of the workspace, newest first."""
    wanted = JobFilter(
        states=state or (),
        kinds=kind or (),
        project_id=ProjectId.parse(project_id) if project_id else None,
    )
    return paged(await jobs.list_jobs(who, wanted, paging), _view)


@router.get("/{job_id}", responses=declared(404))
async def get_job(who: Caller, job_id: JobInPath, jobs: FromDishka[JobService]) -> JobView:
    """One job."""
    return _view(await jobs.get_job(who, job_id))


@router.post("/{job_id}/cancel", status_code=202, responses=declared(404, 409))
async def cancel_job(
    who: Caller, job_id: JobInPath, response: Response, jobs: FromDishka[JobService]
) -> JobView:
    """Call a job off, in whatever state it is; what was reserved for it is released."""
    locate(response, "jobs", job_id)
    return _view(await jobs.cancel_job(who, job_id))


@router.post("/{job_id}/retry", status_code=202, responses=declared(404, 409))
async def retry_job(
    visitor: Signed,
    job_id: JobInPath,
    response: Response,
    jobs: FromDishka[JobService],
    kinds: FromDishka[JobKinds],
) -> JobView:
    """Try a failed or cancelled job again; one that may cost money asks for the scope `spend`."""
    who = visitor.principal
    job = await jobs.get_job(who, job_id)
    kind = kinds.find(job.kind)
    if kind is not None and kind.spends(job.params):
        require_spending(visitor)
    locate(response, "jobs", job_id)
    return _view(await jobs.retry_job(who, job_id))
