"""Films over HTTP: starting one, and what came of it."""

from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.ports import Production, ProductionService
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    FilmInPath,
    IdempotencyKey,
    Pages,
    PageView,
    PlainObject,
    ProjectInPath,
    paged,
)
from reelwright.library.asset_service import AssetService

router = APIRouter(tags=["films"], route_class=GuardedRoute)


class FilmOrder(BaseModel):
    """How a film is to be made, in the words of `reelwright film`: size, fps, scenes, exports."""

    model_config = ConfigDict(extra="forbid")

    options: Annotated[PlainObject, Field(examples=[{"size": "1280x720", "fps": "24"}])] = {}


class FilmView(BaseModel):
    """The making of a film. `job_id` is the job that does it."""

    id: str
    project_id: str
    revision_id: str
    job_id: str
    state: str
    options: dict[str, Any]
    report: dict[str, Any] | None
    created_at: datetime


class DeliveredFile(BaseModel):
    """A file of a finished film; `url` may be read by anyone until it expires."""

    asset_id: str
    media_type: str
    size: int
    sha256: str
    url: str


class DeliveredFilm(FilmView):
    """The making of a film, with what came of it, by the name in its folder."""

    files: dict[str, DeliveredFile]


def _values(film: Production) -> dict[str, Any]:
    return {
        "id": film.id,
        "project_id": film.project_id,
        "revision_id": film.revision_id,
        "job_id": film.job_id,
        "state": film.state,
        "options": dict(film.options),
        "report": dict(film.report) if film.report is not None else None,
        "created_at": film.created_at,
    }


def _view(film: Production) -> FilmView:
    return FilmView(**_values(film))


@router.post(
    "/projects/{project_id}/films", status_code=202, responses=declared(400, 404, 409, 422, 429)
)
async def start_film(
    who: Caller,
    project_id: ProjectInPath,
    films: FromDishka[ProductionService],
    order: FilmOrder | None = None,
    idempotency_key: IdempotencyKey = None,
) -> FilmView:
    """Start the film of the latest revision of a project."""
    options = dict(order.options) if order else {}
    return _view(await films.start_film(who, project_id, options, idempotency_key))


@router.get("/projects/{project_id}/films", responses=declared(404, 422))
async def list_films(
    who: Caller, project_id: ProjectInPath, paging: Pages, films: FromDishka[ProductionService]
) -> PageView[FilmView]:
    """The films of a project, newest first."""
    return paged(await films.list(who, project_id, paging), _view)


@router.get("/films/{film_id}", responses=declared(404))
async def get_film(
    who: Caller,
    film_id: FilmInPath,
    films: FromDishka[ProductionService],
    assets: FromDishka[AssetService],
) -> DeliveredFilm:
    """How a film stands, and its files with signed URLs."""
    film = await films.get(who, film_id)
    outputs = dict(film.outputs or {})
    found = await assets.get_many(who, list(outputs.values())) if outputs else {}
    files = {}
    for name, asset_id in outputs.items():
        asset = found[asset_id]
        files[name] = DeliveredFile(
            asset_id=asset.id,
            media_type=asset.media_type,
            size=asset.size,
            sha256=asset.sha256,
            url=await assets.url_of(asset),
        )
    return DeliveredFilm(**_values(film), files=files)
