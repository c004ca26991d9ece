"""Comments on projects over HTTP: threads on the project, a scene, a shot or a time in the film."""

from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    CommentInPath,
    Pages,
    PageView,
    PlainText,
    ProjectInPath,
    paged,
)
from reelwright.ground.principals import Role
from reelwright.projects.comment import (
    LONGEST,
    About,
    Anchor,
    Comment,
    CommentFilter,
    CommentThread,
)
from reelwright.projects.comments import Comments

router = APIRouter(
    prefix="/projects/{project_id}/comments", tags=["comments"], route_class=GuardedRoute
)


class NewComment(BaseModel):
    """What is said, and about what: a scene or a shot by its stable id, or a time in milliseconds."""

    model_config = ConfigDict(extra="forbid")

    body: PlainText = Field(min_length=1, max_length=LONGEST)
    about: About = About.PROJECT
    anchor: PlainText | None = Field(None, min_length=1, max_length=100)
    at_ms: int | None = Field(None, ge=0, lt=2**31)


class CommentText(BaseModel):
    """What is said."""

    model_config = ConfigDict(extra="forbid")

    body: PlainText = Field(min_length=1, max_length=LONGEST)


class CommentView(BaseModel):
    """One thing that was said; by a user, or by a guest who came by a link. A deleted one is empty."""

    id: str
    thread_id: str | None
    user_id: str | None
    guest: str | None
    body: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None


class ThreadOfComments(CommentView):
    """A comment with its replies, the oldest first, and where it stands.

    `label` is what its scene or shot was called then; `lost`: the script has no such one any more.
    """

    about: About
    anchor: str | None
    at_ms: int | None
    label: str | None
    lost: bool
    resolved_at: datetime | None
    resolved_by: str | None
    replies: list[CommentView]


def comment_view(said: Comment) -> CommentView:
    """A comment as it is shown."""
    return CommentView(**_values(said))


def thread_view(thread: CommentThread) -> ThreadOfComments:
    """A thread as it is shown."""
    first = thread.first
    return ThreadOfComments(
        **_values(first),
        about=first.anchor.about,
        anchor=first.anchor.id,
        at_ms=first.anchor.at_ms,
        label=first.anchor.label,
        lost=thread.lost,
        resolved_at=first.resolved_at,
        resolved_by=first.resolved_by,
        replies=[comment_view(one) for one in thread.replies],
    )


def _values(said: Comment) -> dict[str, Any]:
    return {name: getattr(said, name) for name in CommentView.model_fields}


@router.post("", status_code=201, responses=declared(400, 404, 409, 413, 422, 451))
@asks(Role.COMMENTER)
async def add_comment(
    who: Caller, project_id: ProjectInPath, said: NewComment, comments: FromDishka[Comments]
) -> ThreadOfComments:
    """Begin a thread on the project, a scene, a shot or a time in the film."""
    anchor = Anchor(said.about, said.anchor, said.at_ms)
    return thread_view(await comments.add(who, project_id, said.body, anchor))


@router.get("", responses=declared(404, 409, 422, 451))
async def list_comments(
    who: Caller,
    project_id: ProjectInPath,
    paging: Pages,
    comments: FromDishka[Comments],
    about: Annotated[About | None, Query(description="only what is said about such")] = None,
    anchor: Annotated[
        str | None, Query(max_length=100, description="only about this scene or shot")
    ] = None,
    resolved: Annotated[bool | None, Query(description="only settled ones, or only open")] = None,
) -> PageView[ThreadOfComments]:
    """The threads of a project, the newest first, each with all its replies."""
    wanted = CommentFilter(about, anchor, resolved)
    return paged(await comments.list(who, project_id, wanted, paging), thread_view)


@router.post(
    "/{comment_id}/replies", status_code=201, responses=declared(400, 404, 409, 413, 422, 451)
)
@asks(Role.COMMENTER)
async def reply_to_comment(
    who: Caller,
    project_id: ProjectInPath,
    comment_id: CommentInPath,
    said: CommentText,
    comments: FromDishka[Comments],
) -> CommentView:
    """Answer in a thread."""
    return comment_view(await comments.reply(who, project_id, comment_id, said.body))


@router.patch("/{comment_id}", responses=declared(400, 403, 404, 413, 422))
@asks(Role.COMMENTER)
async def edit_comment(
    who: Caller,
    project_id: ProjectInPath,
    comment_id: CommentInPath,
    said: CommentText,
    comments: FromDishka[Comments],
) -> CommentView:
    """Say otherwise what one has said."""
    return comment_view(await comments.edit(who, project_id, comment_id, said.body))


@router.delete("/{comment_id}", status_code=204, responses=declared(403, 404))
@asks(Role.COMMENTER)
async def delete_comment(
    who: Caller,
    project_id: ProjectInPath,
    comment_id: CommentInPath,
    comments: FromDishka[Comments],
) -> None:
    """Take back what one has said; the replies stay."""
    await comments.delete(who, project_id, comment_id)


@router.post("/{comment_id}/resolve", responses=declared(404))
@asks(Role.COMMENTER)
async def resolve_comment(
    who: Caller,
    project_id: ProjectInPath,
    comment_id: CommentInPath,
    comments: FromDishka[Comments],
) -> CommentView:
    """Say that a thread is settled."""
    return comment_view(await comments.resolve(who, project_id, comment_id, resolved=True))


@router.post("/{comment_id}/reopen", responses=declared(404))
@asks(Role.COMMENTER)
async def reopen_comment(
    who: Caller,
    project_id: ProjectInPath,
    comment_id: CommentInPath,
    comments: FromDishka[Comments],
) -> CommentView:
    """Say that a thread is not settled after all."""
    return comment_view(await comments.resolve(who, project_id, comment_id, resolved=False))
