"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import PersonView
from reelwright.client.values import Newer


class Login(BaseModel):
    """Who wants to sign in."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str
    password: str
    keep: Annotated[Literal["cookie", "text"], Newer] | None = None


class PasswordChange(BaseModel):
    """The old password, and the new one."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    old: str
    new: str


class SignUp(BaseModel):
    """Who wants to sign up; with an invitation they are let in where it says."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str
    password: str
    name: str
    invitation: str | None = None
    keep: Annotated[Literal["cookie", "text"], Newer] | None = None


class SignedInView(BaseModel):
    """Who has signed in. `session` is its text where that was asked for; it is told once."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    user: PersonView
    expires_at: datetime
    session: str | None


class VisitView(BaseModel):
    """As whom a request is understood: the workspace, the role there, what the key is good for."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    user: PersonView
    workspace: str
    role: str
    scopes: list[str]
    session: str | None
    operator: str | None
