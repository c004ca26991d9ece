"""The calls of the tag `scripts`. Written by `make openapi`."""

from reelwright.client.models.scripts import (
    AnalysisOrder,
    AnalysisView,
    BreakdownView,
    DraftOrder,
    DraftView,
)
from reelwright.client.waiting import Waited, waited
from reelwright.client.wire import Wire, at, read


class ScriptsCalls:
    """The calls of the tag `scripts`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def draft_script(self, body: DraftOrder, *, key: str | None = None) -> DraftView:
        """Have a first draft written. Asked again, word for word, it is found and costs nothing."""
        answer = await self._wire.ask("POST", "/api/v1/scripts/draft", body=body, key=key)
        return read(DraftView, answer.body)

    async def break_down_script(self, project_id: str) -> BreakdownView:
        """The scenes and shots of the newest script. No model is asked, so it costs nothing."""
        answer = await self._wire.ask(
            "GET", at("/api/v1/projects/{project_id}/breakdown", project_id=project_id)
        )
        return read(BreakdownView, answer.body)

    async def analyze_script(
        self, project_id: str, body: AnalysisOrder, *, key: str | None = None
    ) -> AnalysisView:
        """Have the newest script read. What was read before, scene by scene, is found and costs nothing."""
        answer = await self._wire.ask(
            "POST",
            at("/api/v1/projects/{project_id}/analysis", project_id=project_id),
            body=body,
            key=key,
        )
        return read(AnalysisView, answer.body)


class ScriptsWaited(Waited):
    """The same, waited for."""

    draft_script = waited(ScriptsCalls.draft_script)
    break_down_script = waited(ScriptsCalls.break_down_script)
    analyze_script = waited(ScriptsCalls.analyze_script)
