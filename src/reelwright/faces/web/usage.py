"""What the caller has used, and what is left of what they may have."""

import datetime as dt
from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.identity.plans import Limits
from reelwright.identity.quotas import Quotas
from reelwright.identity.usage import UsageBook

router = APIRouter(prefix="/usage", tags=["usage"], route_class=GuardedRoute)

_WEEKS = dt.timedelta(days=27)

Since = Annotated[
    dt.date | None, Query(description="The first day; four weeks up to the last if left out.")
]
Until = Annotated[dt.date | None, Query(description="The last day; today if left out.")]


class UsageDayView(BaseModel):
    """A day of a person: jobs they asked for, files that were made or brought, and their bytes."""

    model_config = ConfigDict(from_attributes=True)

    day: dt.date
    jobs: int
    assets: int
    bytes: int


class UsageView(BaseModel):
    """What the caller may have (null: as much as they like), has, and used day by day of theirs.

    `accounts` null in the limits: as the settings of the installation say.
    """

    plan: str
    limits: Limits
    zone: str
    jobs_today: int
    jobs_now: int
    storage: int
    resets_at: dt.datetime
    days: list[UsageDayView]


def span(since: dt.date | None, until: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days that were asked for; without any, the last four weeks."""
    last = until or today
    return since or last - min(_WEEKS, last - dt.date.min), last


@router.get("", responses=declared(422))
@asks(place=Place.SELF)
async def get_usage(
    who: Caller,
    quotas: FromDishka[Quotas],
    usage: FromDishka[UsageBook],
    since: Since = None,
    until: Until = None,
) -> UsageView:
    """What the caller has used, and what is left."""
    standing = await quotas.standing(who)
    days = await usage.list(who, who.user, *span(since, until, standing.today))
    return UsageView(
        plan=standing.allowance.plan,
        limits=standing.allowance.limits,
        zone=standing.allowance.zone,
        jobs_today=standing.jobs_today,
        jobs_now=standing.jobs_now,
        storage=standing.stored,
        resets_at=standing.resets,
        days=[UsageDayView.model_validate(one) for one in days],
    )
