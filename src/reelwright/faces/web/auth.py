"""Signing up, in and out over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.cookies import device_of, forget_signed_in, keep_signed_in
from reelwright.faces.web.principals import GuardedRoute, OpenRoute, Signed
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import SHOWN_ONCE, PlainText
from reelwright.ground.errors import ReelwrightError
from reelwright.identity.auth_service import AuthService, SignedIn
from reelwright.identity.invitations import InvitationService
from reelwright.identity.sessions import SessionService
from reelwright.identity.users import UserService

strangers = APIRouter(prefix="/auth", tags=["signing in"], route_class=OpenRoute)
router = APIRouter(prefix="/auth", tags=["signing in"], route_class=GuardedRoute)

Password = Annotated[PlainText, Field(min_length=1, max_length=256)]
Email = Annotated[PlainText, Field(min_length=3, max_length=254, examples=["ada@example.com"])]
Keep = Annotated[
    Literal["cookie", "text"],
    Field(description="Where the session goes: to the browser as a cookie, or into the answer."),
]


class SignUp(BaseModel):
    """Who wants to sign up; with an invitation they are let in where it says."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Password
    name: Annotated[PlainText, Field(min_length=1, max_length=100)]
    invitation: Annotated[PlainText, Field(max_length=200)] | None = None
    keep: Keep = "cookie"


class Login(BaseModel):
    """Who wants to sign in."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    password: Password
    keep: Keep = "cookie"


class PasswordChange(BaseModel):
    """The old password, and the new one."""

    model_config = ConfigDict(extra="forbid")

    old: Password
    new: Password


class PersonView(BaseModel):
    """A person as they see themselves. `zone` is the time zone in which their day begins."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    email: str | None
    admin: bool
    zone: str
    email_verified_at: datetime | None
    created_at: datetime


class SignedInView(BaseModel):
    """Who has signed in. `session` is its text where that was asked for; it is told once."""

    user: PersonView
    expires_at: datetime
    session: str | None


class NotTakenView(BaseModel):
    """Why an invitation was not taken; while it is open, it can be: `POST /invitations/accept`."""

    code: str
    message: str
    way_out: str | None


class SignedUpView(SignedInView):
    """Who has signed up, and is signed in; `not_taken`: the place they were invited to is not theirs yet."""

    not_taken: NotTakenView | None = None


class VisitView(BaseModel):
    """As whom a request is understood: the workspace, the role there, what the key is good for."""

    user: PersonView
    workspace: str
    role: str
    scopes: list[str]
    session: str | None
    operator: str | None


class EndedView(BaseModel):
    """How many sessions were ended."""

    ended: int


@strangers.post(
    "/sign-up",
    status_code=201,
    dependencies=[SHOWN_ONCE],
    responses=declared(400, 409, 413, 422, 429),
)
async def sign_up(
    given: SignUp,
    request: Request,
    response: Response,
    auth: FromDishka[AuthService],
    invitations: FromDishka[InvitationService],
) -> SignedUpView:
    """Make an account with a workspace of one's own, and sign in.

    If the invitation cannot be taken now, the account is made all the same: the answer says why.
    """
    device = device_of(request)
    offered = await invitations.look_at(given.invitation) if given.invitation else None
    invited = offered.email if offered else None
    done = await auth.sign_up(given.email, given.password, given.name, device, invited=invited)
    not_taken = None
    if given.invitation is not None:
        try:
            await invitations.accept(done.user.id, given.invitation)
        except ReelwrightError as error:  # the account is theirs: nobody could make it again
            not_taken = NotTakenView(code=error.code, message=error.message, way_out=error.way_out)
    view = signed_in_view(request, response, done, given.keep)
    return SignedUpView(**view.model_dump(), not_taken=not_taken)


@strangers.post("/login", dependencies=[SHOWN_ONCE], responses=declared(400, 413, 422, 429))
async def login(
    given: Login, request: Request, response: Response, auth: FromDishka[AuthService]
) -> SignedInView:
    """Sign in with an address and a password."""
    done = await auth.login(given.email, given.password, device_of(request))
    return signed_in_view(request, response, done, given.keep)


def signed_in_view(request: Request, response: Response, done: SignedIn, keep: str) -> SignedInView:
    """The answer to whoever has signed in; a browser gets the session as its cookie."""
    if keep == "cookie":
        keep_signed_in(request, response, done.session, done.token)
    return SignedInView(
        user=PersonView.model_validate(done.user),
        expires_at=done.session.expires_at,
        session=None if keep == "cookie" else done.token,
    )


@router.post("/logout", status_code=204, responses=declared())
@asks(place=Place.SELF, session=True)
async def logout(
    request: Request, response: Response, who: Signed, sessions: FromDishka[SessionService]
) -> None:
    """End the session this is asked with."""
    assert who.session is not None  # asked for above
    await sessions.revoke(who.principal, who.session)
    forget_signed_in(request, response)


@router.get("/session", responses=declared())
@asks(place=Place.SELF)
async def get_session(who: Signed, users: FromDishka[UserService]) -> VisitView:
    """Who asks, in which workspace, and what they may."""
    return VisitView(
        user=PersonView.model_validate(await users.get(who.principal)),
        workspace=who.principal.workspace,
        role=who.principal.role.value,
        scopes=sorted(who.scopes),
        session=who.session,
        operator=who.operator,
    )


@router.put("/password", responses=declared(400, 409, 413, 422, 429))
@asks(place=Place.SELF, session=True)
async def change_password(
    given: PasswordChange, who: Signed, auth: FromDishka[AuthService]
) -> EndedView:
    """Put a new password in place of the old one; all other sessions end."""
    ended = await auth.change_password(who.principal, who.session, given.old, given.new)
    return EndedView(ended=ended)
