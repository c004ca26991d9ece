"""What is sent and answered. Written by `make openapi`."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer

About = Annotated[Literal["project", "scene", "shot", "time"], Newer]


class AskedView(BaseModel):
    """Options for `navigator.credentials`, and the ceremony to come back with, once."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    options: dict[str, Any]
    ceremony: str


class CommentView(BaseModel):
    """One thing that was said; by a user, or by a guest who came by a link. A deleted one is empty."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    thread_id: str | None
    user_id: str | None
    guest: str | None
    body: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None


class DeedView(BaseModel):
    """Somebody did something in a workspace; `operator_id`: who acted in their place."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    workspace_id: str
    user_id: str
    operator_id: str | None
    action: str
    subject: str
    detail: dict[str, Any]
    at: datetime


class EndedView(BaseModel):
    """How many sessions were ended."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    ended: int


class FilmOrder(BaseModel):
    """How a film is to be made, in the words of `reelwright film`; all have defaults.

    `size`, `fps`, `scenes`, `exports`, `handles`, `burn_in`, `voices`, `fresh`. `route` has models
    make it: `cheapest`, `best`, `fastest`, or an object that names parts (`stills`, `motion`,
    `voices`, `score`), each with a `wish` or `models`; `max_cost` ("5.00", in dollars) is then the
    most it may cost. With `scheduled_at` it is begun at that time.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    options: dict[str, Any] | None = None
    scheduled_at: datetime | None = None


JobState = Annotated[
    Literal[
        "pending",
        "scheduled",
        "blocked",
        "queued",
        "running",
        "waiting",
        "completed",
        "failed",
        "cancelled",
        "unknown",
    ],
    Newer,
]


class JobView(BaseModel):
    """A job as it stands.

    `progress` is {fraction (0 to 1), message, state, at, data}; `error` is {code, kind, message,
    way_out}; both null before there is any.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    kind: str
    name: str | None
    project_id: str | None
    state: JobState
    priority: int
    attempt: int
    params: dict[str, Any]
    progress: dict[str, Any] | None
    result: Any
    error: dict[str, Any] | None
    scheduled_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


LimitsScope = Annotated[
    Literal["operation", "project", "user_day", "workspace_month", "production"], Newer
]
NoticeKind = Annotated[Literal["likeness", "copyright", "other"], Newer]
Operation = Annotated[
    Literal[
        "still",
        "motion",
        "voice",
        "ambience",
        "score",
        "text-to-image",
        "image-to-image",
        "text-to-video",
        "image-to-video",
        "first-last-frame",
        "extend-video",
        "speech",
        "music",
        "sound-effect",
        "world",
        "train-lora",
        "text",
        "search-images",
    ],
    Newer,
]


class PersonView(BaseModel):
    """A person as they see themselves. `zone` is the time zone in which their day begins."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    email: str | None
    admin: bool
    zone: str
    email_verified_at: datetime | None
    created_at: datetime


class ReplyView(BaseModel):
    """What the workspace says to a takedown."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    statement: str
    user_id: str
    at: datetime


Wish = Annotated[Literal["cheapest", "best", "fastest"], Newer]


class RouteParams(BaseModel):
    """A route as it is asked for."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    wish: Wish | None = None
    models: list[str] | None = None
    soften: bool | None = None
    reroute: bool | None = None


Standing = Annotated[Literal["active", "deprecated", "retired"], Newer]


class TakedownView(BaseModel):
    """What is held back and why, since `created_at` until `lifted_at`.

    `asset_ids` were named; what was made from them is held back with them.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    notice_id: str
    kind: NoticeKind
    reason: str
    asset_ids: list[str]
    reply: ReplyView | None
    lifted_at: datetime | None
    lifted_reason: str | None
    created_at: datetime


class ThreadOfComments(BaseModel):
    """A comment with its replies, the oldest first, and where it stands.

    `label` is what its scene or shot was called then; `lost`: the script has no such one any more.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    thread_id: str | None
    user_id: str | None
    guest: str | None
    body: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    about: About
    anchor: str | None
    at_ms: int | None
    label: str | None
    lost: bool
    resolved_at: datetime | None
    resolved_by: str | None
    replies: list[CommentView]


class UsageDayView(BaseModel):
    """A day of a person: jobs they asked for, files that were made or brought, and their bytes."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    day: date
    jobs: int
    assets: int
    bytes: int
