"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import About
from reelwright.client.values import Newer


class GuestComment(BaseModel):
    """What a guest says, and under which name; in a thread if one is named."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    body: str
    about: About | None = None
    anchor: str | None = None
    at_ms: int | None = None
    guest: str
    thread_id: str | None = None


ShareScope = Annotated[Literal["view", "comment", "download"], Newer]


class MadeShare(BaseModel):
    """A new link: `token` is shown this once, and opens `GET /api/v1/shares/{token}`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    scope: ShareScope
    has_password: bool
    expires_at: datetime | None
    revoked_at: datetime | None
    views: int
    last_viewed_at: datetime | None
    created_at: datetime
    user_id: str
    token: str


class ShareOrder(BaseModel):
    """What a link is to be good for; without `expires_at` until it is revoked."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None = None
    scope: ShareScope | None = None
    expires_at: datetime | None = None
    password: str | None = None


class SharedFile(BaseModel):
    """A file that is shown; anybody may read it by `url` while the link lasts, and for twelve hours at most."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    media_type: str
    size: int
    url: str


class SharedShot(BaseModel):
    """A shot of a shared script, with what is said in it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    number: str
    action: str
    dialogue: list[str]


class SharedScene(BaseModel):
    """A scene of a shared script."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    number: str
    heading: str
    synopsis: str | None
    shots: list[SharedShot]


class SharedProject(BaseModel):
    """A project as a link shows it: its script broken down, and the files of its newest film.

    `files` are named by their paths: the film alone, or with the scope `download` all there are.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
    type: str
    scope: ShareScope
    updated_at: datetime
    scenes: list[SharedScene]
    files: dict[str, SharedFile]


class SharesShareView(BaseModel):
    """A link, without its text; `views` counts how often it was opened."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    scope: ShareScope
    has_password: bool
    expires_at: datetime | None
    revoked_at: datetime | None
    views: int
    last_viewed_at: datetime | None
    created_at: datetime
    user_id: str
