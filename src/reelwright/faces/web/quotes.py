"""What generations would cost, over HTTP, before they are asked for."""

from typing import Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from reelwright.billing.limits import Scope
from reelwright.faces.web.films import FilmOrder
from reelwright.faces.web.generations import GenerationOrder
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import ProjectInPath
from reelwright.generation.quote_words import written
from reelwright.generation.quotes import Key, Order, Quotes
from reelwright.generation.requests import Desk
from reelwright.ground.ids import ProjectId
from reelwright.providers.operations import Operation
from reelwright.studio.commissions.route import Part
from reelwright.studio.options import read_options
from reelwright.studio.productions.quote_words import written_quote
from reelwright.studio.productions.quoting import FilmQuotes

router = APIRouter(tags=["generations"], route_class=GuardedRoute)

_MOST_ORDERS = 200


class QuoteOrder(BaseModel):
    """The orders to be quoted, each as `POST /generations` takes it."""

    model_config = ConfigDict(extra="forbid")

    orders: list[GenerationOrder] = Field(min_length=1, max_length=_MOST_ORDERS)


class ChoiceView(BaseModel):
    """A model of the route. Money is in millionths of the currency; null: nobody knows."""

    model: str
    provider: str
    account: Key
    currency: str
    least_micros: int | None
    most_micros: int | None


class QuotedCallView(ChoiceView):
    """The model that would be chosen; `otherwise` would be tried in this order if it failed.

    `notes` say why a preferred model was passed over. `found`: it is there already. `repeated`: an equal order stands before it, and both are one job.
    """

    operation: Operation
    title: str
    found: bool
    repeated: bool
    notes: list[str]
    otherwise: list[ChoiceView]


class TotalView(BaseModel):
    """All calls in one currency; `unknown` of them have no price, and then `most_micros` is null."""

    currency: str
    least_micros: int
    most_micros: int | None
    unknown: int


class LimitCheckView(BaseModel):
    """What a limit leaves, and the most these calls would ask of it."""

    limit_id: str
    scope: Scope
    subject: str
    period: str
    currency: str
    left_micros: int
    asked_micros: int
    fits: bool


class QuoteView(BaseModel):
    """What the orders would cost now. It holds nothing: prices, limits and accounts may change."""

    calls: list[QuotedCallView]
    totals: list[TotalView]
    limits: list[LimitCheckView]


class QuotedPartView(BaseModel):
    """One thing a film asks of models; without a `call` it is there already, and costs nothing."""

    name: str
    part: Part
    scene: str
    found: bool
    call: QuotedCallView | None


class FilmQuoteView(BaseModel):
    """What a film along a route would cost now, in the order of its making. It holds nothing.

    `route` is as it would be settled: with the lengths of takes, by which shots are grouped and split.
    """

    parts: list[QuotedPartView]
    totals: list[TotalView]
    limits: list[LimitCheckView]
    route: dict[str, Any]


@router.post("/projects/{project_id}/quotes", responses=declared(400, 404, 409, 413, 422, 451))
async def quote_film(
    who: Caller, project_id: ProjectInPath, order: FilmOrder, quotes: FromDishka[FilmQuotes]
) -> FilmQuoteView:
    """Say what the film of a project's latest revision would cost; its options name a `route`."""
    told = await quotes.of_project(who, project_id, read_options(dict(order.options)))
    return FilmQuoteView.model_validate(written_quote(told))


@router.post("/quotes", responses=declared(400, 404, 409, 413, 422, 451))
async def quote(
    who: Caller, asked: QuoteOrder, quotes: FromDishka[Quotes], desk: FromDishka[Desk]
) -> QuoteView:
    """Say what generations would cost, and by which models they would be made; nothing is begun."""
    requests = await desk.described(who, [(one.operation, one.request) for one in asked.orders])
    orders = [
        Order(
            request,
            one.route.route(),
            one.take,
            ProjectId.parse(one.project_id) if one.project_id else None,
        )
        for one, request in zip(asked.orders, requests, strict=True)
    ]
    return QuoteView.model_validate(written(await quotes.quote(who, orders)))
