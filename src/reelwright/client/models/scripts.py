"""What is sent and answered. Written by `make openapi`."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from reelwright.client.models.shared import RouteParams


class AnalysisOrder(BaseModel):
    """By which models; none: by the cheapest there is a key of, else by the rules.

    With `apply` it is written into the notes, where no note stands: a new revision.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    route: RouteParams | None = None
    take: int | None = None
    apply: bool | None = None


class AnalysisView(BaseModel):
    """The breakdown as the rules make it, `analysis` beside it, and how many notes were added."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    scenes: list[dict[str, Any]]
    characters: list[dict[str, Any]]
    analysis: dict[str, Any]
    notes_added: int
    revision_id: str


class BreakdownView(BaseModel):
    """The newest script in scenes and shots, with its notes applied; `id`s stay where scenes are moved."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    title: str | None
    author: str | None
    logline: str | None
    language: str
    pages: float
    duration_s: float
    scenes: list[dict[str, Any]]
    characters: list[dict[str, Any]]
    locations: list[dict[str, Any]]
    warnings: list[str]
    revision_id: str


class CostView(BaseModel):
    """What texts have cost, in millionths by currency; `found` of the `texts` had been written before."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    texts: int
    found: int
    unpriced: int
    micros: dict[str, int]
    models: list[str]


class DraftOrder(BaseModel):
    """An idea or prose. Without a `route` the cheapest model is asked that there is a key of."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    text: str
    title: str | None = None
    language: str | None = None
    route: RouteParams | None = None
    take: int | None = None


class DraftView(BaseModel):
    """A screenplay in Fountain; `by` is `rules`, or the models that wrote it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    fountain: str
    title: str
    scenes: int
    speeches: int
    by: str
    cost: CostView
    warnings: list[str]
