"""The calls of the tag `people`. Written by `make openapi`."""

from typing import Any

from reelwright.client.models.people import (
    AddressChange,
    ChoicesView,
    IdentityList,
    LinkWanted,
    MadeTokenView,
    NewPasskey,
    NewToken,
    PasskeyList,
    PasskeyNames,
    PasskeyView,
    PersonEdit,
    Proof,
    SessionList,
    TokenList,
    Wanted,
    WayView,
)
from reelwright.client.models.shared import AskedView, EndedView, JobView, PersonView
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class PeopleCalls:
    """The calls of the tag `people`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def get_me(self) -> PersonView:
        """The one who asks."""
        answer = await self._wire.ask("GET", "/api/v1/me")
        return read(PersonView, answer.body)

    async def leave(self, body: Proof | None = None) -> Any:
        """Leave for good: all that is the caller's alone is deleted within minutes, and cannot be had back."""
        answer = await self._wire.ask("DELETE", "/api/v1/me", body=body)
        return read(Any, answer.body)

    async def change_me(self, body: PersonEdit) -> PersonView:
        """Change one's name or time zone."""
        answer = await self._wire.ask("PATCH", "/api/v1/me", body=body)
        return read(PersonView, answer.body)

    async def get_choices(self) -> ChoicesView:
        """What one has set for oneself: how the pages look, what is chosen beforehand."""
        answer = await self._wire.ask("GET", "/api/v1/me/choices")
        return read(ChoicesView, answer.body)

    async def put_choices(self, body: Wanted) -> ChoicesView:
        """Set all of it anew, 64 KiB at most. Of two devices that send `If-Match`, one is told of the other."""
        answer = await self._wire.ask("PUT", "/api/v1/me/choices", body=body)
        return read(ChoicesView, answer.body)

    async def list_sessions(self) -> SessionList:
        """Where one is signed in, the last used first."""
        answer = await self._wire.ask("GET", "/api/v1/me/sessions")
        return read(SessionList, answer.body)

    async def revoke_sessions(self, *, this: bool | None = None) -> EndedView:
        """End all sessions but the one this is asked with."""
        answer = await self._wire.ask("DELETE", "/api/v1/me/sessions", query={"this": this})
        return read(EndedView, answer.body)

    async def revoke_session(self, session_id: str) -> None:
        """End one session."""
        await self._wire.ask(
            "DELETE", at("/api/v1/me/sessions/{session_id}", session_id=session_id)
        )

    async def list_tokens(self) -> TokenList:
        """The tokens of the one who asks in the workspace, newest first."""
        answer = await self._wire.ask("GET", "/api/v1/me/tokens")
        return read(TokenList, answer.body)

    async def create_token(self, body: NewToken, *, key: str | None = None) -> MadeTokenView:
        """Make a token for programs, in this workspace. Its text is told once."""
        answer = await self._wire.ask("POST", "/api/v1/me/tokens", body=body, key=key)
        return read(MadeTokenView, answer.body)

    async def revoke_token(self, token_id: str) -> None:
        """Make a token worthless."""
        await self._wire.ask("DELETE", at("/api/v1/me/tokens/{token_id}", token_id=token_id))

    async def export_me(self, *, key: str | None = None) -> JobView:
        """All that is the caller's as one zip: a job of their own workspace, whose result names the asset."""
        answer = await self._wire.ask("POST", "/api/v1/me/export", key=key)
        return read(JobView, answer.body)

    async def ask_for_verification(self, *, key: str | None = None) -> Any:
        """Mail a code that proves the caller's address."""
        answer = await self._wire.ask("POST", "/api/v1/me/email/verification", key=key)
        return read(Any, answer.body)

    async def ask_for_new_email(self, body: AddressChange, *, key: str | None = None) -> Any:
        """Mail a code to a new address of the caller."""
        answer = await self._wire.ask("POST", "/api/v1/me/email/change", body=body, key=key)
        return read(Any, answer.body)

    async def list_identities(self) -> IdentityList:
        """The accounts elsewhere by which one signs in here."""
        answer = await self._wire.ask("GET", "/api/v1/me/identities")
        return read(IdentityList, answer.body)

    async def link_identity(
        self, provider: str, body: LinkWanted, *, key: str | None = None
    ) -> WayView:
        """Begin to link an account elsewhere: the browser is to be sent to the address in the answer."""
        answer = await self._wire.ask(
            "POST", at("/api/v1/me/identities/{provider}", provider=provider), body=body, key=key
        )
        return read(WayView, answer.body)

    async def unlink_identity(self, identity_id: str) -> None:
        """Let nobody in by an account elsewhere any more; not by the last way in."""
        await self._wire.ask(
            "DELETE", at("/api/v1/me/identities/{identity_id}", identity_id=identity_id)
        )

    async def list_passkeys(self) -> PasskeyList:
        """The keys by which one signs in."""
        answer = await self._wire.ask("GET", "/api/v1/me/passkeys")
        return read(PasskeyList, answer.body)

    async def add_passkey(self, body: NewPasskey, *, key: str | None = None) -> PasskeyView:
        """Take a key that the device has made."""
        answer = await self._wire.ask("POST", "/api/v1/me/passkeys", body=body, key=key)
        return read(PasskeyView, answer.body)

    async def ask_to_add_passkey(self, *, key: str | None = None) -> AskedView:
        """What to ask the device for that is to become a way in."""
        answer = await self._wire.ask("POST", "/api/v1/me/passkeys/options", key=key)
        return read(AskedView, answer.body)

    async def rename_passkey(self, passkey_id: str, body: PasskeyNames) -> PasskeyView:
        """Give a key another name."""
        answer = await self._wire.ask(
            "PATCH", at("/api/v1/me/passkeys/{passkey_id}", passkey_id=passkey_id), body=body
        )
        return read(PasskeyView, answer.body)

    async def remove_passkey(self, passkey_id: str) -> None:
        """Let nobody in by a key any more; not by the last way in."""
        await self._wire.ask(
            "DELETE", at("/api/v1/me/passkeys/{passkey_id}", passkey_id=passkey_id)
        )


class PeopleWaited(Waited):
    """The same, waited for."""

    get_me = waited(PeopleCalls.get_me)
    leave = waited(PeopleCalls.leave)
    change_me = waited(PeopleCalls.change_me)
    get_choices = waited(PeopleCalls.get_choices)
    put_choices = waited(PeopleCalls.put_choices)
    list_sessions = waited(PeopleCalls.list_sessions)
    revoke_sessions = waited(PeopleCalls.revoke_sessions)
    revoke_session = waited(PeopleCalls.revoke_session)
    list_tokens = waited(PeopleCalls.list_tokens)
    create_token = waited(PeopleCalls.create_token)
    revoke_token = waited(PeopleCalls.revoke_token)
    export_me = waited(PeopleCalls.export_me)
    ask_for_verification = waited(PeopleCalls.ask_for_verification)
    ask_for_new_email = waited(PeopleCalls.ask_for_new_email)
    list_identities = waited(PeopleCalls.list_identities)
    link_identity = waited(PeopleCalls.link_identity)
    unlink_identity = waited(PeopleCalls.unlink_identity)
    list_passkeys = waited(PeopleCalls.list_passkeys)
    add_passkey = waited(PeopleCalls.add_passkey)
    ask_to_add_passkey = waited(PeopleCalls.ask_to_add_passkey)
    rename_passkey = waited(PeopleCalls.rename_passkey)
    remove_passkey = waited(PeopleCalls.remove_passkey)
