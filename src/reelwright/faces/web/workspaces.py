"""Workspaces over HTTP."""

from datetime import datetime
from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import WorkspaceInPath, locate
from reelwright.identity.visitors import Scope
from reelwright.identity.workspaces import Workspace, WorkspaceService

router = APIRouter(prefix="/workspaces", tags=["workspaces"], route_class=GuardedRoute)


class WorkspaceView(BaseModel):
    """A place of work, of one person or of a team."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    owner: str
    personal: bool
    created_at: datetime
    archived_at: datetime | None


class WorkspaceNames(BaseModel):
    """What a workspace is called."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)


class WorkspaceList(BaseModel):
    """All workspaces of the caller."""

    items: list[WorkspaceView]


def _view(workspace: Workspace) -> WorkspaceView:
    return WorkspaceView.model_validate(workspace)


@router.post("", status_code=201, responses=declared(400, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def create_workspace(
    who: Caller,
    given: WorkspaceNames,
    response: Response,
    workspaces: FromDishka[WorkspaceService],
) -> WorkspaceView:
    """Make a workspace that belongs to the caller."""
    made = await workspaces.create(who, given.name)
    locate(response, "workspaces", made.id)
    return _view(made)


@router.get("", responses=declared(422))
@asks(place=Place.SELF)
async def list_workspaces(
    who: Caller,
    workspaces: FromDishka[WorkspaceService],
    archived: Annotated[bool, Query(description="archived ones too")] = False,
) -> WorkspaceList:
    """All workspaces of the caller, their personal one first."""
    found = await workspaces.list(who, archived=archived)
    return WorkspaceList(items=[_view(one) for one in found])


@router.get("/{workspace_id}", responses=declared(404))
@asks(place=Place.SELF)
async def get_workspace(
    who: Caller, workspace_id: WorkspaceInPath, workspaces: FromDishka[WorkspaceService]
) -> WorkspaceView:
    """One workspace."""
    return _view(await workspaces.get(who, workspace_id))


@router.patch("/{workspace_id}", responses=declared(400, 403, 404, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def rename_workspace(
    who: Caller,
    workspace_id: WorkspaceInPath,
    given: WorkspaceNames,
    workspaces: FromDishka[WorkspaceService],
) -> WorkspaceView:
    """Give a workspace another name."""
    return _view(await workspaces.rename(who, workspace_id, given.name))


@router.post("/{workspace_id}/archive", responses=declared(403, 404, 409))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def archive_workspace(
    who: Caller, workspace_id: WorkspaceInPath, workspaces: FromDishka[WorkspaceService]
) -> WorkspaceView:
    """Put a workspace away; nothing in it is lost."""
    return _view(await workspaces.archive(who, workspace_id))


@router.post("/{workspace_id}/restore", responses=declared(403, 404))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def restore_workspace(
    who: Caller, workspace_id: WorkspaceInPath, workspaces: FromDishka[WorkspaceService]
) -> WorkspaceView:
    """Take an archived workspace out again."""
    return _view(await workspaces.restore(who, workspace_id))
