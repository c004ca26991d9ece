"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import JobView
from reelwright.client.values import Newer


class AssetChanges(BaseModel):
    """What is changed about an asset; what is left away stays. `tags` take the place of all there were."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None = None
    favourite: bool | None = None
    tags: list[str] | None = None


class CallView(BaseModel):
    """The call of a model that an asset came from; its cost is in millionths, null until it is known."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    provider: str
    model: str
    operation: str
    recipe: str
    job_id: str | None
    cost_micros: int | None


OriginKind = Annotated[Literal["upload", "recipe", "submission"], Newer]


class OriginView(BaseModel):
    """Where an asset came from."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    kind: OriginKind
    ref: str


SyncStatus = Annotated[Literal["remote", "downloading", "downloaded", "failed"], Newer]


class AssetDetail(BaseModel):
    """An asset with where it came from, as far as that is known."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: OriginView
    facts: dict[str, Any]
    project_id: str | None
    tags: list[str]
    favourite: bool
    sync_status: SyncStatus
    sync_error: dict[str, Any] | None
    withheld_by: str | None
    trashed_at: datetime | None
    created_at: datetime
    call: CallView | None


class AssetsShareView(BaseModel):
    """So many assets, and their bytes."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None
    assets: int
    bytes: int


class AssetStatisticsView(BaseModel):
    """How much there is; `stored` are the bytes it takes, equal content counted once."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    assets: int
    bytes: int
    stored: int
    trashed: AssetsShareView
    kinds: list[AssetsShareView]
    projects: list[AssetsShareView]


class AssetView(BaseModel):
    """A file in the library; `size` is in bytes, `sha256` hexadecimal, `facts` what was measured.

    `sync_error` says why its bytes could not be brought, {code, kind, message, way_out}.
    `withheld_by` names the takedown that holds its bytes back.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: OriginView
    facts: dict[str, Any]
    project_id: str | None
    tags: list[str]
    favourite: bool
    sync_status: SyncStatus
    sync_error: dict[str, Any] | None
    withheld_by: str | None
    trashed_at: datetime | None
    created_at: datetime


class DownloadOrder(BaseModel):
    """A file at a web address. With a `project_id` it belongs to the project, and its type says what is taken."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    url: str
    name: str | None = None
    project_id: str | None = None
    project_type: (
        Annotated[
            Literal["film", "music-clip", "video-edit", "audio-edit", "image-edit", "custom"], Newer
        ]
        | None
    ) = None


class DownloadView(BaseModel):
    """An asset whose bytes are to come, and the job that brings them."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    asset: AssetView
    job: JobView


class SignedUrl(BaseModel):
    """A URL anyone may read the bytes by, until it expires."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    url: str
