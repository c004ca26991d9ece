"""What is sent and answered. Written by `make openapi`."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import JobState, NoticeKind, Standing, TakedownView
from reelwright.client.values import Newer


class AccountStandingView(BaseModel):
    """How an account of somebody's stands; `until` it rests, for `reason`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    workspace_id: str
    user_id: str
    provider: str
    name: str
    sharing: str
    state: str
    until: datetime | None
    reason: str | None
    paused: bool
    failures: int
    succeeded: int
    failed: int
    last_used_at: datetime | None
    created_at: datetime


class ActingView(BaseModel):
    """A session in a person's place; `token` is told once."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    user_id: str
    operator_id: str
    token: str
    expires_at: datetime


class DecisionOrder(BaseModel):
    """Why it is decided so; the workspace reads this."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    reason: str


Deed = Annotated[Literal["set", "add", "reset"], Newer]


class HealthView(BaseModel):
    """How the parts of the service are, and how many jobs wait, are at work, or went wrong."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    parts: dict[str, Annotated[Literal["works", "fails", "slow"], Newer]]
    jobs: dict[str, int]


class JobCountView(BaseModel):
    """How many jobs of a kind are in a state."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    kind: str
    state: JobState
    jobs: int


class NamedView(BaseModel):
    """A file that is named: whose it is, and what it is called."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    workspace_id: str
    user_id: str
    name: str
    media_type: str


NoticeState = Annotated[Literal["open", "upheld", "rejected", "lifted"], Newer]


class NoticeDetail(BaseModel):
    """A notice with the files it names, as far as they are here, and what came of it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    kind: NoticeKind
    state: NoticeState
    address: str
    claimant: str
    reach: str
    statement: str
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    workspace_id: str | None
    takedown_id: str | None
    created_at: datetime
    named: list[NamedView]
    takedown: TakedownView | None


class NoticeView(BaseModel):
    """A notice, and what was decided about it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    kind: NoticeKind
    state: NoticeState
    address: str
    claimant: str
    reach: str
    statement: str
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    workspace_id: str | None
    takedown_id: str | None
    created_at: datetime


Unit = Annotated[
    Literal[
        "call",
        "image",
        "megapixel",
        "second",
        "character",
        "step",
        "input-token",
        "input-image-token",
        "output-token",
        "credit",
    ],
    Newer,
]


class PricePartOrder(BaseModel):
    """What `per` units cost, in the currency itself; `when` says for which requests alone."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    unit: Unit
    amount: str
    per: int | None = None
    when: dict[str, str] | None = None
    above: int | None = None
    up_to: int | None = None


class PriceOrder(BaseModel):
    """What a model costs. Without parts it is unknown."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    parts: list[PricePartOrder]
    currency: str | None = None


class OverrideOrder(BaseModel):
    """What is to be set of a model, from a day on (today). What is left out stays."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    source: str
    valid_from: date | None = None
    price: PriceOrder | None = None
    quality: int | None = None
    speed: int | None = None
    standing: Standing | None = None
    ends: date | None = None
    replacement: str | None = None
    note: str | None = None


class OverrideView(BaseModel):
    """What an operator said of a model, who, and when. `change` holds what was set, or the whole row."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    number: int
    model: str
    deed: Deed
    change: dict[str, Any]
    valid_from: date
    source: str
    user_id: str
    at: datetime


class ReasonOrder(BaseModel):
    """Why, for the audit trail."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    reason: str


class RowsOrder(BaseModel):
    """Rows of models to be added: the text of a `models.toml` that names its `provider`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    toml: str
    source: str
    valid_from: date | None = None


class StuckJobView(BaseModel):
    """A job of somebody's that does not get on: what it is, not what it is about."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    workspace_id: str
    user_id: str
    kind: str
    state: JobState
    attempt: int
    created_at: datetime
    changed_at: datetime


class UpholdOrder(BaseModel):
    """The same; `asset_ids` instead of what the notice's address names."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    reason: str
    asset_ids: list[str] | None = None


class UserEdit(BaseModel):
    """What is to be changed; what is left out stays. Null: as the plan, or the settings, say."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    admin: bool | None = None
    plan: str | None = None
    max_jobs_a_day: int | None = None
    max_jobs_at_once: int | None = None
    max_storage: int | None = None
    max_accounts: int | None = None


class UserView(BaseModel):
    """A person. Each `max_` overrules their plan; null: as the plan says. `plan` null: the usual one."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    email: str | None
    admin: bool
    plan: str | None
    max_jobs_a_day: int | None
    max_jobs_at_once: int | None
    max_storage: int | None
    max_accounts: int | None
    suspended_at: datetime | None
    created_at: datetime
