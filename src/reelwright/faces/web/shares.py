"""Share links over HTTP: made, listed and revoked by who may; opened by anybody who has one."""

from datetime import datetime
from typing import Annotated
from urllib.parse import unquote

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Depends, Header, Path, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.addresses import address_of
from reelwright.faces.web.comments import (
    CommentView,
    NewComment,
    ThreadOfComments,
    comment_view,
    thread_view,
)
from reelwright.faces.web.principals import Caller, GuardedRoute, OpenRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    SHOWN_ONCE,
    Pages,
    PageView,
    PlainText,
    ProjectInPath,
    ShareInPath,
    locate,
    paged,
)
from reelwright.film.breakdown.model import Breakdown
from reelwright.ground.ids import CommentId
from reelwright.ground.principals import Role
from reelwright.projects.comment import Anchor
from reelwright.projects.sharing import NewLink, ProjectSharingService, ShareLink, ShareScope
from reelwright.studio.screenings import Screenings

router = APIRouter(
    prefix="/projects/{project_id}/shares", tags=["shares"], route_class=GuardedRoute
)
door = APIRouter(prefix="/shares/{token}", tags=["shares"], route_class=OpenRoute)

_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class ShareOrder(BaseModel):
    """What a link is to be good for; without `expires_at` until it is revoked."""

    model_config = ConfigDict(extra="forbid")

    name: PlainText = Field("", max_length=200)
    scope: ShareScope = ShareScope.VIEW
    expires_at: AwareDatetime | None = None
    password: PlainText | None = Field(None, min_length=1, max_length=256)


class ShareView(BaseModel):
    """A link, without its text; `views` counts how often it was opened."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    scope: ShareScope
    has_password: bool
    expires_at: datetime | None
    revoked_at: datetime | None
    views: int
    last_viewed_at: datetime | None
    created_at: datetime
    user_id: str


class MadeShare(ShareView):
    """A new link: `token` is shown this once, and opens `GET /api/v1/shares/{token}`."""

    token: str


class SharedShot(BaseModel):
    """A shot of a shared script, with what is said in it."""

    id: str
    number: str
    action: str
    dialogue: list[str]


class SharedScene(BaseModel):
    """A scene of a shared script."""

    id: str
    number: str
    heading: str
    synopsis: str | None
    shots: list[SharedShot]


class SharedFile(BaseModel):
    """A file that is shown; anybody may read it by `url` while the link lasts, and for twelve hours at most."""

    media_type: str
    size: int
    url: str


class SharedProject(BaseModel):
    """A project as a link shows it: its script broken down, and the files of its newest film.

    `files` are named by their paths: the film alone, or with the scope `download` all there are.
    """

    name: str
    type: str
    scope: ShareScope
    updated_at: datetime
    scenes: list[SharedScene]
    files: dict[str, SharedFile]


class GuestComment(NewComment):
    """What a guest says, and under which name; in a thread if one is named."""

    guest: PlainText = Field(min_length=1, max_length=80)
    thread_id: str | None = Field(None, max_length=100)


def _password(
    given: Annotated[
        str | None,
        Header(
            alias="Reelwright-Share-Password",
            max_length=2000,
            description="The link's password, if it has one; percent-encoded.",
        ),
    ] = None,
) -> str | None:
    return unquote(given) if given is not None else None


def _address(request: Request) -> str:
    return address_of(request.scope)


Token = Annotated[str, Path(max_length=200)]
Password = Annotated[str | None, Depends(_password)]
Address = Annotated[str, Depends(_address)]


def _view(link: ShareLink) -> ShareView:
    return ShareView.model_validate(link)


@router.post(
    "", status_code=201, dependencies=[SHOWN_ONCE], responses=declared(400, 404, 409, 413, 422)
)
@asks(Role.ADMIN)
async def share_project(
    who: Caller,
    project_id: ProjectInPath,
    response: Response,
    sharing: FromDishka[ProjectSharingService],
    order: ShareOrder | None = None,
) -> MadeShare:
    """Make a link by which anybody who has it may look at the project."""
    given = order or ShareOrder()
    wanted = NewLink(given.name, given.scope, given.expires_at, given.password)
    link, token = await sharing.create(who, project_id, wanted)
    locate(response, "projects", project_id, "shares", link.id)
    return MadeShare(**_view(link).model_dump(), token=token)


@router.get("", responses=declared(404, 422))
@asks(Role.ADMIN)
async def list_shares(
    who: Caller,
    project_id: ProjectInPath,
    paging: Pages,
    sharing: FromDishka[ProjectSharingService],
) -> PageView[ShareView]:
    """The links of a project, newest first, those too that were revoked."""
    return paged(await sharing.list(who, project_id, paging), _view)


@router.get("/{link_id}", responses=declared(404))
@asks(Role.ADMIN)
async def get_share(
    who: Caller,
    project_id: ProjectInPath,
    link_id: ShareInPath,
    sharing: FromDishka[ProjectSharingService],
) -> ShareView:
    """One link of a project."""
    return _view(await sharing.get(who, project_id, link_id))


@router.delete("/{link_id}", responses=declared(404))
@asks(Role.ADMIN)
async def revoke_share(
    who: Caller,
    project_id: ProjectInPath,
    link_id: ShareInPath,
    sharing: FromDishka[ProjectSharingService],
) -> ShareView:
    """Make a link lead nowhere, at once, and with it the URLs of files it has shown."""
    return _view(await sharing.revoke(who, project_id, link_id))


@door.get("", responses=declared(403, 404, 422, 429, 451))
async def open_share(
    token: Token,
    password: Password,
    address: Address,
    response: Response,
    sharing: FromDishka[ProjectSharingService],
    screenings: FromDishka[Screenings],
) -> SharedProject:
    """Look at a project by a link. Unknown, expired and revoked ones are answered alike."""
    response.headers.update(_PRIVATE)
    admission = await sharing.admit(token, password, address)
    shown = await screenings.show(admission)
    await sharing.count_view(admission)
    files = {
        name: SharedFile(
            media_type=asset.media_type,
            size=asset.size,
            url=screenings.url_of(admission, name, asset),
        )
        for name, asset in shown.files.items()
    }
    return SharedProject(
        name=shown.project.name,
        type=shown.project.project_type,
        scope=shown.scope,
        updated_at=shown.project.updated_at,
        scenes=_scenes(shown.breakdown),
        files=files,
    )


@door.get("/comments", responses=declared(403, 404, 422, 429))
async def list_share_comments(
    token: Token,
    password: Password,
    address: Address,
    paging: Pages,
    response: Response,
    sharing: FromDishka[ProjectSharingService],
    screenings: FromDishka[Screenings],
) -> PageView[ThreadOfComments]:
    """What was said about the project, the newest first; for links with the scope `comment`."""
    response.headers.update(_PRIVATE)
    admission = await sharing.admit(token, password, address)
    return paged(await screenings.list_comments(admission, paging), thread_view)


@door.post("/comments", status_code=201, responses=declared(400, 403, 404, 413, 422, 429, 451))
async def add_share_comment(
    token: Token,
    password: Password,
    address: Address,
    said: GuestComment,
    sharing: FromDishka[ProjectSharingService],
    screenings: FromDishka[Screenings],
) -> CommentView:
    """Say something as a guest; for links with the scope `comment`."""
    admission = await sharing.admit(token, password, address)
    thread = CommentId.parse(said.thread_id) if said.thread_id is not None else None
    anchor = Anchor(said.about, said.anchor, said.at_ms)
    return comment_view(await screenings.comment(admission, said.guest, said.body, anchor, thread))


def _scenes(breakdown: Breakdown | None) -> list[SharedScene]:
    if breakdown is None:
        return []
    return [
        SharedScene(
            id=scene.id,
            number=scene.number,
            heading=scene.heading,
            synopsis=scene.synopsis,
            shots=[
                SharedShot(
                    id=shot.id,
                    number=shot.number,
                    action=shot.action,
                    dialogue=[f"{one.character}: {one.text}" for one in shot.dialogue],
                )
                for shot in scene.shots
            ],
        )
        for scene in breakdown.scenes
    ]
