"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import LimitsScope, Operation, RouteParams
from reelwright.client.values import Newer

Key = Annotated[Literal["free", "busy", "missing"], Newer]


class ChoiceView(BaseModel):
    """A model of the route. Money is in millionths of the currency; null: nobody knows."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    model: str
    provider: str
    account: Key
    currency: str
    least_micros: int | None
    most_micros: int | None


class Decision(BaseModel):
    """What a person has found out about a call of which nobody knew."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    was_billed: bool


class LimitCheckView(BaseModel):
    """What a limit leaves, and the most these calls would ask of it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    limit_id: str
    scope: LimitsScope
    subject: str
    period: str
    currency: str
    left_micros: int
    asked_micros: int
    fits: bool


Part = Annotated[Literal["stills", "motion", "voices", "score"], Newer]


class QuotedCallView(BaseModel):
    """The model that would be chosen; `otherwise` would be tried in this order if it failed.

    `notes` say why a preferred model was passed over. `found`: it is there already. `repeated`: an equal order stands before it, and both are one job.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    model: str
    provider: str
    account: Key
    currency: str
    least_micros: int | None
    most_micros: int | None
    operation: Operation
    title: str
    found: bool
    repeated: bool
    notes: list[str]
    otherwise: list[ChoiceView]


class QuotedPartView(BaseModel):
    """One thing a film asks of models; without a `call` it is there already, and costs nothing."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
    part: Part
    scene: str
    found: bool
    call: QuotedCallView | None


class TotalView(BaseModel):
    """All calls in one currency; `unknown` of them have no price, and then `most_micros` is null."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    currency: str
    least_micros: int
    most_micros: int | None
    unknown: int


class FilmQuoteView(BaseModel):
    """What a film along a route would cost now, in the order of its making. It holds nothing.

    `route` is as it would be settled: with the lengths of takes, by which shots are grouped and split.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    parts: list[QuotedPartView]
    totals: list[TotalView]
    limits: list[LimitCheckView]
    route: dict[str, Any]


class GenerationOrder(BaseModel):
    """What is wanted of a model.

    `request` holds the operation's parameters (see `/models`), files as `{"asset": "ast_..."}`.
    `route` says which models may be asked, in which order, and what may be done about a refusal.
    Equal orders share one job while it lives, and find its product afterwards; `take` 1, 2, ...
    gives another one.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    operation: Operation
    request: dict[str, Any]
    route: RouteParams | None = None
    take: int | None = None
    project_id: str | None = None
    name: str | None = None
    priority: int | None = None


class QuoteOrder(BaseModel):
    """The orders to be quoted, each as `POST /generations` takes it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    orders: list[GenerationOrder]


class QuoteView(BaseModel):
    """What the orders would cost now. It holds nothing: prices, limits and accounts may change."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    calls: list[QuotedCallView]
    totals: list[TotalView]
    limits: list[LimitCheckView]


SubmissionState = Annotated[
    Literal["ready", "waiting", "made", "unknown", "completed", "failed", "refused", "cancelled"],
    Newer,
]


class SubmissionView(BaseModel):
    """A paid call as it stands. Money is in millionths of the price's currency."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    job_id: str | None
    attempt: int
    provider: str
    model: str
    operation: Operation
    state: SubmissionState
    sends: int
    remote_id: str | None
    most_micros: int
    cost_micros: int | None
    used: dict[str, Any] | None
    assets: list[str]
    error: dict[str, Any] | None
    moved_on: str | None
    created_at: datetime
    sent_at: datetime | None
    finished_at: datetime | None
