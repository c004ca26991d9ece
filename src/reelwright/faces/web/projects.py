"""Projects over HTTP: a screenplay with its notes and own files, in numbered revisions; and their life."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.engines.storage.objects import Objects
from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.principals import Caller, GuardedRoute, UploadRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import Pages, PageView, ProjectInPath, locate, not_ours, paged
from reelwright.faces.web.uploads import ScriptText, Upload, received
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.ids import AssetId, ProjectId
from reelwright.ground.principals import Principal, Role
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from reelwright.library.storage_service import SENT, StorageService, UploadedFile
from reelwright.projects.life import ProjectLife
from reelwright.projects.records import FILM, check_script, checked_type
from reelwright.projects.service import ProjectService, Shelf
from reelwright.projects.types import PROJECT_CONFIGS
from reelwright.projects.values import Project, Revision
from reelwright.studio.productions.scripts import NOTES

router = APIRouter(prefix="/projects", tags=["projects"], route_class=GuardedRoute)
uploads = APIRouter(prefix="/projects", tags=["projects"], route_class=UploadRoute)

_FORM = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "type": {"type": "string", "enum": [*PROJECT_CONFIGS]},
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
    """One state of a project's files; `files` maps names to assets, `script` may be null but in a film."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    number: int
    script: str | None
    files: dict[str, str]
    created_at: datetime


class ProjectView(BaseModel):
    """A project with its newest revision; one in the trash is deleted in some days."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    type: str = Field(validation_alias="project_type")
    head: RevisionView
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    trashed_at: datetime | None


class ProjectNames(BaseModel):
    """What a project is called."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)


class ProjectCopy(BaseModel):
    """What a copy is called; without a name as the project, with a word added."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(None, min_length=1, max_length=200)


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

    Without a name it is called by the script's title, else by its file. Only a film must have a
    script; media of other types of project are held to the rules of the type.
    """
    async with received(request, objects.drafts) as upload:
        kind = checked_type(upload.type or FILM)
        check_script(kind, upload.script)
        project_id = ProjectId.new()
        await _check_media(storage, upload, kind)
        files = await _kept(assets, storage, who, upload, {}, Home(project_id, kind))
        name = upload.name or upload.title or PurePosixPath(upload.script or kind).stem
        project = await projects.create(
            who, name, files, upload.script, project_type=kind, project_id=project_id
        )
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
    project = await projects.get(who, project_id)
    project.require_here()
    head = project.head
    async with received(request, objects.drafts) as upload:
        if upload.type not in {None, project.project_type}:
            raise InvalidInputError("the type of a project stays", way_out="make another project")
        script = upload.script or (None if only else head.script)
        check_script(project.project_type, script)
        await _check_media(storage, upload, project.project_type)
        sent = await _kept(
            assets, storage, who, upload, head.files, Home(project_id, project.project_type)
        )
        others = {n: asset for n, asset in head.files.items() if n != head.script or n == script}
        files = sent if only else others | sent
        return _revision(await projects.revise(who, project_id, files, script, expected=expected))


@dataclass(frozen=True, slots=True)
class Home:
    """The project that files come to."""

    id: ProjectId
    type: str


async def _check_media(storage: StorageService, upload: Upload, project_type: str) -> None:
    """Raise FileRefusedError for what a type of project does not take; films take all."""
    if project_type == FILM:
        return
    for one in upload.files:
        if one.name not in {upload.script, NOTES}:
            file = UploadedFile(one.path, one.name)
            await asyncio.to_thread(storage.validate_file_for_project_type, file, project_type)


async def _kept(
    assets: AssetService,
    storage: StorageService,
    who: Principal,
    upload: Upload,
    before: Any,
    home: Home,
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
                    who,
                    one.path,
                    name=one.name,
                    media_type=media_type,
                    origin=origin,
                    project_id=home.id,
                )
            ).id
        elif asset is None:
            file = UploadedFile(one.path, one.name)
            asset = (await storage.upload_project_file(who, home.id, home.type, file)).id
        kept[one.name] = asset
    return kept


@router.get("", responses=declared(422))
@asks(Role.GUEST)
async def list_projects(
    who: Caller,
    paging: Pages,
    projects: FromDishka[ProjectService],
    archived: Annotated[bool, Query(description="those that were put away")] = False,
    trashed: Annotated[bool, Query(description="those in the trash")] = False,
) -> PageView[ProjectView]:
    """The projects of the workspace, newest first."""
    shelf = Shelf.TRASH if trashed else Shelf.ARCHIVE if archived else Shelf.WORK
    return paged(await projects.list(who, paging, shelf=shelf), _view)


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


@router.post("/{project_id}/duplicate", status_code=201, responses=declared(400, 404, 409, 422))
@asks(Role.EDITOR, place=Place.WORKSPACE)
async def duplicate_project(
    who: Caller,
    project_id: ProjectInPath,
    response: Response,
    life: FromDishka[ProjectLife],
    wanted: ProjectCopy | None = None,
) -> ProjectView:
    """Make a project of its own with the newest files and state of this one."""
    project = await life.duplicate(who, project_id, wanted.name if wanted else None)
    locate(response, "projects", project.id)
    return _view(project)


@router.post("/{project_id}/archive", responses=declared(404))
@asks(Role.ADMIN)
async def archive_project(
    who: Caller, project_id: ProjectInPath, life: FromDishka[ProjectLife]
) -> ProjectView:
    """Put a project away; nothing of it is lost, and nothing of it is changed until it is back."""
    return _view(await life.archive(who, project_id))


@router.post("/{project_id}/restore", responses=declared(404))
@asks(Role.ADMIN)
async def restore_project(
    who: Caller, project_id: ProjectInPath, life: FromDishka[ProjectLife]
) -> ProjectView:
    """Bring a project back from the archive or from the trash."""
    return _view(await life.restore(who, project_id))


@router.delete("/{project_id}", status_code=204, responses=declared(404, 409))
@asks(Role.ADMIN)
async def trash_project(
    who: Caller, project_id: ProjectInPath, life: FromDishka[ProjectLife]
) -> None:
    """Throw a project away: it can be restored for some days. Refused while something is made of it."""
    await life.trash(who, project_id)


@router.delete("/{project_id}/trash", status_code=204, responses=declared(404, 409))
@asks(Role.ADMIN)
async def delete_project(
    who: Caller, project_id: ProjectInPath, life: FromDishka[ProjectLife]
) -> None:
    """Delete a project that is in the trash for good, with its files."""
    await life.delete(who, project_id)
