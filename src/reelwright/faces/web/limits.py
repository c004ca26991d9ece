"""Limits of what a workspace spends, over HTTP: set, shown with what they leave, taken away."""

import datetime as dt
from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from reelwright.billing.limits import Limit, NewLimit, Room, Standing
from reelwright.billing.limits import Scope as LimitScope
from reelwright.billing.spending_limits import SpendingLimits
from reelwright.faces.web.access import asks
from reelwright.faces.web.costs import OfJob, OfProject
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText
from reelwright.generation.limiting import Limiting
from reelwright.ground.ids import JobId, ProjectId
from reelwright.ground.money import MOST
from reelwright.ground.principals import Role
from reelwright.identity.visitors import Scope
from reelwright.providers.operations import Operation

router = APIRouter(prefix="/costs", tags=["costs"], route_class=GuardedRoute)

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
InCurrency = Annotated[str, Query(pattern=r"^[A-Z]{3}$", description="Of this currency.")]
OfSubject = Annotated[
    str, Query(max_length=200, description="Of this subject; '': of each without its own.")
]
OfOperation = Annotated[Operation | None, Query(description="Of such calls.")]


class LimitOrder(BaseModel):
    """At most so many millionths of the currency, in each day or month of UTC, or in all.

    `subject` is the project (`project`), person (`user_day`), film's job (`production`) or operation
    (`operation`: each single call) it is for; left away: each that has none of its own.
    """

    model_config = ConfigDict(extra="forbid")

    micros: Annotated[int, Field(ge=0, le=MOST)]
    currency: Currency = "USD"
    subject: Annotated[PlainText, Field(max_length=200)] = ""


class LimitView(BaseModel):
    """A limit, and who set it when."""

    id: str
    scope: LimitScope
    subject: str
    micros: int
    currency: str
    set_by: str
    set_at: dt.datetime


class StandingView(LimitView):
    """A limit, and how it stands in the `period` that runs (a month, a day, '' for all time).

    `taken_micros` is spent and held. Both are null for a limit of each single call, and of each
    subject that has none of its own: `/costs/room` tells of one.
    """

    period: str
    taken_micros: int | None
    left_micros: int | None


class RoomView(BaseModel):
    """What a limit leaves for a call made now. `foreign`: it stands in another currency, and leaves none."""

    limit_id: str
    scope: LimitScope
    subject: str
    period: str
    currency: str
    micros: int
    taken_micros: int
    left_micros: int
    foreign: bool


@router.get("/limits", responses=declared())
async def list_limits(who: Caller, limits: FromDishka[SpendingLimits]) -> list[StandingView]:
    """All limits of the workspace, and what is left of each."""
    return [_standing(one) for one in await limits.standings(who)]


@router.put("/limits/{scope}", responses=declared(400, 404, 413, 422))
@asks(Role.ADMIN, Scope.MANAGE)
async def set_limit(
    who: Caller,
    scope: LimitScope,
    order: LimitOrder,
    limiting: FromDishka[Limiting],
) -> LimitView:
    """Limit what may be spent, or change the amount; alerts begin anew.

    What was spent in the running period counts already. Where a limit stands in one currency only,
    nothing may be spent in another.
    """
    new = NewLimit(scope, order.micros, order.currency, order.subject)
    return _view(await limiting.set(who, new))


@router.delete("/limits/{scope}", status_code=204, responses=declared(404, 422))
@asks(Role.ADMIN, Scope.MANAGE)
async def remove_limit(
    who: Caller,
    scope: LimitScope,
    limits: FromDishka[SpendingLimits],
    subject: OfSubject = "",
    currency: InCurrency = "USD",
) -> None:
    """Take a limit away."""
    await limits.remove(who, await limits.find(who, scope, subject, currency))


@router.get("/room", responses=declared(422))
async def list_room(
    who: Caller,
    limits: FromDishka[SpendingLimits],
    currency: InCurrency = "USD",
    operation: OfOperation = None,
    project: OfProject = None,
    job: OfJob = None,
) -> list[RoomView]:
    """What each limit leaves that a call of yours, made now, would count against; the tightest first."""
    found = await limits.room(
        who,
        currency=currency,
        operation=operation.value if operation else None,
        project_id=ProjectId.parse(project) if project else None,
        root_job_id=JobId.parse(job) if job else None,
    )
    return [_room(one) for one in found]


def _view(limit: Limit) -> LimitView:
    return LimitView(
        id=limit.id,
        scope=limit.scope,
        subject=limit.subject,
        micros=limit.micros,
        currency=limit.currency,
        set_by=limit.set_by,
        set_at=limit.set_at,
    )


def _standing(one: Standing) -> StandingView:
    told = _view(one.limit).model_dump()
    return StandingView(**told, period=one.period, taken_micros=one.taken, left_micros=one.left)


def _room(room: Room) -> RoomView:
    return RoomView(
        limit_id=room.limit_id,
        scope=room.scope,
        subject=room.subject,
        period=room.period,
        currency=room.currency,
        micros=room.micros,
        taken_micros=room.taken,
        left_micros=room.left,
        foreign=room.foreign,
    )
