"""What a workspace spends, over HTTP: on what, by whom, when; and the ledger behind it."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from reelwright.billing.analytics import AnalyticsService, Dimension, Usage
from reelwright.billing.entries import Entry, WantedEntries
from reelwright.billing.ledger import Ledger
from reelwright.billing.spans import Span
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import Pages, PageView, ProjectInPath, paged
from reelwright.ground.errors import DeniedError
from reelwright.ground.ids import JobId, ProjectId, UserId
from reelwright.ground.principals import Principal, Role
from reelwright.identity.doorkeeper import Doorkeeper
from reelwright.projects.service import ProjectService

router = APIRouter(tags=["costs"], route_class=GuardedRoute)

_FILE = 'attachment; filename="costs.csv"'

By = Annotated[
    list[Dimension] | None,
    Query(
        max_length=len(Dimension),
        description="What costs are told apart by, in this order; by currency they always are.",
    ),
]
OfProject = Annotated[
    str | None, Query(alias="project_id", max_length=100, description="Of this project.")
]
OfJob = Annotated[
    str | None,
    Query(
        alias="job_id",
        max_length=100,
        description="Of this job (a film's, too) and all that was asked for for its sake.",
    ),
]
OfUser = Annotated[
    str | None, Query(alias="user_id", max_length=100, description="Of this person.")
]


async def _span(
    since: Annotated[dt.date | None, Query(description="The first day, of UTC.")] = None,
    until: Annotated[dt.date | None, Query(description="The last day.")] = None,
) -> Span:
    return Span.of(since, until)


Days = Annotated[Span, Depends(_span)]


class ExpenseView(BaseModel):
    """What calls cost, in millionths of the currency. `by` names what it was told apart by.

    `calls` counts those that came to nothing as well; `held_micros` is set aside for calls of which
    the end is not known yet. `production` is the job of a film.
    """

    by: dict[str, str | None]
    currency: str
    calls: int
    held_micros: int
    spent_micros: int


class EntryView(BaseModel):
    """An amount that moved from the account `credit` to `debit`, and the call it moved for.

    `held` from `budget` sets money aside, `budget` from `held` gives it back, `spent` from `payable`
    is what a call cost.
    """

    id: str
    at: dt.datetime
    debit: str
    credit: str
    micros: int
    currency: str
    user_id: str
    hold_id: str
    project_id: str | None
    job_id: str | None
    operation: str
    vendor: str
    model: str


@router.get("/costs", responses=declared(422))
async def list_costs(
    who: Caller,
    days: Days,
    spending: FromDishka[AnalyticsService],
    by: By = None,
    project: OfProject = None,
    user: OfUser = None,
) -> list[ExpenseView]:
    """What the workspace spent and holds; without days, from the beginning.

    `by=project&by=model` tells it apart; without, it is one line a currency.
    """
    told = await spending.usage(
        who,
        by or (),
        since=days.since,
        before=days.before,
        project=_project(project),
        user=_user(user),
    )
    return _views(told)


@router.get(
    "/costs/csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}, **declared(422)},
)
async def export_costs(
    who: Caller,
    days: Days,
    spending: FromDishka[AnalyticsService],
    by: By = None,
    project: OfProject = None,
    user: OfUser = None,
) -> Response:
    """The same as CSV, amounts in units of their currency."""
    text = await spending.usage_csv(
        who,
        by or (),
        since=days.since,
        before=days.before,
        project=_project(project),
        user=_user(user),
    )
    headers = {"Content-Disposition": _FILE, "Cache-Control": "private, no-cache"}
    return Response(text, media_type="text/csv", headers=headers)


@router.get("/costs/entries", responses=declared(422))
async def list_ledger_entries(
    who: Caller,
    paging: Pages,
    days: Days,
    ledger: FromDishka[Ledger],
    project: OfProject = None,
    job: OfJob = None,
) -> PageView[EntryView]:
    """The ledger, newest first; days are those on which something moved."""
    wanted = WantedEntries(
        project=_project(project),
        job=JobId.parse(job) if job else None,
        since=days.since,
        before=days.before,
    )
    return paged(await ledger.entries(who, wanted, paging), _entry)


@router.get("/projects/{project_id}/costs", responses=declared(422))
async def list_project_costs(
    who: Caller,
    project_id: ProjectInPath,
    days: Days,
    spending: FromDishka[AnalyticsService],
    projects: FromDishka[ProjectService],
    doorkeeper: FromDishka[Doorkeeper],
    by: By = None,
) -> list[ExpenseView]:
    """What a project cost, and what is held for it. Guests see it if they edit the project."""
    await projects.get(who, project_id)
    await _may_see(doorkeeper, who, project_id)
    told = await spending.usage(
        who, by or (), since=days.since, before=days.before, project=project_id
    )
    return _views(told)


async def _may_see(doorkeeper: Doorkeeper, who: Principal, project: ProjectId) -> None:
    """Raise DeniedError for guests who only look on: what a film costs is for those who make it."""
    if who.role is not Role.GUEST:
        return
    there = await doorkeeper.role_on(who, project)
    if there is None or not there.reaches(Role.EDITOR):
        raise DeniedError(
            "guests see what a project costs if they edit it", way_out="ask its owner for the role"
        )


def _project(text: str | None) -> ProjectId | None:
    return ProjectId.parse(text) if text else None


def _user(text: str | None) -> UserId | None:
    return UserId.parse(text) if text else None


def _views(told: Sequence[Usage]) -> list[ExpenseView]:
    return [
        ExpenseView(
            by={key.value: name for key, name in one.by.items()},
            currency=one.currency,
            calls=one.calls,
            held_micros=one.held,
            spent_micros=one.spent,
        )
        for one in told
    ]


def _entry(entry: Entry) -> EntryView:
    return EntryView(
        id=str(entry.id),
        at=entry.at,
        debit=entry.debit,
        credit=entry.credit,
        micros=entry.micros,
        currency=entry.currency,
        user_id=entry.user_id,
        hold_id=entry.hold_id,
        project_id=entry.project_id,
        job_id=entry.job_id,
        operation=entry.operation,
        vendor=entry.vendor,
        model=entry.model,
    )
