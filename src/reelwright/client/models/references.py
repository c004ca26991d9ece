"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer

ReferenceKind = Annotated[Literal["character", "location"], Newer]


class NewReference(BaseModel):
    """A picture to be pinned, by the name of a character or a place."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
    asset_id: str
    kind: ReferenceKind | None = None


class ReferenceView(BaseModel):
    """A pinned picture."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    project_id: str
    kind: ReferenceKind
    name: str
    asset_id: str
    created_at: datetime
