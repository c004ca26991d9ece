"""The calls of the tag `signing in`. Written by `make openapi`."""

from reelwright.client.models.shared import EndedView
from reelwright.client.models.signing_in import (
    Login,
    PasswordChange,
    SignedInView,
    SignUp,
    VisitView,
)
from reelwright.client.wire import Wire, read


class SigningInCalls:
    """The calls of the tag `signing in`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def sign_up(self, body: SignUp, *, key: str | None = None) -> SignedInView:
        """Make an account with a workspace of one's own, and sign in."""
        answer = await self._wire.ask("POST", "/api/v1/auth/sign-up", body=body, key=key)
        return read(SignedInView, answer.body)

    async def login(self, body: Login, *, key: str | None = None) -> SignedInView:
        """Sign in with an address and a password."""
        answer = await self._wire.ask("POST", "/api/v1/auth/login", body=body, key=key)
        return read(SignedInView, answer.body)

    async def logout(self, *, key: str | None = None) -> None:
        """End the session this is asked with."""
        await self._wire.ask("POST", "/api/v1/auth/logout", key=key)

    async def get_session(self) -> VisitView:
        """Who asks, in which workspace, and what they may."""
        answer = await self._wire.ask("GET", "/api/v1/auth/session")
        return read(VisitView, answer.body)

    async def change_password(self, body: PasswordChange) -> EndedView:
        """Put a new password in place of the old one; all other sessions end."""
        answer = await self._wire.ask("PUT", "/api/v1/auth/password", body=body)
        return read(EndedView, answer.body)
