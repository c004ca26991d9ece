"""Projects over HTTP: a screenplay with its notes and own files, in numbered revisions."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.engines.storage.objects import Objects
from reelwright.faces.web.principals import Caller, GuardedRoute, UploadRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import Pages, PageView, ProjectInPath, locate, not_ours, paged
from reelwright.faces.web.uploads import ScriptText, Upload, received
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from reelwright.library.storage_service import SENT, StorageService, UploadedFile
from reelwright.projects.service import ProjectService
from reelwright.projects.values import Project, Revision
from reelwright.studio.productions.scripts import NOTES

router = APIRouter(prefix="/projects", tags=["projects"], route_class=GuardedRoute)
uploads = APIRouter(prefix="/projects", tags=["projects"], route_class=UploadRoute)

_FORM = {
    "type": "object",
    "required": ["script"],
    "properties": {
        "name": {"type": "string"},
        "script": {"type": "string", "format": "binary"},
        "notes": {"type": "string", "format": "binary"},
        "media": {"type": "array", "items": {"type": "string", "format": "binary"}},
    },
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ScriptText.model_json_schema()},
            "multipart/form-data": {"schema": _FORM},
        },
    }
}


class RevisionView(BaseModel):
    """One state of a project's files; `files` maps names to assets."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    number: int
    script: str
    files: dict[str, str]
    created_at: datetime


class ProjectView(BaseModel):
    """A project with its newest revision."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    head: RevisionView
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None


class ProjectNames(BaseModel):
    """What a project is called."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)


def _view(project: Project) -> ProjectView:
    return ProjectView.model_validate(project)


def _revision(revision: Revision) -> RevisionView:
    return RevisionView.model_validate(revision)


@uploads.post("", status_code=201, responses=declared(400, 413, 415, 422), openapi_extra=_BODY)
async def create_project(
    who: Caller,
    request: Request,
    response: Response,
    projects: FromDishka[ProjectService],
    assets: FromDishka[AssetService],
    storage: FromDishka[StorageService],
    objects: FromDishka[Objects],
) -> ProjectView:
    """Make a project from a script: as JSON, or as a form with notes and media of its own.

    Without a name it is called by the script's title, else by its file.
    """
    async with received(request, objects.drafts) as upload:
        files = await _kept(assets, storage, who, upload, {})
        name = upload.name or upload.title or PurePosixPath(upload.script).stem
        project = await projects.create(who, name, files, upload.script)
    locate(response, "projects", project.id)
    return _view(project)


@uploads.put(
    "/{project_id}/revision",
    responses=declared(400, 404, 409, 413, 415, 422),
    openapi_extra=_BODY,
)
async def revise_project(
    who: Caller,
    project_id: ProjectInPath,
    request: Request,
    projects: FromDishka[ProjectService],
    assets: FromDishka[AssetService],
    storage: FromDishka[StorageService],
    objects: FromDishka[Objects],
    only: Annotated[bool, Query(description="drop the files that are not sent again")] = False,
    expected: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="the revision that was changed")
    ] = None,
) -> RevisionView:
    """Make what is sent the newest revision; equal content makes none. Other files stay."""
    head = (await projects.get(who, project_id)).head
    async with received(request, objects.drafts) as upload:
        sent = await _kept(assets, storage, who, upload, head.files, project_id)
        others = {name: asset for name, asset in head.files.items() if name != head.script}
        files = sent if only else others | sent
        revision = await projects.revise(who, project_id, files, upload.script, expected=expected)
        return _revision(revision)


async def _kept(
    assets: AssetService,
    storage: StorageService,
    who: Principal,
    upload: Upload,
    before: Any,
    project_id: ProjectId | None = None,
) -> dict[str, AssetId]:
    """The assets of what was sent; a file that was there before under its name stays that asset."""
    known = {}
    same = {one.name: before[one.name] for one in upload.files if one.name in before}
    if same:
        found = await assets.get_many(who, list(same.values()))
        known = {
            (name, found[asset].facts.get(SENT, found[asset].sha256)): asset
            for name, asset in same.items()
        }
    kept = {}
    for one in upload.files:
        asset = known.get((one.name, one.sha256))
        if asset is None and one.name in {upload.script, NOTES}:  # read already
            origin = Origin(OriginKind.UPLOAD, one.name)
            media_type = one.media_type
            asset = (
                await assets.keep(
                    who, one.path, name=one.name, media_type=media_type, origin=origin
                )
            ).id
        elif asset is None:
            file = UploadedFile(one.path, one.name)
            asset = (await storage.upload_project_file(who, project_id, "film", file)).id
        kept[one.name] = asset
    return kept


@router.get("", responses=declared(422))
async def list_projects(
    who: Caller,
    paging: Pages,
    projects: FromDishka[ProjectService],
    archived: Annotated[bool, Query(description="those that were put away")] = False,
) -> PageView[ProjectView]:
    """The projects of the workspace, newest first."""
    return paged(await projects.list(who, paging, archived=archived), _view)


@router.get("/{project_id}", responses=declared(404))
async def get_project(
    who: Caller, project_id: ProjectInPath, projects: FromDishka[ProjectService]
) -> ProjectView:
    """One project."""
    return _view(await projects.get(who, project_id))


@router.patch("/{project_id}", responses=declared(400, 404, 422))
async def rename_project(
    who: Caller,
    project_id: ProjectInPath,
    given: ProjectNames,
    projects: FromDishka[ProjectService],
) -> ProjectView:
    """Give a project another name."""
    return _view(await projects.rename(who, project_id, given.name))


@router.get("/{project_id}/revisions", responses=declared(404, 422))
async def list_revisions(
    who: Caller, project_id: ProjectInPath, paging: Pages, projects: FromDishka[ProjectService]
) -> PageView[RevisionView]:
    """The revisions of a project, newest first."""
    await projects.get(who, project_id)
    if not all(isinstance(number, int) for number in paging.after() or []):
        raise not_ours()
    return paged(await projects.list_revisions(who, project_id, paging), _revision)
