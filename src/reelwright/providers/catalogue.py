"""Models as rows: what each can do, within which limits, at what price, and whether it still exists."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib.resources import files
from typing import Any

from reelwright.ground.errors import InvalidInputError
from reelwright.providers.operations import Operation
from reelwright.providers.prices import FREE, UNKNOWN, Price

_BEST = 5


class Standing(StrEnum):
    """Whether a model can be used."""

    ACTIVE = "active"
    DEPRECATED = "deprecated"  # until the day in `ends`
    RETIRED = "retired"


class Recall(StrEnum):
    """How a call whose answer was lost is found again, so that it is never paid twice."""

    KEY = "key"  # sent again under the same key, it is the same call
    LOOK_UP = "look-up"  # the vendor can be asked by our reference
    NONE = "none"  # nobody can know: a person decides


@dataclass(frozen=True, slots=True)
class Limits:
    """What a model can do. None and empty mean: no limit is known, or it does not apply.

    `seconds` are the lengths it makes when `any_length` is off, else the shortest and the longest.
    `voices` are all a model has, where that is known; `men` and `women` those it casts, the deepest
    first.
    """

    prompt: int | None = None
    seconds: tuple[float, ...] = ()
    any_length: bool = False
    aspects: tuple[str, ...] = ()
    resolutions: tuple[str, ...] = ()
    count: int = 1
    references: int = 0
    loras: int = 0
    images: int = 0
    characters: int | None = None
    voices: tuple[str, ...] = ()
    men: tuple[str, ...] = ()
    women: tuple[str, ...] = ()
    output_tokens: int | None = None
    seed: bool = False
    sound: bool = False
    lyrics: bool = False
    extends: bool = False
    schema: bool = False
    streams: bool = False

    def fit(self, seconds: float) -> float | None:
        """The shortest length the model makes that is not shorter; None when all are."""
        if not self.seconds:
            return seconds
        if self.any_length:
            return None if seconds > self.seconds[-1] else max(seconds, self.seconds[0])
        return min((one for one in self.seconds if one >= seconds), default=None)


@dataclass(frozen=True, slots=True)
class PictureTokens:
    """By what a picture's tokens can be reckoned before it is drawn, where its vendor has made that known.

    A picture is seen as a grid: `grid` is its longer side by our names of quality, the shorter is in
    proportion; each place counts (`base` + pixels) / `scale` tokens. Sizes are in steps of `step`
    pixels, of `fewest` to `most` pixels together, and no slimmer than `slimmest` to 1.
    """

    grid: Mapping[str, int]
    base: int
    scale: int
    step: int
    fewest: int
    most: int
    slimmest: float
    overhead: int = 0  # tokens of input besides the prompt


@dataclass(frozen=True, slots=True)
class Model:
    """One thing a provider can do. `version` changes when equal requests would give another product.

    `id` is ours (`fal/flux-dev`); `endpoint` is the vendor's name of it. `quality` and `speed` are
    hints from 1 to 5 for choosing a route. `defaults` are parameters of the vendor's that this row
    always sends. A retired or deprecated row names its `replacement`.
    """

    id: str
    operation: Operation
    version: str
    title: str
    price: Price = UNKNOWN
    endpoint: str = ""
    limits: Limits = Limits()
    recall: Recall = Recall.NONE
    quality: int = 3
    speed: int = 3
    standing: Standing = Standing.ACTIVE
    ends: dt.date | None = None
    replacement: str | None = None
    note: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    pictures: PictureTokens | None = None

    @property
    def provider(self) -> str:
        """The name of who makes it."""
        return self.id.partition("/")[0]

    def usable(self, on: dt.date) -> bool:
        """Whether it can be asked for on that day."""
        gone = self.standing is Standing.RETIRED
        return not gone and (self.ends is None or on <= self.ends)


def read_models(provider: str, text: str) -> tuple[Model, ...]:
    """The rows of a `models.toml`; raises InvalidInputError that names the row and what is wrong.

    A row may name several `operations` and becomes a model for each; ids get the provider's name in
    front, and, where one row makes several, the operation behind. What stands under `[casting]`
    holds for all rows that speak.
    """
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415  # takes a tenth of a second

    adapter = TypeAdapter(Model)
    found: list[Model] = []
    told = tomllib.loads(text)
    for row in told.get("model", []):
        operations = row.pop("operations")
        if Operation.SPEECH in operations:
            row["limits"] = told.get("casting", {}) | row.get("limits", {})
        name = row.pop("id", "?")
        for operation in operations:
            of_many = f"/{operation}" if len(operations) > 1 else ""
            values = {"id": f"{provider}/{name}{of_many}", "operation": operation} | row
            values.setdefault("version", values.get("endpoint", name))
            try:
                found.append(adapter.validate_python(values))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                raise InvalidInputError(
                    f"the row of model {name!r} is wrong at {where}: {first['msg']}"
                ) from error
    return tuple(found)


def check_row(model: Model) -> None:
    """Refuse a row that says what no row may; raises InvalidInputError naming the field."""
    for name, value in (("quality", model.quality), ("speed", model.speed)):
        if not 1 <= value <= _BEST:
            raise InvalidInputError(f"{name} is between 1 and {_BEST}, not {value}")
    if model.standing is Standing.DEPRECATED and model.ends is None:
        raise InvalidInputError("a deprecated model names the day it ends", way_out="set ends")
    for part in model.price.parts:
        if not part.amount.is_finite() or part.amount < 0 or part.per < 1:
            raise InvalidInputError(f"a price of {part.amount} for {part.per} is none")
    if model.price.known and not (model.price.as_of and model.price.source):
        raise InvalidInputError("a price says who said so, and on which day")


def models_of(package: str, provider: str) -> tuple[Model, ...]:
    """The rows in the `models.toml` of a vendor's package."""
    text = files(package).joinpath("models.toml").read_text(encoding="utf-8")
    return read_models(provider, text)


def find_model(models: Iterable[Model], name: str, today: dt.date) -> Model:
    """The row of that id; raises InvalidInputError with a way out when there is none or it is gone."""
    known = {model.id: model for model in models}
    model = known.get(name)
    if model is None:
        near = ", ".join(sorted(known)[:8])
        raise InvalidInputError(f"no model is named {name!r}", way_out=f"there are {near} ...")
    if not model.usable(today):
        instead = f"use {model.replacement}" if model.replacement else "choose another"
        raise InvalidInputError(f"{model.title} is no longer offered", way_out=instead)
    return model


def free_model(name: str, operation: Operation, version: str, title: str) -> Model:
    """A row of the built-in artist's."""
    return replace(Model(name, operation, version, title), price=FREE, recall=Recall.KEY)
