"""The calls of the tag `people`. Written by `make openapi`."""

from reelwright.client.models.people import (
    MadeTokenView,
    NewToken,
    PersonEdit,
    SessionList,
    TokenList,
)
from reelwright.client.models.shared import EndedView, PersonView
from reelwright.client.wire import Wire, at, read


class PeopleCalls:
    """The calls of the tag `people`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def get_me(self) -> PersonView:
        """The one who asks."""
        answer = await self._wire.ask("GET", "/api/v1/me")
        return read(PersonView, answer.body)

    async def change_me(self, body: PersonEdit) -> PersonView:
        """Change one's name or time zone."""
        answer = await self._wire.ask("PATCH", "/api/v1/me", body=body)
        return read(PersonView, answer.body)

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
