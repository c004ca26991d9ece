"""Working on a project with others, under the one name that scripts know: inviting, roles, comments.

It hands on to whoever does it; there is no other way in.
"""

from collections.abc import Sequence

from reelwright.ground.ids import CommentId, ProjectId, UserId
from reelwright.ground.paging import Page, Paging
from reelwright.ground.principals import Principal, Role
from reelwright.identity.invitations import InvitationService, Offered
from reelwright.identity.members import Member, MemberService
from reelwright.projects.comment import Anchor, Comment, CommentFilter, CommentThread
from reelwright.projects.comments import Comments

_PROJECT, _ALL, _BEGINNING = Anchor(), CommentFilter(), Paging()


class ProjectCollaborationService:
    """Who works on a project, and what they say about it."""

    def __init__(
        self, members: MemberService, invitations: InvitationService, comments: Comments
    ) -> None:
        self._members = members
        self._invitations = invitations
        self._comments = comments

    async def invite(
        self, who: Principal, project_id: ProjectId, email: str, role: Role = Role.EDITOR
    ) -> Offered:
        """Offer a place on a project; the text that opens it is told once."""
        return await self._invitations.offer(who, email, role, project_id)

    async def list_members(self, who: Principal, project_id: ProjectId) -> Sequence[Member]:
        """Who was let in to a project, besides the members of its workspace."""
        return await self._members.list(who, project_id)

    async def change_role(
        self, who: Principal, project_id: ProjectId, user: UserId, role: Role
    ) -> Member:
        """Give somebody on a project another role."""
        return await self._members.change(who, user, role, project_id)

    async def remove(self, who: Principal, project_id: ProjectId, user: UserId) -> None:
        """Put somebody out of a project, or leave it."""
        await self._members.remove(who, user, project_id)

    async def comment(
        self, who: Principal, project_id: ProjectId, body: str, anchor: Anchor = _PROJECT
    ) -> CommentThread:
        """Say something about a project, or a scene or shot of it."""
        return await self._comments.add(who, project_id, body, anchor)

    async def reply(
        self, who: Principal, project_id: ProjectId, thread_id: CommentId, body: str
    ) -> Comment:
        """Answer in a thread."""
        return await self._comments.reply(who, project_id, thread_id, body)

    async def list_comments(
        self,
        who: Principal,
        project_id: ProjectId,
        wanted: CommentFilter = _ALL,
        paging: Paging = _BEGINNING,
    ) -> Page[CommentThread]:
        """What was said, the newest thread first, each with its replies."""
        return await self._comments.list(who, project_id, wanted, paging)
