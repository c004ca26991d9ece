"""Films over HTTP: starting one, and what came of it."""

from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, cast

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from reelwright.faces.web.principals import Caller, GuardedRoute, Signed, require_spending
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    FilmInPath,
    IdempotencyKey,
    Pages,
    PageView,
    PlainObject,
    ProjectInPath,
    locate,
    paged,
)
from reelwright.ground.ids import AssetId
from reelwright.ground.principals import Principal
from reelwright.jobs.service import JobService
from reelwright.jobs.states import JobState
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Asset, AssetMissingError
from reelwright.studio.productions.model import Production
from reelwright.studio.productions.service import ProductionService

router = APIRouter(tags=["films"], route_class=GuardedRoute)


State = Literal["making", "finished", "ended"]


class FilmOrder(BaseModel):
    """How a film is to be made, in the words of `reelwright film`; all have defaults.

    `size`, `fps`, `scenes`, `exports`, `handles`, `burn_in`, `voices`, `fresh`. `route` has models
    make it: `cheapest`, `best`, `fastest`, or an object that names parts (`stills`, `motion`,
    `voices`, `score`), each with a `wish` or `models`; `max_cost` ("5.00", in dollars) is then the
    most it may cost. With `scheduled_at` it is begun at that time.
    """

    model_config = ConfigDict(extra="forbid")

    options: Annotated[PlainObject, Field(examples=[{"size": "1280x720", "fps": "24"}])] = {}
    scheduled_at: AwareDatetime | None = None


class FilmView(BaseModel):
    """The making of a film; the job `job_id` does it. It has ended when it failed or was cancelled.

    `report`, when it is finished, says what was made: duration_s, shots, made, reused, warnings.
    """

    id: str
    project_id: str
    revision_id: str
    job_id: str
    state: State
    options: dict[str, Any]
    report: dict[str, Any] | None
    created_at: datetime


class DeliveredFile(BaseModel):
    """A file of a finished film; anyone may read it by `url` until that expires, under its name."""

    asset_id: str
    media_type: str
    size: int
    sha256: str
    url: str


class DeliveredFilm(FilmView):
    """The making of a film, with how far it is, and what came of it.

    `progress` is {fraction (0 to 1), message, state, at, data}; `error` is {code, kind, message,
    way_out}; `files` are named by their paths in the film's folder, the film first.
    """

    job_state: JobState
    progress: dict[str, Any] | None
    error: dict[str, Any] | None
    files: dict[str, DeliveredFile]


def _values(film: Production) -> dict[str, Any]:
    return {
        "id": film.id,
        "project_id": film.project_id,
        "revision_id": film.revision_id,
        "job_id": film.job_id,
        "state": cast("State", film.state),
        "options": dict(film.options),
        "report": dict(film.report) if film.report is not None else None,
        "created_at": film.created_at,
    }


def _view(film: Production) -> FilmView:
    return FilmView(**_values(film))


@router.post(
    "/projects/{project_id}/films",
    status_code=202,
    responses=declared(400, 404, 409, 422, 429, 451),
)
async def start_film(
    visitor: Signed,
    project_id: ProjectInPath,
    response: Response,
    films: FromDishka[ProductionService],
    order: FilmOrder | None = None,
    idempotency_key: IdempotencyKey = None,
) -> FilmView:
    """Start the film of the latest revision of a project.

    An equal one that is being made already is joined. With a `route` it asks for the scope `spend`, and
    not for guests. What earlier films made is not made again.
    """
    options = dict(order.options) if order else {}
    if options.get("route"):
        require_spending(visitor)
    who, at = visitor.principal, order.scheduled_at if order else None
    film = await films.start_film(who, project_id, options, idempotency_key, scheduled_at=at)
    locate(response, "films", film.id)
    return _view(film)


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
    jobs: FromDishka[JobService],
    assets: FromDishka[AssetService],
) -> DeliveredFilm:
    """How a film stands, and its files with signed URLs."""
    film = await films.get(who, film_id)
    job = await jobs.get_job(who, film.job_id)
    files = await _files(who, film, assets)
    return DeliveredFilm(
        **_values(film),
        job_state=job.state,
        progress=dict(job.progress) if job.progress else None,
        error=dict(job.error) if job.error else None,
        files=files,
    )


async def _files(
    who: Principal, film: Production, assets: AssetService
) -> dict[str, DeliveredFile]:
    """What was delivered; a file that was deleted since, or is held back, is left out."""
    outputs = {name: AssetId(film.outputs[name]) for name in sorted(film.outputs, key=_rank)}
    found = await _found(who, list(outputs.values()), assets)
    files = {}
    for name, asset_id in outputs.items():
        asset = found.get(asset_id)
        if asset is None or asset.withheld_by is not None:
            continue
        files[name] = DeliveredFile(
            asset_id=asset.id,
            media_type=asset.media_type,
            size=asset.size,
            sha256=asset.sha256,
            url=await assets.url_of(asset, name=PurePosixPath(name).name),
        )
    return files


def _rank(name: str) -> tuple[bool, int, str]:
    """The film first, then what is beside it, then the media."""
    return name != "film.mp4", name.count("/"), name


async def _found(
    who: Principal, wanted: list[AssetId], assets: AssetService
) -> dict[AssetId, Asset]:
    if not wanted:
        return {}
    try:
        return await assets.get_many(who, wanted)
    except AssetMissingError:  # some are gone: those that are there, one by one
        found = {}
        for one in wanted:
            with suppress(AssetMissingError):
                found[one] = await assets.get(who, one)
        return found
