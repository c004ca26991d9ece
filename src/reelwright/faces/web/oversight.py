"""What operators look at, over HTTP: the audit trail, jobs and accounts of all, the parts' health."""

import datetime as dt
from typing import Annotated, Literal

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.audit import DeedView, SoughtDeeds, deed
from reelwright.faces.web.health import Checks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import Pages, PageView, paged
from reelwright.generation.accounts.overview import AccountOverview, AccountStanding
from reelwright.ground.ids import WorkspaceId
from reelwright.identity.oversight import Oversight
from reelwright.identity.visitors import Scope
from reelwright.jobs.job import Job
from reelwright.jobs.overview import JobOverview
from reelwright.jobs.states import JobState

router = APIRouter(prefix="/operator", tags=["operators"], route_class=GuardedRoute)

_Workspace = Annotated[str | None, Query(max_length=100, description="In this workspace.")]


class JobCountView(BaseModel):
    """How many jobs of a kind are in a state."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    state: JobState
    jobs: int


class StuckJobView(BaseModel):
    """A job of somebody's that does not get on: what it is, not what it is about."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    workspace_id: str
    user_id: str
    kind: str
    state: JobState
    attempt: int
    created_at: dt.datetime
    changed_at: dt.datetime


class AccountStandingView(BaseModel):
    """How an account of somebody's stands; `until` it rests, for `reason`."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    workspace_id: str
    user_id: str
    provider: str
    name: str
    sharing: str
    state: str
    until: dt.datetime | None
    reason: str | None
    paused: bool
    failures: int
    succeeded: int
    failed: int
    last_used_at: dt.datetime | None
    created_at: dt.datetime


class HealthView(BaseModel):
    """How the parts of the service are, and how many jobs wait, are at work, or went wrong."""

    parts: dict[str, Literal["works", "fails", "slow"]]
    jobs: dict[str, int]


@router.get("/audit", responses=declared(403, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def list_deeds(
    who: Caller,
    sought: SoughtDeeds,
    paging: Pages,
    oversight: FromDishka[Oversight],
    workspace_id: _Workspace = None,
) -> PageView[DeedView]:
    """What was done, the newest first: in a workspace, or all of it."""
    workspace = WorkspaceId.parse(workspace_id) if workspace_id else None
    found = await oversight.audit(who, sought, workspace=workspace, paging=paging)
    return paged(found, deed)


@router.get("/jobs/counts", responses=declared(403))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def count_jobs(who: Caller, jobs: FromDishka[JobOverview]) -> list[JobCountView]:
    """How many jobs there are in all workspaces, by kind and state."""
    return [JobCountView.model_validate(one) for one in await jobs.counts(who)]


@router.get("/jobs/stuck", responses=declared(403, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def list_stuck_jobs(
    who: Caller, paging: Pages, jobs: FromDishka[JobOverview]
) -> PageView[StuckJobView]:
    """Jobs of unknown outcome, queued for an hour, or at work for a day; the oldest first."""
    return paged(await jobs.stuck(who, paging), _stuck)


@router.get("/accounts", responses=declared(403, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def list_account_standings(
    who: Caller, paging: Pages, accounts: FromDishka[AccountOverview]
) -> PageView[AccountStandingView]:
    """How the accounts of all people stand; never their keys."""
    return paged(await accounts.list(who, paging), _standing)


@router.get("/health", responses=declared(403))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def get_service_health(
    who: Caller, request: Request, jobs: FromDishka[JobOverview]
) -> HealthView:
    """How the service is."""
    counts: dict[str, int] = {}
    for one in await jobs.counts(who):
        counts[one.state.value] = counts.get(one.state.value, 0) + one.jobs
    checks: Checks = request.app.state.checks
    return HealthView(parts=await checks.gather(), jobs=counts)


def _stuck(job: Job) -> StuckJobView:
    return StuckJobView.model_validate(job)


def _standing(account: AccountStanding) -> AccountStandingView:
    return AccountStandingView.model_validate(account)
