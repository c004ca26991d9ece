"""The calls of the tag `members`. Written by `make openapi`."""

from reelwright.client.models.members import (
    HandOver,
    InvitationList,
    InvitationText,
    InvitationView,
    MemberList,
    MemberView,
    OfferedView,
    ProjectOffer,
    ProjectPlace,
    WorkspaceOffer,
    WorkspacePlace,
)
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class MembersCalls:
    """The calls of the tag `members`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def list_members(self) -> MemberList:
        """The members of the workspace, the first first."""
        answer = await self._wire.ask("GET", "/api/v1/members")
        return read(MemberList, answer.body)

    async def change_member(self, user_id: str, body: WorkspacePlace) -> MemberView:
        """Give a member of the workspace another role."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/members/{user_id}", user_id=user_id), body=body
        )
        return read(MemberView, answer.body)

    async def remove_member(self, user_id: str) -> None:
        """Put a member out of the workspace, or leave it; what they made stays."""
        await self._wire.ask("DELETE", at("/api/v1/members/{user_id}", user_id=user_id))

    async def list_invitations(self) -> InvitationList:
        """The open invitations into the workspace, newest first."""
        answer = await self._wire.ask("GET", "/api/v1/invitations")
        return read(InvitationList, answer.body)

    async def offer_place(self, body: WorkspaceOffer, *, key: str | None = None) -> OfferedView:
        """Invite somebody into the workspace."""
        answer = await self._wire.ask("POST", "/api/v1/invitations", body=body, key=key)
        return read(OfferedView, answer.body)

    async def revoke_invitation(self, invitation_id: str) -> None:
        """Take an invitation back, into the workspace or to one of its projects."""
        await self._wire.ask(
            "DELETE", at("/api/v1/invitations/{invitation_id}", invitation_id=invitation_id)
        )

    async def accept_invitation(
        self, body: InvitationText, *, key: str | None = None
    ) -> InvitationView:
        """Take a place that was offered to the address one signs in with, or what is handed over to it."""
        answer = await self._wire.ask("POST", "/api/v1/invitations/accept", body=body, key=key)
        return read(InvitationView, answer.body)

    async def list_project_members(self, project_id: str) -> MemberList:
        """Who was let in to the project, besides the members of its workspace."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/projects/{project_id}/members", project_id=project_id)
        )
        return read(MemberList, answer.body)

    async def change_project_member(
        self, project_id: str, user_id: str, body: ProjectPlace
    ) -> MemberView:
        """Give a member of the project another role."""
        answer = await self._wire.ask(
            "PATCH",
            at(
                "/api/v1/projects/{project_id}/members/{user_id}",
                project_id=project_id,
                user_id=user_id,
            ),
            body=body,
        )
        return read(MemberView, answer.body)

    async def remove_project_member(self, project_id: str, user_id: str) -> None:
        """Put a member out of the project, or leave it."""
        await self._wire.ask(
            "DELETE",
            at(
                "/api/v1/projects/{project_id}/members/{user_id}",
                project_id=project_id,
                user_id=user_id,
            ),
        )

    async def offer_project_place(
        self, project_id: str, body: ProjectOffer, *, key: str | None = None
    ) -> OfferedView:
        """Invite somebody to the project; they see nothing else of the workspace."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/invitations", project_id=project_id),
            body=body,
            key=key,
        )
        return read(OfferedView, answer.body)

    async def list_project_invitations(self, project_id: str) -> InvitationList:
        """The open invitations to the project, newest first."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/projects/{project_id}/invitations", project_id=project_id)
        )
        return read(InvitationList, answer.body)

    async def transfer_project(
        self, project_id: str, body: HandOver, *, key: str | None = None
    ) -> OfferedView:
        """Offer a project itself: it is yours until they accept the invitation, with its files."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/transfer", project_id=project_id),
            body=body,
            key=key,
        )
        return read(OfferedView, answer.body)

    async def transfer_workspace(
        self, workspace_id: str, body: HandOver, *, key: str | None = None
    ) -> OfferedView:
        """Offer a workspace itself: it is yours until they accept the invitation, with all that is in it."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/workspaces/{workspace_id}/transfer", workspace_id=workspace_id),
            body=body,
            key=key,
        )
        return read(OfferedView, answer.body)


class MembersWaited(Waited):
    """The same, waited for."""

    list_members = waited(MembersCalls.list_members)
    change_member = waited(MembersCalls.change_member)
    remove_member = waited(MembersCalls.remove_member)
    list_invitations = waited(MembersCalls.list_invitations)
    offer_place = waited(MembersCalls.offer_place)
    revoke_invitation = waited(MembersCalls.revoke_invitation)
    accept_invitation = waited(MembersCalls.accept_invitation)
    list_project_members = waited(MembersCalls.list_project_members)
    change_project_member = waited(MembersCalls.change_project_member)
    remove_project_member = waited(MembersCalls.remove_project_member)
    offer_project_place = waited(MembersCalls.offer_project_place)
    list_project_invitations = waited(MembersCalls.list_project_invitations)
    transfer_project = waited(MembersCalls.transfer_project)
    transfer_workspace = waited(MembersCalls.transfer_workspace)
