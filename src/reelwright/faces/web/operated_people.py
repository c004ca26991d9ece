"""What operators do about people, over HTTP. Others are denied."""

import datetime as dt
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import SHOWN_ONCE, Pages, PageView, PlainText, UserInPath, paged
from reelwright.faces.web.usage import Since, Until, UsageDayView, span
from reelwright.identity.operators import Operators, UserChange
from reelwright.identity.oversight import Oversight
from reelwright.identity.sessions import Device
from reelwright.identity.users import User
from reelwright.identity.visitors import Scope

router = APIRouter(prefix="/operator/users", tags=["operators"], route_class=GuardedRoute)

_Most = Annotated[int | None, Field(ge=0, le=2**53)]


class UserView(BaseModel):
    """A person. Each `max_` overrules their plan; null: as the plan says. `plan` null: the usual one."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    email: str | None
    admin: bool
    plan: str | None
    max_jobs_a_day: int | None
    max_jobs_at_once: int | None
    max_storage: int | None
    max_accounts: int | None
    suspended_at: dt.datetime | None
    created_at: dt.datetime


class UserEdit(BaseModel):
    """What is to be changed; what is left out stays. Null: as the plan, or the settings, say."""

    model_config = ConfigDict(extra="forbid")

    admin: bool = False
    plan: PlainText | None = Field(None, max_length=100)
    max_jobs_a_day: _Most = None
    max_jobs_at_once: _Most = None
    max_storage: _Most = None
    max_accounts: int | None = Field(None, ge=0, le=10_000)

    def change(self) -> UserChange:
        """What was said, and nothing else."""
        said: Any = self.model_dump(include=self.model_fields_set)
        return said


class ReasonOrder(BaseModel):
    """Why, for the audit trail."""

    model_config = ConfigDict(extra="forbid")

    reason: PlainText = Field(min_length=1, max_length=500)


class ActingView(BaseModel):
    """A session in a person's place; `token` is told once."""

    id: str
    user_id: str
    operator_id: str
    token: str
    expires_at: dt.datetime


@router.get("", responses=declared(403, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def list_users(
    who: Caller,
    paging: Pages,
    operators: FromDishka[Operators],
    search: Annotated[
        PlainText | None, Query(max_length=200, description="In the name, the address, or the id.")
    ] = None,
) -> PageView[UserView]:
    """All people of the installation, the first first."""
    return paged(await operators.list(who, search, paging), _view)


@router.get("/{user_id}", responses=declared(403, 404))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def get_user(who: Caller, user_id: UserInPath, operators: FromDishka[Operators]) -> UserView:
    """One person."""
    return _view(await operators.get(who, user_id))


@router.patch("/{user_id}", responses=declared(400, 403, 404, 409, 413, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def change_user(
    who: Caller, user_id: UserInPath, edit: UserEdit, operators: FromDishka[Operators]
) -> UserView:
    """Make a person an operator, or no operator; set their plan, and what overrules its limits."""
    return _view(await operators.change(who, user_id, edit.change()))


@router.post("/{user_id}/suspend", responses=declared(400, 403, 404, 409, 413, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def suspend_user(
    who: Caller, user_id: UserInPath, order: ReasonOrder, operators: FromDishka[Operators]
) -> UserView:
    """Keep a person out: all their sessions end at once."""
    return _view(await operators.suspend(who, user_id, order.reason))


@router.post("/{user_id}/restore", responses=declared(403, 404))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def restore_user(
    who: Caller, user_id: UserInPath, operators: FromDishka[Operators]
) -> UserView:
    """Let a person in again."""
    return _view(await operators.restore(who, user_id))


@router.post(
    "/{user_id}/sessions",
    status_code=201,
    dependencies=[SHOWN_ONCE],
    responses=declared(400, 403, 404, 409, 413, 422),
)
@asks(place=Place.SELF, session=True)
async def act_for_user(
    who: Caller,
    user_id: UserInPath,
    order: ReasonOrder,
    operators: FromDishka[Operators],
    request: Request,
) -> ActingView:
    """A session in a person's place, for an hour at most; they see it, the audit trail names you."""
    device = Device(
        request.client.host if request.client else None, request.headers.get("user-agent")
    )
    session, token = await operators.act_for(who, user_id, order.reason, device)
    return ActingView(
        id=session.id,
        user_id=session.user,
        operator_id=who.user,
        token=token,
        expires_at=session.expires_at,
    )


@router.get("/{user_id}/usage", responses=declared(403, 404, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def get_user_usage(
    who: Caller,
    user_id: UserInPath,
    oversight: FromDishka[Oversight],
    since: Since = None,
    until: Until = None,
) -> list[UsageDayView]:
    """What a person used, day by day of theirs."""
    today = dt.datetime.now(dt.UTC).date()
    days = await oversight.usage(who, user_id, *span(since, until, today))
    return [UsageDayView.model_validate(one) for one in days]


def _view(user: User) -> UserView:
    return UserView.model_validate(user)
