"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer

OriginKind = Annotated[Literal["upload", "recipe", "submission"], Newer]


class OriginView(BaseModel):
    """Where an asset came from."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    kind: OriginKind
    ref: str


class AssetView(BaseModel):
    """A file in the library; `size` is in bytes, `sha256` hexadecimal, `facts` what was measured."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: OriginView
    facts: dict[str, Any]
    project_id: str | None
    created_at: datetime


class SignedUrl(BaseModel):
    """A URL anyone may read the bytes by, until it expires."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    url: str
