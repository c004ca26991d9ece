"""Having models make things over HTTP, and the paid calls behind it."""

from datetime import datetime
from typing import Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.jobs import JobView
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    IdempotencyKey,
    JobInPath,
    PlainObject,
    PlainText,
    locate,
)
from reelwright.generation.making import RouteParams
from reelwright.generation.provider_service import ProviderService
from reelwright.generation.submissions.model import Submission, SubmissionState
from reelwright.ground.ids import ProjectId, SubmissionId
from reelwright.identity.visitors import Scope
from reelwright.providers.operations import Operation

router = APIRouter(tags=["generations"], route_class=GuardedRoute)


class GenerationOrder(BaseModel):
    """What is wanted of a model.

    `request` holds the operation's parameters (see `/models`), files as `{"asset": "ast_..."}`.
    `route` says which models may be asked, in which order, and what may be done about a refusal.
    Equal orders share one job while it lives, and find its product afterwards; `take` 1, 2, ...
    gives another one.
    """

    model_config = ConfigDict(extra="forbid")

    operation: Operation
    request: PlainObject
    route: RouteParams = RouteParams()
    take: int = Field(0, ge=0)
    project_id: str | None = Field(None, max_length=100)
    name: PlainText | None = Field(None, max_length=200)
    priority: int = Field(5, ge=0, le=10)


class SubmissionView(BaseModel):
    """A paid call as it stands. Money is in millionths of the price's currency."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    job_id: str | None
    attempt: int
    provider: str
    model: str
    operation: Operation
    state: SubmissionState
    sends: int
    remote_id: str | None
    most_micros: int
    cost_micros: int | None
    used: dict[str, Any] | None
    assets: list[str]
    error: dict[str, Any] | None
    moved_on: str | None
    created_at: datetime
    sent_at: datetime | None
    finished_at: datetime | None


class Decision(BaseModel):
    """What a person has found out about a call of which nobody knew."""

    model_config = ConfigDict(extra="forbid")

    was_billed: bool


def _view(submission: Submission) -> SubmissionView:
    return SubmissionView.model_validate(submission)


@router.post("/generations", status_code=201, responses=declared(400, 404, 409, 413, 422, 429, 451))
@asks(scope=Scope.SPEND)
async def generate(
    who: Caller,
    order: GenerationOrder,
    response: Response,
    providers: FromDishka[ProviderService],
    idempotency_key: IdempotencyKey = None,
) -> JobView:
    """Have a model make something; the answer is its job."""
    job = await providers.execute_job(
        who,
        order.operation,
        order.request,
        route=order.route.model_dump(mode="json"),
        project_id=ProjectId.parse(order.project_id) if order.project_id else None,
        take=order.take,
        priority=order.priority,
        name=order.name,
        request_key=idempotency_key,
    )
    locate(response, "jobs", job.id)
    return JobView.model_validate(job)


@router.get("/jobs/{job_id}/submissions", responses=declared(404))
async def list_submissions(
    who: Caller, job_id: JobInPath, providers: FromDishka[ProviderService]
) -> list[SubmissionView]:
    """The paid calls made for a job, in order."""
    return [_view(one) for one in await providers.get_job_submissions(who, job_id)]


@router.get("/submissions/{submission_id}", responses=declared(404))
async def get_submission(
    who: Caller, submission_id: str, providers: FromDishka[ProviderService]
) -> SubmissionView:
    """One call; one that waits is asked after at its vendor's first."""
    return _view(await providers.check_status(who, SubmissionId.parse(submission_id)))


@router.post("/submissions/{submission_id}/decide", responses=declared(404, 409))
@asks(scope=Scope.SPEND)
async def decide_submission(
    who: Caller,
    submission_id: str,
    decision: Decision,
    providers: FromDishka[ProviderService],
) -> SubmissionView:
    """Say what became of a call whose outcome is unknown; its money is spent, or released."""
    known = SubmissionId.parse(submission_id)
    return _view(await providers.decide(who, known, was_billed=decision.was_billed))
