"""Files from elsewhere over HTTP: having one brought, and having it tried again."""

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.assets import AssetView, asset_view
from reelwright.faces.web.jobs import JobView
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import AssetInPath, PlainText, locate
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Role
from reelwright.identity.visitors import Scope
from reelwright.projects.types import PROJECT_CONFIGS
from reelwright.studio.downloads import Download, Downloads

router = APIRouter(prefix="/assets", tags=["assets"], route_class=GuardedRoute)


class DownloadOrder(BaseModel):
    """A file at a web address. With a `project_id` it belongs to the project, and its type says what is taken."""

    model_config = ConfigDict(extra="forbid")

    url: PlainText = Field(min_length=8, max_length=4000, examples=["https://example.com/a.mp4"])
    name: PlainText | None = Field(None, min_length=1, max_length=255)
    project_id: str | None = Field(None, max_length=100)
    project_type: str = Field("custom", json_schema_extra={"enum": [*PROJECT_CONFIGS]})


class DownloadView(BaseModel):
    """An asset whose bytes are to come, and the job that brings them."""

    asset: AssetView
    job: JobView


@router.post("/downloads", status_code=201, responses=declared(400, 409, 413, 422))
@asks(Role.GUEST, Scope.WRITE)  # who may edit the project it is for: the tables' policies ask
async def download_file(
    who: Caller, order: DownloadOrder, response: Response, downloads: FromDishka[Downloads]
) -> DownloadView:
    """Have a file brought from elsewhere. What it is, and whether it is taken, is seen when it is here."""
    asked = await downloads.ask(
        who,
        order.url,
        name=order.name,
        project_id=ProjectId.parse(order.project_id) if order.project_id else None,
        project_type=order.project_type,
    )
    locate(response, "assets", asked.asset.id)
    return _view(asked)


@router.post("/{asset_id}/download", status_code=202, responses=declared(409))
async def download_asset(
    who: Caller, asset_id: AssetInPath, downloads: FromDishka[Downloads]
) -> DownloadView:
    """Try again to bring a file that could not be had; it goes on where it broke off."""
    return _view(await downloads.again(who, asset_id))


def _view(asked: Download) -> DownloadView:
    return DownloadView(asset=asset_view(asked.asset), job=JobView.model_validate(asked.job))
