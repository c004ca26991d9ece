"""Accounts of vendors over HTTP: keys go in, and never come out."""

from datetime import datetime
from typing import Annotated, Any, Self

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import (
    AccountInPath,
    Pages,
    PageView,
    PlainText,
    locate,
    paged,
)
from reelwright.generation.accounts.account import Account, AccountState, NewAccount, Sharing
from reelwright.generation.accounts.book import AccountBook, AccountChange
from reelwright.generation.accounts.checking import MOST_A_MINUTE, MOST_SLOTS
from reelwright.generation.accounts.circuits import CircuitState
from reelwright.ground.clock import Clock
from reelwright.ground.principals import Principal
from reelwright.identity.visitors import Scope
from reelwright.providers.contract import Access

router = APIRouter(prefix="/accounts", tags=["accounts"], route_class=GuardedRoute)

_Name = Annotated[PlainText, Field(max_length=100)]
_Priority = Annotated[int, Field(ge=0, le=10, description="0 is used first, 10 last.")]
_Slots = Annotated[int, Field(ge=1, le=MOST_SLOTS)]
_PerMinute = Annotated[int, Field(ge=1, le=MOST_A_MINUTE)]
_Credits = Annotated[float, Field(ge=0, le=1e12, description="What is left, in the vendor's unit.")]


class AccessOrder(BaseModel):
    """What an account signs with: written once, never shown. `more` is what the vendor needs besides."""

    model_config = ConfigDict(extra="forbid")

    key: SecretStr = Field(SecretStr(""), max_length=4000)
    base_url: str = Field("", max_length=500)
    more: dict[str, SecretStr] = Field({}, max_length=20)

    def access(self) -> Access:
        """The same in the words of providers."""
        more = {name: value.get_secret_value() for name, value in self.more.items()}
        return Access(self.key.get_secret_value(), self.base_url, more)


class AccountOrder(AccessOrder):
    """An account to be added."""

    provider: PlainText = Field(min_length=1, max_length=60)
    name: _Name = ""
    sharing: Sharing = Sharing.PRIVATE
    priority: _Priority = 5
    max_concurrent_jobs: _Slots = 5
    requests_per_minute: _PerMinute | None = None
    credits: _Credits | None = None

    def new_account(self) -> NewAccount:
        """The order in the words of the pool."""
        limits = self.model_dump(exclude={"key", "base_url", "more"})
        return NewAccount(access=self.access(), **limits)


class AccountEdit(BaseModel):
    """What is to be changed; what is left out stays. An address comes with its key."""

    model_config = ConfigDict(extra="forbid")

    name: _Name = ""
    sharing: Sharing = Sharing.PRIVATE
    priority: _Priority = 5
    max_concurrent_jobs: _Slots = 5
    requests_per_minute: _PerMinute | None = None
    credits: _Credits | None = None
    paused: bool = False
    access: AccessOrder | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing is to be changed")
        return self

    def change(self) -> AccountChange:
        """What was said, and nothing else."""
        said: Any = self.model_dump(include=self.model_fields_set - {"access"})
        return said


class AccountView(BaseModel):
    """An account as it stands. Of the operator's, what concerns all who use it is null.

    `source` is `stored`, or the environment's variable that holds the key. `reason` is an error's code; of a
    paused one it may be `owner_left` (whoever added it left the workspace), or `owner_unproved`
    (somebody added it before the address of whoever owns it was proved).
    """

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


class CircuitView(BaseModel):
    """A model that has failed through an account lately. While it is open, the account is not asked for it."""

    model: str
    state: CircuitState
    until: datetime | None
    failures: int
    opens: int
    reason: str | None


class TrialView(BaseModel):
    """What trying a key showed. `tried` is false where the vendor has no way to, short of paying."""

    tried: bool
    works: bool
    credits: float | None
    note: str
    code: str | None
    detail: str | None


def view_of(account: Account, who: Principal) -> AccountView:
    """An account as one who may use it sees it."""
    now = account.condition
    shown: dict[str, Any] = {
        "id": account.id,
        "provider": account.provider,
        "name": account.name,
        "sharing": account.sharing,
        "source": account.variable or "stored",
        "priority": account.priority,
        "paused": account.paused,
        "state": now.state,
        "until": now.until,
        "reason": now.reason,
        "created_at": account.created_at,
    }
    if account.workspace == who.workspace:
        shown |= {
            "base_url": account.base_url,
            "max_concurrent_jobs": account.max_concurrent_jobs,
            "requests_per_minute": account.requests_per_minute,
            "credits": account.credits,
            "running": account.running,
            "successes": account.figures.successes,
            "failures": account.figures.failed,
            "mean_s": account.figures.mean_s,
            "last_used_at": account.last_used_at,
        }
    return AccountView(**shown)


@router.post("", status_code=201, responses=declared(400, 403, 413, 422, 429))
@asks(scope=Scope.MANAGE)
async def create_account(
    who: Caller, order: AccountOrder, response: Response, accounts: FromDishka[AccountBook]
) -> AccountView:
    """Add an account. Its key is sealed, and shown to nobody any more."""
    added = await accounts.add(who, order.new_account())
    locate(response, "accounts", added.id)
    return view_of(added, who)


@router.get("", responses=declared(422))
async def list_accounts(
    who: Caller,
    paging: Pages,
    accounts: FromDishka[AccountBook],
    provider: Annotated[
        PlainText | None, Query(max_length=60, description="Only those of this provider.")
    ] = None,
) -> PageView[AccountView]:
    """All accounts the caller may use: their own, the workspace's, the operator's; newest first."""
    page = await accounts.list(who, paging, provider=provider)
    return paged(page, lambda account: view_of(account, who))


@router.get("/{account_id}", responses=declared(404))
async def get_account(
    who: Caller, account_id: AccountInPath, accounts: FromDishka[AccountBook]
) -> AccountView:
    """One account."""
    return view_of(await accounts.get(who, account_id), who)


@router.get("/{account_id}/circuits", responses=declared(404))
async def list_circuits(
    who: Caller,
    account_id: AccountInPath,
    accounts: FromDishka[AccountBook],
    clock: FromDishka[Clock],
) -> list[CircuitView]:
    """The models that have failed through an account lately, and whether they are left alone."""
    found, now = await accounts.circuits(who, account_id), clock.now()
    return [
        CircuitView(
            model=one.model,
            state=one.state(now),
            until=one.open_until,
            failures=one.failures,
            opens=one.opens,
            reason=one.reason,
        )
        for one in found
    ]


@router.patch("/{account_id}", responses=declared(400, 403, 404, 409, 413, 422))
@asks(scope=Scope.MANAGE)
async def change_account(
    who: Caller, account_id: AccountInPath, edit: AccountEdit, accounts: FromDishka[AccountBook]
) -> AccountView:
    """Change limits, key, or who may use it; pause and resume it. Resumed, its troubles are forgotten."""
    access = edit.access.access() if edit.access else None
    return view_of(await accounts.change(who, account_id, edit.change(), access), who)


@router.delete("/{account_id}", status_code=204, responses=declared(403, 404, 409))
@asks(scope=Scope.MANAGE)
async def delete_account(
    who: Caller, account_id: AccountInPath, accounts: FromDishka[AccountBook]
) -> None:
    """Forget an account and its key; not while calls run through it."""
    await accounts.remove(who, account_id)


@router.post("/{account_id}/test", responses=declared(403, 404, 409))
@asks(scope=Scope.MANAGE)
async def test_account(
    who: Caller, account_id: AccountInPath, accounts: FromDishka[AccountBook]
) -> TrialView:
    """Try the key with its vendor, without paying; what that shows is noted."""
    trial = await accounts.test(who, account_id)
    return TrialView(
        tried=trial.tried,
        works=trial.tried and trial.error is None,
        credits=trial.credits,
        note=trial.note,
        code=trial.error.code if trial.error else None,
        detail=trial.error.message if trial.error else None,
    )
