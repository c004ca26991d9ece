"""A person's own picture, clip or recordings in place of what is made for a shot, over HTTP."""

from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.projects import RevisionView
from reelwright.faces.web.requests import ProjectInPath
from reelwright.ground.ids import AssetId
from reelwright.studio.own_files import OwnFiles, OwnRole

router = APIRouter(
    prefix="/projects/{project_id}/shots/{shot_id}/own",
    tags=["projects"],
    route_class=GuardedRoute,
)
Shot = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,100}$")]


class OwnAssets(BaseModel):
    """The assets that take the place: one, or of recordings one for each speech."""

    model_config = ConfigDict(extra="forbid")

    asset_ids: list[Annotated[str, Field(max_length=100)]] = Field(min_length=1, max_length=100)


@router.put("/{role}", responses=declared(400, 404, 409, 413, 422, 451))
async def put_own_files(
    who: Caller,
    project_id: ProjectInPath,
    shot_id: Shot,
    role: OwnRole,
    given: OwnAssets,
    own: FromDishka[OwnFiles],
) -> RevisionView:
    """Let your own picture, clip or recordings take the place of what is made for a shot."""
    assets = [AssetId.parse(one) for one in given.asset_ids]
    return RevisionView.model_validate(await own.put(who, project_id, shot_id, role, assets))


@router.delete("/{role}", responses=declared(404, 409, 422))
async def take_own_files_away(
    who: Caller,
    project_id: ProjectInPath,
    shot_id: Shot,
    role: OwnRole,
    own: FromDishka[OwnFiles],
) -> RevisionView:
    """Let a shot be made again instead of showing your own file; the asset stays."""
    return RevisionView.model_validate(await own.take_away(who, project_id, shot_id, role))
