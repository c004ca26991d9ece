"""Pictures pinned to projects, after which stills are drawn, over HTTP."""

from datetime import datetime

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText
from reelwright.ground.ids import AssetId, ProjectId, ReferenceId
from reelwright.studio.hands.references import ReferenceKind, References

router = APIRouter(tags=["references"], route_class=GuardedRoute)


class NewReference(BaseModel):
    """A picture to be pinned, by the name of a character or a place."""

    model_config = ConfigDict(extra="forbid")

    name: PlainText = Field(min_length=1, max_length=100)
    asset_id: str = Field(max_length=100)
    kind: ReferenceKind = ReferenceKind.CHARACTER


class ReferenceView(BaseModel):
    """A pinned picture."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    project_id: str
    kind: ReferenceKind
    name: str
    asset_id: str
    created_at: datetime


@router.post(
    "/projects/{project_id}/references",
    status_code=201,
    responses=declared(400, 404, 409, 413, 422, 451),
)
async def pin_reference(
    who: Caller, project_id: str, wanted: NewReference, references: FromDishka[References]
) -> ReferenceView:
    """Pin a picture: stills of whoever or whatever bears its name are drawn after it."""
    pinned = await references.pin(
        who, ProjectId.parse(project_id), wanted.name, AssetId.parse(wanted.asset_id), wanted.kind
    )
    return ReferenceView.model_validate(pinned)


@router.get("/projects/{project_id}/references", responses=declared(404, 422))
async def list_references(
    who: Caller, project_id: str, references: FromDishka[References]
) -> list[ReferenceView]:
    """A project's pinned pictures, by name."""
    found = await references.list(who, ProjectId.parse(project_id))
    return [ReferenceView.model_validate(one) for one in found]


@router.delete("/references/{reference_id}", status_code=204, responses=declared(404))
async def unpin_reference(
    who: Caller, reference_id: str, references: FromDishka[References]
) -> None:
    """Take a picture from its project; it stays in the library."""
    await references.unpin(who, ReferenceId.parse(reference_id))
