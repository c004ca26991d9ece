"""The calls of the tag `shares`. Written by `make openapi`."""

from collections.abc import AsyncIterator

from reelwright.client.models.shared import CommentView, ThreadOfComments
from reelwright.client.models.shares import (
    GuestComment,
    MadeShare,
    SharedProject,
    ShareOrder,
    SharesShareView,
)
from reelwright.client.waiting import Waited, each, waited
from reelwright.client.wire import Wire, at, read


class SharesCalls:
    """The calls of the tag `shares`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def open_share(self, token: str) -> SharedProject:
        """Look at a project by a link. Unknown, expired and revoked ones are answered alike."""
        answer = await self._wire.ask("GET", at("/api/v1/shares/{token}", token=token))
        return read(SharedProject, answer.body)

    def list_share_comments(
        self, token: str, *, limit: int = 50
    ) -> AsyncIterator[ThreadOfComments]:
        """What was said about the project, the newest first; for links with the scope `comment`."""
        return self._wire.rows(
            at("/api/v1/shares/{token}/comments", token=token), {"limit": limit}, ThreadOfComments
        )

    async def add_share_comment(self, token: str, body: GuestComment) -> CommentView:
        """Say something as a guest; for links with the scope `comment`."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/shares/{token}/comments", token=token), body=body
        )
        return read(CommentView, answer.body)

    async def share_project(
        self, project_id: str, body: ShareOrder | None = None, *, key: str | None = None
    ) -> MadeShare:
        """Make a link by which anybody who has it may look at the project."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/shares", project_id=project_id),
            body=body,
            key=key,
        )
        return read(MadeShare, answer.body)

    def list_shares(self, project_id: str, *, limit: int = 50) -> AsyncIterator[SharesShareView]:
        """The links of a project, newest first, those too that were revoked."""
        return self._wire.rows(
            at("/api/v1/projects/{project_id}/shares", project_id=project_id),
            {"limit": limit},
            SharesShareView,
        )

    async def get_share(self, project_id: str, link_id: str) -> SharesShareView:
        """One link of a project."""
        answer = await self._wire.ask(
            "GET",
            at(
                "/api/v1/projects/{project_id}/shares/{link_id}",
                project_id=project_id,
                link_id=link_id,
            ),
        )
        return read(SharesShareView, answer.body)

    async def revoke_share(self, project_id: str, link_id: str) -> SharesShareView:
        """Make a link lead nowhere, at once, and with it the URLs of files it has shown."""
        answer = await self._wire.ask(
            "DELETE",
            at(
                "/api/v1/projects/{project_id}/shares/{link_id}",
                project_id=project_id,
                link_id=link_id,
            ),
        )
        return read(SharesShareView, answer.body)


class SharesWaited(Waited):
    """The same, waited for."""

    open_share = waited(SharesCalls.open_share)
    list_share_comments = each(SharesCalls.list_share_comments)
    add_share_comment = waited(SharesCalls.add_share_comment)
    share_project = waited(SharesCalls.share_project)
    list_shares = each(SharesCalls.list_shares)
    get_share = waited(SharesCalls.get_share)
    revoke_share = waited(SharesCalls.revoke_share)
