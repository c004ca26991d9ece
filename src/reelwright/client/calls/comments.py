"""The calls of the tag `comments`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.comments import CommentText, NewComment
from reelwright.client.models.shared import About, CommentView, ThreadOfComments
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class CommentsCalls:
    """The calls of the tag `comments`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add_comment(
        self, project_id: str, body: NewComment, *, key: str | None = None
    ) -> ThreadOfComments:
        """Begin a thread on the project, a scene, a shot or a time in the film."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/comments", project_id=project_id),
            body=body,
            key=key,
        )
        return read(ThreadOfComments, answer.body)

    def list_comments(
        self,
        project_id: str,
        *,
        about: About | None = None,
        anchor: str | None = None,
        resolved: bool | None = None,
        limit: int = 50,
    ) -> AsyncIterator[ThreadOfComments]:
        """The threads of a project, the newest first, each with all its replies."""
        return self._wire.rows(
            at("/api/v1/projects/{project_id}/comments", project_id=project_id),
            {"about": about, "anchor": anchor, "resolved": resolved, "limit": limit},
            ThreadOfComments,
        )

    async def reply_to_comment(
        self, project_id: str, comment_id: str, body: CommentText, *, key: str | None = None
    ) -> CommentView:
        """Answer in a thread."""
        answer = await self._wire.ask(
            "POST",
            at(
                "/api/v1/projects/{project_id}/comments/{comment_id}/replies",
                project_id=project_id,
                comment_id=comment_id,
            ),
            body=body,
            key=key,
        )
        return read(CommentView, answer.body)

    async def edit_comment(
        self, project_id: str, comment_id: str, body: CommentText
    ) -> CommentView:
        """Say otherwise what one has said."""
        answer = await self._wire.ask(
            "PATCH",
            at(
                "/api/v1/projects/{project_id}/comments/{comment_id}",
                project_id=project_id,
                comment_id=comment_id,
            ),
            body=body,
        )
        return read(CommentView, answer.body)

    async def delete_comment(self, project_id: str, comment_id: str) -> None:
        """Take back what one has said; the replies stay."""
        await self._wire.ask(
            "DELETE",
            at(
                "/api/v1/projects/{project_id}/comments/{comment_id}",
                project_id=project_id,
                comment_id=comment_id,
            ),
        )

    async def resolve_comment(
        self, project_id: str, comment_id: str, *, key: str | None = None
    ) -> CommentView:
        """Say that a thread is settled."""
        answer = await self._wire.ask(
            "POST",
            at(
                "/api/v1/projects/{project_id}/comments/{comment_id}/resolve",
                project_id=project_id,
                comment_id=comment_id,
            ),
            key=key,
        )
        return read(CommentView, answer.body)

    async def reopen_comment(
        self, project_id: str, comment_id: str, *, key: str | None = None
    ) -> CommentView:
        """Say that a thread is not settled after all."""
        answer = await self._wire.ask(
            "POST",
            at(
                "/api/v1/projects/{project_id}/comments/{comment_id}/reopen",
                project_id=project_id,
                comment_id=comment_id,
            ),
            key=key,
        )
        return read(CommentView, answer.body)


class CommentsWaited(Waited):
    """The same, waited for."""

    add_comment = waited(CommentsCalls.add_comment)
    list_comments = each(CommentsCalls.list_comments)
    reply_to_comment = waited(CommentsCalls.reply_to_comment)
    edit_comment = waited(CommentsCalls.edit_comment)
    delete_comment = waited(CommentsCalls.delete_comment)
    resolve_comment = waited(CommentsCalls.resolve_comment)
    reopen_comment = waited(CommentsCalls.reopen_comment)
