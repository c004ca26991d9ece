"""Projects over HTTP: a screenplay with its notes and own files, in numbered revisions; and their life."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.engines.storage.objects import Objects
from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.preconditions import IfMatch, numbered, seen_of
from reelwright.faces.web.principals import Caller, GuardedRoute, UploadRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import Pages, PageView, ProjectInPath, locate, not_ours, paged
from reelwright.faces.web.uploads import ScriptText, Upload, received
from reelwright.ground.errors import InvalidInputError
from reelwright.ground.principals import Principal, Role
from reelwright.library.revisions import Change, Coming, Revisions
from reelwright.projects.life import ProjectLife
from reelwright.projects.records import FILM
from reelwright.projects.service import ProjectService, Shelf
from reelwright.projects.types import PROJECT_CONFIGS
from reelwright.projects.values import Project, Revision
from reelwright.studio.productions.scripts import NOTES

router = APIRouter(prefix="/projects", tags=["projects"], route_class=GuardedRoute)
uploads = APIRouter(prefix="/projects", tags=["projects"], route_class=UploadRoute)

_LETTER = "r"
_MOST = 2**31 - 1
Seen = Annotated[
    int | None, Query(ge=1, le=_MOST, description="the number of the revision that was changed")
]
NumberInPath = Annotated[int, Path(ge=1, le=_MOST)]

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
    """One state of a project's files; `files` maps names to assets, `script` may be null but in a film.

    `user_id` made it.
    """

    model_config = ConfigDict(from_attributes=True)

    id: str
    number: int
    script: str | None
    files: dict[str, str]
    created_at: datetime
    user_id: str | None


class RevisionTextView(RevisionView):
    """A revision with the text of its script and of its notes.

    Null: there is none, or it is no text (a PDF), or longer than 1 MiB; its asset has the bytes.
    """

    text: str | None
    notes: str | None


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


def _revision(revision: Revision, response: Response) -> RevisionView:
    response.headers["ETag"] = numbered(_LETTER, revision.number)
    return RevisionView.model_validate(revision)


@uploads.post("", status_code=201, responses=declared(400, 413, 415, 422), openapi_extra=_BODY)
async def create_project(
    who: Caller,
    request: Request,
    response: Response,
    revisions: FromDishka[Revisions],
    objects: FromDishka[Objects],
) -> ProjectView:
    """Make a project from a script: as JSON, or as a form with notes and media of its own.

    Without a name it is called by the script's title, else by its file. Only a film must have a
    script; media of other types of project are held to the rules of the type. What is refused leaves
    none of its files.
    """
    async with received(request, objects.drafts) as upload:
        kind = upload.type or FILM
        name = upload.name or upload.title or PurePosixPath(upload.script or kind).stem
        project = await revisions.create(who, name, kind, _change(upload))
    locate(response, "projects", project.id)
    return _view(project)


@uploads.put(
    "/{project_id}/revision",
    responses=declared(400, 404, 409, 412, 413, 415, 422),
    openapi_extra=_BODY,
)
async def revise_project(
    who: Caller,
    project_id: ProjectInPath,
    request: Request,
    response: Response,
    projects: FromDishka[ProjectService],
    revisions: FromDishka[Revisions],
    objects: FromDishka[Objects],
    only: Annotated[bool, Query(description="drop the files that are not sent again")] = False,
    expected: Seen = None,
    if_match: IfMatch = None,
) -> RevisionView:
    """Make what is sent the newest revision; equal content makes none. Other files stay.

    Over another revision than was seen it is refused, 409 with `expected`, 412 with `If-Match`, and
    `details` has both: `there` and `sent`. What is refused leaves none of its files.
    """
    seen = seen_of(_LETTER, expected, if_match)
    project = await projects.get(who, project_id)
    project.require_here()
    async with received(request, objects.drafts) as upload:
        if upload.type not in {None, project.project_type}:
            raise InvalidInputError("the type of a project stays", way_out="make another project")
        change = _change(upload, only=only)
        revised = await revisions.revise(who, project_id, change, expected=seen)
    return _revision(revised, response)


def _change(upload: Upload, *, only: bool = False) -> Change:
    """What was sent; scripts and notes were read already."""
    files = [
        Coming(
            one.name,
            one.path,
            one.sha256,
            one.media_type if one.name in {upload.script, NOTES} else None,
        )
        for one in upload.files
    ]
    return Change(files, upload.script, only)


@router.get("/{project_id}/revision", responses=declared(404, 451))
async def get_newest_revision(
    who: Caller,
    project_id: ProjectInPath,
    response: Response,
    projects: FromDishka[ProjectService],
    revisions: FromDishka[Revisions],
) -> RevisionTextView:
    """The newest revision with its script and notes as text; its ETag names it."""
    head = (await projects.get(who, project_id)).head
    return await _with_text(who, head, revisions, response)


@router.get("/{project_id}/revisions/{number}", responses=declared(404, 422, 451))
async def get_revision(
    who: Caller,
    project_id: ProjectInPath,
    number: NumberInPath,
    response: Response,
    projects: FromDishka[ProjectService],
    revisions: FromDishka[Revisions],
) -> RevisionTextView:
    """A revision with its script and notes as text."""
    found = await projects.get_numbered(who, project_id, number)
    return await _with_text(who, found, revisions, response)


@router.post("/{project_id}/revisions/{number}/restore", responses=declared(404, 409, 412, 422))
async def restore_revision(
    who: Caller,
    project_id: ProjectInPath,
    number: NumberInPath,
    response: Response,
    projects: FromDishka[ProjectService],
    expected: Seen = None,
    if_match: IfMatch = None,
) -> RevisionView:
    """Make an earlier revision's content the newest again, as a revision of its own.

    All that came after it stays in the history. Over another revision than was seen: as `PUT`.
    """
    seen = seen_of(_LETTER, expected, if_match)
    restored = await projects.restore_revision(who, project_id, number, expected=seen)
    return _revision(restored, response)


async def _with_text(
    who: Principal, found: Revision, revisions: Revisions, response: Response
) -> RevisionTextView:
    response.headers["ETag"] = numbered(_LETTER, found.number)
    view = RevisionView.model_validate(found)
    text = await revisions.text(who, found, found.script)
    notes = await revisions.text(who, found, NOTES)
    return RevisionTextView(**view.model_dump(), text=text, notes=notes)


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
    return paged(
        await projects.list_revisions(who, project_id, paging), RevisionView.model_validate
    )


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
