"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer


class AddressChange(BaseModel):
    """The new address, and the password that says who asks."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str
    password: str


class ChoicesView(BaseModel):
    """What one has set for oneself, and when."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    choices: dict[str, Any]
    changed_at: datetime | None


class IdentityView(BaseModel):
    """An account elsewhere by which one signs in here."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    provider: str
    email: str | None
    name: str | None
    created_at: datetime
    used_at: datetime


class IdentityList(BaseModel):
    """All of them, the first linked first."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    items: list[IdentityView]


class LinkWanted(BaseModel):
    """Where to go when the account is linked: a path of ours."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    next: str | None = None


VisitorsScope = Annotated[Literal["read", "write", "spend", "manage"], Newer]


class MadeTokenView(BaseModel):
    """A token and its text, which is told once."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    scopes: list[VisitorsScope]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None
    token: str


class NewPasskey(BaseModel):
    """A key that a device has made, and what it is called."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    ceremony: str
    credential: dict[str, Any]
    name: str | None = None


class NewToken(BaseModel):
    """What a token is called, what it may be used for, and until when."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
    scopes: list[VisitorsScope] | None = None
    expires_at: datetime | None = None


class PasskeyView(BaseModel):
    """A key by which one signs in."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None


class PasskeyList(BaseModel):
    """All of them, the first added first."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    items: list[PasskeyView]


class PasskeyNames(BaseModel):
    """What a key is called."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str


class PersonEdit(BaseModel):
    """What is to be changed; what is left out stays. `zone` is an IANA time zone: `Europe/Berlin`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None = None
    zone: str | None = None


class Proof(BaseModel):
    """That it is the person themselves: their password; null is enough within ten minutes of signing in."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    password: str | None = None


class SessionView(BaseModel):
    """A sign-in. `current`: the one this is asked with; `operator`: who acts in the person's place."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    address: str | None
    agent: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    operator: str | None
    current: bool


class SessionList(BaseModel):
    """All sessions of the one who asks."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    items: list[SessionView]


class TokenView(BaseModel):
    """A token of the one who asks, in the workspace."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    scopes: list[VisitorsScope]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class TokenList(BaseModel):
    """All tokens of the one who asks in the workspace, revoked ones too."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    items: list[TokenView]


class Wanted(BaseModel):
    model_config = ConfigDict(extra="allow", populate_by_name=True)


class WayView(BaseModel):
    """Where to send the browser."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    url: str
