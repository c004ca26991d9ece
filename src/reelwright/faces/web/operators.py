"""What operators set about models, over HTTP: prices, standing, rows. Others are denied."""

import datetime as dt
from typing import Annotated, Any, Self

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainObject, PlainText
from reelwright.generation.repertoire.book import OverrideBook
from reelwright.generation.repertoire.override import Deed, Override
from reelwright.identity.visitors import Scope
from reelwright.providers.catalogue import Standing
from reelwright.providers.prices import Unit

router = APIRouter(prefix="/operator", tags=["operators"], route_class=GuardedRoute)

_Hint = Annotated[int, Field(ge=1, le=5)]
_Source = Annotated[PlainText, Field(min_length=1, max_length=500)]


class PricePartOrder(BaseModel):
    """What `per` units cost, in the currency itself; `when` says for which requests alone."""

    model_config = ConfigDict(extra="forbid")

    unit: Unit
    amount: str = Field(pattern=r"^\d{1,9}(\.\d{1,12})?$")
    per: int = Field(1, ge=1, le=10**12)
    when: dict[str, PlainText] = Field({}, max_length=10)
    above: int | None = Field(None, ge=0)
    up_to: int | None = Field(None, ge=0)


class PriceOrder(BaseModel):
    """What a model costs. Without parts it is unknown."""

    model_config = ConfigDict(extra="forbid")

    parts: list[PricePartOrder] = Field(max_length=50)
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")


class OverrideOrder(BaseModel):
    """What is to be set of a model, from a day on (today). What is left out stays."""

    model_config = ConfigDict(extra="forbid")

    source: _Source
    valid_from: dt.date | None = None
    price: PriceOrder | None = None
    quality: _Hint | None = None
    speed: _Hint | None = None
    standing: Standing | None = None
    ends: dt.date | None = None
    replacement: PlainText | None = Field(None, max_length=200)
    note: PlainText | None = Field(None, max_length=500)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set - {"source", "valid_from"}:
            raise ValueError("nothing is to be set")
        return self

    def change(self) -> dict[str, Any]:
        """What was said, and nothing else."""
        said = self.model_fields_set - {"source", "valid_from"}
        return self.model_dump(mode="json", include=said, exclude_none=True)


class RowsOrder(BaseModel):
    """Rows of models to be added: the text of a `models.toml` that names its `provider`."""

    model_config = ConfigDict(extra="forbid")

    toml: PlainText = Field(max_length=200_000)
    source: _Source
    valid_from: dt.date | None = None


class OverrideView(BaseModel):
    """What an operator said of a model, who, and when. `change` holds what was set, or the whole row."""

    number: int
    model: str
    deed: Deed
    change: PlainObject
    valid_from: dt.date
    source: str
    user_id: str
    at: dt.datetime


@router.get("/models", responses=declared(403, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def list_overrides(
    who: Caller,
    book: FromDishka[OverrideBook],
    model: Annotated[str | None, Query(max_length=200, description="Only of this model.")] = None,
) -> list[OverrideView]:
    """All that operators have ever said of models, the oldest first."""
    return [_view(one) for one in await book.list(who, model)]


@router.post("/models", status_code=201, responses=declared(400, 403, 409, 413, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def add_models(
    who: Caller, order: RowsOrder, book: FromDishka[OverrideBook]
) -> list[OverrideView]:
    """Add rows of models of known vendors."""
    said = await book.add(who, order.toml, source=order.source, valid_from=order.valid_from)
    return [_view(one) for one in said]


@router.patch("/models/{model_id:path}", responses=declared(400, 403, 413, 422))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def override_model(
    who: Caller,
    model_id: Annotated[str, Path(max_length=200)],
    order: OverrideOrder,
    book: FromDishka[OverrideBook],
) -> OverrideView:
    """Set what a model costs, how good and fast it is, and whether it can be used."""
    said = await book.set(
        who, model_id, order.change(), source=order.source, valid_from=order.valid_from
    )
    return _view(said)


@router.delete("/models/{model_id:path}", responses=declared(403, 404))
@asks(scope=Scope.MANAGE, place=Place.SELF)
async def reset_model(
    who: Caller, model_id: Annotated[str, Path(max_length=200)], book: FromDishka[OverrideBook]
) -> OverrideView:
    """Take back all that operators have said of a model."""
    return _view(await book.reset(who, model_id))


def _view(said: Override) -> OverrideView:
    return OverrideView.model_validate(said.written())
