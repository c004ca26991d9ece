"""What language models do for a script, over HTTP: a first draft, and an analysis."""

from typing import Any

from dishka.integrations.fastapi import FromDishka
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from reelwright.faces.web.access import asks
from reelwright.faces.web.principals import Caller, GuardedRoute
from reelwright.faces.web.problems import declared
from reelwright.faces.web.requests import PlainText, ProjectInPath
from reelwright.film.breakdown.sheet import to_json
from reelwright.generation.making import RouteParams
from reelwright.identity.visitors import Scope
from reelwright.studio.analysis.analyst import ScriptAnalyst
from reelwright.studio.analysis.noting import notes_of
from reelwright.studio.asking import Bill
from reelwright.studio.drafts.writer import LARGEST, ScriptWriter
from reelwright.studio.manuscripts import Manuscripts

router = APIRouter(tags=["scripts"], route_class=GuardedRoute)


class CostView(BaseModel):
    """What texts have cost, in millionths by currency; `found` of the `texts` had been written before."""

    texts: int
    found: int
    unpriced: int
    micros: dict[str, int]
    models: list[str]


class DraftOrder(BaseModel):
    """An idea or prose. Without a `route` the cheapest model is asked that there is a key of."""

    model_config = ConfigDict(extra="forbid")

    text: PlainText = Field(min_length=1, max_length=LARGEST)
    title: PlainText = Field("", max_length=200)
    language: PlainText | None = Field(None, max_length=40)
    route: RouteParams | None = None
    take: int = Field(0, ge=0)


class DraftView(BaseModel):
    """A screenplay in Fountain; `by` is `rules`, or the models that wrote it."""

    fountain: str
    title: str
    scenes: int
    speeches: int
    by: str
    cost: CostView
    warnings: list[str]


class AnalysisOrder(BaseModel):
    """By which models; none: by the cheapest there is a key of, else by the rules.

    With `apply` it is written into the notes, where no note stands: a new revision.
    """

    model_config = ConfigDict(extra="forbid")

    route: RouteParams | None = None
    take: int = Field(0, ge=0)
    apply: bool = False


class AnalysisView(BaseModel):
    """The breakdown as the rules make it, `analysis` beside it, and how many notes were added."""

    model_config = ConfigDict(extra="allow")

    scenes: list[dict[str, Any]]
    characters: list[dict[str, Any]]
    analysis: dict[str, Any]
    notes_added: int
    revision_id: str


class BreakdownView(BaseModel):
    """The newest script in scenes and shots, with its notes applied; `id`s stay where scenes are moved."""

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


def _cost(bill: Bill) -> CostView:
    return CostView.model_validate(bill.written())


@router.post("/scripts/draft", responses=declared(400, 413, 422, 429, 503))
@asks(scope=Scope.SPEND)
async def draft_script(
    who: Caller, order: DraftOrder, writer: FromDishka[ScriptWriter]
) -> DraftView:
    """Have a first draft written. Asked again, word for word, it is found and costs nothing."""
    draft = await writer.write(
        who,
        order.text,
        title=order.title,
        language=order.language,
        route=order.route.route() if order.route else None,
        take=order.take,
    )
    return DraftView(
        fountain=draft.fountain,
        title=draft.title,
        scenes=draft.scenes,
        speeches=draft.speeches,
        by=draft.by,
        cost=_cost(draft.bill),
        warnings=list(draft.warnings),
    )


@router.get("/projects/{project_id}/breakdown", responses=declared(404, 409))
async def break_down_script(
    who: Caller, project_id: ProjectInPath, scripts: FromDishka[Manuscripts]
) -> BreakdownView:
    """The scenes and shots of the newest script. No model is asked, so it costs nothing."""
    script = await scripts.read(who, project_id)
    told = to_json(script.directed.breakdown) | {"revision_id": script.project.head.id}
    return BreakdownView.model_validate(told)


@router.post(
    "/projects/{project_id}/analysis", responses=declared(400, 404, 409, 422, 429, 451, 503)
)
@asks(scope=Scope.SPEND)
async def analyze_script(
    who: Caller,
    project_id: ProjectInPath,
    order: AnalysisOrder,
    scripts: FromDishka[Manuscripts],
    analyst: FromDishka[ScriptAnalyst],
) -> AnalysisView:
    """Have the newest script read. What was read before, scene by scene, is found and costs nothing.

    The answer comes when all of it is read: of a feature, after minutes. Whoever does not wait so
    long asks again later, and finds what was read meanwhile.
    """
    script = await scripts.read(who, project_id)
    analysis = await analyst.analyze(
        who,
        script.breakdown,
        route=order.route.route() if order.route else None,
        project_id=project_id,
        take=order.take,
    )
    changes = notes_of(analysis, script.notes) if order.apply else []
    revision = await scripts.annotate(who, script, changes)
    told = {"notes_added": len(changes), "revision_id": revision.id}
    return AnalysisView.model_validate(analysis.to_json() | told)
