"""Passkeys over HTTP: what a browser is to ask its device for, and what it brings back."""

from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.auth import Keep, SignedInView, signed_in_view
from reelwright.faces.web.cookies import device_of
from reelwright.faces.web.principals import Caller, GuardedRoute, OpenRoute, Signed
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import SHOWN_ONCE, PlainText, in_path
from reelwright.ground.ids import PasskeyId
from reelwright.identity.passkeys import Asked, Passkey, PasskeyService

strangers = APIRouter(prefix="/auth/passkeys", tags=["signing in"], route_class=OpenRoute)
router = APIRouter(prefix="/me/passkeys", tags=["people"], route_class=GuardedRoute)

PasskeyInPath = Annotated[PasskeyId, in_path("passkey_id", PasskeyId)]
Name = Annotated[PlainText, Field(min_length=1, max_length=100)]
Ceremony = Annotated[PlainText, Field(max_length=200)]
Credential = Annotated[
    dict[str, Any], Field(description="What `navigator.credentials` gave, by its `toJSON()`.")
]


class AskedView(BaseModel):
    """Options for `navigator.credentials`, and the ceremony to come back with, once."""

    model_config = ConfigDict(from_attributes=True)

    options: dict[str, Any]
    ceremony: str


class NewPasskey(BaseModel):
    """A key that a device has made, and what it is called."""

    model_config = ConfigDict(extra="forbid")

    ceremony: Ceremony
    credential: Credential
    name: Name = "Passkey"


class PasskeyAnswer(BaseModel):
    """What a device answers for whoever signs in."""

    model_config = ConfigDict(extra="forbid")

    ceremony: Ceremony
    credential: Credential
    keep: Keep = "cookie"


class PasskeyNames(BaseModel):
    """What a key is called."""

    model_config = ConfigDict(extra="forbid")

    name: Name


class PasskeyView(BaseModel):
    """A key by which one signs in."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None


class PasskeyList(BaseModel):
    """All of them, the first added first."""

    items: list[PasskeyView]


@strangers.post("/options", dependencies=[SHOWN_ONCE], responses=declared(429))
async def ask_for_passkey(request: Request, passkeys: FromDishka[PasskeyService]) -> AskedView:
    """What to ask the device for to sign in."""
    return _asked(await passkeys.ask_to_sign_in(device_of(request)))


@strangers.post("/sign-in", dependencies=[SHOWN_ONCE], responses=declared(400, 413, 422, 429))
async def sign_in_with_passkey(
    given: PasskeyAnswer,
    request: Request,
    response: Response,
    passkeys: FromDishka[PasskeyService],
) -> SignedInView:
    """Sign in with what the device has answered."""
    done = await passkeys.sign_in(given.ceremony, given.credential, device_of(request))
    return signed_in_view(request, response, done, given.keep)


@router.get("", responses=declared())
@asks(place=Place.SELF)
async def list_passkeys(who: Caller, passkeys: FromDishka[PasskeyService]) -> PasskeyList:
    """The keys by which one signs in."""
    return PasskeyList(items=[_view(one) for one in await passkeys.list(who)])


@router.post("/options", dependencies=[SHOWN_ONCE], responses=declared())
@asks(place=Place.SELF, session=True)
async def ask_to_add_passkey(who: Signed, passkeys: FromDishka[PasskeyService]) -> AskedView:
    """What to ask the device for that is to become a way in."""
    return _asked(await passkeys.ask_to_add(who.principal, who.session))


@router.post("", status_code=201, responses=declared(400, 409, 413, 422))
@asks(place=Place.SELF, session=True)
async def add_passkey(
    who: Caller, given: NewPasskey, passkeys: FromDishka[PasskeyService]
) -> PasskeyView:
    """Take a key that the device has made."""
    return _view(await passkeys.add(who, given.ceremony, given.credential, given.name))


@router.patch("/{passkey_id}", responses=declared(400, 413, 422))
@asks(place=Place.SELF, session=True)
async def rename_passkey(
    who: Caller,
    passkey_id: PasskeyInPath,
    given: PasskeyNames,
    passkeys: FromDishka[PasskeyService],
) -> PasskeyView:
    """Give a key another name."""
    return _view(await passkeys.rename(who, passkey_id, given.name))


@router.delete("/{passkey_id}", status_code=204, responses=declared(409))
@asks(place=Place.SELF, session=True)
async def remove_passkey(
    who: Caller, passkey_id: PasskeyInPath, passkeys: FromDishka[PasskeyService]
) -> None:
    """Let nobody in by a key any more; not by the last way in."""
    await passkeys.remove(who, passkey_id)


def _asked(asked: Asked) -> AskedView:
    return AskedView.model_validate(asked)


def _view(passkey: Passkey) -> PasskeyView:
    return PasskeyView.model_validate(passkey)
