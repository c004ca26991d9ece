"""What is sent and answered. Written by `make openapi`."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import Standing
from reelwright.client.values import Newer

Deed = Annotated[Literal["set", "add", "reset"], Newer]
Unit = Annotated[
    Literal[
        "call",
        "image",
        "megapixel",
        "second",
        "character",
        "step",
        "input-token",
        "input-image-token",
        "output-token",
        "credit",
    ],
    Newer,
]


class PricePartOrder(BaseModel):
    """What `per` units cost, in the currency itself; `when` says for which requests alone."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    unit: Unit
    amount: str
    per: int | None = None
    when: dict[str, str] | None = None
    above: int | None = None
    up_to: int | None = None


class PriceOrder(BaseModel):
    """What a model costs. Without parts it is unknown."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    parts: list[PricePartOrder]
    currency: str | None = None


class OverrideOrder(BaseModel):
    """What is to be set of a model, from a day on (today). What is left out stays."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    source: str
    valid_from: date | None = None
    price: PriceOrder | None = None
    quality: int | None = None
    speed: int | None = None
    standing: Standing | None = None
    ends: date | None = None
    replacement: str | None = None
    note: str | None = None


class OverrideView(BaseModel):
    """What an operator said of a model, who, and when. `change` holds what was set, or the whole row."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    number: int
    model: str
    deed: Deed
    change: dict[str, Any]
    valid_from: date
    source: str
    user_id: str
    at: datetime


class RowsOrder(BaseModel):
    """Rows of models to be added: the text of a `models.toml` that names its `provider`."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    toml: str
    source: str
    valid_from: date | None = None


class UserEdit(BaseModel):
    """What is to be changed; what is left out stays. `max_accounts` null: as the settings say."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    admin: bool | None = None
    max_accounts: int | None = None


class UserView(BaseModel):
    """A person. `max_accounts`: how many accounts they may keep; null: as the settings say."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: str
    name: str
    email: str | None
    admin: bool
    max_accounts: int | None
    created_at: datetime
