"""Who is looking at a project now, over HTTP."""

from collections.abc import Sequence
from datetime import datetime

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText, ProjectInPath
from reelwright.ground.principals import Role
from reelwright.identity.visitors import Scope
from reelwright.projects.presences import Presence, Presences

router = APIRouter(
    prefix="/projects/{project_id}/presence", tags=["presence"], route_class=GuardedRoute
)


class Beat(BaseModel):
    """Where in the project somebody is, in an editor's own words: `scene sc_...`."""

    model_config = ConfigDict(extra="forbid")

    place: PlainText | None = Field(None, max_length=200)


class PresenceView(BaseModel):
    """Somebody who is looking; gone after `until`, unless heard of again."""

    model_config = ConfigDict(from_attributes=True)

    user_id: str
    place: str | None
    seen_at: datetime
    until: datetime


def _views(found: Sequence[Presence]) -> list[PresenceView]:
    return [PresenceView.model_validate(one) for one in found]


@router.put("", responses=declared(400, 404, 413, 422))
@asks(Role.VIEWER, Scope.READ)
async def beat_presence(
    who: Caller,
    project_id: ProjectInPath,
    presences: FromDishka[Presences],
    beat: Beat | None = None,
) -> list[PresenceView]:
    """Say that one is looking, again at least every half minute; all who are.

    Events tell of those who come, go, or change their place; whoever comes late asks by `GET`.
    """
    return _views(await presences.beat(who, project_id, beat.place if beat else None))


@router.get("", responses=declared(404))
async def list_presences(
    who: Caller, project_id: ProjectInPath, presences: FromDishka[Presences]
) -> list[PresenceView]:
    """Who is looking now."""
    return _views(await presences.list(who, project_id))


@router.delete("", status_code=204, responses=declared(404))
@asks(Role.VIEWER, Scope.READ)
async def leave_presence(
    who: Caller, project_id: ProjectInPath, presences: FromDishka[Presences]
) -> None:
    """Say that one looks no more."""
    await presences.leave(who, project_id)
