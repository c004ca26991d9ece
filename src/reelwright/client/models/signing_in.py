"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import PersonView
from reelwright.client.values import Newer


class AddressView(BaseModel):
    """An address that was proved to be its person's."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str | None


class Login(BaseModel):
    """Who wants to sign in."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str
    password: str
    keep: Annotated[Literal["cookie", "text"], Newer] | None = None


class MailedCode(BaseModel):
    """A code that came by mail."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    code: str


class NotTakenView(BaseModel):
    """Why an invitation was not taken; while it is open, it can be: `POST /invitations/accept`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    code: str
    message: str
    way_out: str | None


class PasskeyAnswer(BaseModel):
    """What a device answers for whoever signs in."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    ceremony: str
    credential: dict[str, Any]
    keep: Annotated[Literal["cookie", "text"], Newer] | None = None


class PasswordChange(BaseModel):
    """The old password, and the new one."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    old: str
    new: str


class PasswordReset(BaseModel):
    """A code that came by mail, and the password from now on."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    code: str
    password: str


class ProviderView(BaseModel):
    """A place people may come from."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str
    kind: str
    label: str


class ProviderList(BaseModel):
    """All of them, by name."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    items: list[ProviderView]


class ResetWanted(BaseModel):
    """Whose password is forgotten."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    email: str


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


class SignedUpView(BaseModel):
    """Who has signed up, and is signed in; `not_taken`: the place they were invited to is not theirs yet."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    user: PersonView
    expires_at: datetime
    session: str | None
    not_taken: NotTakenView | None = None


class VisitView(BaseModel):
    """As whom a request is understood: the workspace, the role there, what the key is good for."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    user: PersonView
    workspace: str
    role: str
    scopes: list[str]
    session: str | None
    operator: str | None
