"""What is sent and answered. Written by `make openapi`."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.values import Newer


class AccessOrder(BaseModel):
    """What an account signs with: written once, never shown. `more` is what the vendor needs besides."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    key: str | None = None
    base_url: str | None = None
    more: dict[str, str] | None = None


Sharing = Annotated[Literal["private", "workspace", "everyone"], Newer]


class AccountEdit(BaseModel):
    """What is to be changed; what is left out stays. An address comes with its key."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    name: str | None = None
    sharing: Sharing | None = None
    priority: int | None = None
    max_concurrent_jobs: int | None = None
    requests_per_minute: int | None = None
    credits: float | None = None
    paused: bool | None = None
    access: AccessOrder | None = None


class AccountOrder(BaseModel):
    """An account to be added."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    key: str | None = None
    base_url: str | None = None
    more: dict[str, str] | None = None
    provider: str
    name: str | None = None
    sharing: Sharing | None = None
    priority: int | None = None
    max_concurrent_jobs: int | None = None
    requests_per_minute: int | None = None
    credits: float | None = None


AccountState = Annotated[Literal["active", "cooling", "exhausted", "disabled"], Newer]


class AccountView(BaseModel):
    """An account as it stands. Of the operator's, what concerns all who use it is null.

    `source` is `stored`, or the environment's variable that holds the key. `reason` is an error's code; of a
    paused one it may be `owner_left` (whoever added it left the workspace), or `owner_unproved`
    (somebody added it before the address of whoever owns it was proved).
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    provider: str
    name: str
    sharing: Sharing
    source: str
    priority: int
    paused: bool
    state: AccountState
    until: datetime | None
    reason: str | None
    created_at: datetime
    base_url: str | None = None
    max_concurrent_jobs: int | None = None
    requests_per_minute: int | None = None
    credits: float | None = None
    running: int | None = None
    successes: int | None = None
    failures: int | None = None
    mean_s: float | None = None
    last_used_at: datetime | None = None


CircuitState = Annotated[Literal["closed", "open", "half-open"], Newer]


class CircuitView(BaseModel):
    """A model that has failed through an account lately. While it is open, the account is not asked for it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    model: str
    state: CircuitState
    until: datetime | None
    failures: int
    opens: int
    reason: str | None


class TrialView(BaseModel):
    """What trying a key showed. `tried` is false where the vendor has no way to, short of paying."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    tried: bool
    works: bool
    credits: float | None
    note: str
    code: str | None
    detail: str | None
