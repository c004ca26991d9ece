"""Signing in with accounts elsewhere over HTTP: out, back, and which accounts belong to one."""

from datetime import datetime
from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.cookies import device_of, keep_attempt, keep_signed_in, take_attempt
from reelwright.faces.web.principals import Caller, GuardedRoute, OpenRoute, Signed
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import API, SHOWN_ONCE, PlainText, in_path
from reelwright.ground.ids import SocialAccountId
from reelwright.identity.oauth_service import Answer, OAuthService
from reelwright.identity.social_accounts import SocialAccountService

strangers = APIRouter(prefix="/auth/oauth", tags=["signing in"], route_class=OpenRoute)
router = APIRouter(prefix="/me/identities", tags=["people"], route_class=GuardedRoute)

AccountElsewhere = Annotated[SocialAccountId, in_path("identity_id", SocialAccountId)]
Onward = Annotated[PlainText, Query(alias="next", max_length=500, description="a path of ours")]
Told = Annotated[PlainText | None, Query(max_length=4096)]


class ProviderView(BaseModel):
    """A place people may come from."""

    name: str
    kind: str
    label: str


class ProviderList(BaseModel):
    """All of them, by name."""

    items: list[ProviderView]


class IdentityView(BaseModel):
    """An account elsewhere by which one signs in here."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    provider: str
    email: str | None
    name: str | None
    created_at: datetime
    used_at: datetime


class IdentityList(BaseModel):
    """All of them, the first linked first."""

    items: list[IdentityView]


class LinkWanted(BaseModel):
    """Where to go when the account is linked: a path of ours."""

    model_config = ConfigDict(extra="forbid")

    next: Annotated[PlainText, Field(max_length=500)] = "/"


class WayView(BaseModel):
    """Where to send the browser."""

    url: str


@strangers.get("", responses=declared())
async def list_oauth_providers(oauth: FromDishka[OAuthService]) -> ProviderList:
    """With accounts of which places one can sign in."""
    found = sorted(oauth.providers().items())
    return ProviderList(
        items=[
            ProviderView(name=name, kind=one.kind, label=one.label or name.title())
            for name, one in found
        ]
    )


@strangers.get("/{provider}", status_code=302, include_in_schema=False)
async def begin_oauth(
    provider: str, request: Request, oauth: FromDishka[OAuthService], onward: Onward = "/"
) -> RedirectResponse:
    """Send the browser to sign in elsewhere."""
    back = _back(request, provider)
    url, secret = await oauth.begin(provider, back, onward, device_of(request))
    response = RedirectResponse(url, 302, {"Cache-Control": "no-store"})
    keep_attempt(request, response, secret)
    return response


@strangers.get("/{provider}/callback", status_code=303, include_in_schema=False)
async def finish_oauth(
    provider: str,
    request: Request,
    oauth: FromDishka[OAuthService],
    state: Annotated[PlainText, Query(max_length=200)] = "",
    code: Told = None,
    error: Told = None,
    iss: Told = None,
) -> RedirectResponse:
    """Take back whoever has signed in elsewhere, and send the browser on."""
    response = RedirectResponse("/", 303, {"Cache-Control": "no-store"})
    secret = take_attempt(request, response)
    answer = Answer(state, None if error else code, error, iss)
    done = await oauth.finish(provider, secret, answer, device_of(request))
    response.headers["Location"] = done.onward
    if done.signed_in is not None:
        keep_signed_in(request, response, done.signed_in.session, done.signed_in.token)
    return response


@router.get("", responses=declared())
@asks(place=Place.SELF)
async def list_identities(who: Caller, accounts: FromDishka[SocialAccountService]) -> IdentityList:
    """The accounts elsewhere by which one signs in here."""
    return IdentityList(
        items=[IdentityView.model_validate(one) for one in await accounts.list(who)]
    )


@router.post("/{provider}", dependencies=[SHOWN_ONCE], responses=declared(400, 413, 422, 429, 503))
@asks(place=Place.SELF, session=True)
async def link_identity(
    provider: str,
    given: LinkWanted,
    who: Signed,
    request: Request,
    response: Response,
    oauth: FromDishka[OAuthService],
) -> WayView:
    """Begin to link an account elsewhere: the browser is to be sent to the address in the answer."""
    back = _back(request, provider)
    url, secret = await oauth.begin(provider, back, given.next, link_to=who)
    keep_attempt(request, response, secret)
    return WayView(url=url)


@router.delete("/{identity_id}", status_code=204, responses=declared(409))
@asks(place=Place.SELF, session=True)
async def unlink_identity(
    who: Caller, identity_id: AccountElsewhere, accounts: FromDishka[SocialAccountService]
) -> None:
    """Let nobody in by an account elsewhere any more; not by the last way in."""
    await accounts.unlink(who, identity_id)


def _back(request: Request, provider: str) -> str:
    """Where the browser comes back to; places elsewhere take only addresses they were told of."""
    base = request.app.state.settings.base_url or str(request.base_url).rstrip("/")
    return f"{base}{API}/auth/oauth/{provider}/callback"
