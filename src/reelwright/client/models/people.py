"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer

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


ScopeInput = Annotated[Literal["read", "write", "spend", "manage"], Newer]


class NewToken(BaseModel):
    """What a token is called, what it may be used for, and until when."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
    scopes: list[ScopeInput] | None = None
    expires_at: datetime | None = None


class PersonEdit(BaseModel):
    """What is to be changed; what is left out stays. `zone` is an IANA time zone: `Europe/Berlin`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None = None
    zone: str | None = None


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
