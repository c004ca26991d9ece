"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class WorkspaceView(BaseModel):
    """A place of work, of one person or of a team."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    owner: str
    personal: bool
    created_at: datetime
    archived_at: datetime | None


class WorkspaceList(BaseModel):
    """All workspaces of the caller."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    items: list[WorkspaceView]


class WorkspaceNames(BaseModel):
    """What a workspace is called."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
