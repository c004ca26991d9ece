"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer


class HandOver(BaseModel):
    """Whom to hand it over to; with `leaves` the owner there was does not stay as an editor."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str
    leaves: bool | None = None


Role = Annotated[Literal["owner", "admin", "editor", "commenter", "viewer", "guest"], Newer]


class InvitationView(BaseModel):
    """A place that is offered, not yet taken or taken back.

    `hands_over`: whoever takes it becomes the owner, in the place of whoever was; `leaves`: who goes.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

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


class InvitationList(BaseModel):
    """All open offers there."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    items: list[InvitationView]


class InvitationText(BaseModel):
    """The text that opens an invitation."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    invitation: str


class MemberView(BaseModel):
    """Somebody who belongs to the workspace, or to the project that is named."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    user: str
    name: str
    email: str | None
    role: Role
    project: str | None
    since: datetime


class MemberList(BaseModel):
    """All members there."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    items: list[MemberView]


class OfferedView(BaseModel):
    """An offer, and the text that opens it: told once, for whoever it is meant.

    `mailed`: a letter takes it there. None goes for whoever has not proved their own address.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

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
    invitation: str
    mailed: bool


class ProjectOffer(BaseModel):
    """Whom to offer a place on the project, as what."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str
    role: Annotated[Literal["owner", "editor", "commenter", "viewer"], Newer] | None = None


class ProjectPlace(BaseModel):
    """What a member of the project is."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    role: Annotated[Literal["owner", "editor", "commenter", "viewer"], Newer]


class WorkspaceOffer(BaseModel):
    """Whom to offer a place in the workspace, as what."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str
    role: Annotated[Literal["admin", "editor", "commenter", "viewer"], Newer] | None = None


class WorkspacePlace(BaseModel):
    """What a member of the workspace is."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    role: Annotated[Literal["admin", "editor", "commenter", "viewer"], Newer]
