"""A person's own affairs over HTTP: who they are, where they are signed in, their tokens."""

from datetime import datetime
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.auth import EndedView, PersonView
from reelwright.faces.web.principals import Caller, GuardedRoute, Signed
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import SHOWN_ONCE, PlainObject, PlainText, in_path
from reelwright.ground.ids import SessionId, TokenId
from reelwright.identity.choices import ChoiceBook
from reelwright.identity.sessions import Session, SessionService
from reelwright.identity.tokens import Token, TokenService
from reelwright.identity.users import UserService
from reelwright.identity.visitors import Scope

router = APIRouter(prefix="/me", tags=["people"], route_class=GuardedRoute)

SessionInPath = Annotated[SessionId, in_path("session_id", SessionId)]
TokenInPath = Annotated[TokenId, in_path("token_id", TokenId)]


class PersonEdit(BaseModel):
    """What is to be changed; what is left out stays. `zone` is an IANA time zone: `Europe/Berlin`."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[PlainText, Field(min_length=1, max_length=100)] | None = None
    zone: Annotated[PlainText, Field(min_length=1, max_length=64)] | None = None


class SessionView(BaseModel):
    """A sign-in. `current`: the one this is asked with; `operator`: who acts in the person's place."""

    id: str
    address: str | None
    agent: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    operator: str | None
    current: bool


class TokenView(BaseModel):
    """A token of the one who asks, in the workspace."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class NewToken(BaseModel):
    """What a token is called, what it may be used for, and until when."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[PlainText, Field(min_length=1, max_length=100)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=4)] = list(Scope)
    expires_at: datetime | None = None


class MadeTokenView(TokenView):
    """A token and its text, which is told once."""

    token: str


class ChoicesView(BaseModel):
    """What one has set for oneself, and when."""

    model_config = ConfigDict(from_attributes=True)

    choices: dict[str, Any]
    changed_at: datetime | None


class SessionList(BaseModel):
    """All sessions of the one who asks."""

    items: list[SessionView]


class TokenList(BaseModel):
    """All tokens of the one who asks in the workspace, revoked ones too."""

    items: list[TokenView]


@router.get("", responses=declared())
@asks(place=Place.SELF)
async def get_me(who: Caller, users: FromDishka[UserService]) -> PersonView:
    """The one who asks."""
    return PersonView.model_validate(await users.get(who))


@router.patch("", responses=declared(400, 413, 422))
@asks(place=Place.SELF, session=True)
async def change_me(who: Caller, edit: PersonEdit, users: FromDishka[UserService]) -> PersonView:
    """Change one's name or time zone."""
    return PersonView.model_validate(await users.change(who, name=edit.name, zone=edit.zone))


@router.get("/choices", responses=declared())
@asks(place=Place.SELF)
async def get_choices(who: Caller, choices: FromDishka[ChoiceBook]) -> ChoicesView:
    """What one has set for oneself: how the pages look, what is chosen beforehand."""
    return ChoicesView.model_validate(await choices.get(who))


@router.put("/choices", responses=declared(400, 413, 422))
@asks(place=Place.SELF)
async def put_choices(
    who: Caller, wanted: PlainObject, choices: FromDishka[ChoiceBook]
) -> ChoicesView:
    """Set all of it anew, 64 KiB at most. Of two devices that send `If-Match`, one is told of the other."""
    return ChoicesView.model_validate(await choices.put(who, wanted))


@router.get("/sessions", responses=declared())
@asks(place=Place.SELF, session=True)
async def list_sessions(who: Signed, sessions: FromDishka[SessionService]) -> SessionList:
    """Where one is signed in, the last used first."""
    found = await sessions.list(who.principal)
    return SessionList(items=[_session(one, current=one.id == who.session) for one in found])


@router.delete("/sessions/{session_id}", status_code=204, responses=declared())
@asks(place=Place.SELF, session=True)
async def revoke_session(
    who: Caller, session_id: SessionInPath, sessions: FromDishka[SessionService]
) -> None:
    """End one session."""
    await sessions.revoke(who, session_id)


@router.delete("/sessions", responses=declared(422))
@asks(place=Place.SELF, session=True)
async def revoke_sessions(
    who: Signed,
    sessions: FromDishka[SessionService],
    this: Annotated[bool, Query(description="this one too")] = False,
) -> EndedView:
    """End all sessions but the one this is asked with."""
    but = None if this else who.session
    return EndedView(ended=await sessions.revoke_all(who.principal, but=but))


@router.post(
    "/tokens", status_code=201, dependencies=[SHOWN_ONCE], responses=declared(400, 413, 422)
)
@asks(place=Place.SELF, session=True)
async def create_token(
    who: Caller, wanted: NewToken, tokens: FromDishka[TokenService]
) -> MadeTokenView:
    """Make a token for programs, in this workspace. Its text is told once."""
    made, text = await tokens.create(
        who, wanted.name, scopes=wanted.scopes, expires_at=wanted.expires_at
    )
    return MadeTokenView(**_token(made).model_dump(), token=text)


@router.get("/tokens", responses=declared())
@asks(place=Place.SELF)
async def list_tokens(who: Caller, tokens: FromDishka[TokenService]) -> TokenList:
    """The tokens of the one who asks in the workspace, newest first."""
    return TokenList(items=[_token(one) for one in await tokens.list(who)])


@router.delete("/tokens/{token_id}", status_code=204, responses=declared())
@asks(place=Place.SELF, session=True)
async def revoke_token(
    who: Caller, token_id: TokenInPath, tokens: FromDishka[TokenService]
) -> None:
    """Make a token worthless."""
    await tokens.revoke(who, token_id)


def _session(session: Session, *, current: bool) -> SessionView:
    return SessionView(
        id=session.id,
        address=session.address,
        agent=session.agent,
        created_at=session.created_at,
        seen_at=session.seen_at,
        expires_at=session.expires_at,
        operator=session.operator,
        current=current,
    )


def _token(token: Token) -> TokenView:
    return TokenView(
        id=token.id,
        name=token.name,
        scopes=sorted(token.scopes),
        created_at=token.created_at,
        last_used_at=token.last_used_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
    )
