"""Members and invitations over HTTP, of a workspace and of a project."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.auth import Email
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    SHOWN_ONCE,
    PlainText,
    ProjectInPath,
    UserInPath,
    WorkspaceInPath,
    in_path,
)
from reelwright.ground.ids import InvitationId
from reelwright.ground.principals import Role
from reelwright.identity.invitations import Invitation, InvitationService, Offered
from reelwright.identity.members import Member, MemberService
from reelwright.identity.visitors import Scope
from reelwright.identity.workspaces import WorkspaceService
from reelwright.projects.service import ProjectService

router = APIRouter(tags=["members"], route_class=GuardedRoute)

InvitationInPath = Annotated[InvitationId, in_path("invitation_id", InvitationId)]
PlaceRole = Literal[Role.ADMIN, Role.EDITOR, Role.COMMENTER, Role.VIEWER]
ProjectRole = Literal[Role.OWNER, Role.EDITOR, Role.COMMENTER, Role.VIEWER]


class MemberView(BaseModel):
    """Somebody who belongs to the workspace, or to the project that is named."""

    model_config = ConfigDict(from_attributes=True)

    user: str
    name: str
    email: str | None
    role: Role
    project: str | None
    since: datetime


class MemberList(BaseModel):
    """All members there."""

    items: list[MemberView]


class InvitationView(BaseModel):
    """A place that is offered, not yet taken or taken back.

    `hands_over`: whoever takes it becomes the owner, in the place of whoever was; `leaves`: who goes.
    """

    model_config = ConfigDict(from_attributes=True)

    id: str
    email: str
    role: Role
    project: str | None
    workspace: str
    workspace_name: str
    by: str
    created_at: datetime
    expires_at: datetime
    hands_over: bool
    leaves: bool


class OfferedView(InvitationView):
    """An offer, and the text that opens it: told once, for whoever it is meant.

    `mailed`: a letter takes it there. None goes for whoever has not proved their own address.
    """

    invitation: str
    mailed: bool


class InvitationList(BaseModel):
    """All open offers there."""

    items: list[InvitationView]


class WorkspaceOffer(BaseModel):
    """Whom to offer a place in the workspace, as what."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    role: PlaceRole = Role.EDITOR


class ProjectOffer(BaseModel):
    """Whom to offer a place on the project, as what."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    role: ProjectRole = Role.EDITOR


class HandOver(BaseModel):
    """Whom to hand it over to; with `leaves` the owner there was does not stay as an editor."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    leaves: bool = False


class WorkspacePlace(BaseModel):
    """What a member of the workspace is."""

    model_config = ConfigDict(extra="forbid")

    role: PlaceRole


class ProjectPlace(BaseModel):
    """What a member of the project is."""

    model_config = ConfigDict(extra="forbid")

    role: ProjectRole


class InvitationText(BaseModel):
    """The text that opens an invitation."""

    model_config = ConfigDict(extra="forbid")

    invitation: Annotated[PlainText, Field(min_length=1, max_length=200)]


@router.get("/members", responses=declared())
async def list_members(who: Caller, members: FromDishka[MemberService]) -> MemberList:
    """The members of the workspace, the first first."""
    return _members(await members.list(who))


@router.patch("/members/{user_id}", responses=declared(400, 409, 413, 422))
@asks(Role.ADMIN, Scope.MANAGE)
async def change_member(
    who: Caller, user_id: UserInPath, given: WorkspacePlace, members: FromDishka[MemberService]
) -> MemberView:
    """Give a member of the workspace another role."""
    return MemberView.model_validate(await members.change(who, user_id, given.role))


@router.delete("/members/{user_id}", status_code=204, responses=declared(409))
@asks(Role.VIEWER, Scope.MANAGE)
async def remove_member(
    who: Caller, user_id: UserInPath, members: FromDishka[MemberService]
) -> None:
    """Put a member out of the workspace, or leave it; what they made stays."""
    await members.remove(who, user_id)


@router.post(
    "/invitations",
    status_code=201,
    dependencies=[SHOWN_ONCE],
    responses=declared(400, 413, 422, 429),
)
@asks(Role.ADMIN, Scope.MANAGE)
async def offer_place(
    who: Caller, given: WorkspaceOffer, offers: FromDishka[InvitationService]
) -> OfferedView:
    """Invite somebody into the workspace."""
    return _offered(await offers.offer(who, given.email, given.role))


@router.get("/invitations", responses=declared())
@asks(Role.ADMIN)
async def list_invitations(who: Caller, offers: FromDishka[InvitationService]) -> InvitationList:
    """The open invitations into the workspace, newest first."""
    return _offers(await offers.list(who))


@router.delete("/invitations/{invitation_id}", status_code=204, responses=declared())
@asks(Role.GUEST, Scope.MANAGE)
async def revoke_invitation(
    who: Caller, invitation_id: InvitationInPath, offers: FromDishka[InvitationService]
) -> None:
    """Take an invitation back, into the workspace or to one of its projects."""
    await offers.revoke(who, invitation_id)


@router.post("/invitations/accept", responses=declared(400, 409, 413, 422, 429))
@asks(place=Place.SELF, session=True)
async def accept_invitation(
    who: Caller, given: InvitationText, offers: FromDishka[InvitationService]
) -> InvitationView:
    """Take a place that was offered to the address one signs in with, or what is handed over to it."""
    return InvitationView.model_validate(await offers.accept(who.user, given.invitation))


@router.get("/projects/{project_id}/members", responses=declared())
async def list_project_members(
    who: Caller,
    project_id: ProjectInPath,
    members: FromDishka[MemberService],
    projects: FromDishka[ProjectService],
) -> MemberList:
    """Who was let in to the project, besides the members of its workspace."""
    await projects.get(who, project_id)
    return _members(await members.list(who, project_id))


@router.patch("/projects/{project_id}/members/{user_id}", responses=declared(400, 413, 422))
@asks(Role.OWNER, Scope.MANAGE)
async def change_project_member(
    who: Caller,
    project_id: ProjectInPath,
    user_id: UserInPath,
    given: ProjectPlace,
    members: FromDishka[MemberService],
) -> MemberView:
    """Give a member of the project another role."""
    return MemberView.model_validate(await members.change(who, user_id, given.role, project_id))


@router.delete("/projects/{project_id}/members/{user_id}", status_code=204, responses=declared())
@asks(Role.VIEWER, Scope.MANAGE)
async def remove_project_member(
    who: Caller,
    project_id: ProjectInPath,
    user_id: UserInPath,
    members: FromDishka[MemberService],
) -> None:
    """Put a member out of the project, or leave it."""
    await members.remove(who, user_id, project_id)


@router.post(
    "/projects/{project_id}/invitations",
    status_code=201,
    dependencies=[SHOWN_ONCE],
    responses=declared(400, 413, 422, 429),
)
@asks(Role.OWNER, Scope.MANAGE)
async def offer_project_place(
    who: Caller,
    project_id: ProjectInPath,
    given: ProjectOffer,
    offers: FromDishka[InvitationService],
    projects: FromDishka[ProjectService],
) -> OfferedView:
    """Invite somebody to the project; they see nothing else of the workspace."""
    await projects.get(who, project_id)
    return _offered(await offers.offer(who, given.email, given.role, project_id))


@router.get("/projects/{project_id}/invitations", responses=declared())
@asks(Role.OWNER)
async def list_project_invitations(
    who: Caller,
    project_id: ProjectInPath,
    offers: FromDishka[InvitationService],
    projects: FromDishka[ProjectService],
) -> InvitationList:
    """The open invitations to the project, newest first."""
    await projects.get(who, project_id)
    return _offers(await offers.list(who, project_id))


@router.post(
    "/projects/{project_id}/transfer",
    status_code=201,
    dependencies=[SHOWN_ONCE],
    responses=declared(400, 404, 413, 422, 429),
)
@asks(Role.OWNER, session=True)
async def transfer_project(
    who: Caller,
    project_id: ProjectInPath,
    given: HandOver,
    offers: FromDishka[InvitationService],
) -> OfferedView:
    """Offer a project itself: it is yours until they accept the invitation, with its files."""
    return _offered(await offers.hand_over(who, given.email, project_id, leaves=given.leaves))


@router.post(
    "/workspaces/{workspace_id}/transfer",
    status_code=201,
    dependencies=[SHOWN_ONCE],
    responses=declared(400, 403, 404, 409, 413, 422, 429),
)
@asks(place=Place.SELF, session=True)
async def transfer_workspace(
    who: Caller,
    workspace_id: WorkspaceInPath,
    given: HandOver,
    offers: FromDishka[InvitationService],
    workspaces: FromDishka[WorkspaceService],
) -> OfferedView:
    """Offer a workspace itself: it is yours until they accept the invitation, with all that is in it."""
    there = await workspaces.enter(who, workspace_id)
    return _offered(await offers.hand_over(there, given.email, leaves=given.leaves))


def _members(found: Sequence[Member]) -> MemberList:
    return MemberList(items=[MemberView.model_validate(one) for one in found])


def _offers(found: Sequence[Invitation]) -> InvitationList:
    return InvitationList(items=[InvitationView.model_validate(one) for one in found])


def _offered(offered: Offered) -> OfferedView:
    view = InvitationView.model_validate(offered.invitation)
    return OfferedView(**view.model_dump(), invitation=offered.text, mailed=offered.mailed)
