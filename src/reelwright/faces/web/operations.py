"""Operations on files over HTTP: which there are, and asking for one."""

from collections.abc import Mapping, Sequence
from typing import Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.jobs import JobView
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import IdempotencyKey, PlainObject, PlainText, locate
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Role
from reelwright.identity.visitors import Scope
from reelwright.studio.edits.processor import MediaProcessor

router = APIRouter(prefix="/media/operations", tags=["media"], route_class=GuardedRoute)


class MediaOrder(BaseModel):
    """An operation on assets. `project_id`: its type must have the operation, its asset is the project's."""

    model_config = ConfigDict(extra="forbid")

    operation: PlainText = Field(min_length=1, max_length=60, examples=["trim"])
    inputs: list[str] = Field(min_length=1, max_length=50, description="Assets, in order.")
    params: PlainObject = Field({}, examples=[{"start": 1, "end": 3}])
    project_id: str | None = Field(None, max_length=100)
    priority: int = Field(5, ge=0, le=10)


class OperationView(BaseModel):
    """An operation: `params` is the JSON Schema of its parameters, `gives` asset or analysis."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    purpose: str
    takes: Sequence[str]
    least_inputs: int
    most_inputs: int
    gives: str
    params: Mapping[str, Any]
    project_types: Sequence[str]


@router.get("", responses=declared())
@asks(Role.GUEST)
async def list_media_operations(
    who: Caller, media: FromDishka[MediaProcessor]
) -> list[OperationView]:
    """What can be done with files, and which types of project have it."""
    del who
    return [OperationView.model_validate(one) for one in media.list_operations()]


@router.post("", status_code=201, responses=declared(400, 404, 409, 413, 422, 429, 451, 503))
@asks(Role.GUEST, Scope.WRITE)  # who may edit the project it is for: the tables' policies ask
async def process_media(
    who: Caller,
    order: MediaOrder,
    response: Response,
    media: FromDishka[MediaProcessor],
    idempotency_key: IdempotencyKey = None,
) -> JobView:
    """Ask for an operation. The job's result names the asset it made, or holds the analysis."""
    job = await media.process(
        who,
        order.operation,
        [AssetId.parse(one) for one in order.inputs],
        order.params,
        project_id=ProjectId.parse(order.project_id) if order.project_id else None,
        request_key=idempotency_key,
        priority=order.priority,
    )
    locate(response, "jobs", job.id)
    return JobView.model_validate(job)
