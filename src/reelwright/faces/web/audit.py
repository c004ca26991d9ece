"""The audit trail over HTTP: a workspace's own for its owner and admins, and everybody's own deeds."""

from datetime import datetime
from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import Pages, PageView, PlainObject, paged
from reelwright.ground.ids import UserId
from reelwright.ground.principals import Role
from reelwright.identity.audit import ACTION, AuditEntry, AuditLog, Sought
from reelwright.identity.visitors import Scope

router = APIRouter(tags=["audit"], route_class=GuardedRoute)


class DeedView(BaseModel):
    """Somebody did something in a workspace; `operator_id`: who acted in their place."""

    id: str
    workspace_id: str
    user_id: str
    operator_id: str | None
    action: str
    subject: str
    detail: PlainObject
    at: datetime


async def _sought(
    user_id: Annotated[
        str | None, Query(max_length=100, description="By this person, or to them.")
    ] = None,
    action: Annotated[
        str | None,
        Query(max_length=100, pattern=f"^{ACTION}$", description="Only these, as `token:made`."),
    ] = None,
    since: Annotated[AwareDatetime | None, Query(description="Not before this moment.")] = None,
) -> Sought:
    return Sought(user=UserId.parse(user_id) if user_id else None, action=action, since=since)


SoughtDeeds = Annotated[Sought, Depends(_sought)]
"""`?user_id=&action=&since=`."""


@router.get("/audit", responses=declared(403, 422))
@asks(Role.ADMIN, Scope.MANAGE, place=Place.WORKSPACE)
async def list_workspace_deeds(
    who: Caller, sought: SoughtDeeds, paging: Pages, audit: FromDishka[AuditLog]
) -> PageView[DeedView]:
    """What was done in the workspace, the newest first; for its owner and admins."""
    return paged(await audit.list(who, sought, paging), deed)


@router.get("/me/audit", responses=declared(422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def list_own_deeds(
    who: Caller, sought: SoughtDeeds, paging: Pages, audit: FromDishka[AuditLog]
) -> PageView[DeedView]:
    """What one did in whatever workspace, or an operator in one's place: sign-ins too, and refused ones."""
    return paged(await audit.list_own(who, sought, paging), deed)


def deed(entry: AuditEntry) -> DeedView:
    """A deed as it is shown."""
    return DeedView(
        id=entry.id,
        workspace_id=entry.workspace,
        user_id=entry.user,
        operator_id=entry.operator,
        action=entry.action,
        subject=entry.subject,
        detail=dict(entry.detail),
        at=entry.at,
    )
