"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer

UploadState = Annotated[Literal["open", "finished", "refused"], Newer]


class UploadView(BaseModel):
    """A file that is coming: `offset` of `size` bytes are here; `asset_id` is there when it is finished."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    size: int
    offset: int
    project_type: str
    project_id: str | None
    state: UploadState
    asset_id: str | None
    error: dict[str, Any] | None
    expires_at: datetime
    created_at: datetime
