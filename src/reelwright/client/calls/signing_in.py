"""The calls of the tag `signing in`. Written by `make openapi`."""

from typing import Any

from reelwright.client.models.shared import AskedView, EndedView
from reelwright.client.models.signing_in import (
    AddressView,
    Login,
    MailedCode,
    PasskeyAnswer,
    PasswordChange,
    PasswordReset,
    ProviderList,
    ResetWanted,
    SignedInView,
    SignedUpView,
    SignUp,
    VisitView,
)
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, read


class SigningInCalls:
    """The calls of the tag `signing in`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def sign_up(self, body: SignUp) -> SignedUpView:
        """Make an account with a workspace of one's own, and sign in."""
        answer = await self._wire.ask("POST", "/api/v1/auth/sign-up", body=body)
        return read(SignedUpView, answer.body)

    async def login(self, body: Login) -> SignedInView:
        """Sign in with an address and a password."""
        answer = await self._wire.ask("POST", "/api/v1/auth/login", body=body)
        return read(SignedInView, answer.body)

    async def list_oauth_providers(self) -> ProviderList:
        """With accounts of which places one can sign in."""
        answer = await self._wire.ask("GET", "/api/v1/auth/oauth")
        return read(ProviderList, answer.body)

    async def ask_for_passkey(self) -> AskedView:
        """What to ask the device for to sign in."""
        answer = await self._wire.ask("POST", "/api/v1/auth/passkeys/options")
        return read(AskedView, answer.body)

    async def sign_in_with_passkey(self, body: PasskeyAnswer) -> SignedInView:
        """Sign in with what the device has answered."""
        answer = await self._wire.ask("POST", "/api/v1/auth/passkeys/sign-in", body=body)
        return read(SignedInView, answer.body)

    async def ask_for_new_password(self, body: ResetWanted) -> Any:
        """Mail a code for a new password. The answer is the same whether the address is known or not."""
        answer = await self._wire.ask("POST", "/api/v1/auth/password/forgotten", body=body)
        return read(Any, answer.body)

    async def reset_password(self, body: PasswordReset) -> None:
        """Set a new password with a code that came by mail; all sessions end."""
        await self._wire.ask("POST", "/api/v1/auth/password/reset", body=body)

    async def verify_email(self, body: MailedCode) -> AddressView:
        """Prove an address with a code that came by mail."""
        answer = await self._wire.ask("POST", "/api/v1/auth/email/verify", body=body)
        return read(AddressView, answer.body)

    async def change_email(self, body: MailedCode) -> AddressView:
        """Take a new address with a code that was mailed to it; the old one is told."""
        answer = await self._wire.ask("POST", "/api/v1/auth/email/change", body=body)
        return read(AddressView, answer.body)

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


class SigningInWaited(Waited):
    """The same, waited for."""

    sign_up = waited(SigningInCalls.sign_up)
    login = waited(SigningInCalls.login)
    list_oauth_providers = waited(SigningInCalls.list_oauth_providers)
    ask_for_passkey = waited(SigningInCalls.ask_for_passkey)
    sign_in_with_passkey = waited(SigningInCalls.sign_in_with_passkey)
    ask_for_new_password = waited(SigningInCalls.ask_for_new_password)
    reset_password = waited(SigningInCalls.reset_password)
    verify_email = waited(SigningInCalls.verify_email)
    change_email = waited(SigningInCalls.change_email)
    logout = waited(SigningInCalls.logout)
    get_session = waited(SigningInCalls.get_session)
    change_password = waited(SigningInCalls.change_password)
