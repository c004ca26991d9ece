"""Preferred models over HTTP: one's own, and a project's."""

from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText
from reelwright.generation.repertoire.preferring import Preference, Preferences
from reelwright.ground.ids import ProjectId
from reelwright.providers.operations import Operation

router = APIRouter(prefix="/preferences", tags=["models"], route_class=GuardedRoute)

InProject = Annotated[
    str | None, Query(alias="project_id", max_length=100, description="Of this project.")
]


class PreferenceOrder(BaseModel):
    """The model to be asked first."""

    model_config = ConfigDict(extra="forbid")

    model: PlainText = Field(min_length=1, max_length=200)


class PreferenceView(BaseModel):
    """A model that is asked first. `user_id` is who said so; null: it is the installation's setting."""

    operation: Operation
    model: str
    project_id: str | None
    user_id: str | None


@router.get("", responses=declared(422))
async def list_preferences(
    who: Caller, preferences: FromDishka[Preferences], project: InProject = None
) -> list[PreferenceView]:
    """What counts where a route names no model: the project's, then your own, then the installation's."""
    return [_view(one) for one in await preferences.list(who, _known(project))]


@router.put("/{operation}", responses=declared(404, 413, 422))
async def put_preference(
    who: Caller,
    operation: Operation,
    order: PreferenceOrder,
    preferences: FromDishka[Preferences],
    project: InProject = None,
) -> PreferenceView:
    """Ask this model first from now on: for you, or for all who work on a project."""
    return _view(await preferences.prefer(who, operation, order.model, _known(project)))


@router.delete("/{operation}", status_code=204, responses=declared(404, 422))
async def delete_preference(
    who: Caller,
    operation: Operation,
    preferences: FromDishka[Preferences],
    project: InProject = None,
) -> None:
    """Prefer none any more."""
    await preferences.forget(who, operation, _known(project))


def _known(project: str | None) -> ProjectId | None:
    return ProjectId.parse(project) if project else None


def _view(one: Preference) -> PreferenceView:
    return PreferenceView(
        operation=one.operation, model=one.model, project_id=one.project, user_id=one.user
    )
