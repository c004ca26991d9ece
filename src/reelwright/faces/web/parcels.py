"""A whole project as one file, over HTTP: written by a job, and made a project again by another."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

from reelwright.engines.storage.objects import Objects
from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.jobs import JobView
from reelwright.faces.web.principals import Caller, GuardedRoute, UploadRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText, ProjectInPath, content_type, locate
from reelwright.faces.web.uploads import form_files, form_text, in_body, save_file
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, WorkspaceId
from reelwright.ground.principals import Role
from reelwright.jobs.job import Job
from reelwright.jobs.service import JobService
from reelwright.library.texts import file_name
from reelwright.projects.service import ProjectService
from reelwright.studio.parcels.exports import ProjectExports
from reelwright.studio.parcels.imports import ProjectImports
from reelwright.studio.parcels.moves import ProjectMoves

router = APIRouter(prefix="/projects", tags=["projects"], route_class=GuardedRoute)
uploads = APIRouter(prefix="/projects", tags=["projects"], route_class=UploadRoute)


class ProjectFile(BaseModel):
    """A project's file that is in the library, and what the project is to be called, if not as it was."""

    model_config = ConfigDict(extra="forbid")

    asset_id: Annotated[str, Field(max_length=100)]
    name: Annotated[PlainText, Field(min_length=1, max_length=200)] | None = None


class Destination(BaseModel):
    """The workspace that a project goes to."""

    model_config = ConfigDict(extra="forbid")

    workspace_id: Annotated[str, Field(max_length=100)]


_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary"}, "name": {"type": "string"}},
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ProjectFile.model_json_schema()},
            "multipart/form-data": {"schema": _FORM},
        },
    }
}


@router.post("/{project_id}/exports", status_code=202, responses=declared(404, 409, 429))
async def export_project(
    who: Caller,
    project_id: ProjectInPath,
    response: Response,
    exports: FromDishka[ProjectExports],
    projects: FromDishka[ProjectService],
    jobs: FromDishka[JobService],
) -> JobView:
    """All of a project as one file: a job, whose result names the asset. It goes after 30 days."""
    return _asked(await exports.ask(who, project_id, projects, jobs), response)


@router.post(
    "/{project_id}/move", status_code=202, responses=declared(400, 404, 409, 413, 422, 429)
)
@asks(Role.OWNER, session=True)
async def move_project(
    who: Caller,
    project_id: ProjectInPath,
    given: Destination,
    response: Response,
    moves: FromDishka[ProjectMoves],
    jobs: FromDishka[JobService],
) -> JobView:
    """Move a project to another workspace in which you edit: a job of that workspace.

    There it is a project of its own with all that an export takes along; here it goes to the trash.
    """
    to = WorkspaceId.parse(given.workspace_id)
    return _asked(await moves.ask(who, project_id, to, jobs), response)


@uploads.post(
    "/imports",
    status_code=202,
    responses=declared(400, 404, 409, 413, 415, 422, 429),
    openapi_extra=_BODY,
)
@asks(Role.EDITOR, place=Place.WORKSPACE)
async def import_project(
    who: Caller,
    request: Request,
    response: Response,
    imports: FromDishka[ProjectImports],
    jobs: FromDishka[JobService],
    objects: FromDishka[Objects],
) -> JobView:
    """Make a project of a file that was exported, here or elsewhere: a job, whose result names it.

    The file comes as a form, and goes with the job, however that ends; or it is an asset already,
    uploaded in pieces, say: then it stays one.
    """
    kind = content_type(request.scope)
    if kind == "application/json":
        given = await _named(request)
        asset = AssetId.parse(given.asset_id)
        return _asked(await imports.ask(who, asset, jobs, given.name), response)
    if kind != "multipart/form-data":
        raise HTTPException(415, "send multipart/form-data or application/json")
    with TemporaryDirectory(prefix="upload-", dir=objects.drafts) as folder:
        async with request.form(max_files=2, max_fields=5) as form:
            files = form_files(form, "file")
            if set(form) - {"file", "name"} or len(files) != 1:
                raise InvalidInputError("the form has one `file`, and a `name` if wanted")
            path, name = Path(folder, "project"), form_text(form, "name")
            await save_file(files[0], path)
        called = file_name(files[0].filename or "project")
        return _asked(await imports.bring(who, path, called, jobs, name), response)


async def _named(request: Request) -> ProjectFile:
    try:
        return await asyncio.to_thread(ProjectFile.model_validate_json, await request.body())
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        raise RequestValidationError([in_body(one) for one in found]) from None


def _asked(job: Job, response: Response) -> JobView:
    locate(response, "jobs", job.id)
    return JobView.model_validate(job)
