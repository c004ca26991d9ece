"""The models that can be asked, over HTTP: what each makes, takes and costs."""

from datetime import date
from typing import Annotated, Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from reelwright.faces.web.access import Place, asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.generation.models import ModelRegistry
from reelwright.providers.catalogue import Limits, Standing
from reelwright.providers.operations import Operation

router = APIRouter(prefix="/models", tags=["models"], route_class=GuardedRoute)


class PricePartView(BaseModel):
    """What `per` units cost, in the currency itself; `when` says for which requests alone."""

    unit: str
    amount: str
    per: int
    when: dict[str, str]
    above: int | None
    up_to: int | None


class PriceView(BaseModel):
    """What a model costs, and who said so on which day. Without parts it is unknown."""

    words: str
    parts: list[PricePartView]
    as_of: date | None
    source: str
    currency: str


class ModelView(BaseModel):
    """A model. `configured`: you have an account of its vendor. `input`: the schema of `request`."""

    id: str
    title: str
    operation: Operation
    provider: str
    provider_title: str
    configured: bool
    usable: bool
    standing: Standing
    ends: date | None
    replacement: str | None
    quality: int
    speed: int
    note: str
    price: PriceView
    limits: Limits
    input: dict[str, Any]


@router.get("", responses=declared(422))
@asks(place=Place.SELF)
async def list_models(
    who: Caller,
    registry: FromDishka[ModelRegistry],
    operation: Annotated[Operation | None, Query(description="Only of this operation.")] = None,
    provider: Annotated[
        str | None, Query(max_length=100, description="Only of this vendor.")
    ] = None,
) -> list[ModelView]:
    """All models that can be asked today, by operation, the best first."""
    found = await registry.list(who, operation, provider)
    return [ModelView.model_validate(one.written()) for one in found]


@router.get("/{model_id:path}", responses=declared(404))
@asks(place=Place.SELF)
async def get_model(
    who: Caller,
    model_id: Annotated[str, Path(max_length=200)],
    registry: FromDishka[ModelRegistry],
) -> ModelView:
    """One model, also when it is gone: `replacement` says what took its place."""
    return ModelView.model_validate((await registry.get(who, model_id)).written())
