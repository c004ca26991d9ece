"""The analyst: has a model read a script scene by scene, and takes what agrees with the script."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from reelwright.film.breakdown.model import Breakdown, CastMember, Scene
from reelwright.generation.routes.route import Route
from reelwright.ground.errors import Kind, ReelwrightError
from reelwright.ground.ids import ProjectId
from reelwright.ground.principals import Principal
from reelwright.ground.progress import Progress, Silent
from reelwright.providers.errors import MisshapenError, UnknownOutcomeError
from reelwright.providers.prompts import TextRequest
from reelwright.studio.analysis.answers import (
    CastAnswer,
    SceneAnswer,
    StoryAnswer,
    read_cast,
    read_scene,
    read_story,
)
from reelwright.studio.analysis.model import CharacterReading, SceneReading, ScriptAnalysis
from reelwright.studio.analysis.questions import (
    CAST_AT_ONCE,
    SHOTS_AT_ONCE,
    about_cast,
    about_scene,
    about_story,
)
from reelwright.studio.analysis.rules import by_rules
from reelwright.studio.asking import Bill, Errand, Pens

T = TypeVar("T")
Answer = TypeVar("Answer", SceneAnswer, CastAnswer, StoryAnswer)
_STAGE = "analysis"
_AT_ONCE = 4
_ONE_ANSWER = frozenset((MisshapenError.code, UnknownOutcomeError.code, "outcome_unknown"))
"""Troubles of one answer, which the next question need not have."""
NO_KEY = (
    "No model has read the script, for there is no key of one: scenes, shots, looks and moods are "
    "by the rules, and themes, beats and ideas for shots are left out."
)


class ScriptAnalyst:
    """Analyses scripts. Scenes, shots and dialogue are always those of `film.breakdown`."""

    def __init__(self, pens: Pens) -> None:
        self._pens = pens

    async def analyze(
        self,
        who: Principal,
        breakdown: Breakdown,
        *,
        route: Route | None = None,
        project_id: ProjectId | None = None,
        take: int = 0,
        progress: Progress | None = None,
    ) -> ScriptAnalysis:
        """The analysis of a breakdown that no notes were laid over.

        With a `route`, by its models, and KeyNeededError when there is no key of any. Without one,
        by the cheapest model there is a key of, else by the rules. One call a scene, one a dozen
        characters, one for the whole; a scene that was read before, word for word, costs nothing. A
        scene that a model refuses, or answers without use, stays as the rules have it, and
        `warnings` say so. Raises what a call raises that the next one would raise too.
        """
        analysis = by_rules(breakdown)
        if route is None and not await self._pens.any_for(who):
            return replace(analysis, warnings=(NO_KEY,))
        await self._pens.need(
            who, "an analysis by a model", "leave the model out: the rules need none"
        )
        errand = Errand(who, route or Route(), Bill(), project_id, take)
        reading = _Reading(self._pens, errand, analysis, progress or Silent())
        return await reading.read()


@dataclass
class _Reading:
    """One analysis under way."""

    pens: Pens
    errand: Errand
    rules: ScriptAnalysis
    progress: Progress
    warnings: list[str] = field(default_factory=list)
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def read(self) -> ScriptAnalysis:
        """Scenes and cast side by side, then the story, by the synopses."""
        breakdown = self.rules.breakdown
        parts = _cut(breakdown.characters, CAST_AT_ONCE)
        self.progress.begin(_STAGE, len(breakdown.scenes) + len(parts) + 1)
        rows = zip(breakdown.scenes, self.rules.scenes, strict=True)
        scenes: list[SceneReading]
        looks: list[dict[str, CharacterReading]]
        both: list[Coroutine[Any, Any, Any]] = [
            _together([self._scene(scene, rules) for scene, rules in rows]),
            _together([self._looks(part) for part in parts]),
        ]
        scenes, looks = await _together(both)
        found = {name: look for part in looks for name, look in part.items()}
        story = await self._story([one.synopsis for one in scenes])
        beats: Mapping[str, Any] = story.beats if story else {}
        bill = self.errand.bill
        return replace(
            self.rules,
            logline=breakdown.logline or (story.logline if story else None) or self.rules.logline,
            themes=story.themes if story else (),
            scenes=tuple(replace(one, beat=beats.get(one.scene_id)) for one in scenes),
            characters=tuple(
                found.get(one.name, rules)
                for one, rules in zip(breakdown.characters, self.rules.characters, strict=True)
            ),
            by=", ".join(bill.models) or self.rules.by,
            bill=bill,
            warnings=tuple(self.warnings),
        )

    async def _scene(self, scene: Scene, rules: SceneReading) -> SceneReading:
        """A scene as the model reads it; one with very many shots is read in parts."""
        where = f"scene {scene.number or scene.heading}"
        answers: list[tuple[SceneAnswer, str]] = []
        for shots in _cut(scene.shots, SHOTS_AT_ONCE):
            request = about_scene(self.rules.breakdown, scene, shots)
            told = await self._ask(where, request, lambda data, s=shots: read_scene(data, s))
            answers += [told] if told else []
        self.progress.advance(_STAGE, note=where)
        if not answers:
            return rules
        synopses = [one.synopsis for one, _ in answers if one.synopsis]
        moods = [one.mood for one, _ in answers if one.mood]
        return SceneReading(
            scene_id=scene.id,
            synopsis=" ".join(synopses) or rules.synopsis,
            mood=moods[0] if moods else rules.mood,
            ideas=tuple(idea for one, _ in answers for idea in one.ideas),
            by=answers[0][1],
        )

    async def _looks(self, cast: Sequence[CastMember]) -> dict[str, CharacterReading]:
        request = about_cast(self.rules.breakdown, cast)
        told = await self._ask("the cast", request, lambda data: read_cast(data, cast))
        self.progress.advance(_STAGE, note="cast")
        if told is None:
            return {}
        answer, model = told
        looks = {one.name: asdict(one.look) for one in cast}
        return {
            name: CharacterReading(name, looks[name] | dict(look), model)
            for name, look in answer.looks.items()
        }

    async def _story(self, synopses: Sequence[str]) -> StoryAnswer | None:
        breakdown = self.rules.breakdown
        request = about_story(breakdown, synopses)
        told = await self._ask("the story", request, lambda data: read_story(data, breakdown))
        self.progress.advance(_STAGE, note="story")
        return told[0] if told else None

    async def _ask(
        self, where: str, request: TextRequest, read: Callable[[Any], Answer]
    ) -> tuple[Answer, str] | None:
        """An answer and who gave it; None where the rules have to do."""
        async with self.gate:
            try:
                written = await self.pens.write(
                    self.errand, request, lambda one: read(one.data).faults
                )
            except ReelwrightError as error:
                if error.kind is not Kind.REFUSED and error.code not in _ONE_ANSWER:
                    raise
                self._warn(f"{where}: {error.message}; it stays as the rules have it")
                return None
        answer = read(written.data)
        for fault in answer.faults:
            self._warn(f"{where}: left out, for {fault}")
        return answer, written.model

    def _warn(self, what: str) -> None:
        self.warnings.append(what)
        self.progress.warn(what)


def _cut(rows: Sequence[T], most: int) -> list[Sequence[T]]:
    return [rows[at : at + most] for at in range(0, len(rows), most)]


async def _together(work: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    """All results in order; the first trouble ends the rest."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
