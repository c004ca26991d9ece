"""What letters prove, over HTTP: a new password, whose address it is, another address."""

from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.auth import Email, Password
from reelwright.faces.web.cookies import device_of
from reelwright.faces.web.principals import Caller, GuardedRoute, OpenRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText
from reelwright.identity.recovery import RecoveryService

strangers = APIRouter(prefix="/auth", tags=["signing in"], route_class=OpenRoute)
router = APIRouter(prefix="/me", tags=["people"], route_class=GuardedRoute)

Code = Annotated[PlainText, Field(min_length=1, max_length=200)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ResetWanted(_Given):
    """Whose password is forgotten."""

    email: Email


class PasswordReset(_Given):
    """A code that came by mail, and the password from now on."""

    code: Code
    password: Password


class MailedCode(_Given):
    """A code that came by mail."""

    code: Code


class AddressChange(_Given):
    """The new address, and the password that says who asks."""

    email: Email
    password: Password


class AddressView(BaseModel):
    """An address that was proved to be its person's."""

    email: str | None


@strangers.post("/password/forgotten", status_code=202, responses=declared(400, 413, 422, 429))
async def ask_for_new_password(
    request: Request, given: ResetWanted, recovery: FromDishka[RecoveryService]
) -> None:
    """Mail a code for a new password. The answer is the same whether the address is known or not."""
    await recovery.ask_reset(given.email, device_of(request))


@strangers.post("/password/reset", status_code=204, responses=declared(400, 413, 422, 429))
async def reset_password(
    request: Request, given: PasswordReset, recovery: FromDishka[RecoveryService]
) -> None:
    """Set a new password with a code that came by mail; all sessions end."""
    await recovery.reset(given.code, given.password, device_of(request))


@strangers.post("/email/verify", responses=declared(400, 413, 422, 429))
async def verify_email(
    request: Request, given: MailedCode, recovery: FromDishka[RecoveryService]
) -> AddressView:
    """Prove an address with a code that came by mail."""
    return AddressView(email=(await recovery.verify(given.code, device_of(request))).email)


@strangers.post("/email/change", responses=declared(400, 409, 413, 422, 429))
async def change_email(
    request: Request, given: MailedCode, recovery: FromDishka[RecoveryService]
) -> AddressView:
    """Take a new address with a code that was mailed to it; the old one is told."""
    return AddressView(email=(await recovery.change(given.code, device_of(request))).email)


@router.post("/email/verification", status_code=202, responses=declared(409, 429))
@asks(place=Place.SELF, session=True)
async def ask_for_verification(who: Caller, recovery: FromDishka[RecoveryService]) -> None:
    """Mail a code that proves the caller's address."""
    await recovery.ask_verification(who)


@router.post("/email/change", status_code=202, responses=declared(400, 413, 422, 429))
@asks(place=Place.SELF, session=True)
async def ask_for_new_email(
    who: Caller, given: AddressChange, recovery: FromDishka[RecoveryService]
) -> None:
    """Mail a code to a new address of the caller."""
    await recovery.ask_change(who, given.email, given.password)
