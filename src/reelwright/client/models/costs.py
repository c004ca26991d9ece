"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import LimitsScope
from reelwright.client.values import Newer

Dimension = Annotated[
    Literal["user", "project", "production", "operation", "vendor", "model", "day"], Newer
]


class EntryView(BaseModel):
    """An amount that moved from the account `credit` to `debit`, and the call it moved for.

    `held` from `budget` sets money aside, `budget` from `held` gives it back, `spent` from `payable`
    is what a call cost.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    at: datetime
    debit: str
    credit: str
    micros: int
    currency: str
    user_id: str
    hold_id: str
    project_id: str | None
    job_id: str | None
    operation: str
    vendor: str
    model: str


class ExpenseView(BaseModel):
    """What calls cost, in millionths of the currency. `by` names what it was told apart by.

    `calls` counts those that came to nothing as well; `held_micros` is set aside for calls of which
    the end is not known yet. `production` is the job of a film.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    by: dict[str, str | None]
    currency: str
    calls: int
    held_micros: int
    spent_micros: int


class LimitOrder(BaseModel):
    """At most so many millionths of the currency, in each day or month of UTC, or in all.

    `subject` is the project (`project`), person (`user_day`), film's job (`production`) or operation
    (`operation`: each single call) it is for; left away: each that has none of its own.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    micros: int
    currency: str | None = None
    subject: str | None = None


class LimitView(BaseModel):
    """A limit, and who set it when."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    scope: LimitsScope
    subject: str
    micros: int
    currency: str
    set_by: str
    set_at: datetime


class RoomView(BaseModel):
    """What a limit leaves for a call made now. `foreign`: it stands in another currency, and leaves none."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    limit_id: str
    scope: LimitsScope
    subject: str
    period: str
    currency: str
    micros: int
    taken_micros: int
    left_micros: int
    foreign: bool


class StandingView(BaseModel):
    """A limit, and how it stands in the `period` that runs (a month, a day, '' for all time).

    `taken_micros` is spent and held. Both are null for a limit of each single call, and of each
    subject that has none of its own: `/costs/room` tells of one.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    scope: LimitsScope
    subject: str
    micros: int
    currency: str
    set_by: str
    set_at: datetime
    period: str
    taken_micros: int | None
    left_micros: int | None
